// SPDX-License-Identifier: Apache-2.0
// What a person takes away, at once and for what is under way; budgets that hold through restarts; and the
// PIN that a risk asks for.
#include "crypto/hash.h"
#include "crypto/jws.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"

#include <algorithm>

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;
using journal::EntryKind;
using payment::Event;
using payment::State;

class PermissionsTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Car> m_car;

    daemon::Answer admin(const std::function<void(daemon::AdminService &, daemon::Reply)> &what) const
    {
        std::optional<daemon::Answer> answer;
        what(m_car->core->admins(), [&answer](const daemon::Answer &got) { answer = got; });
        m_car->settle();
        return answer.value();
    }
    daemon::Answer revoke(const std::string &agent) const
    {
        return admin(
            [&](daemon::AdminService &admins, const daemon::Reply &reply) { admins.revoke(agent, reply); });
    }
    daemon::Answer narrow(const base::Json &narrowing) const
    {
        return admin([&](daemon::AdminService &admins, const daemon::Reply &reply) {
            admins.narrow("assistant", narrowing.dump(), reply);
        });
    }
    daemon::Answer stopAll() const
    {
        return admin([](daemon::AdminService &admins, const daemon::Reply &reply) { admins.stopAll(reply); });
    }
    [[nodiscard]] base::Json list() const
    {
        return base::Json::parse(m_car->core->admins().permissions().value());
    }

    std::string approved(const std::string &request, std::int64_t minor) const
    {
        const std::string purchase = m_car->propose(Car::parking(request, minor));
        m_car->approve();
        return purchase;
    }
    [[nodiscard]] std::string reasonOf(const std::string &purchase) const
    {
        return m_car->stored(purchase).reason;
    }
    [[nodiscard]] std::int64_t signedRevision(const std::string &purchase) const
    {
        const crypto::PublicKey keys[] = {m_car->sample.car.publicKey()};
        const auto verified =
            crypto::verifyJws(m_car->stored(purchase).approvalJws, wire::kApprovalType, keys);
        const auto claims = base::parseJson(base::textOf(verified.value().payload), payment::kRecordLimits);
        return payment::approvalFromClaims(claims.value(), crypto::hashJson).value().permissionRevision;
    }
    void configure(std::function<void(daemon::Settings &)> adjust) const
    {
        m_car->adjust = std::move(adjust);
        m_car->restart();
        m_car->makeReady();
    }

private Q_SLOTS:
    void init()
    {
        m_car = std::make_unique<Car>();
        m_car->makeReady();
    }
    void cleanup() { m_car.reset(); }

    void revokingEndsWhatIsAskedAndWhatWaits()
    {
        const std::string queued = approved("r1", 300);
        QCOMPARE(m_car->state(queued), State::queued);
        m_car->core->driver().dismiss(queued);
        m_car->advance(11s);
        const std::string held = m_car->propose(Car::parking("r2"));
        const auto answer = revoke("assistant");
        QVERIFY(answer);
        QCOMPARE(m_car->state(queued), State::cancelled);
        QCOMPARE(reasonOf(queued), std::string("permission.revoked"));
        m_car->advance(11s);
        QCOMPARE(m_car->state(held), State::expired);
        QCOMPARE(reasonOf(held), std::string("permission.revoked"));
        const std::string after = m_car->propose(Car::parking("r3"));
        QCOMPARE(m_car->state(after), State::refused);
        QCOMPARE(reasonOf(after), std::string("permission.revoked"));
        m_car->restart();
        m_car->makeReady();
        QCOMPARE(m_car->state(m_car->propose(Car::parking("r4"))), State::refused);
        QVERIFY(m_car->differences().empty());
    }

    void aPressThatComesAfterTheRevocationApprovesNothing()
    {
        const std::string purchase = m_car->propose(Car::parking("r1"));
        m_car->showCard();
        const std::string nonce = m_car->view().card.nonce;
        const auto items = m_car->view().card.texts.items;
        // Both before anything is on disk: the press is behind the revocation.
        m_car->core->admins().revoke("assistant", [](const daemon::Answer &) {});
        m_car->press(nonce, items);
        QVERIFY(m_car->stored(purchase).approvalJws.empty());
        QCOMPARE(m_car->count(EntryKind::approval), 0);
    }

    void anApprovalOnItsWayToTheDiskIsStoppedToo()
    {
        const std::string purchase = m_car->propose(Car::parking("r1"));
        m_car->showCard();
        const auto gate = m_car->stall();
        m_car->core->driver().approve(m_car->view().card.nonce, m_car->view().card.texts.items,
                                      payment::ConsentMethod::touch);
        m_car->core->admins().stopAll([](const daemon::Answer &) {});
        gate->set_value();
        m_car->settle();
        QCOMPARE(m_car->state(purchase), State::cancelled);
        QCOMPARE(reasonOf(purchase), std::string("permission.stopped"));
    }

    void whatWasSentIsAskedBack()
    {
        const std::string purchase = m_car->propose(Car::fuel("r1", 5000));
        m_car->approve();
        m_car->settlement->record(purchase, Event::submit, m_car->clock.now());
        m_car->settle();
        QVERIFY(stopAll());
        QCOMPARE(m_car->state(purchase), State::cancelRequested);
    }

    void theOtherAgentGoesOn()
    {
        QVERIFY(revoke("stranger"));
        QVERIFY(m_car->view().screen != "pin");
        QCOMPARE(m_car->state(approved("r1", 300)), State::queued);
        QVERIFY(stopAll());
        QCOMPARE(m_car->state(m_car->propose(Car::parking("r2"))), State::refused);
        const base::Json permissions = list();
        QCOMPARE(permissions.at("stopped").get<bool>(), true);
        QCOMPARE(permissions.at("agents").size(), std::size_t(2));
    }

    void narrowingHoldsAtOnceAndAfterARestart()
    {
        const std::string queued = approved("r1", 900);
        QVERIFY(narrow({{"per_purchase_minor_max", 800}, {"kinds", {"parking"}}}));
        QCOMPARE(m_car->state(queued), State::cancelled); // it would not be permitted any more
        QCOMPARE(reasonOf(m_car->propose(Car::parking("r2", 801))), std::string("limit.per_purchase"));
        QCOMPARE(reasonOf(m_car->propose(Car::fuel("r3", 700))), std::string("kind.not_permitted"));
        m_car->advance(11s);
        const std::string small = approved("r4", 800);
        QCOMPARE(m_car->state(small), State::queued);
        QCOMPARE(signedRevision(small), std::int64_t{2});
        m_car->restart();
        m_car->makeReady();
        QCOMPARE(reasonOf(m_car->propose(Car::parking("r5", 801))), std::string("limit.per_purchase"));
    }

    void whatWidensOrIsUnknownIsRefusedWhole()
    {
        const base::Json before = list();
        for (const base::Json &bad :
             {base::Json{{"daily_minor_max", 1'000'001}}, base::Json{{"daily_minor_max", 5}, {"payee", "me"}},
              base::Json{{"kinds", {"parking", "toll"}}}, base::Json{{"daily_minor_max", -1}},
              base::Json::object()}) {
            const auto answer = narrow(bad);
            QVERIFY2(!answer && answer.error().fault == daemon::CallFault::malformed, bad.dump().c_str());
        }
        const auto unknown = revoke("nobody");
        QVERIFY(!unknown && unknown.error().fault == daemon::CallFault::notFound);
        QVERIFY(list() == before);
        QCOMPARE(m_car->count(EntryKind::permission), 1); // what the configuration says, at the first start
    }

    void everyChangeIsAnEntryWithItsRevision()
    {
        QVERIFY(narrow({{"daily_minor_max", 5000}}));
        QVERIFY(revoke("assistant"));
        QVERIFY(stopAll());
        std::vector<std::pair<std::string, std::int64_t>> seen;
        for (const journal::EntryRecord &entry : m_car->log()) {
            if (entry.kind == EntryKind::permission) {
                seen.emplace_back(entry.payload->at("type").get<std::string>(),
                                  entry.payload->at("revision").get<std::int64_t>());
            }
        }
        const std::vector<std::pair<std::string, std::int64_t>> expected = {
            {"configured", 1}, {"narrowed", 2}, {"revoked", 3}, {"stopped", 4}};
        QVERIFY(seen == expected);
        m_car->restart();
        QCOMPARE(m_car->count(EntryKind::permission), 4); // the same configuration says nothing new
    }

    void aChangeThatCannotBeKeptIsInForceAndSaysSo()
    {
        m_car->disturbance.fault = static_cast<int>(journal::JournalFault::full);
        QTest::ignoreMessage(QtWarningMsg,
                             "the journal's disk is full: nothing is approved until there is room");
        const auto answer = stopAll();
        QVERIFY(!answer && answer.error().fault == daemon::CallFault::unavailable);
        QCOMPARE(m_car->state(m_car->propose(Car::parking("r1"))), State::refused);
    }

    void aNewGrantOfTheConfigurationEndsRestrictions()
    {
        QVERIFY(stopAll());
        m_car->restart();
        m_car->makeReady();
        QCOMPARE(m_car->state(m_car->propose(Car::parking("r1"))), State::refused);
        configure([](daemon::Settings &settings) { settings.grant = 1; });
        const std::string purchase = approved("r2", 300);
        QCOMPARE(m_car->state(purchase), State::queued);
        QCOMPARE(signedRevision(purchase), std::int64_t{3});
        QVERIFY(stopAll());
        configure([](daemon::Settings &settings) { settings.grant = 1; }); // no news
        QCOMPARE(m_car->state(m_car->propose(Car::parking("r3"))), State::refused);
    }

    void theDayIsUsedUpByWhatWasApprovedAndNotGivenBack()
    {
        configure([](daemon::Settings &settings) { settings.permissions.daily_minor_max = 1000; });
        const std::string first = approved("r1", 600);
        QCOMPARE(reasonOf(m_car->propose(Car::parking("r2", 401))), std::string("limit.daily"));
        m_car->restart();
        m_car->makeReady();
        QCOMPARE(reasonOf(m_car->propose(Car::parking("r3", 401))), std::string("limit.daily"));
        m_car->settlement->record(first, Event::cancel, m_car->clock.now());
        m_car->settle();
        QCOMPARE(m_car->state(first), State::cancelled);
        m_car->advance(11s);
        QCOMPARE(m_car->state(approved("r4", 1000)), State::queued);
        QCOMPARE(list().at("agents")[0].at("spent_today_minor").get<std::int64_t>(), std::int64_t{1000});
    }

    void twoCardsNeverSpendTheSameBudget()
    {
        configure([](daemon::Settings &settings) { settings.permissions.daily_minor_max = 1000; });
        const std::string first = m_car->propose(Car::parking("r1", 600));
        const std::string second = m_car->propose(Car::parking("r2", 600)); // both fit, each by itself
        QCOMPARE(m_car->state(second), State::held);
        m_car->approve();
        QCOMPARE(m_car->state(first), State::queued);
        m_car->core->driver().dismiss(first);
        m_car->drive(); // the undo ends
        m_car->park();
        m_car->advance(11s);
        QCOMPARE(m_car->state(second), State::expired);
        QCOMPARE(reasonOf(second), std::string("limit.daily"));
    }

    void aRiskAsksForThePinOfThisPurchase()
    {
        base::Json odd = Car::parking("r1", 300);
        odd["utterance"] = "Pay 30 euro";
        const std::string purchase = m_car->propose(odd);
        QCOMPARE(m_car->state(purchase), State::held);
        QCOMPARE(m_car->view().screen, std::string("pin")); // though the session is open
        m_car->advance(1s);
        m_car->enterPin();
        QCOMPARE(m_car->view().screen, std::string("card"));
        m_car->approve();
        QCOMPARE(m_car->state(purchase), State::queued);
        const auto &rules = m_car->stored(purchase).rules;
        QVERIFY(std::ranges::find(rules, "risk.text_contradicts_amount") != rules.end());
    }

    void simulatingLeavesNothingBehind()
    {
        const auto entries = m_car->log().size();
        const auto ask = [this](const base::Json &question) {
            return m_car->core->admins().simulateVerdict(question.dump());
        };
        const auto verdict = ask({{"agent_id", "assistant"}, {"proposal", Car::parking("r1", 20'000)}});
        QVERIFY(verdict);
        const base::Json json = base::Json::parse(*verdict);
        QCOMPARE(json.at("verdict").get<std::string>(), std::string("refuse"));
        QCOMPARE(json.at("rules")[0].at("rule").get<std::string>(), std::string("limit.per_purchase"));
        QVERIFY(!json.at("rules")[0].at("auditor").get<std::string>().empty());
        QVERIFY(ask({{"agent_id", "assistant"}, {"proposal", Car::parking("r1")}})->find("\"confirm\"") !=
                std::string::npos);
        QVERIFY(ask({{"agent_id", "nobody"}, {"proposal", Car::parking("r1")}}).error().fault ==
                daemon::CallFault::notFound);
        base::Json broken = Car::parking("r1");
        broken["amount"]["value"] = -1;
        const auto malformed = ask({{"agent_id", "assistant"}, {"proposal", broken}});
        QVERIFY(!malformed && malformed.error().message.find("/proposal/amount/value") != std::string::npos);
        QVERIFY(m_car->core->agents().permissions(m_car->caller)); // and nothing is asked of anybody
        m_car->settle();
        QCOMPARE(m_car->log().size(), entries);
        QVERIFY(m_car->view().screen != "card");
    }
};

GLOVEBOX_TEST_MAIN(PermissionsTest)
#include "permissions_test.moc"
