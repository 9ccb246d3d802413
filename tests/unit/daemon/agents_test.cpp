// SPDX-License-Identifier: Apache-2.0
// What an assistant can do: propose, look, wait and withdraw, each thing once, and nothing of others.
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"

#include <set>

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;
using daemon::Answer;
using daemon::CallFault;
using payment::Event;
using payment::State;

class AgentsTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Car> m_car;
    std::vector<Answer> m_answers;

    [[nodiscard]] daemon::Reply keep()
    {
        return [this](const Answer &answer) { m_answers.push_back(answer); };
    }
    [[nodiscard]] std::string answered(std::size_t i, const char *field) const
    {
        return m_answers.at(i) ? base::Json::parse(*m_answers.at(i)).at(field).get<std::string>() : "error";
    }
    [[nodiscard]] Answer proposeAs(const daemon::AgentCaller &who, const std::string &text) const
    {
        return m_car->call([&](daemon::AgentService &agents, const daemon::Reply &reply) {
            agents.propose(who, text, reply);
        });
    }
    [[nodiscard]] Answer withdraw(const std::string &purchase) const
    {
        return m_car->call([&](daemon::AgentService &agents, const daemon::Reply &reply) {
            agents.withdraw(m_car->caller, purchase, reply);
        });
    }
    void waitFor(const std::string &purchase, std::int64_t version, unsigned wait_s)
    {
        m_car->core->agents().purchase(m_car->caller, purchase, version, wait_s, keep());
        m_car->settle();
    }
    void bring(const std::string &purchase, State state) const;
    /// With more finished purchases than the daemon keeps there.
    void fillTheMemory() const
    {
        for (int i = 0; i < 70; ++i) {
            QVERIFY(withdraw(m_car->propose(Car::parking("n" + std::to_string(i)))));
        }
    }

private Q_SLOTS:
    void init()
    {
        m_car = std::make_unique<Car>();
        m_car->makeReady();
        m_answers.clear();
    }
    void cleanup() { m_car.reset(); }

    void theSameRequestIsOnePurchase();
    void theSameRequestAtTheSameTimeIsOnePurchase();
    void anotherProposalUnderTheSameIdIsMalformed();
    void aRequestIdBelongsToItsAgent();
    void othersPurchasesAreNotFound();
    void badProposalsAreMalformedAndLeaveNothing();
    void refusedProposalsArePurchases();
    void fourProposalsAtOnceAreThree();
    void aWaitEndsWithTheChange();
    void aWaitEndsWithItsTime();
    void aWaitForWhatIsLongOver();
    void tooManyWaitsAreTurnedAway();
    void withdrawn_data();
    void withdrawn();
    void whatItMayAndWhereToGo();
};

void AgentsTest::theSameRequestIsOnePurchase()
{
    const std::string first = m_car->propose(Car::parking("r1"));
    QCOMPARE(m_car->propose(Car::parking("r1")), first);
    m_car->approve();
    QCOMPARE(m_car->propose(Car::parking("r1")), first);
    m_car->restart();
    QCOMPARE(m_car->propose(Car::parking("r1")), first);
    QCOMPARE(m_car->count(journal::EntryKind::approval), 1);
    QCOMPARE(m_car->state(first), State::queued);
}

void AgentsTest::theSameRequestAtTheSameTimeIsOnePurchase()
{
    for (int i = 0; i < 5; ++i) {
        m_car->core->agents().propose(m_car->caller, Car::parking("r1").dump(), keep());
    }
    m_car->core->agents().propose(m_car->caller, Car::parking("r1", 351).dump(), keep());
    m_car->settle();
    QCOMPARE(m_answers.size(), std::size_t{6});
    for (std::size_t i = 1; i < 5; ++i) {
        QCOMPARE(answered(i, "purchase_id"), answered(0, "purchase_id"));
    }
    QVERIFY(!m_answers[5]);
    QCOMPARE(m_answers[5].error().fault, CallFault::malformed);
    const auto all = m_car->ask<journal::JournalResult<std::vector<payment::Purchase>>>(
        [](journal::Journal &journal) { return journal.purchases(10); });
    QCOMPARE(all.value().size(), std::size_t{1});
}

void AgentsTest::anotherProposalUnderTheSameIdIsMalformed()
{
    const std::string first = m_car->propose(Car::parking("r1"));
    for (const bool restarted : {false, true}) {
        if (restarted) {
            m_car->restart();
        }
        const Answer answer = proposeAs(m_car->caller, Car::parking("r1", 351).dump());
        QVERIFY(!answer);
        QCOMPARE(answer.error().fault, CallFault::malformed);
        QCOMPARE(base::Json::parse(answer.error().message).at("pointer").get<std::string>(),
                 std::string("/request_id"));
    }
    QCOMPARE(m_car->stored(first).proposal.amount.value.minor, std::int64_t{350});
}

void AgentsTest::aRequestIdBelongsToItsAgent()
{
    const std::string first = m_car->propose(Car::parking("r1"));
    const Answer other = proposeAs(m_car->otherCaller, Car::parking("r1", 400).dump());
    QVERIFY(other);
    QVERIFY(base::Json::parse(*other).at("purchase_id").get<std::string>() != first);
}

void AgentsTest::othersPurchasesAreNotFound()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    for (const bool inMemory : {true, false}) {
        if (!inMemory) {
            bring(purchase, State::declined);
            fillTheMemory();
        }
        for (const std::string &id :
             {purchase, std::string("p-unknown"), std::string("../x"), std::string()}) {
            m_answers.clear();
            m_car->core->agents().purchase(m_car->otherCaller, id, 0, 5, keep());
            m_car->core->agents().withdraw(m_car->otherCaller, id, keep());
            m_car->settle();
            QCOMPARE(m_answers.size(), std::size_t{2});
            for (const Answer &answer : m_answers) {
                QVERIFY(!answer);
                QCOMPARE(answer.error().fault, CallFault::notFound);
                QCOMPARE(answer.error().message, std::string("No such purchase."));
            }
        }
        QCOMPARE(m_car->look(purchase).at("purchase_id").get<std::string>(), purchase);
    }
}

void AgentsTest::badProposalsAreMalformedAndLeaveNothing()
{
    const std::size_t before = m_car->log().size();
    base::Json payee = Car::parking("r1");
    payee["merchant_name"] = "Somebody";
    for (const std::string &text :
         {std::string(), std::string("{"), payee.dump(), std::string(70'000, ' ')}) {
        const Answer answer = proposeAs(m_car->caller, text);
        QVERIFY(!answer);
        QCOMPARE(answer.error().fault, CallFault::malformed);
        const base::Json said = base::Json::parse(answer.error().message);
        QVERIFY(said.contains("pointer") && !said.at("reason").get<std::string>().empty());
    }
    QCOMPARE(m_car->log().size(), before);
}

void AgentsTest::refusedProposalsArePurchases()
{
    base::Json proposal = Car::parking("r1");
    proposal["merchant_id"] = "nobody";
    const std::string purchase = m_car->propose(proposal);
    QCOMPARE(m_car->state(purchase), State::refused);
    const base::Json seen = m_car->look(purchase);
    QCOMPARE(seen.at("state").get<std::string>(), std::string("refused"));
    QCOMPARE(seen.at("reason").get<std::string>(), std::string("merchant.unknown"));
    QCOMPARE(seen.at("pointer").get<std::string>(), std::string("/merchant_id"));
    QCOMPARE(seen.at("message").get<std::string>(), std::string("Refused: This merchant is not known."));
    QVERIFY(seen.at("final").get<bool>());
    QVERIFY(!seen.contains("merchant_name"));
    QVERIFY(!m_car->stored(purchase).merchant);
}

void AgentsTest::fourProposalsAtOnceAreThree()
{
    for (int i = 0; i < 4; ++i) {
        m_car->core->agents().propose(m_car->caller, Car::parking("r" + std::to_string(i)).dump(), keep());
    }
    m_car->core->agents().propose(m_car->otherCaller, Car::parking("r").dump(), keep());
    m_car->settle();
    int refused = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        refused += answered(i, "state") == "refused" ? 1 : 0;
    }
    QCOMPARE(refused, 1);
    QCOMPARE(answered(3, "reason"), std::string("limit.open_proposals"));
}

void AgentsTest::aWaitEndsWithTheChange()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    const std::int64_t version = m_car->stored(purchase).version;
    waitFor(purchase, version - 1, 20);
    QCOMPARE(m_answers.size(), std::size_t{1}); // it has changed since
    waitFor(purchase, version, 0);
    QCOMPARE(m_answers.size(), std::size_t{2}); // no waiting
    waitFor(purchase, version, 20);
    waitFor(purchase, version, 20);
    QCOMPARE(m_answers.size(), std::size_t{2});
    m_car->approve();
    QCOMPARE(m_answers.size(), std::size_t{4});
    QCOMPARE(answered(2, "state"), std::string("queued"));
    QCOMPARE(answered(3, "message"), std::string("Approved and saved in the car, not paid yet."));
    m_car->advance(30s);
    QCOMPARE(m_answers.size(), std::size_t{4}); // once each
}

void AgentsTest::aWaitEndsWithItsTime()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const std::int64_t version = m_car->stored(purchase).version;
    waitFor(purchase, version, 5);
    waitFor(purchase, version, 4'000'000'000U);
    m_car->advance(4'999ms);
    QVERIFY(m_answers.empty());
    m_car->advance(1ms);
    QCOMPARE(m_answers.size(), std::size_t{1});
    QCOMPARE(answered(0, "state"), std::string("presented"));
    m_car->advance(14'999ms);
    QCOMPARE(m_answers.size(), std::size_t{1});
    m_car->advance(1ms); // 20 s at most
    QCOMPARE(m_answers.size(), std::size_t{2});
}

void AgentsTest::aWaitForWhatIsLongOver()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    bring(purchase, State::declined);
    const std::int64_t version = m_car->stored(purchase).version;
    fillTheMemory();
    waitFor(purchase, version, 5);
    m_car->advance(5s);
    QCOMPARE(m_answers.size(), std::size_t{1});
    QCOMPARE(answered(0, "state"), std::string("declined"));
}

void AgentsTest::tooManyWaitsAreTurnedAway()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    const std::int64_t version = m_car->stored(purchase).version;
    for (std::size_t i = 0; i < daemon::AgentDesk::kWaits_max; ++i) {
        m_car->core->agents().purchase(m_car->caller, purchase, version, 20, keep());
    }
    QVERIFY(m_answers.empty());
    waitFor(purchase, version, 20);
    QCOMPARE(m_answers.size(), std::size_t{1});
    QCOMPARE(m_answers[0].error().fault, CallFault::rateLimited);
}

/// From presented, as driver, gateway and time would.
void AgentsTest::bring(const std::string &purchase, State state) const
{
    const auto record = [&](std::initializer_list<Event> events) {
        m_car->approve();
        for (const Event event : events) {
            m_car->settlement->record(purchase, event, m_car->clock.now());
            m_car->settle();
        }
    };
    switch (state) {
    case State::held:
        m_car->detach();
        break;
    case State::declined:
        m_car->core->driver().decline(m_car->view().card.nonce);
        break;
    case State::expired:
        m_car->showCard();
        m_car->advance(30s);
        break;
    case State::queued:
        record({});
        break;
    case State::submitted:
        record({Event::submit});
        break;
    case State::authorised:
        record({Event::submit, Event::authorised});
        break;
    case State::captured:
        record({Event::submit, Event::captured});
        break;
    default:
        break;
    }
    m_car->settle();
    if (m_car->state(purchase) != state) {
        qFatal("it is not in that state");
    }
}

void AgentsTest::withdrawn_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("possible");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, State state, bool possible, const char *said) {
        QTest::newRow(name) << int(state) << possible << QString::fromLatin1(said);
    };
    row("held", State::held, true, "Nothing was paid");
    row("presented", State::presented, true, "Nothing was paid");
    row("declined", State::declined, false, "over already");
    row("expired", State::expired, false, "over already");
    row("queued", State::queued, false, "Only the driver can still stop it");
    row("submitted", State::submitted, false, "Only the driver can still stop it");
    row("authorised", State::authorised, false, "Only the driver can still stop it");
    row("captured", State::captured, false, "over already");
}

void AgentsTest::withdrawn()
{
    QFETCH(const int, state);
    QFETCH(const bool, possible);
    QFETCH(const QString, said);
    const std::string purchase = m_car->propose(Car::fuel("r1"));
    bring(purchase, static_cast<State>(state));
    for (int i = 0; i < 2; ++i) {
        const Answer answer = withdraw(purchase); // and said again
        QCOMPARE(answer.has_value(), possible);
        QCOMPARE(int(m_car->state(purchase)), possible ? int(State::withdrawn) : state);
        const std::string text = answer ? *answer : answer.error().message;
        QVERIFY2(QString::fromStdString(text).contains(said), text.c_str());
        QVERIFY(answer || answer.error().fault == CallFault::refused);
    }
    if (state == int(State::presented)) {
        QCOMPARE(m_car->view().result.items.front().text, std::string("Withdrawn"));
    }
}

void AgentsTest::whatItMayAndWhereToGo()
{
    const Answer may = m_car->core->agents().permissions(m_car->caller);
    QVERIFY(may);
    const base::Json permissions = base::Json::parse(*may);
    QCOMPARE(permissions.at("agent_id").get<std::string>(), std::string("assistant"));
    QCOMPARE(permissions.at("asks").get<std::string>(), std::string("every_time"));
    const Answer fuel = m_car->core->agents().findMerchants(m_car->caller, "fuel", 0);
    QVERIFY(fuel);
    const base::Json merchants = base::Json::parse(*fuel).at("merchants");
    QCOMPARE(merchants.size(), std::size_t{1});
    QCOMPARE(merchants[0].at("merchant_id").get<std::string>(), std::string("tankhof-koenigstrasse"));
    const Answer unknown = m_car->core->agents().findMerchants(m_car->caller, "weapons", 5);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().fault, CallFault::notFound);
}

GLOVEBOX_TEST_MAIN(AgentsTest)
#include "agents_test.moc"
