// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/bench/bench.h"

#include <QTemporaryDir>

namespace glovebox::bench
{

/// The simulator's car on a private bus: gateway, daemon and signals are real programs, and the place of the
/// cockpit is free. Ends the program where it does not start.
class Car
{
public:
    Car();
    [[nodiscard]] const simulator::RunFolder &folder() const { return m_bench->folder(); }
    [[nodiscard]] QString driverSocket() const { return folder() / "driver/driver.sock"; }

private:
    QTemporaryDir m_logs;
    std::unique_ptr<simulator::Bench> m_bench;
};

/// As simulator::waitUntil, and ends the program where it never comes.
void waitFor(const std::function<bool()> &done, const char *what);

} // namespace glovebox::bench
