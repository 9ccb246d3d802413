// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace glovebox::simulation
{

/// Virtual time since the beginning of a seed, what is going to happen, and the story of what did. The car's
/// own clock goes with it where the car is awake.
class Timeline
{
public:
    [[nodiscard]] base::Duration now() const { return m_now; }
    void in(base::Duration span, std::function<void()> what) { m_due.emplace(m_now + span, std::move(what)); }
    [[nodiscard]] std::optional<base::Duration> next() const
    {
        return m_due.empty() ? std::nullopt : std::optional(m_due.begin()->first);
    }
    void moveTo(base::Duration moment) { m_now = moment; }
    /// The first thing that is due by now, of several at one moment the one that was planned first.
    [[nodiscard]] std::function<void()> take()
    {
        if (m_due.empty() || m_due.begin()->first > m_now) {
            return {};
        }
        return std::move(m_due.extract(m_due.begin()).mapped());
    }

    void tell(std::string what)
    {
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(m_now).count();
        m_story.push_back(std::to_string(ms) + " ms  " + std::move(what));
    }
    /// Something that goes wrong, counted.
    void tellFault(std::string what)
    {
        ++m_faults;
        tell("FAULT " + std::move(what));
    }
    [[nodiscard]] const std::vector<std::string> &story() const { return m_story; }
    [[nodiscard]] int faults() const { return m_faults; }

private:
    base::Duration m_now{0};
    std::multimap<base::Duration, std::function<void()>> m_due;
    std::vector<std::string> m_story;
    int m_faults = 0;
};

} // namespace glovebox::simulation
