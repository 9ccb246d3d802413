// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <ctime>
#include <fstream>

namespace glovebox::base
{

namespace
{

Duration readClock(clockid_t id)
{
    timespec now{};
    clock_gettime(id, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

} // namespace

BootTime readBootTime()
{
    return {readClock(CLOCK_BOOTTIME)};
}

WallTime readWallTime()
{
    return {std::chrono::duration_cast<std::chrono::milliseconds>(readClock(CLOCK_REALTIME)).count()};
}

std::string readBootId()
{
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

} // namespace glovebox::base
