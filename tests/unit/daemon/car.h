// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/daemon.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/daemon/surroundings.h"
#include "tests/unit/journal/fake_counter.h"
#include "tests/unit/wire/sample.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <future>

namespace glovebox::testing
{

/// The whole daemon without its edges, over a real journal with real keys, in a car that the test drives.
class Car
{
public:
    /// `vfs`: of SQLite, for a disk that fails. `kindsFolder`: a kinds_dir, whose kinds are all permitted and
    /// offered by "garage-marktplatz" too.
    explicit Car(std::string vfs = {}, const std::string &kindsFolder = {}, const QString &locale = {});
    ~Car();

    /// A new process over the same files; the cockpit, where there is one, attaches again.
    void restart();
    void end();
    void begin();

    /// Runs events until nobody waits for anything but time.
    void settle();
    /// Time goes on in steps of at most half a second; after each one the car says its speed and the cockpit
    /// that it lives, unless they were told to be silent.
    void advance(base::Duration span);
    void speak(); // the car its speed, the cockpit that it lives

    void park(); // and long enough for the rule to believe it
    void drive();
    void setReadings(const ports::VehicleReadings &readings);
    [[nodiscard]] ports::VehicleReadings standing() const;

    void attach();
    void detach();
    void enterPin(std::string pin = "246810");
    /// Parked, cockpit there, session open.
    void makeReady();

    [[nodiscard]] static base::Json parking(const std::string &request, std::int64_t minor = 350);
    [[nodiscard]] static base::Json fuel(const std::string &request, std::int64_t minor = 8000);
    /// The purchase's id; empty where the call was refused.
    std::string propose(const base::Json &proposal);
    [[nodiscard]] daemon::Answer call(const std::function<void(daemon::AgentService &, daemon::Reply)> &what);
    [[nodiscard]] base::Json look(const std::string &purchase);

    [[nodiscard]] const daemon::ViewState &view() const { return cockpit.views.back(); }
    /// Says that the present card was swapped to the display, and waits until it may be answered.
    void showCard();
    void press(const std::string &nonce, const std::vector<payment::ShownText> &items);
    void press(); // on the present card, with what it shows
    /// Shown, waited for, pressed.
    void approve();
    [[nodiscard]] std::string lastRefusal() const;

    [[nodiscard]] payment::Purchase stored(const std::string &purchase);
    [[nodiscard]] payment::State state(const std::string &purchase) { return stored(purchase).state; }
    [[nodiscard]] std::vector<journal::EntryRecord> log();
    [[nodiscard]] int count(journal::EntryKind kind);
    /// Compares the projections with the log; empty: they agree.
    [[nodiscard]] std::vector<std::string> differences();

    /// The journal's thread does nothing until the promise is kept.
    [[nodiscard]] std::shared_ptr<std::promise<void>> stall();
    template<class T> T ask(std::function<T(journal::Journal &)> job)
    {
        std::optional<T> answer;
        if (m_journal->ask<T>(std::move(job), [&answer](T value) { answer.emplace(std::move(value)); })) {
            while (!answer) {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            }
        }
        return std::move(answer.value());
    }

    Sample sample;
    FakeClock clock;
    FakeCounter counter; // of the car's TPM
    FakeSignals signals;
    FakeConnectivity connectivity;
    FakeCockpit cockpit;
    Disturbance disturbance;
    daemon::ProposalBounds proposals{.burst = 1000}; // from the next begin() on
    std::function<void(daemon::Settings &)>
        adjust; // of what the configuration says, from the next begin() on
    daemon::AgentCaller caller;
    daemon::AgentCaller otherCaller;
    bool carSpeaks = true;
    bool cockpitLives = true;
    std::vector<std::string> unknownOutcomes;
    std::unique_ptr<daemon::Daemon> core;
    ScriptedSettlement *settlement = nullptr;

private:
    [[nodiscard]] daemon::Settings settings() const;
    [[nodiscard]] std::string directory() const;

    std::string m_vfs;
    QTemporaryDir m_folder;
    crypto::Secret m_sealingKey = crypto::Secret::random(32);
    payment::KindCatalogue m_kinds;
    payment::TextCatalogue m_texts;
    std::unique_ptr<daemon::JournalThread> m_journal;
    bool m_ownKinds = false;
    bool m_cockpitThere = false;
    std::optional<journal::Rollback> m_rollback;
};

} // namespace glovebox::testing
