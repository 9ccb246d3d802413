// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/purchase_book.h"
#include "tests/simulation/bench.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/mortal_journal.h"
#include "tests/simulation/network.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/settlement/world.h"

#include <set>

namespace glovebox::simulation
{

/// The car's side: the daemon's own book over a real journal, the real outbox, a clock that is moved. It can
/// end at any moment and start again from its file.
class Car
{
public:
    Car(const Bench &bench, Timeline &timeline, Network &network, Dice &dice);
    ~Car();

    [[nodiscard]] bool running() const { return m_process != nullptr; }
    [[nodiscard]] bool asleep() const { return m_asleep; }
    void start();
    /// The process ends, whatever it was doing.
    void kill(const char *how);
    /// The machine starts again: another boot, and a wall clock of which nobody knows whether it is right.
    void reboot(std::int64_t wallError_ms);
    void suspend(bool asleep) { m_asleep = asleep; }

    // What the driver does. Nothing happens where the process does not run.
    void approve(payment::Approval approval, bool fuel);
    void undo(const payment::ApprovalId &id);
    void setHint(bool online)
    {
        if (online != m_hint.online()) {
            m_hint.set(online);
        }
    }
    /// The process ends in the `writes`th write from now.
    void dieInWrite(int writes, JournalFate::Death death);
    void fillDiskForWrite(int writes) { m_fate.fullIn = writes; }

    /// When the car wants to do something by itself; virtual time.
    [[nodiscard]] std::optional<base::Duration> nextAlarm() const;
    /// Its clocks go on; alarms run if it is awake.
    void passTime(base::Duration span);
    /// Until the car waits for nothing but time and the network.
    void drain();

    [[nodiscard]] base::Moment now() const { return m_clock.now(); }
    /// Approvals of which the driver was told that they are kept, and undos that were certain.
    [[nodiscard]] const std::set<payment::ApprovalId> &acknowledged() const { return m_acknowledged; }
    [[nodiscard]] const std::set<payment::ApprovalId> &undone() const { return m_undone; }
    [[nodiscard]] const std::set<payment::ApprovalId> &attempted() const { return m_attempted; }
    /// What the file says; the process must not run.
    [[nodiscard]] std::vector<payment::Purchase> purchases() const;

private:
    struct Process;
    void end();
    void letTheJournalWork();
    void tellChange(const payment::Purchase &purchase);

    const Bench &m_bench;
    Timeline &m_timeline;
    Network &m_network;
    Dice &m_dice;
    testing::FakeClock m_clock;
    testing::Hint m_hint;
    JournalFate m_fate;
    std::unique_lock<std::mutex> m_gate;
    std::unique_ptr<Process> m_process;
    bool m_asleep = false;
    std::set<payment::ApprovalId> m_acknowledged;
    std::set<payment::ApprovalId> m_undone;
    std::set<payment::ApprovalId> m_attempted;
};

} // namespace glovebox::simulation
