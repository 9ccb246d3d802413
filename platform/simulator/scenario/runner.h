// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/scenario/recorder.h"

namespace glovebox::simulator
{

/// Plays a scenario on a bench, step by step, and stops at the first one that fails.
class Runner
{
public:
    Runner(Bench &bench, Recorder &recorder) : m_bench(bench), m_recorder(recorder) {}

    /// The error names the step, what was expected and what was found.
    [[nodiscard]] std::expected<void, Failure> play(const Scenario &scenario);
    /// Appended to the request ids of the file, where it is played more than once on one bench.
    void setRequestSuffix(std::string suffix) { m_requestSuffix = std::move(suffix); }
    [[nodiscard]] const PurchaseNames &purchases() const { return m_names; }

private:
    /// What the timeline keeps of the step, or why it failed.
    using Played = std::expected<base::Json, Failure>;

    Played play(const step::Signals &step);
    Played play(const step::SetNetwork &step);
    Played play(const step::OpenSession &step);
    Played play(const step::Propose &step);
    Played play(const step::Withdraw &step);
    Played play(const step::PressKey &step);
    Played play(const step::Touch &step);
    Played play(const step::Advance &step);
    Played play(const step::MerchantEvent &step);
    Played play(const step::WaitFor &step);
    Played play(const step::Expect &step);
    Played play(const step::Picture &step);
    Played play(const step::SetTheme &step);
    Played play(const step::Kill &step);
    Played play(const step::Restart &step);

    Played waitFor(const Condition &condition, std::chrono::milliseconds limit);
    /// Waits until the screen has not changed for as long as a person needs to look and reach.
    Played look();
    Played press(const char *how, const std::string &what);

    Bench &m_bench;
    Recorder &m_recorder;
    PurchaseNames m_names;
    std::string m_requestSuffix;
};

} // namespace glovebox::simulator
