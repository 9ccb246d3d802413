// SPDX-License-Identifier: Apache-2.0
// Whatever is pressed, said and lost in whatever order: the projections agree with the log, and every
// approval is one that verifies, was shown, and stands under its own sequence.
#include "crypto/hash.h"
#include "crypto/jws.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"

#include <rapidcheck.h>

#include <set>

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;

namespace
{

enum class Step {
    propose,
    proposeFuel,
    proposeAgain,
    show,
    press,
    pressTwice,
    decline,
    withdraw,
    undo,
    resume,
    dismiss,
    drive,
    park,
    pin,
    detach,
    attach,
    offline,
    online,
    wait,
    submit,
    restart
};

class Walk
{
public:
    Walk() { m_car.makeReady(); }

    void take(Step step)
    {
        const daemon::ViewState view = m_car.view();
        daemon::DriverDesk &driver = m_car.core->driver();
        switch (step) {
        case Step::propose:
            propose(Car::parking("r" + std::to_string(++m_requests)));
            break;
        case Step::proposeFuel:
            propose(Car::fuel("r" + std::to_string(++m_requests), 1000));
            break;
        case Step::proposeAgain:
            propose(Car::parking("r1"));
            break;
        case Step::show:
            m_car.showCard();
            break;
        case Step::pressTwice:
            driver.approve(view.card.nonce, view.card.texts.items, payment::ConsentMethod::touch);
            [[fallthrough]];
        case Step::press:
            m_car.press(view.card.nonce, view.card.texts.items);
            break;
        case Step::decline:
            driver.decline(view.card.nonce);
            break;
        case Step::undo:
            driver.undo(m_last);
            break;
        case Step::resume:
            driver.resume(m_last);
            break;
        case Step::dismiss:
            driver.dismiss(view.result.purchaseId);
            break;
        default:
            change(step);
        }
        m_car.settle();
    }

    /// How many approvals there are.
    int check()
    {
        RC_ASSERT(m_car.differences().empty());
        const crypto::PublicKey keys[] = {m_car.sample.car.publicKey()};
        std::set<std::string> approved;
        for (const journal::EntryRecord &entry : m_car.log()) {
            if (entry.kind != journal::EntryKind::approval) {
                continue;
            }
            const std::string jws = entry.payload.value().at("approval").get<std::string>();
            const auto verified = crypto::verifyJws(jws, wire::kApprovalType, keys);
            RC_ASSERT(verified.has_value());
            const auto claims = base::parseJson(base::textOf(verified->payload), payment::kRecordLimits);
            const auto approval = payment::approvalFromClaims(claims.value(), crypto::hashJson);
            RC_ASSERT(approval.has_value());
            RC_ASSERT(approval->sequence == entry.sequence);
            RC_ASSERT(approval->answeredAt - approval->shownAt >= 500ms);
            RC_ASSERT(!approval->session.empty());
            RC_ASSERT(approved.insert(approval->purchase.text()).second);
            const payment::Purchase purchase = m_car.stored(approval->purchase.text());
            RC_ASSERT(purchase.approvalJws == jws);
            RC_ASSERT(purchase.shown == approval->shown);
        }
        return static_cast<int>(approved.size());
    }

private:
    void propose(const base::Json &proposal)
    {
        const std::string purchase = m_car.propose(proposal);
        m_last = purchase.empty() ? m_last : purchase;
    }
    void change(Step step)
    {
        switch (step) {
        case Step::withdraw:
            m_car.core->agents().withdraw(m_car.caller, m_last, [](const daemon::Answer &) {});
            break;
        case Step::drive:
            m_car.drive();
            break;
        case Step::park:
            m_car.park();
            break;
        case Step::pin:
            m_car.core->driver().openPin();
            m_car.enterPin();
            break;
        case Step::detach:
            m_car.detach();
            break;
        case Step::attach:
            m_car.attach();
            break;
        case Step::offline:
        case Step::online:
            m_car.connectivity.set(step == Step::online);
            break;
        case Step::submit:
            if (!m_last.empty()) {
                m_car.settlement->record(m_last, payment::Event::submit, m_car.clock.now());
            }
            break;
        case Step::restart:
            m_car.restart();
            break;
        default:
            m_car.advance(7s);
        }
    }

    Car m_car;
    int m_requests = 0;
    std::string m_last;
};

} // namespace

class RandomWalkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logAndProjectionsAgree();
};

void RandomWalkTest::logAndProjectionsAgree()
{
    qputenv("RC_PARAMS", "max_success=16 max_size=60");
    int approvals = 0;
    const bool holds = rc::check("whatever happens, the log tells it", [&approvals] {
        // Presses must hit a card often enough to say something.
        const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 40));
        Walk walk;
        for (const int step : steps) {
            if (step <= static_cast<int>(Step::restart)) {
                walk.take(static_cast<Step>(step));
            } else {
                for (const Step usual : {Step::attach, Step::park, Step::pin, Step::dismiss, Step::decline,
                                         Step::propose, Step::show, Step::press}) {
                    walk.take(usual);
                }
            }
        }
        approvals += walk.check();
    });
    QVERIFY(holds);
    qInfo("%d approvals", approvals);
    QVERIFY(approvals > 0);
}

GLOVEBOX_TEST_MAIN(RandomWalkTest)
#include "random_walk_test.moc"
