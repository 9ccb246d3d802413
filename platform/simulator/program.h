// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace glovebox::simulator
{

/// `glovebox-simulator [--headless] [--scenario NAME|FILE] [--out DIR] [--list]`. Exit codes of
/// docs/formats.md: 0 done, 1 an expectation of the scenario failed, 64 wrong use, 65 a scenario that cannot
/// be read as one, 66 no such scenario, 70 the bench does not come up, 73 the folder for the pictures cannot
/// be made.
[[nodiscard]] int runSimulator(int argc, char **argv);

} // namespace glovebox::simulator
