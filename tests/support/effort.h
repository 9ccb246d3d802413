// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstdint>

/// How much a test with a bounded number of cases does. `./scripts/test --long` sets GLOVEBOX_LONG.
/// GLOVEBOX_SEED repeats what a failure named; without it the seed is always the same one, so that every run
/// tries the same cases.
namespace glovebox::testing
{

[[nodiscard]] inline bool longRun()
{
    return qEnvironmentVariableIsSet("GLOVEBOX_LONG");
}

/// A number of cases: `usual` in every run, `inLongRun` under --long.
[[nodiscard]] inline int cases(int usual, int inLongRun)
{
    return longRun() ? inLongRun : usual;
}

[[nodiscard]] inline std::uint64_t seed(std::uint64_t usual)
{
    bool given = false;
    const qulonglong wanted = qEnvironmentVariable("GLOVEBOX_SEED").toULongLong(&given);
    return given ? wanted : usual;
}

} // namespace glovebox::testing
