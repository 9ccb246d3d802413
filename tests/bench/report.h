// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace glovebox::bench
{

/// One line of JSON that scripts/bench collects. Units are part of the record ("ms", "MiB", "/s").
struct Figure
{
    std::string name;
    double value = 0;
    std::string unit;
    std::optional<double> floor; // measured in the same run; nothing where the figure is a floor itself
    std::optional<double> goal;  // of value / floor, or of value where there is no floor; smaller is better
};

/// Prints {"name","value","unit","floor","ratio","goal","met"} on a line of standard output; null where
/// nothing is known.
void print(const Figure &figure);

using Sample = std::chrono::duration<double, std::milli>;

/// The sample below which the share `rank` (0 to 1) of all lies. `samples` is not empty.
[[nodiscard]] double percentile(std::vector<Sample> samples, double rank);

/// Ends the program (70) with "what: failed" where `works` is false: a benchmark that goes on measures
/// something else.
void require(bool works, const char *what);

} // namespace glovebox::bench
