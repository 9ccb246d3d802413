// SPDX-License-Identifier: Apache-2.0
#include "daemon/program.h"
#include "daemon/system_clock.h"

int main(int argc, char **argv)
{
    return glovebox::daemon::runDaemon(argc, argv,
                                       [] { return std::make_unique<glovebox::daemon::SystemClock>(); });
}
