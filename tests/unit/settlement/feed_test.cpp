// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"
#include "tests/unit/settlement/world.h"

#include <QRegularExpression>
#include <QTest>

using namespace glovebox;
using namespace std::chrono_literals;
using payment::State;
using testing::Fate;
using testing::World;

class FeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCompletionArrivesAsAnEvent();
    void eventsThatDoNotFitAreLeftBehind();
    void theCursorWaitsForTheRecord();
    void newsAboutALongFinishedPurchaseIsTaken();
    void theDirectoryIsStoredAndHandedOn();
};

void FeedTest::aCompletionArrivesAsAnEvent()
{
    World world;
    const auto id = world.approve(world.sample.fuelApproval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::authorised);
    world.hint.set(false);
    const base::Json tooMuch{{"approval_id", "a1"}, {"amount_minor", 8001}, {"currency", "EUR"}};
    QCOMPARE(world.merchantPost(id, "complete", tooMuch).status, 422);
    const base::Json final{{"approval_id", "a1"}, {"amount_minor", 7234}, {"currency", "EUR"}};
    QCOMPARE(world.merchantPost(id, "complete", final).status, 200);
    QCOMPARE(world.merchantPost(id, "complete", final).status, 200); // a repeat
    world.advance(10min);
    QCOMPARE(world.state(id), State::authorised);
    world.hint.set(true);
    world.settle();
    QCOMPARE(world.state(id), State::captured);
    QCOMPARE(world.book.purchases.at(id).settlement.captured_minor, 7234);
    QCOMPARE(world.book.setting("events.cursor"), std::string("1"));
    const auto captured = std::ranges::find(world.book.log, "record:captured");
    const auto cursor = std::ranges::find(world.book.log, "store:events.cursor");
    QVERIFY(captured < cursor);
    const auto report = world.report();
    QCOMPARE(report["charges"].get<int>(), 1);
    QCOMPARE(report["approvals"][0]["captured_minor"].get<int>(), 7234);
    QCOMPARE(report["approvals"][0]["held_minor"].get<int>(), 0);
}

void FeedTest::eventsThatDoNotFitAreLeftBehind()
{
    World world;
    const auto approval = world.sample.fuelApproval("a1");
    const auto id = world.approve(approval);
    world.settle();
    const auto jws = world.book.purchases.at(id).approvalJws;
    auto overCap = world.sample.receipt(approval, jws, wire::Outcome::captured, 5);
    overCap.captured_minor = 8001;
    auto older = world.sample.receipt(approval, jws, wire::Outcome::released, 0);
    const auto unknown = world.sample.receipt(world.sample.approval("a9"), jws, wire::Outcome::captured, 5);
    const std::vector<std::string> receipts{world.sample.signReceipt(overCap),
                                            world.sample.signReceipt(older),
                                            world.sample.signReceipt(unknown)};
    world.transport.fate = [](const auto &request) {
        return request.path == "/v1/events?after=0" ? Fate::forged : Fate::delivered;
    };
    world.transport.forge = [&](const std::string &) {
        const auto payload = wire::eventsPayload("sandbox", approval.wallet, 0, 3, receipts);
        return base::Json{
            {"events", wire::signPayload(world.sample.gateway, wire::kEventsType, payload).value()}}
            .dump();
    };
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("event about a1 refused: over the cap")));
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("event about a9 refused: other approval")));
    world.advance(10s);
    QCOMPARE(world.state(id), State::authorised);
    QCOMPARE(world.book.setting("events.cursor"), std::string("3"));
}

void FeedTest::theCursorWaitsForTheRecord()
{
    World world;
    const auto id = world.approve(world.sample.fuelApproval("a1"));
    world.settle();
    (void)world.merchantPost(id, "release", {{"approval_id", "a1"}});
    world.book.failing = true;
    world.advance(10s);
    QCOMPARE(world.state(id), State::authorised);
    QCOMPARE(world.book.setting("events.cursor"), std::string());
    world.book.failing = false;
    world.advance(5min);
    QCOMPARE(world.state(id), State::released);
    QCOMPARE(world.book.setting("events.cursor"), std::string("1"));
}

void FeedTest::newsAboutALongFinishedPurchaseIsTaken()
{
    World world;
    const auto id = world.approve(world.sample.fuelApproval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::authorised);
    world.book.archive.insert(world.book.purchases.extract(id));
    (void)world.merchantPost(id, "release", {{"approval_id", "a1"}});
    world.book.failing = true; // the journal cannot be asked: it comes again
    world.advance(10min);
    QVERIFY(world.book.archive.contains(id));
    QCOMPARE(world.book.setting("events.cursor"), std::string());
    world.book.failing = false;
    world.advance(15min);
    QCOMPARE(world.state(id), State::released);
    QCOMPARE(world.book.setting("events.cursor"), std::string("1"));
}

void FeedTest::theDirectoryIsStoredAndHandedOn()
{
    World world;
    std::string handed;
    base::WallTime contact;
    world.settlement->onDirectory = [&handed](const std::string &jws) { handed = jws; };
    world.settlement->onContact = [&contact](base::WallTime at) { contact = at; };
    world.settle();
    QVERIFY(!handed.empty());
    QCOMPARE(world.book.setting("directory"), handed);
    QCOMPARE(contact, world.clock.now().wall);
    const int first = world.sent("send:directory");
    world.advance(6h);
    QCOMPARE(world.sent("send:directory"), first + 1);
}

GLOVEBOX_TEST_MAIN(FeedTest)
#include "feed_test.moc"
