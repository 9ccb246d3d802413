// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/car.h"

#include "daemon/approval_maker.h"

#include <QCoreApplication>

#include <algorithm>
#include <future>

namespace glovebox::simulation
{

using namespace std::chrono_literals;
using payment::Event;
using payment::State;

namespace
{

/// The daemon's book, and whether settlement asked it for something that the journal has to do.
class WatchedBook final : public settlement::Book
{
public:
    WatchedBook(daemon::PurchaseBook &book, bool &asked) : m_book(book), m_asked(asked) {}
    [[nodiscard]] std::vector<payment::Purchase> unsettled() const override { return m_book.unsettled(); }
    [[nodiscard]] std::optional<payment::Purchase> find(const payment::ApprovalId &id) const override
    {
        return m_book.find(id);
    }
    void recall(const payment::ApprovalId &id, std::function<void(bool)> done) override
    {
        m_asked = true;
        m_book.recall(id, std::move(done));
    }
    void record(const payment::PurchaseEvent &event, std::function<void(bool)> done) override
    {
        m_asked = true;
        m_book.record(event, std::move(done));
    }
    [[nodiscard]] std::string setting(const std::string &name) const override { return m_book.setting(name); }
    void store(const std::string &name, const std::string &value, std::function<void(bool)> done) override
    {
        m_asked = true;
        m_book.store(name, value, std::move(done));
    }

private:
    daemon::PurchaseBook &m_book;
    bool &m_asked;
};

} // namespace

struct Car::Process
{
    Process(std::unique_ptr<journal::Journal> journal, daemon::PurchaseBook::Loaded loaded)
        : thread(std::move(journal)), book(thread, std::move(loaded)), watched(book, asked)
    {}
    bool asked = false;
    daemon::JournalThread thread;
    daemon::PurchaseBook book;
    WatchedBook watched;
    std::unique_ptr<settlement::Settlement> settlement;
};

Car::Car(const Bench &bench, Timeline &timeline, Network &network, Dice &dice)
    : m_bench(bench), m_timeline(timeline), m_network(network), m_dice(dice), m_gate(m_fate.gate)
{}

Car::~Car()
{
    end();
}

void Car::start()
{
    m_fate.dead = false;
    m_fate.deathIn = 0;
    m_fate.fullIn = 0;
    auto journal = journal::Journal::open(m_bench.journalOptions(m_clock.now()), m_bench.sealingKey);
    auto loaded = daemon::PurchaseBook::load(**journal);
    m_process = std::make_unique<Process>(std::make_unique<MortalJournal>(std::move(*journal), m_fate),
                                          std::move(*loaded));
    m_process->book.onChanged = [this](const payment::Purchase &purchase) { tellChange(purchase); };
    settlement::Settings settings;
    settings.eventsEvery = 5min; // rarer than in a car, so that a seed takes milliseconds
    m_process->settlement =
        settlement::makeSettlement(m_clock, m_network, m_hint, m_process->watched, m_bench.sample.channel(),
                                   settings, [this] { return m_dice.next(); });
    m_process->settlement->start();
    m_timeline.tell("car starts");
}

void Car::end()
{
    if (!m_process) {
        return;
    }
    m_process->settlement.reset();
    m_gate.unlock(); // what the journal was asked for is done, and nobody hears of it
    m_process.reset();
    m_gate.lock();
    m_network.forgetAll();
}

void Car::kill(const char *how)
{
    if (m_process) {
        m_timeline.tellFault(std::string("car ends: ") + how);
        m_fate.dead = m_fate.dead || m_dice.percent(50); // or what was asked for still reaches the disk
        end();
    }
}

void Car::reboot(std::int64_t wallError_ms)
{
    m_clock.reboot();
    m_clock.jumpWallTime({m_clock.now().wall.milliseconds + wallError_ms});
    m_timeline.tell("car boots, wall clock off by " + std::to_string(wallError_ms) + " ms");
}

void Car::tellChange(const payment::Purchase &purchase)
{
    m_timeline.tell(purchase.id.text() + " is " + std::string(payment::nameOf(purchase.state)));
}

void Car::approve(payment::Approval approval, bool fuel)
{
    // As the daemon's rules have it: not before the gateway's time was heard in this boot.
    if (!m_process || m_clock.now().trust != base::ClockTrust::gatewaySigned) {
        return;
    }
    const base::Moment now = m_clock.now();
    const std::int64_t late_ms = now.wall.milliseconds - approval.at.wall.milliseconds;
    approval.at = now;
    approval.admitBy.milliseconds += late_ms;
    approval.settleBy.milliseconds += late_ms;
    payment::PurchaseEvent present;
    present.purchase = approval.purchase;
    present.event = Event::present;
    present.at = now;
    present.proposal = payment::proposalFromJson(approval.proposal.value()).value();
    present.merchant = fuel ? m_bench.station : m_bench.garage;
    present.agent = approval.agent;
    present.driver = approval.driver;
    present.nonce = approval.nonce;
    present.shown = approval.shown;
    const payment::ApprovalId id = approval.id;
    daemon::Change change = daemon::approvalChange(m_bench.sample.car, std::move(approval));
    change.events.insert(change.events.begin(), std::move(present));
    m_attempted.insert(id);
    m_process->asked = true;
    m_process->book.take([change = std::move(change)] { return change; },
                         [this, id](const payment::Purchase *purchase) {
                             if (purchase) {
                                 m_acknowledged.insert(id);
                                 m_process->settlement->wake();
                             }
                         });
}

void Car::undo(const payment::ApprovalId &id)
{
    if (!m_process) {
        return;
    }
    m_process->asked = true;
    m_process->book.take(
        [this, id]() -> std::optional<daemon::Change> {
            const auto purchase = m_process->book.find(id);
            if (!purchase) {
                return std::nullopt;
            }
            payment::PurchaseEvent event;
            event.purchase = purchase->id;
            event.event = purchase->state == State::queued ? Event::cancel : Event::requestCancel;
            event.at = m_clock.now();
            return daemon::Change{{event}, {}, {}};
        },
        [this, id](const payment::Purchase *purchase) {
            if (purchase && purchase->state == State::cancelled) {
                m_undone.insert(id);
            }
            if (purchase) {
                m_process->settlement->wake();
            }
        });
}

void Car::dieInWrite(int writes, JournalFate::Death death)
{
    m_fate.deathIn = writes;
    m_fate.death = death;
}

std::optional<base::Duration> Car::nextAlarm() const
{
    const auto alarm = m_process && !m_asleep ? m_clock.nextAlarm() : std::nullopt;
    return alarm ? std::optional(m_timeline.now() + std::max(*alarm - m_clock.now().boot, base::Duration{0}))
                 : std::nullopt;
}

void Car::passTime(base::Duration span)
{
    if (m_asleep) {
        m_clock.suspend(span);
    } else {
        m_clock.advance(span);
    }
}

void Car::drain()
{
    for (bool worked = false; m_process;) {
        QCoreApplication::sendPostedEvents();
        if (!worked && !m_process->asked) {
            return; // nothing was asked of the journal, and nothing waits for an answer of it
        }
        const int calls = m_fate.calls;
        m_process->asked = false;
        letTheJournalWork();
        worked = m_fate.calls != calls;
        if (m_fate.dead) {
            kill("in a write");
        }
    }
}

void Car::letTheJournalWork()
{
    const auto done = std::make_shared<std::promise<void>>();
    m_gate.unlock();
    const bool asked = m_process->thread.ask<bool>(
        [done](journal::Journal &) {
            done->set_value();
            return true;
        },
        [](bool) {});
    if (asked) {
        done->get_future().wait(); // whatever was asked for before is answered: the answers wait as events
    }
    m_gate.lock();
}

std::vector<payment::Purchase> Car::purchases() const
{
    const auto journal = journal::Journal::open(m_bench.journalOptions(m_clock.now()), m_bench.sealingKey);
    return (*journal)->purchases(1000).value();
}

} // namespace glovebox::simulation
