// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/settlement/world.h"

#include <QFile>
#include <QTest>

using namespace glovebox;
using testing::World;

class ServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachConstraintIsRefusedForGood_data();
    void eachConstraintIsRefusedForGood();
    void whatTheMerchantTakesIsTaken_data();
    void whatTheMerchantTakesIsTaken();
    void anotherApprovalUnderTheSameIdIsAConflict();
    void theNonceMustBeTheApproval();
    void aVoidThatComesFirstWins();
    void merchantsReachTheirOwnApprovalsOnly();
    void aGatewayThatRunsOnSignsItsMerchantsAnew();
    void theProcessorDoesAsItsScriptSays();

private:
    // Of the sample's garage, and of the gateway.
    static constexpr std::int64_t kFloor_minor = 5000;
    static constexpr std::int64_t kAge_ms = 604'800'000;
    static constexpr std::int64_t kOnline_ms = 600'000;
    static constexpr std::int64_t kApart_ms = 1000;
    static void takeCap(payment::Approval &approval, std::int64_t minor);
    static void sell(World &world, payment::Approval &approval,
                     const std::function<void(base::Json &)> &change);
    static void spoil(World &world, payment::Approval &approval, const std::string &what);
    static ports::HttpAnswer post(World &world, const payment::ApprovalId &nonce, const std::string &jws)
    {
        const auto request = world.sample.channel().submit(nonce, jws, 1).value();
        return world.transport.gateway({request.method, request.path, request.headers, request.body});
    }
    static std::string errorOf(const ports::HttpAnswer &answer)
    {
        return base::parseJson(answer.body).value_or(base::Json::object()).value("error", "");
    }
};

void ServiceTest::takeCap(payment::Approval &approval, std::int64_t minor)
{
    approval.cap.minor = minor;
    base::Json proposal = approval.proposal.value();
    proposal["amount"]["value"] = minor;
    approval.proposal = proposal;
}

void ServiceTest::sell(World &world, payment::Approval &approval,
                       const std::function<void(base::Json &)> &change)
{
    base::Json entry = world.sample.entry("garage-marktplatz", "parking");
    change(entry);
    approval.merchantEntryHash = crypto::hashJson(entry);
    QVERIFY(world.ledger->keepMerchant(approval.merchantEntryHash, entry));
}

void ServiceTest::spoil(World &world, payment::Approval &approval, const std::string &what)
{
    const std::int64_t at_ms = approval.at.wall.milliseconds;
    if (what == "gateway") {
        approval.gateway = "other";
    } else if (what == "wallet") {
        approval.wallet = payment::WalletId::fromText("w-2").value();
    } else if (what == "instrument") {
        approval.instrument.reference = "tok_other";
    } else if (what == "merchant") {
        approval.merchantEntryHash = world.sample.fuelApproval("a1").merchantEntryHash;
    } else if (what == "fulfilment") {
        approval.fulfilment = payment::Fulfilment::online;
    } else if (what == "admit_by") {
        approval.admitBy.milliseconds = at_ms - 1;
    } else if (what == "settle_by") {
        approval.settleBy.milliseconds = world.clock.now().wall.milliseconds - 1;
    } else if (what == "ended") {
        sell(world, approval, [&](base::Json &entry) { entry["valid_until_ms"] = at_ms - kApart_ms - 1; });
    } else if (what == "old") {
        approval.settleBy.milliseconds = at_ms + kAge_ms + kApart_ms + 1;
    } else if (what == "unheard") {
        takeCap(approval, kFloor_minor + 1);
        approval.settleBy.milliseconds = at_ms + kOnline_ms + kApart_ms + 1;
    } else if (what == "offline") {
        takeCap(approval, kFloor_minor + 1);
        approval.settleBy.milliseconds = at_ms + kOnline_ms;
        approval.stop = payment::StopMoment::untilYouLeaveOrSent;
    } else {
        QCOMPARE(what, std::string("deferred"));
        sell(world, approval, [](base::Json &entry) {
            entry["kinds"]["parking"] = {{"fulfilment", "deferred"}, {"settle_within_s", 60}};
        });
        approval.fulfilment = payment::Fulfilment::deferred;
        approval.settleBy.milliseconds = at_ms + 60'000 + kApart_ms + 1;
    }
}

void ServiceTest::whatTheMerchantTakesIsTaken_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<qint64>("late_ms");
    QTest::newRow("ends, and settled after it") << QStringLiteral("ended") << qint64(86'400'000);
    QTest::newRow("as old as may be") << QStringLiteral("old") << qint64(kAge_ms);
    QTest::newRow("above the floor, soon") << QStringLiteral("unheard") << qint64(kOnline_ms);
    QTest::newRow("at the floor, offline") << QStringLiteral("floor") << qint64(kAge_ms);
    QTest::newRow("deferred, to its end") << QStringLiteral("deferred") << qint64(60'000);
}

void ServiceTest::whatTheMerchantTakesIsTaken()
{
    QFETCH(QString, what);
    QFETCH(qint64, late_ms);
    World world;
    auto approval = world.sample.approval("a1");
    const std::int64_t at_ms = approval.at.wall.milliseconds;
    approval.settleBy.milliseconds = at_ms + late_ms;
    if (what == QLatin1String("ended")) {
        sell(world, approval, [&](base::Json &entry) { entry["valid_until_ms"] = at_ms + 1; });
    } else if (what == QLatin1String("unheard")) {
        takeCap(approval, kFloor_minor + 1);
    } else if (what == QLatin1String("floor")) {
        takeCap(approval, kFloor_minor);
        approval.stop = payment::StopMoment::untilYouLeaveOrSent;
    } else if (what == QLatin1String("deferred")) {
        sell(world, approval, [](base::Json &entry) {
            entry["kinds"]["parking"] = {{"fulfilment", "deferred"}, {"settle_within_s", 60}};
        });
        approval.fulfilment = payment::Fulfilment::deferred;
    }
    world.clock.advance(std::chrono::milliseconds(at_ms + late_ms - world.clock.now().wall.milliseconds));
    QCOMPARE(post(world, approval.id, world.sample.signApproval(approval)).status, 200);
    QCOMPARE(world.report()["charges"].get<int>(), 1);
}

void ServiceTest::eachConstraintIsRefusedForGood_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("code");
    for (const char *what : {"gateway", "wallet", "instrument", "merchant", "fulfilment"}) {
        QTest::newRow(what) << QString::fromLatin1(what) << QStringLiteral("constraint");
    }
    QTest::newRow("admit_by") << QStringLiteral("admit_by") << QStringLiteral("expired");
    QTest::newRow("settle_by") << QStringLiteral("settle_by") << QStringLiteral("expired");
    QTest::newRow("ended") << QStringLiteral("ended") << QStringLiteral("entry_expired");
    QTest::newRow("old") << QStringLiteral("old") << QStringLiteral("offline_age");
    QTest::newRow("unheard") << QStringLiteral("unheard") << QStringLiteral("offline_floor");
    QTest::newRow("offline") << QStringLiteral("offline") << QStringLiteral("offline_floor");
    QTest::newRow("deferred") << QStringLiteral("deferred") << QStringLiteral("settle_within");
}

void ServiceTest::eachConstraintIsRefusedForGood()
{
    QFETCH(QString, what);
    QFETCH(QString, code);
    World world;
    auto approval = world.sample.approval("a1");
    spoil(world, approval, what.toStdString());
    const std::string jws = world.sample.signApproval(approval);
    const auto answer = post(world, approval.id, jws);
    QCOMPARE(answer.status, 422);
    QCOMPARE(errorOf(answer), code.toStdString());
    const auto json = base::parseJson(answer.body).value_or(base::Json::object());
    const auto refusal = wire::readRefusal(json.value("refusal", ""), {&world.sample.gateway.publicKey(), 1});
    QVERIFY(refusal.has_value());
    QCOMPARE(refusal->code, code.toStdString());
    // Still no when it comes again, and a status query says so.
    QCOMPARE(post(world, approval.id, jws).status, 422);
    const auto query = world.sample.channel().status(approval.id, 1).value();
    const auto status = world.transport.gateway({query.method, query.path, query.headers, query.body});
    QVERIFY(status.status == 200);
    const auto said = base::parseJson(status.body).value_or(base::Json::object());
    const auto receipt = wire::readReceipt(said.value("receipt", ""), {&world.sample.gateway.publicKey(), 1});
    QVERIFY(receipt.has_value() && receipt->outcome == wire::Outcome::neverAcceptedNowRefused);
    QCOMPARE(world.report()["charges"].get<int>(), 0);
}

void ServiceTest::anotherApprovalUnderTheSameIdIsAConflict()
{
    World world;
    const auto approval = world.sample.approval("a1");
    QCOMPARE(post(world, approval.id, world.sample.signApproval(approval)).status, 200);
    // The same claims under a new signature are another JWS.
    const auto second = post(world, approval.id, world.sample.signApproval(approval));
    QCOMPARE(second.status, 409);
    QCOMPARE(errorOf(second), std::string("conflict"));
    QCOMPARE(world.report()["charges"].get<int>(), 1);
}

void ServiceTest::theNonceMustBeTheApproval()
{
    World world;
    const std::string jws = world.sample.signApproval(world.sample.approval("a1"));
    const auto answer = post(world, payment::ApprovalId::fromText("a2").value(), jws);
    QCOMPARE(errorOf(answer), std::string("signature"));
    QCOMPARE(world.report()["approvals"].size(), std::size_t{0});
}

void ServiceTest::aVoidThatComesFirstWins()
{
    World world;
    const auto approval = world.sample.approval("a1");
    const auto channel = world.sample.channel();
    const std::string jws = world.sample.signApproval(approval);
    const auto cancel = channel.cancel(approval.id, 1).value();
    const auto first = world.transport.gateway({cancel.method, cancel.path, cancel.headers, cancel.body});
    QVERIFY(channel.readAnswer(first.status, first.body, jws).receipt.outcome == wire::Outcome::voided);
    const auto late = post(world, approval.id, jws);
    QVERIFY(channel.readAnswer(late.status, late.body, jws).receipt.outcome == wire::Outcome::voided);
    QCOMPARE(world.report()["charges"].get<int>(), 0);
}

void ServiceTest::merchantsReachTheirOwnApprovalsOnly()
{
    World world;
    const auto parking = world.approve(world.sample.approval("a1"));
    world.settle();
    const base::Json body{{"approval_id", "a1"}, {"amount_minor", 100}, {"currency", "EUR"}};
    QCOMPARE(world.merchantPost(parking, "complete", body).status, 404); // it is the garage's
    QCOMPARE(world.merchantPost(parking, "release", {{"approval_id", "a1"}}).status, 404);
}

void ServiceTest::aGatewayThatRunsOnSignsItsMerchantsAnew()
{
    const testing::Sample sample;
    base::WallTime now{testing::Sample::now_ms};
    base::Json item = sample.entry("garage-marktplatz", "parking");
    item.erase("valid_until_ms"); // the gateway says how long
    gateway::Ledger::create(sample.path("own.sqlite")).value();
    auto opened = std::move(gateway::Ledger::open(sample.path("own.sqlite")).value());
    gateway::Ledger &ledger = *opened;
    auto merchants = gateway::signMerchants({item}, sample.gateway, ledger, now).value();
    gateway::Service service(
        {testing::gatewayConfig(sample, {sample.car.publicKey()}),
         std::move(crypto::SigningKey::open("file:" + sample.path("gateway.pem")).value()), std::move(opened),
         std::move(gateway::makeSandboxProcessor({}).value()), std::move(merchants), [&now] { return now; }});
    const auto channel = sample.channel();
    const auto directory = [&] {
        const auto request = channel.directory(1).value();
        std::string jws;
        const auto answer =
            testing::askGateway(service, {request.method, request.path, request.headers, request.body});
        return channel.readDirectoryAnswer(answer.body, &jws).value();
    };
    const auto first = directory();
    now.milliseconds += 3'600'000;
    QCOMPARE(directory().revision, first.revision);
    now.milliseconds += 40 * 86'400'000LL; // longer than an entry is valid
    const auto later = directory();
    QVERIFY(later.revision > first.revision);
    QVERIFY(later.entries.front().validUntil > now);
    // What is approved under it is known.
    QVERIFY(ledger.merchant(crypto::hashJson(later.entries.front().canonical)).value().has_value());
}

void ServiceTest::theProcessorDoesAsItsScriptSays()
{
    testing::Sample sample;
    QFile file(sample.dir.filePath(QStringLiteral("script.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"decisions":[{"merchant_id":"garage-marktplatz","decline_code":"do_not_honour"},{"amount_minor":8000}]})");
    file.close();
    const auto processor = gateway::makeSandboxProcessor(sample.path("script.json"));
    QVERIFY(processor.has_value());
    using Kind = gateway::Decision::Kind;
    const auto declined = (*processor)->authorise(sample.approval("a1"));
    QVERIFY(declined.kind == Kind::declined);
    QCOMPARE(declined.declineCode, std::string("do_not_honour"));
    QVERIFY((*processor)->authorise(sample.fuelApproval("a2")).kind == Kind::stepUp);
}

GLOVEBOX_TEST_MAIN(ServiceTest)
#include "service_test.moc"
