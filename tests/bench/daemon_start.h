// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/bench/run_folder.h"
#include "tests/bench/report.h"
#include "tests/support/private_bus.h"

#include <filesystem>

namespace glovebox::bench
{

/// The shipped gloveboxd, started on a journal that is there, with a bus of its own and neither car nor
/// gateway.
class DaemonStart
{
public:
    DaemonStart();

    struct Figures
    {
        Sample ready;            // from the start of the process until its name is on the bus
        double resident_mib = 0; // after its first answer
    };
    /// Starts it on the journal and the keys in `folder`, and ends it in an orderly way.
    [[nodiscard]] Figures measure(const std::filesystem::path &folder);

private:
    simulator::RunFolder m_run;
    testing::PrivateBus m_bus;
};

} // namespace glovebox::bench
