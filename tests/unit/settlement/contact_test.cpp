// SPDX-License-Identifier: Apache-2.0
// "Online" is a hint. Nothing is recorded as sent before the gateway has proven that it can be reached: until
// then the driver keeps an undo that is certain.
#include "tests/support/fatal_log.h"
#include "tests/unit/settlement/world.h"

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

} // namespace

class ContactTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutContactItStaysQueuedAndCanBeCancelledInTheCar();
    void contactComesBackAndItIsSentOnce();
    void anOldContactIsRenewedBeforeASubmit();
    void oneProofServesEverybodyQueued();
    void anyVerifiedAnswerIsAProof();
    void aFaultEndsTheProof();
    void theHintEndsTheProof();
    void renewedContactMovesNoClock();
    void aForgedTimeIsNoProof();
    void aNewApprovalWaitsForNoBackoffOfOthers();
    void theGatewaysOwnWishIsRespected();
    void troubleIsToldUntilAnAnswerIsVerified();
    void troubleEndsWithTheHint();

private:
    /// Minutes without an answer: the pause before the next question is nearly five minutes.
    static void loseContact(World &world);
    static payment::ApprovalId approveLate(World &world, const char *id);
};

void ContactTest::loseContact(World &world)
{
    world.random = [] { return std::uint64_t{299'000'000'000}; };
    world.restart();
    world.settle();
    world.advance(31s);
    world.transport.fate = [](const auto &) { return Fate::unreachable; };
    approveLate(world, "a1");
    for (int i = 0; i < 40; ++i) {
        world.advance(30s);
    }
    const int asked = world.sent("send:time");
    for (int i = 0; i < 60 && world.sent("send:time") == asked; ++i) {
        world.advance(5s);
    }
}

payment::ApprovalId ContactTest::approveLate(World &world, const char *id)
{
    payment::Approval approval = world.sample.approval(id);
    approval.settleBy.milliseconds += 24 * 3'600'000;
    return world.approve(approval);
}

void ContactTest::aNewApprovalWaitsForNoBackoffOfOthers()
{
    World world;
    loseContact(world);
    const int asked = world.sent("send:time");
    world.advance(10s);
    QCOMPARE(world.sent("send:time"), asked);
    const auto second = approveLate(world, "a2");
    world.settle();
    QCOMPARE(world.sent("send:time"), asked + 1); // no hint, and asked at once
    QCOMPARE(world.state(second), State::queued);
    world.advance(298s);
    QCOMPARE(world.sent("send:time"), asked + 1); // and no sooner than before after that
    world.advance(2s);
    QCOMPARE(world.sent("send:time"), asked + 2);
    world.transport.fate = [](const auto &) { return Fate::delivered; };
    const auto third = approveLate(world, "a3");
    world.settle();
    QCOMPARE(world.state(third), State::captured);
    QCOMPARE(world.state(second), State::captured);
}

void ContactTest::theGatewaysOwnWishIsRespected()
{
    World world;
    loseContact(world);
    world.transport.fate = [](const auto &) { return Fate::busy; };
    world.transport.retryAfter_s = 120;
    approveLate(world, "a2");
    world.settle();
    const int asked = world.sent("send:time");
    const auto third = approveLate(world, "a3");
    world.advance(119s);
    QCOMPARE(world.sent("send:time"), asked);
    world.transport.fate = [](const auto &) { return Fate::delivered; };
    approveLate(world, "a4");
    world.settle();
    QCOMPARE(world.sent("send:time"), asked);
    world.advance(1s);
    QCOMPARE(world.sent("send:time"), asked + 1);
    QCOMPARE(world.state(third), State::captured);
}

void ContactTest::withoutContactItStaysQueuedAndCanBeCancelledInTheCar()
{
    World world;
    world.settle();
    world.advance(31s); // time is known, and the car has driven into a hole since
    world.transport.fate = [](const auto &) { return Fate::unreachable; };
    const int asked = world.sent("send:time");
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    for (int i = 0; i < 20; ++i) {
        world.advance(2min);
        QCOMPARE(world.state(id), State::queued);
    }
    QVERIFY(world.sent("send:time") >= asked + 5);
    QCOMPARE(world.sent("record:submit") + world.sent("send:approvals") + world.sent("send:status"), 0);
    const auto stopped = payment::transition(world.state(id), payment::Event::cancel);
    QVERIFY(stopped.has_value());
    QCOMPARE(stopped->next, State::cancelled);
    world.book.purchases.at(id).state = stopped->next;
    world.settlement->wake();
    world.transport.fate = [](const auto &) { return Fate::delivered; };
    world.advance(10min);
    QCOMPARE(world.state(id), State::cancelled);
    QCOMPARE(world.sent("send:approvals"), 0);
}

void ContactTest::contactComesBackAndItIsSentOnce()
{
    for (const bool hinted : {false, true}) {
        World world;
        world.settle();
        world.advance(31s);
        world.transport.fate = [](const auto &) { return Fate::unreachable; };
        const auto id = world.approve(world.sample.approval("a1"));
        world.advance(10min); // far into the backoff
        QCOMPARE(world.state(id), State::queued);
        world.transport.fate = [](const auto &) { return Fate::delivered; };
        if (hinted) {
            world.hint.set(true);
            world.settle(); // at once
        } else {
            world.advance(5min);
        }
        QCOMPARE(world.state(id), State::captured);
        QCOMPARE(world.sent("record:submit"), 1);
        QCOMPARE(world.sent("send:approvals"), 1);
        QCOMPARE(world.report()["charges"].get<int>(), 1);
    }
}

void ContactTest::anOldContactIsRenewedBeforeASubmit()
{
    for (const auto &[age, questions] : {std::pair{base::Duration(30s), 0}, std::pair{30s + 1ns, 1}}) {
        World world;
        world.settle();
        QCOMPARE(world.sent("send:time"), 1);
        world.advance(age);
        const auto id = world.approve(world.sample.approval("a1"));
        world.settle();
        QCOMPARE(world.state(id), State::captured);
        QCOMPARE(world.sent("send:time"), 1 + questions);
        const auto asked = std::ranges::find(world.book.log.rbegin(), world.book.log.rend(), "send:time");
        const auto recorded =
            std::ranges::find(world.book.log.rbegin(), world.book.log.rend(), "record:submit");
        QVERIFY(recorded < asked); // from the end: the question came before the record
    }
}

void ContactTest::oneProofServesEverybodyQueued()
{
    World world;
    world.settle();
    world.advance(31s);
    std::vector<payment::ApprovalId> ids;
    for (int i = 0; i < 6; ++i) {
        ids.push_back(world.approve(world.sample.approval("a" + std::to_string(i))));
    }
    world.settle();
    for (const auto &id : ids) {
        QCOMPARE(world.state(id), State::captured);
    }
    QCOMPARE(world.sent("send:time"), 2); // one at the start, one for all of them
    QCOMPARE(world.sent("send:approvals"), 6);
}

void ContactTest::anyVerifiedAnswerIsAProof()
{
    World world;
    world.settle();
    world.advance(9min + 50s);
    QCOMPARE(world.sent("send:events"), 1);
    world.advance(10s); // the regular question for news
    QCOMPARE(world.sent("send:events"), 2);
    world.advance(20s);
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::captured);
    QCOMPARE(world.sent("send:time"), 1);
}

void ContactTest::aFaultEndsTheProof()
{
    World world;
    world.settle();
    world.transport.fate = [](const auto &request) {
        return isPost(request) ? Fate::unreachable : Fate::delivered;
    };
    const auto first = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(first), State::unknown); // it was proven a moment ago: the car cannot know
    world.transport.fate = [](const auto &) { return Fate::unreachable; };
    const auto second = world.approve(world.sample.approval("a2"));
    world.settle();
    QCOMPARE(world.state(second), State::queued);
    world.transport.fate = [](const auto &) { return Fate::delivered; };
    world.advance(5min);
    QCOMPARE(world.state(first), State::captured);
    QCOMPARE(world.state(second), State::captured);
    QCOMPARE(world.sent("send:approvals"), 3); // the first one twice
}

void ContactTest::theHintEndsTheProof()
{
    World world;
    world.settle();
    world.hint.set(false);
    world.hint.set(true); // another network: what the one before proved is over
    world.transport.fate = [](const auto &) { return Fate::unreachable; };
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::queued);
    QCOMPARE(world.sent("record:submit"), 0);
}

void ContactTest::renewedContactMovesNoClock()
{
    World world;
    world.settle();
    world.advance(31s);
    world.gatewayAhead_ms = 5'000;
    const base::WallTime before = world.clock.now().wall;
    std::vector<base::WallTime> contacts;
    world.settlement->onContact = [&contacts](base::WallTime at) { contacts.push_back(at); };
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::captured);
    QCOMPARE(world.sent("send:time"), 2);
    QVERIFY(!contacts.empty());
    QCOMPARE(contacts.front().milliseconds, before.milliseconds + 5'000);
    QCOMPARE(world.clock.now().wall.milliseconds, before.milliseconds);
}

void ContactTest::aForgedTimeIsNoProof()
{
    World world;
    world.settle();
    world.advance(31s);
    world.transport.fate = [](const auto &request) {
        return request.path.starts_with("/v1/time") ? Fate::forged : Fate::delivered;
    };
    world.transport.forge = [](const std::string &) { return std::string("{}"); };
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be believed")));
    const auto id = world.approve(world.sample.approval("a1"));
    world.settle();
    QCOMPARE(world.state(id), State::queued);
    QCOMPARE(world.sent("send:time"), 2);
    QCOMPARE(world.sent("record:submit") + world.sent("send:approvals"), 0);
}

void ContactTest::troubleIsToldUntilAnAnswerIsVerified()
{
    using Kind = settlement::Trouble::Kind;
    for (const auto &[fate, kind] :
         {std::pair{Fate::unreachable, Kind::unreachable}, std::pair{Fate::answerLost, Kind::broken},
          std::pair{Fate::busy, Kind::status}, std::pair{Fate::forged, Kind::notBelieved}}) {
        World world;
        std::vector<std::optional<settlement::Trouble>> told;
        world.settlement->onTrouble = [&told](const auto &trouble) { told.push_back(trouble); };
        world.settle();
        QVERIFY(told.empty()); // all is well
        world.advance(31s);
        world.transport.fate = [fate = fate](const auto &) { return fate; };
        world.transport.forge = [](const std::string &) { return std::string("{}"); };
        if (fate == Fate::forged) {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be believed")));
        }
        world.approve(world.sample.approval("a1"));
        world.settle();
        QCOMPARE(told.size(), 1U);
        QVERIFY(told.back() && told.back()->kind == kind);
        QCOMPARE(told.back()->status, fate == Fate::busy ? 503 : 0);
        world.transport.fate = [](const auto &) { return Fate::delivered; };
        world.advance(5min);
        QVERIFY(told.size() >= 2U && !told[told.size() - 1]);
        QCOMPARE(std::ranges::count_if(told, [](const auto &one) { return !one; }), 1);
    }
}

void ContactTest::troubleEndsWithTheHint()
{
    World world;
    std::vector<std::optional<settlement::Trouble>> told;
    world.transport.fate = [](const auto &) { return Fate::unreachable; };
    world.restart();
    world.settlement->onTrouble = [&told](const auto &trouble) { told.push_back(trouble); };
    world.settle();
    QVERIFY(!told.empty() && told.back());
    world.hint.set(false);
    QVERIFY(!told.back()); // what comes next is another network
    const std::size_t before = told.size();
    world.advance(10min);
    QCOMPARE(told.size(), before); // offline, nothing is asked
}

GLOVEBOX_TEST_MAIN(ContactTest)
#include "contact_test.moc"
