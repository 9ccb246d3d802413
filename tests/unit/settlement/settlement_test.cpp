// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"
#include "tests/unit/settlement/world.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace glovebox;
using namespace std::chrono_literals;
using payment::State;
using testing::Fate;
using testing::World;

namespace
{

bool isPost(const ports::HttpRequest &request)
{
    return request.method == "POST";
}

void expectDoubt()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be believed")));
}

} // namespace

class SettlementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anExactApprovalIsCapturedOnce();
    void signedTimeComesFirst();
    void aLostAnswerIsAskedForAndNeverSentAgain();
    void whatNeverLeftIsAskedForAndThenSent();
    void afterARestartSubmittedIsUnknown();
    void nothingIsSentWhereTheRecordFails();
    void offlineNothingLeavesAndTimeLapsesIt();
    void anUntrustedClockOfAnotherBootLapsesNothing();
    void cancellingVoidsAHold();
    void cancellingACaptureIsTooLate();
    void aConstraintIsQuarantinedUntilNobodyCouldAcceptIt();
    void whatTheIssuerWantsMoreForLapses();
    void aPersonAtTheGatewayEndsAQuarantine();
    void whatTheGatewayCallsExpiredLapses();
    void forgedAnswersMoveNothing();
    void retryAfterIsHonouredAndTheHintEndsIt();
    void onePoisonHoldsNobodyUp();
};

void SettlementTest::anExactApprovalIsCapturedOnce()
{
    World world;
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::captured);
    const auto submit = std::ranges::find(world.book.log, "record:submit");
    const auto post = std::ranges::find(world.book.log, "send:approvals");
    QVERIFY(submit < post && post != world.book.log.end()); // durable before it leaves
    QCOMPARE(world.report()["charges"].get<int>(), 1);
    QCOMPARE(world.book.purchases.at(id).settlement.captured_minor, 1200);
    QVERIFY(!world.book.purchases.at(id).settlement.captureReceipt.empty());
    world.advance(24h);
    QCOMPARE(world.sent("send:approvals"), 1);
}

void SettlementTest::signedTimeComesFirst()
{
    World world;
    world.transport.fate = [](const auto &request) {
        return request.path.starts_with("/v1/time") ? Fate::unreachable : Fate::delivered;
    };
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::queued);
    QCOMPARE(world.sent("send:approvals") + world.sent("send:directory") + world.sent("send:events"), 0);
    world.transport.fate = [](const auto &) { return Fate::delivered; };
    world.advance(5min);
    QCOMPARE(world.state(id), State::captured);
    QCOMPARE(world.clock.now().trust, base::ClockTrust::gatewaySigned);
}

void SettlementTest::aLostAnswerIsAskedForAndNeverSentAgain()
{
    World world;
    world.transport.fate = [](const auto &request) {
        return isPost(request) ? Fate::answerLost : Fate::delivered;
    };
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::unknown);
    world.advance(5min);
    QCOMPARE(world.state(id), State::captured);
    QCOMPARE(world.sent("send:approvals"), 1);
    QCOMPARE(world.report()["charges"].get<int>(), 1);
}

void SettlementTest::whatNeverLeftIsAskedForAndThenSent()
{
    World world;
    world.transport.fate = [](const auto &request) {
        return isPost(request) ? Fate::unreachable : Fate::delivered;
    };
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::unknown);
    world.transport.fate = [](const auto &) { return Fate::delivered; };
    world.advance(5min);
    QCOMPARE(world.state(id), State::captured);
    QCOMPARE(world.sent("send:status"), 1);
    QCOMPARE(world.sent("send:approvals"), 2);
    QCOMPARE(world.sent("record:query_found_nothing"), 1);
    QCOMPARE(world.book.purchases.at(id).attempts, 2);
}

void SettlementTest::afterARestartSubmittedIsUnknown()
{
    for (const bool arrived : {false, true}) {
        World world;
        world.transport.fate = [arrived](const auto &request) {
            return isPost(request) && !arrived ? Fate::unreachable : Fate::delivered;
        };
        world.settle();
        world.transport.hold = true; // the process dies with the request on its way
        const auto id = world.approve(world.sample.approval("a1"));
        world.settle();
        QCOMPARE(world.state(id), State::submitted);
        world.transport.hold = false;
        world.transport.fate = [](const auto &) { return Fate::delivered; };
        world.restart();
        world.settle();
        QCOMPARE(world.state(id), State::captured);
        QCOMPARE(world.sent("send:approvals"), arrived ? 1 : 2);
        QCOMPARE(world.sent("send:status"), 1);
        QCOMPARE(world.report()["charges"].get<int>(), 1);
    }
}

void SettlementTest::nothingIsSentWhereTheRecordFails()
{
    World world;
    world.settle();
    world.book.failing = true;
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    world.advance(1min);
    QCOMPARE(world.sent("send:approvals"), 0);
    QCOMPARE(world.state(id), State::queued);
    world.book.failing = false;
    world.advance(5min);
    QCOMPARE(world.state(id), State::captured);
}

void SettlementTest::offlineNothingLeavesAndTimeLapsesIt()
{
    World world;
    world.hint.set(false);
    world.book.log.clear();
    const auto id = world.approve(world.sample.approval("a1")); // settle_by in one hour
    world.settle();
    world.advance(1h);
    QCOMPARE(world.state(id), State::queued);
    QVERIFY(world.book.log.empty());
    world.advance(1ms);
    QCOMPARE(world.state(id), State::lapsed);
    QCOMPARE(world.sent("send:approvals"), 0);
}

void SettlementTest::anUntrustedClockOfAnotherBootLapsesNothing()
{
    World world;
    world.hint.set(false);
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    world.settlement.reset();
    world.clock.reboot();
    world.clock.jumpWallTime({testing::Sample::now_ms + 864'000'000});
    world.restart();
    world.advance(24h);
    QCOMPARE(world.state(id), State::queued);
}

void SettlementTest::cancellingVoidsAHold()
{
    World world;
    const auto id = world.approve(world.sample.fuelApproval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::authorised);
    world.book.purchases.at(id).state = State::cancelRequested;
    world.transport.fate = [](const auto &request) {
        return isPost(request) ? Fate::answerLost : Fate::delivered;
    };
    world.settlement->wake();
    world.settle();
    QCOMPARE(world.state(id), State::cancelRequested);
    world.transport.fate = [](const auto &) { return Fate::delivered; };
    world.advance(5min);
    QCOMPARE(world.state(id), State::voided);
    const auto report = world.report();
    QCOMPARE(report["charges"].get<int>(), 0);
    QCOMPARE(report["approvals"][0]["held_minor"].get<int>(), 0);
}

void SettlementTest::cancellingACaptureIsTooLate()
{
    World world;
    world.transport.fate = [](const auto &request) {
        return isPost(request) ? Fate::answerLost : Fate::delivered;
    };
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    world.book.purchases.at(id).state = State::cancelRequested;
    world.transport.fate = [](const auto &) { return Fate::delivered; };
    world.advance(5min);
    QCOMPARE(world.state(id), State::captured);
    QCOMPARE(world.sent("record:too_late"), 1);
    QCOMPARE(world.report()["charges"].get<int>(), 1);
}

void SettlementTest::aConstraintIsQuarantinedUntilNobodyCouldAcceptIt()
{
    World world;
    auto approval = world.sample.approval("a1");
    approval.instrument.reference = "tok_of_somebody";
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("refuses a1 for good: constraint")));
    const auto id = world.approve(approval);
    world.settle();
    QCOMPARE(world.state(id), State::quarantined);
    QCOMPARE(world.book.purchases.at(id).reason, std::string("gateway_refused_constraint"));
    world.advance(59min);
    QCOMPARE(world.state(id), State::quarantined);
    // Nobody looked at it, and by now nobody could accept it: it counts against no limit any more.
    world.hint.set(false);
    world.advance(2min);
    QCOMPARE(world.state(id), State::abandoned);
    QCOMPARE(world.book.purchases.at(id).reason, std::string("settle_by"));
    QCOMPARE(world.sent("send:approvals"), 1);
}

void SettlementTest::whatTheIssuerWantsMoreForLapses()
{
    World world;
    world.processorScript = world.sample.path("processor.json");
    QFile script(QString::fromStdString(world.processorScript));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write(R"({"decisions":[{"outcome":"step_up"}]})");
    script.close();
    world.reopenLedger();
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::stepUpRequired);
    world.restart(); // and after one the car still knows when it is over
    world.advance(59min);
    QCOMPARE(world.state(id), State::stepUpRequired);
    world.hint.set(false);
    world.advance(2min);
    QCOMPARE(world.state(id), State::lapsed);
    QCOMPARE(world.book.purchases.at(id).reason, std::string("settle_by"));
    QCOMPARE(world.sent("send:approvals"), 1);
    QCOMPARE(world.report()["charges"].get<int>(), 0);
}

void SettlementTest::aPersonAtTheGatewayEndsAQuarantine()
{
    World world;
    auto approval = world.sample.approval("a1");
    approval.instrument.reference = "tok_of_somebody";
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("refuses a1 for good: constraint")));
    const auto id = world.approve(approval);
    const auto other = world.approve(world.sample.approval("a2"));
    world.settle();
    QCOMPARE(world.state(id), State::quarantined);
    gateway::Quarantine quarantine(*world.ledger, "sandbox");
    const base::Json listed = quarantine.list().value()["quarantined"];
    QCOMPARE(listed.size(), std::size_t{1});
    QCOMPARE(listed[0]["approval_id"].get<std::string>(), std::string("a1"));
    QCOMPARE(listed[0]["code"].get<std::string>(), std::string("constraint"));
    QCOMPARE(listed[0]["amount"]["value"].get<int>(), 1200);
    const auto end = [&](const char *wallet, const char *which) {
        return quarantine.end(wallet, which, world.sample.gateway, world.clock.now().wall).has_value();
    };
    QVERIFY(!end("w-1", "a2")); // captured
    QVERIFY(!end("w-1", "a3")); // nobody has ever seen it
    QVERIFY(!end("w-2", "a1")); // another car's
    QVERIFY(!end("", ""));
    QVERIFY(end("w-1", "a1"));
    QVERIFY(!end("w-1", "a1")); // once
    QVERIFY(quarantine.list().value()["quarantined"].empty());
    world.advance(30min);
    QCOMPARE(world.state(id), State::abandoned); // and counts against no limit any more
    QCOMPARE(world.state(other), State::captured);
    const auto late = world.sample.channel().submit(id, world.book.purchases.at(id).approvalJws, 1).value();
    QCOMPARE(world.ask({late.method, late.path, late.headers, late.body}).status, 422);
    QCOMPARE(world.report()["charges"].get<int>(), 1);
}

void SettlementTest::whatTheGatewayCallsExpiredLapses()
{
    World world;
    auto approval = world.sample.approval("a1");
    approval.admitBy.milliseconds = approval.at.wall.milliseconds - 1;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("refuses a1 for good: expired")));
    const auto id = world.approve(approval);
    world.settle();
    QCOMPARE(world.state(id), State::unknown);
    world.advance(5min);
    QCOMPARE(world.state(id), State::lapsed);
    QCOMPARE(world.report()["charges"].get<int>(), 0);
}

void SettlementTest::forgedAnswersMoveNothing()
{
    World world;
    world.settle();
    const auto approval = world.sample.approval("a1");
    world.transport.fate = [](const auto &request) {
        return request.path.starts_with("/v1/approvals") ? Fate::forged : Fate::delivered;
    };
    world.transport.forge = [&](const std::string &) {
        const auto &jws = world.book.purchases.begin()->second.approvalJws;
        const auto receipt = world.sample.receipt(approval, jws, wire::Outcome::captured, 9);
        return base::Json{
            {"receipt",
             wire::signPayload(world.sample.stranger, wire::kReceiptType, wire::toJson(receipt)).value()}}
            .dump();
    };
    expectDoubt();
    const auto id = world.approve(approval);
    world.settle();
    QCOMPARE(world.state(id), State::unknown);
    expectDoubt();
    world.advance(3s);
    QCOMPARE(world.state(id), State::unknown);
    world.transport.fate = [](const auto &) { return Fate::delivered; };
    world.advance(5min);
    QCOMPARE(world.state(id), State::captured);
    QCOMPARE(world.sent("send:approvals"), 1);
}

void SettlementTest::retryAfterIsHonouredAndTheHintEndsIt()
{
    World world;
    world.transport.retryAfter_s = 120;
    world.transport.fate = [](const auto &request) {
        return request.path.starts_with("/v1/approvals") ? Fate::busy : Fate::delivered;
    };
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::unknown);
    world.transport.fate = [](const auto &) { return Fate::delivered; };
    world.advance(119s);
    QCOMPARE(world.sent("send:status"), 0);
    world.hint.set(false);
    world.hint.set(true);
    world.settle();
    QCOMPARE(world.sent("send:status"), 1);
    QCOMPARE(world.state(id), State::captured);
}

void SettlementTest::onePoisonHoldsNobodyUp()
{
    World world;
    world.transport.fate = [](const auto &request) {
        return request.body.empty() && request.path.starts_with("/v1/approvals/bad") ? Fate::unreachable
                                                                                     : Fate::delivered;
    };
    for (int i = 0; i < 6; ++i) {
        world.approve(world.sample.approval("bad" + std::to_string(i)), State::submitted);
    }
    const auto good = world.approve(world.sample.approval("good"));
    world.settle();
    QCOMPARE(world.state(good), State::captured);
    QCOMPARE(world.state(payment::ApprovalId::fromText("bad0").value()), State::unknown);
}

GLOVEBOX_TEST_MAIN(SettlementTest)
#include "settlement_test.moc"
