// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"
#include "tests/unit/settlement/world.h"

#include <QFile>
#include <QTest>

using namespace glovebox;
using gateway::Decision;
using wire::Outcome;

namespace
{

/// Answers what the test says, and looks at the ledger whenever it is asked.
class WatchingProcessor final : public gateway::Processor
{
public:
    Decision authorise(const payment::Approval &approval) override
    {
        ++asked;
        const auto row = ledger->find(approval.wallet, approval.id).value();
        claimedBefore = row && row->state == gateway::Row::State::claimed;
        return answer;
    }
    std::optional<Decision> lookup(const payment::Approval &) override
    {
        ++lookedUp;
        return stored;
    }

    gateway::Ledger *ledger = nullptr;
    Decision answer;
    std::optional<Decision> stored;
    int asked = 0;
    int lookedUp = 0;
    bool claimedBefore = false;
};

struct Desk
{
    Desk()
    {
        gateway::Ledger::create(sample.path("gateway.sqlite")).value();
        auto ledger = std::move(gateway::Ledger::open(sample.path("gateway.sqlite")).value());
        auto watching = std::make_unique<WatchingProcessor>();
        watching->ledger = ledger.get();
        processor = watching.get();
        auto merchants = testing::gatewayMerchants(sample, *ledger);
        service = std::make_unique<gateway::Service>(gateway::Service::Parts{
            testing::gatewayConfig(sample, {sample.car.publicKey()}),
            std::move(crypto::SigningKey::open("file:" + sample.path("gateway.pem")).value()),
            std::move(ledger), std::move(watching), std::move(merchants), [this] { return now; }});
    }

    wire::ApprovalAnswer ask(const crypto::KeyResult<wire::CarRequest> &request)
    {
        const auto answer =
            testing::askGateway(*service, {request->method, request->path, request->headers, request->body});
        status = answer.status;
        return sample.channel().readAnswer(answer.status, answer.body, jws);
    }
    wire::ApprovalAnswer submit() { return ask(sample.channel().submit(approval.id, jws, 1)); }
    wire::ApprovalAnswer query() { return ask(sample.channel().status(approval.id, 1)); }
    wire::ApprovalAnswer cancel() { return ask(sample.channel().cancel(approval.id, 1)); }
    void claimEnds() { now.milliseconds += gateway::kClaimLasts_ms; }

    testing::Sample sample;
    base::WallTime now{testing::Sample::now_ms};
    payment::Approval approval = sample.approval("a1");
    std::string jws = sample.signApproval(approval);
    WatchingProcessor *processor = nullptr;
    std::unique_ptr<gateway::Service> service;
    int status = 0;
};

} // namespace

class ClaimsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theClaimIsInTheLedgerBeforeTheProcessorIsAsked()
    {
        Desk desk;
        QVERIFY(desk.submit().receipt.outcome == Outcome::captured);
        QVERIFY(desk.processor->claimedBefore);
        QCOMPARE(desk.processor->lookedUp, 0);
    }

    void anOpenClaimIsLeftAlone()
    {
        Desk desk;
        desk.processor->answer.kind = Decision::Kind::noAnswer;
        QVERIFY(desk.submit().kind == wire::ApprovalAnswer::Kind::unavailable);
        desk.now.milliseconds += gateway::kClaimLasts_ms - 1;
        for (const auto &answer : {desk.submit(), desk.query(), desk.cancel()}) {
            QVERIFY(answer.kind == wire::ApprovalAnswer::Kind::unavailable);
            QCOMPARE(desk.status, 503);
        }
        QCOMPARE(desk.processor->asked, 1);
        QCOMPARE(desk.processor->lookedUp, 0);
    }

    void whatTheProcessorDidUnheardIsFoundAndNotDoneAgain()
    {
        Desk desk;
        desk.processor->answer.kind = Decision::Kind::noAnswer;
        desk.processor->stored = Decision{};
        (void)desk.submit();
        desk.claimEnds();
        QVERIFY(desk.query().receipt.outcome == Outcome::captured);
        QVERIFY(desk.submit().receipt.outcome == Outcome::captured);
        QCOMPARE(desk.processor->asked, 1);
        QCOMPARE(desk.processor->lookedUp, 1);
    }

    void whatNeverGotThereIsAskedOnceMore()
    {
        Desk desk;
        desk.processor->answer.kind = Decision::Kind::noAnswer;
        (void)desk.submit();
        desk.claimEnds();
        desk.processor->answer = {Decision::Kind::declined, "do_not_honour"};
        const auto answer = desk.query();
        QVERIFY(answer.receipt.outcome == Outcome::refusedByIssuer);
        QCOMPARE(answer.receipt.declineCode, std::string("do_not_honour"));
        QCOMPARE(desk.processor->asked, 2);
    }

    void afterSettleByNothingIsAskedAnyMore()
    {
        Desk desk;
        desk.processor->answer.kind = Decision::Kind::noAnswer;
        (void)desk.submit();
        desk.now.milliseconds = desk.approval.settleBy.milliseconds + 1;
        QVERIFY(desk.query().receipt.outcome == Outcome::neverAcceptedNowRefused);
        QCOMPARE(desk.submit().refusalCode, std::string("expired"));
        QCOMPARE(desk.processor->asked, 1);
    }

    void whoCannotBeToldLeavesTheClaimOpen()
    {
        Desk desk;
        desk.processor->answer.kind = Decision::Kind::noAnswer;
        desk.processor->stored = Decision{Decision::Kind::noAnswer, {}};
        (void)desk.submit();
        for (int i = 0; i < 3; ++i) {
            desk.claimEnds();
            QVERIFY(desk.query().kind == wire::ApprovalAnswer::Kind::unavailable);
        }
        QCOMPARE(desk.processor->asked, 1);
        QCOMPARE(desk.processor->lookedUp, 3);
    }

    void aDuplicateIsLookedUp()
    {
        Desk desk;
        desk.processor->answer.kind = Decision::Kind::duplicate;
        desk.processor->stored = Decision{Decision::Kind::stepUp, {}};
        QVERIFY(desk.submit().receipt.outcome == Outcome::stepUpRequired);
    }

    void aVoidWaitsForTheClaim()
    {
        Desk desk;
        desk.approval = desk.sample.fuelApproval("a2");
        desk.jws = desk.sample.signApproval(desk.approval);
        desk.processor->answer.kind = Decision::Kind::noAnswer;
        desk.processor->stored = Decision{};
        (void)desk.submit();
        QVERIFY(desk.cancel().kind == wire::ApprovalAnswer::Kind::unavailable);
        desk.claimEnds();
        QVERIFY(desk.cancel().receipt.outcome == Outcome::voided);
        QVERIFY(desk.submit().receipt.outcome == Outcome::voided);
    }

    void theSandboxDoesAsItsScriptSays_data()
    {
        using Kind = Decision::Kind;
        QTest::addColumn<QByteArray>("decision");
        QTest::addColumn<int>("answer");
        QTest::addColumn<int>("stored"); // -1: nothing
        const auto row = [](const char *decision, Kind answer, int stored) {
            QTest::newRow(decision) << QByteArray(decision) << static_cast<int>(answer) << stored;
        };
        row(R"("outcome":"approve")", Kind::approved, static_cast<int>(Kind::approved));
        row(R"("outcome":"decline","decline_code":"x")", Kind::declined, static_cast<int>(Kind::declined));
        row(R"("decline_code":"x")", Kind::declined, static_cast<int>(Kind::declined));
        row(R"("outcome":"step_up")", Kind::stepUp, static_cast<int>(Kind::stepUp));
        row(R"("outcome":"time_out")", Kind::noAnswer, -1);
        row(R"("outcome":"late")", Kind::noAnswer, static_cast<int>(Kind::approved));
        row(R"("outcome":"duplicate")", Kind::duplicate, static_cast<int>(Kind::approved));
    }

    void theSandboxDoesAsItsScriptSays()
    {
        QFETCH(QByteArray, decision);
        QFETCH(int, answer);
        QFETCH(int, stored);
        testing::Sample sample;
        writeScript(sample, decision);
        const auto processor = gateway::makeSandboxProcessor(sample.path("script.json"));
        QVERIFY(processor.has_value());
        const auto approval = sample.approval("a1");
        QVERIFY(!(*processor)->lookup(approval));
        QCOMPARE(static_cast<int>((*processor)->authorise(approval).kind), answer);
        const auto found = (*processor)->lookup(approval);
        QCOMPARE(found ? static_cast<int>(found->kind) : -1, stored);
        // Another question under the same key is one.
        QVERIFY(stored == -1 || (*processor)->authorise(approval).kind == Decision::Kind::duplicate);
    }

    void aScriptThatMakesNoSenseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("decision");
        for (const char *decision :
             {R"("outcome":"maybe")", R"("outcome":"decline")", R"("outcome":"late","decline_code":"x")"}) {
            QTest::newRow(decision) << QByteArray(decision);
        }
    }

    void aScriptThatMakesNoSenseIsRefused()
    {
        QFETCH(QByteArray, decision);
        testing::Sample sample;
        writeScript(sample, decision);
        QVERIFY(!gateway::makeSandboxProcessor(sample.path("script.json")));
    }

private:
    static void writeScript(const testing::Sample &sample, const QByteArray &decision)
    {
        QFile file(sample.dir.filePath(QStringLiteral("script.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"decisions":[{)" + decision + "}]}");
    }
};

GLOVEBOX_TEST_MAIN(ClaimsTest)
#include "claims_test.moc"
