// SPDX-License-Identifier: Apache-2.0
// What a hostile assistant can leave behind in the car: little, slowly, and nothing that pushes out what
// matters.
#include "crypto/hash.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;
using daemon::Answer;
using daemon::CallFault;
using payment::State;

namespace
{

constexpr std::int64_t kTooMuch_minor = 10'001; // above the limit for one purchase

} // namespace

class LimitsTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Car> m_car;

    void begin(int burst)
    {
        m_car->end();
        m_car->proposals = {.burst = burst, .every = 60s};
        m_car->begin();
        m_car->makeReady();
    }
    [[nodiscard]] Answer proposeAs(const daemon::AgentCaller &who, const base::Json &proposal) const
    {
        return m_car->call([&](daemon::AgentService &agents, const daemon::Reply &reply) {
            agents.propose(who, proposal.dump(), reply);
        });
    }
    [[nodiscard]] bool withdrawn(const std::string &purchase) const
    {
        return m_car
            ->call([&](daemon::AgentService &agents, const daemon::Reply &reply) {
                agents.withdraw(m_car->caller, purchase, reply);
            })
            .has_value();
    }
    /// Why the next proposal of this one is turned away; empty: it is not.
    [[nodiscard]] std::string turnedAway(const daemon::AgentCaller &who, const base::Json &proposal) const
    {
        const Answer answer = proposeAs(who, proposal);
        return answer || answer.error().fault != CallFault::rateLimited ? std::string()
                                                                        : answer.error().message;
    }

private Q_SLOTS:
    void init() { m_car = std::make_unique<Car>(); }
    void cleanup() { m_car.reset(); }

    void aRefusedProposalLeavesNoTexts();
    void theSameRefusedRequestIsOnePurchase();
    void proposalsOfAnAgentAreBounded();
    void refusedOnesAreBoundedMore();
    void aUserIsBoundedWithAllItsAgents();
    void openProposalsOfAUserAreBounded();
    void refusalsPushNoFinishedPurchaseOut();
};

void LimitsTest::aRefusedProposalLeavesNoTexts()
{
    base::Json proposal = Car::parking("r1", kTooMuch_minor);
    proposal["utterance"] = std::string(280, 'u');
    proposal["reason"] = std::string(280, 'v');
    proposal["items"] = base::Json::array({{{"label", std::string(40, 'w')}, {"amount", kTooMuch_minor}}});
    const std::size_t before = m_car->log().size();
    const std::string purchase = m_car->propose(proposal);
    const auto entries = m_car->log();
    QCOMPARE(entries.size(), before + 1);
    const base::Json payload = entries.back().payload.value();
    QVERIFY2(payload.at("proposal") == Car::parking("r1", kTooMuch_minor), payload.dump().c_str());
    QCOMPARE(payload.at("proposal_hash").get<std::string>(), crypto::hashJson(proposal));
    QVERIFY(!payload.contains("merchant"));
    QVERIFY2(payload.dump().size() < 1024, payload.dump().c_str());
    QCOMPARE(m_car->stored(purchase).proposalHash, crypto::hashJson(proposal));
    QVERIFY2(payment::toCanonical(m_car->stored(purchase)).text().size() < 1024, "the projection");
    // Driver and assistant still read where it was: the directory knows the name.
    QCOMPARE(m_car->look(purchase).at("merchant_name").get<std::string>(), std::string("Garage Marktplatz"));
    QCOMPARE(m_car->differences(), std::vector<std::string>());
}

void LimitsTest::theSameRefusedRequestIsOnePurchase()
{
    base::Json proposal = Car::parking("r1", kTooMuch_minor);
    proposal["reason"] = "It is there.";
    const std::string purchase = m_car->propose(proposal);
    for (const bool restarted : {false, true}) {
        if (restarted) {
            m_car->restart();
        }
        QCOMPARE(m_car->propose(proposal), purchase);
        base::Json other = proposal;
        other["reason"] = "Another one.";
        const Answer answer = proposeAs(m_car->caller, other);
        QVERIFY(!answer);
        QCOMPARE(answer.error().fault, CallFault::malformed);
    }
}

void LimitsTest::proposalsOfAnAgentAreBounded()
{
    begin(4);
    for (int i = 0; i < 4; ++i) {
        QVERIFY(withdrawn(m_car->propose(Car::parking("r" + std::to_string(i)))));
    }
    const std::size_t before = m_car->log().size();
    const std::string said = turnedAway(m_car->caller, Car::parking("r4"));
    QVERIFY2(said.find("Wait 60 seconds") != std::string::npos, said.c_str());
    QVERIFY(!turnedAway(m_car->caller, Car::parking("r5", kTooMuch_minor)).empty());
    QCOMPARE(m_car->log().size(), before);
    QVERIFY(!m_car->propose(Car::parking("r3")).empty()); // the same again is no new one
    QVERIFY(proposeAs(m_car->otherCaller, Car::parking("r4")));
    m_car->advance(59s);
    QVERIFY(!turnedAway(m_car->caller, Car::parking("r4")).empty());
    m_car->advance(1s);
    QVERIFY(!m_car->propose(Car::parking("r4")).empty());
    QVERIFY(!turnedAway(m_car->caller, Car::parking("r5")).empty());
}

void LimitsTest::refusedOnesAreBoundedMore()
{
    begin(4);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(m_car->state(m_car->propose(Car::parking("n" + std::to_string(i), kTooMuch_minor))),
                 State::refused);
    }
    const std::size_t before = m_car->log().size();
    const std::string said = turnedAway(m_car->caller, Car::parking("n2", kTooMuch_minor));
    QVERIFY2(said.find("refuses") != std::string::npos && said.find("Wait 150 s") != std::string::npos,
             said.c_str());
    QCOMPARE(m_car->log().size(), before);
    QVERIFY(!m_car->propose(Car::parking("r1")).empty()); // one that the car takes is still possible
    m_car->advance(150s);
    QVERIFY(!m_car->propose(Car::parking("n2", kTooMuch_minor)).empty());
}

void LimitsTest::aUserIsBoundedWithAllItsAgents()
{
    begin(4);
    daemon::AgentCaller third = m_car->caller;
    third.agent = payment::AgentId::fromText("third").value();
    QCOMPARE(m_car->caller.uid, m_car->otherCaller.uid);
    for (const daemon::AgentCaller *who : {&m_car->caller, &m_car->otherCaller}) {
        for (int i = 0; i < 2; ++i) {
            QVERIFY(proposeAs(*who, Car::parking("n" + std::to_string(i), kTooMuch_minor)));
        }
    }
    QVERIFY(!turnedAway(third, Car::parking("n0", kTooMuch_minor)).empty());
    third.uid += 1;
    QVERIFY(proposeAs(third, Car::parking("n0", kTooMuch_minor)));
}

void LimitsTest::openProposalsOfAUserAreBounded()
{
    daemon::AgentCaller third = m_car->caller;
    third.agent = payment::AgentId::fromText("third").value();
    std::string first;
    for (int i = 0; i < 3; ++i) {
        const std::string purchase = m_car->propose(Car::parking("r" + std::to_string(i)));
        first = first.empty() ? purchase : first;
        QVERIFY(proposeAs(m_car->otherCaller, Car::parking("r" + std::to_string(i))));
    }
    QVERIFY(turnedAway(third, Car::parking("r1")).find("Withdraw one") != std::string::npos);
    QVERIFY(withdrawn(first));
    QVERIFY(proposeAs(third, Car::parking("r1")));
}

void LimitsTest::refusalsPushNoFinishedPurchaseOut()
{
    m_car->makeReady();
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->core->driver().decline(m_car->view().card.nonce);
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::declined);
    for (int i = 0; i < 100; ++i) {
        QVERIFY(!m_car->propose(Car::parking("n" + std::to_string(i), kTooMuch_minor)).empty());
    }
    m_car->core->driver().dismiss(m_car->view().result.purchaseId);
    m_car->core->driver().resume(purchase); // only what is in memory can be asked again
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::presented);
}

GLOVEBOX_TEST_MAIN(LimitsTest)
#include "limits_test.moc"
