// SPDX-License-Identifier: Apache-2.0
#include "cli/permission_command.h"
#include "cli/report.h"
#include "crypto/hash.h"
#include "crypto/jws.h"
#include "payment/purchase.h"
#include "tests/support/fatal_log.h"
#include "wire/messages.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glovebox;
using namespace std::chrono_literals;

namespace
{

constexpr const char *kProposal = R"({"request_id":"r1","kind":"fuel","merchant_id":"tankhof",
    "amount":{"type":"up_to","value":8000,"currency":"EUR"},"expires_in_s":300})";

base::Moment moment()
{
    return {
        "00000000-0000-0000-0000-000000000000", {13200ms}, {1'777'888'800'000}, base::ClockTrust::untrusted};
}

bool holds(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

payment::Approval exampleApproval(const payment::Proposal &proposal)
{
    return payment::Approval{
        .id = *payment::ApprovalId::fromText("a1"),
        .purchase = *payment::PurchaseId::fromText("p1"),
        .wallet = *payment::WalletId::fromText("w-1"),
        .gateway = "sandbox",
        .proposal = proposal.canonical,
        .merchantEntryHash = crypto::hashJson(base::Json("entry")),
        .merchant = proposal.merchant,
        .kind = proposal.kind,
        .amountType = proposal.amount.type,
        .cap = proposal.amount.value,
        .instrument = {"tok_demo", "Visa 42"},
        .shown = {"card.moving.1",
                  "en",
                  payment::Surface::reserved,
                  {{"title", "Fuel"}, {"amount", "€80.00"}}},
        .driver = *payment::DriverId::fromText("mia"),
        .method = payment::ConsentMethod::key,
        .nonce = "n1",
        .shownAt = {10s},
        .answeredAt = {13200ms},
        .session = *payment::SessionId::fromText("s1"),
        .sca = payment::ScaStatus::performed,
        .scaArticle = {},
        .vehicle = {payment::DrivingState::parked, "park", 0, 100},
        .verdict = "confirm",
        .rules = {"confirm.always"},
        .permissionRevision = 0,
        .agent = *payment::AgentId::fromText("assistant"),
        .agentAuthentication = "token",
        .utterance = {},
        .reason = {},
        .sequence = 7,
        .at = moment(),
        .admitBy = {1'777'888'900'000},
        .settleBy = {1'777'900'000'000},
        .fulfilment = payment::Fulfilment::online,
        .stop = payment::StopMoment::untilFulfilmentStarts,
        .stopUntil = std::nullopt,
    };
}

} // namespace

class ReportTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::optional<crypto::SigningKey> m_key;
    std::optional<crypto::SigningKey> m_otherKey;

    [[nodiscard]] base::Json approvedRecord() const
    {
        const auto proposal = payment::parseProposal(kProposal);
        const base::CanonicalText claims = payment::toClaims(exampleApproval(*proposal), &crypto::hashJson);
        payment::PurchaseEvent presented;
        presented.purchase = *payment::PurchaseId::fromText("p1");
        presented.event = payment::Event::present;
        presented.at = moment();
        presented.proposal = *proposal;
        presented.agent = *payment::AgentId::fromText("assistant");
        presented.driver = *payment::DriverId::fromText("mia");
        payment::PurchaseEvent approved;
        approved.purchase = presented.purchase;
        approved.event = payment::Event::approve;
        approved.at = moment();
        approved.approvalId = *payment::ApprovalId::fromText("a1");
        approved.approvalJws = *crypto::signJws(*m_key, wire::kApprovalType, base::bytesOf(claims.text()));
        payment::PurchaseEvent queued;
        queued.purchase = presented.purchase;
        queued.event = payment::Event::queue;
        queued.at = moment();
        std::optional<payment::Purchase> purchase;
        for (const auto &event : {presented, approved, queued}) {
            purchase = payment::fold(purchase, event).value();
        }
        return payment::toCanonical(*purchase).value();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const std::string folder = m_folder.path().toStdString();
        auto key = crypto::SigningKey::createDevelopmentKey(folder + "/key.pem");
        auto other = crypto::SigningKey::createDevelopmentKey(folder + "/other.pem");
        QVERIFY(key && other);
        m_key.emplace(std::move(*key));
        m_otherKey.emplace(std::move(*other));
    }

    void statusIsAligned()
    {
        const auto report = cli::statusReport(base::Json::parse(R"({"version":"0.1.0","insecure_desk":true,
            "key":{"thumbprint":"T","protection":"development"},"journal":{"entries":12,"root":"R"},
            "driving":"parked","session_open":true,"pin":"enrolled","online":false,"cockpit":"connected","unsettled":1,
            "gateway":{"id":"sandbox","directory":"known","last_contact_ms":1777888800000}})"));
        QVERIFY(report);
        QCOMPARE(report->exitCode, 0);
        QVERIFY(holds(report->text, "Mode             insecure desk: development keys, sandbox payments\n"));
        QVERIFY(holds(report->text, "Signing key      T (development)\n"));
        QVERIFY(holds(report->text, "Journal          12 entries, root R\n"));
        QVERIFY(holds(report->text, "Driver session   open\n"));
        QVERIFY(holds(report->text, "Gateway          sandbox, last contact 2026-05-04 10:00:00 UTC\n"));
    }

    void aMissingPinIsSaidWithItsRemedy()
    {
        base::Json status = base::Json::parse(R"({"version":"0.1.0","insecure_desk":true,
            "key":{"thumbprint":"T","protection":"development"},"journal":{"entries":12,"root":"R"},
            "driving":"parked","session_open":false,"pin":"none","online":false,"cockpit":"connected",
            "unsettled":1,"gateway":{"id":"sandbox","directory":"known"}})");
        QVERIFY(
            holds(cli::statusReport(status)->text,
                  "Driver session   closed, and no PIN opens one: enrol it with gloveboxd --enrol-pin\n"));
        status["pin"] = "enrolled";
        QVERIFY(holds(cli::statusReport(status)->text, "Driver session   closed\n"));
    }

    void aFullDiskIsSaidWithItsRemedy()
    {
        const auto report = cli::statusReport(base::Json::parse(R"({"version":"0.1.0","insecure_desk":false,
            "key":{"thumbprint":"T","protection":"hardware"},
            "journal":{"entries":12,"root":"R","full_since":{"boot_id":"b","boot_ms":1,"wall_ms":1777888800000,
            "clock":"untrusted"}},
            "driving":"parked","session_open":true,"pin":"enrolled","online":false,"cockpit":"connected","unsettled":1,
            "gateway":{"id":"sandbox","directory":"known"}})"));
        QVERIFY(report);
        QVERIFY(holds(report->text, "Storage          FULL since 2026-05-04 10:00:00 UTC"));
        QVERIFY(holds(report->text, "Free space on the journal's disk"));
    }

    void aWorkshopReadsWhatIsMissing()
    {
        const auto report = cli::statusReport(base::Json::parse(R"({"version":"0.1.0","insecure_desk":false,
            "key":{"thumbprint":"T","protection":"hardware"},"journal":{"entries":12,"root":"R"},
            "driving":"parked","session_open":true,"pin":"enrolled","online":false,"cockpit":"connected","unsettled":1,
            "service_needed":{"reason":"journal_rolled_back","first_bad_sequence":12,"sealed":40,"counter":43},
            "gateway":{"id":"sandbox","directory":"known"}})"));
        QVERIFY(report);
        QVERIFY(holds(report->text, "entries are missing from sequence 12 on (TPM counter 43, journal 40)"));
        base::Json status = base::Json::parse(R"({"version":"0.1.0","insecure_desk":false,
            "key":{"thumbprint":"T","protection":"hardware"},
            "journal":{"entries":12,"root":"R","cosigned":9},
            "driving":"parked","session_open":true,"pin":"enrolled","online":false,"cockpit":"connected","unsettled":1,
            "service_needed":{"reason":"journal_cut_off","first_bad_sequence":12,"entries":12,"cosigned":14},
            "gateway":{"id":"sandbox","directory":"known"}})");
        const auto cut = cli::statusReport(status);
        QVERIFY(cut);
        QVERIFY(holds(cut->text, "12 entries, root R, the first 9 cosigned by the gateway\n"));
        QVERIFY(holds(cut->text,
                      "shorter than the gateway has cosigned: entries are missing from sequence 12 on "
                      "(12 entries, cosigned 14)"));
        status["service_needed"]["reason"] = "journal_forked";
        const auto forked = cli::statusReport(status);
        QVERIFY(forked);
        QVERIFY(holds(forked->text, "the first entry that may differ is 12 (12 entries, cosigned 14)"));
        QVERIFY(holds(forked->text, "Nothing is approved."));
    }

    void aGatewayThatGivesNoAnswerIsSaidWithItsRemedy_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("remedy");
        QTest::newRow("unreachable") << QByteArray("unreachable") << 0 << QByteArray("is gateway.url of the");
        QTest::newRow("tls") << QByteArray("tls") << 0 << QByteArray("Compare gateway.ca_file");
        QTest::newRow("broken") << QByteArray("broken") << 0 << QByteArray("Look at the gateway's log");
        QTest::newRow("401") << QByteArray("status") << 401 << QByteArray("glovebox key show --jwk");
        QTest::newRow("403") << QByteArray("status") << 403 << QByteArray("glovebox key show --jwk");
        QTest::newRow("404") << QByteArray("status") << 404 << QByteArray("no gateway at this address");
        QTest::newRow("503") << QByteArray("status") << 503 << QByteArray("does not serve now");
    }
    void aGatewayThatGivesNoAnswerIsSaidWithItsRemedy()
    {
        QFETCH(QByteArray, kind);
        QFETCH(int, status);
        QFETCH(QByteArray, remedy);
        base::Json answer = base::Json::parse(R"({"version":"0.1.0","insecure_desk":false,
            "key":{"thumbprint":"T","protection":"development"},"journal":{"entries":12,"root":"R"},
            "driving":"parked","session_open":true,"pin":"enrolled","online":true,"cockpit":"connected","unsettled":1,
            "gateway":{"id":"sandbox","directory":"unknown"}})");
        answer["gateway"]["trouble"] = {{"kind", kind.toStdString()},
                                        {"status", status},
                                        {"detail", "the detail"},
                                        {"since", {{"wall_ms", 1777888800000}}},
                                        {"count", 2}};
        const auto report = cli::statusReport(answer);
        QVERIFY(report);
        QCOMPARE(report->exitCode, 0);
        for (const char *part :
             {"Connection       online, but the gateway gives no answer\n", "sandbox, no contact yet\n",
              "NO ANSWER of the gateway since 2026-05-04 10:00:00 UTC (2 tries, the last: the detail): ",
              remedy.constData(), "none known: the gateway's directory was never received"}) {
            QVERIFY2(holds(report->text, part), report->text.c_str());
        }
        answer["online"] = false;
        QVERIFY(holds(cli::statusReport(answer)->text, "Connection       offline\n"));
        answer["gateway"]["trouble"] = base::Json::object();
        QVERIFY(!cli::statusReport(answer));
    }

    void answersNobodyBelievesAreSaid()
    {
        const auto doubted = base::Json::parse(
            R"({"count":3,"last":{"wall_ms":1777888800000},"detail":"signed by a key that is not pinned"})");
        base::Json status = base::Json::parse(R"({"version":"0.1.0","insecure_desk":false,
            "key":{"thumbprint":"T","protection":"development"},"journal":{"entries":12,"root":"R"},
            "driving":"parked","session_open":true,"pin":"enrolled","online":true,"cockpit":"connected","unsettled":1,
            "gateway":{"id":"sandbox","directory":"known"}})");
        QVERIFY(!holds(cli::statusReport(status)->text, "NOT BELIEVED"));
        status["gateway"]["doubted"] = doubted;
        const auto said = cli::statusReport(status);
        QVERIFY(said);
        for (const char *part :
             {"3 answers NOT BELIEVED, the last at 2026-05-04 10:00:00 UTC: signed by a key",
              "Nothing was counted as paid", "Compare gateway.url and gateway.keys"}) {
            QVERIFY2(holds(said->text, part), said->text.c_str());
        }
        status["gateway"]["doubted"] = base::Json::object();
        QVERIFY(!cli::statusReport(status));
        QVERIFY(!cli::purchaseReport({{"doubted", base::Json::object()}}, m_key->publicKey()));
    }

    void purchasesAreATable()
    {
        const auto report = cli::purchasesReport(base::Json::parse(R"({"purchases":[
            {"purchase_id":"p1","state":"captured","kind":"fuel","merchant_name":"Tankhof Königstraße",
             "amount":{"type":"up_to","value":8000,"currency":"EUR"},"captured_minor":7420,
             "changed":{"wall_ms":1777888800000}},
            {"purchase_id":"p22","state":"refused","kind":"coffee","merchant_name":"",
             "amount":{"type":"up_to","value":450,"currency":"EUR"},"changed":{"wall_ms":1777888801000}}]})"));
        QVERIFY(report);
        QCOMPARE(QString::fromStdString(report->text),
                 QStringLiteral("ID   STATE     KIND    MERCHANT             AMOUNT            CHANGED\n"
                                "p1   captured  fuel    Tankhof Königstraße  74.20 EUR         "
                                "2026-05-04 10:00:00 UTC\n"
                                "p22  refused   coffee                       at most 4.50 EUR  "
                                "2026-05-04 10:00:01 UTC\n"));
    }

    void aFormOfAnotherVersionIsAnError()
    {
        QVERIFY(!cli::statusReport(base::Json::object()));
        QVERIFY(!cli::purchasesReport(base::Json::parse(R"({"purchases":[{}]})")));
        QVERIFY(!cli::purchaseReport(base::Json::object(), m_key->publicKey()));
        QVERIFY(!cli::purchaseJson(base::Json::array(), m_key->publicKey()));
    }

    void anApprovalIsTakenApart()
    {
        const auto report = cli::purchaseReport(approvedRecord(), m_key->publicKey());
        if (!report) {
            QFAIL(report.error().c_str());
        }
        QCOMPARE(report->exitCode, 0);
        for (const char *part :
             {"queued", "at most 80.00 EUR", "nothing yet", "valid, key ", "2026-05-04 10:00:00 UTC",
              "mia, by key, 3.2 s after the card was shown", "strong authentication performed",
              "parked, gear park", "until fulfilment started", "  title   Fuel\n", "  amount  €80.00\n"}) {
            QVERIFY2(holds(report->text, part), part);
        }
    }

    void aClerkReadsWhoApprovedItOnWhoseAuthority()
    {
        const auto report = cli::explainReport(approvedRecord(), m_key->publicKey());
        QVERIFY(report);
        QCOMPARE(report->exitCode, 0);
        for (const char *part :
             {"Purchase p1: fuel at ", "at most 80.00 EUR", "Proposed by the assistant ", "Approved by mia, ",
              "by key on a card that had been shown for 3.2 s", "strong authentication performed",
              "On the authority of permission revision 0, verdict confirm, by these rules:",
              "It could be stopped until fulfilment started",
              "Nothing is known to have been paid; it is queued", "  title   Fuel\n"}) {
            QVERIFY2(holds(report->text, part), report->text.c_str());
        }
        const auto other = cli::explainReport(approvedRecord(), m_otherKey->publicKey());
        QCOMPARE(other->exitCode, 1);
        QVERIFY(holds(other->text, "NOT VALID") && !holds(other->text, "mia"));
        QVERIFY(!cli::explainReport(base::Json::object(), m_key->publicKey()));
    }

    void permissionsAndVerdictsAreRead()
    {
        const auto permissions = cli::permissionsReport(base::Json::parse(R"({"driver":"mia","revision":3,
            "stopped":false,"agents":[{"agent_id":"assistant","kinds":["fuel"],"currency":"EUR",
            "per_purchase_minor_max":12000,"daily_minor_max":20000,"monthly_minor_max":60000,
            "offline_unsettled_minor_max":15000,"offline_unsettled_count_max":5,"revoked":true,"stopped":false,
            "spent_today_minor":350,"spent_month_minor":900}]})"));
        QVERIFY(permissions);
        for (const char *part : {"Driver mia, revision 3\n", "assistant: revoked\n", "3.50 EUR of 200.00 EUR",
                                 "at most 150.00 EUR in 5 purchases"}) {
            QVERIFY2(holds(permissions->text, part), permissions->text.c_str());
        }
        const auto verdict =
            cli::verdictReport(base::Json::parse(R"({"verdict":"refuse","permission_revision":3,
            "rules":[{"rule":"limit.daily","driver":"d","auditor":"Too much."}]})"));
        QVERIFY(verdict);
        QCOMPARE(verdict->exitCode, 1);
        QVERIFY(holds(verdict->text, "limit.daily: Too much."));
        QVERIFY(!cli::permissionsReport(base::Json::object()) && !cli::verdictReport(base::Json::array()));
    }

    void aSignatureOfAnotherKeyIsACheckThatSaysNo()
    {
        const auto report = cli::purchaseReport(approvedRecord(), m_otherKey->publicKey());
        QVERIFY(report);
        QCOMPARE(report->exitCode, 1);
        QVERIFY(holds(report->text, "NOT VALID"));
        QVERIFY(!holds(report->text, "mia, by key")); // nothing of what it claims
        const auto json = cli::purchaseJson(approvedRecord(), m_otherKey->publicKey());
        QVERIFY(json);
        QCOMPARE(json->exitCode, 1);
        QCOMPARE(base::Json::parse(json->text).at("signature").get<std::string>(), std::string("invalid"));
        QVERIFY(!base::Json::parse(json->text).contains("claims"));
    }

    void jsonHoldsTheCompactApproval()
    {
        const base::Json record = approvedRecord();
        const auto report = cli::purchaseJson(record, m_key->publicKey());
        QVERIFY(report);
        QCOMPARE(report->exitCode, 0);
        const base::Json json = base::Json::parse(report->text);
        QCOMPARE(json.at("signature").get<std::string>(), std::string("valid"));
        const auto jws = json.at("approval").get<std::string>();
        QCOMPARE(jws, record.at("approval").get<std::string>());
        const auto key = m_key->publicKey();
        QVERIFY(crypto::verifyJws(jws, wire::kApprovalType, std::span(&key, 1)));
        QVERIFY(json.at("claims").is_object());
    }
};

GLOVEBOX_TEST_MAIN(ReportTest)
#include "report_test.moc"
