// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/report.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace glovebox::bench
{

void print(const Figure &figure)
{
    using nlohmann::ordered_json;
    const auto orNull = [](std::optional<double> number) {
        return number ? ordered_json(*number) : ordered_json(nullptr);
    };
    std::optional<double> ratio;
    if (figure.floor && *figure.floor > 0) {
        ratio = figure.value / *figure.floor;
    }
    ordered_json met(nullptr);
    if (figure.goal) {
        met = ratio.value_or(figure.value) <= *figure.goal;
    }
    const ordered_json line{{"name", figure.name},
                            {"value", figure.value},
                            {"unit", figure.unit},
                            {"floor", orNull(figure.floor)},
                            {"ratio", orNull(ratio)},
                            {"goal", orNull(figure.goal)},
                            {"met", met}};
    std::cout << line.dump() << std::endl;
}

double percentile(std::vector<Sample> samples, double rank)
{
    std::ranges::sort(samples);
    const auto last = static_cast<double>(samples.size() - 1);
    return samples.at(static_cast<std::size_t>(std::lround(rank * last))).count();
}

void require(bool works, const char *what)
{
    if (!works) {
        std::fprintf(stderr, "benchmark: failed: %s\n", what);
        std::exit(70);
    }
}

} // namespace glovebox::bench
