// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

namespace glovebox::simulator
{

/// Why a scenario ended early, or left no record.
struct Failure
{
    Failure(std::string what) : sentence(std::move(what)) {}
    Failure(std::string what, bool isOfDisk) : sentence(std::move(what)), ofDisk(isOfDisk) {}

    std::string sentence;
    bool ofDisk = false; // what was to be kept could not be written; the car is not to blame
};

} // namespace glovebox::simulator
