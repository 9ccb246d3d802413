// SPDX-License-Identifier: Apache-2.0
// glovebox-simulator: a car on the desk. With a display it opens a window with the vehicle panel and the
// cockpit beside it; without one, or with --headless, it plays a scenario and writes pictures.
#include "base/log.h"
#include "base/standard_output.h"
#include "platform/simulator/program.h"

int main(int argc, char **argv)
{
    glovebox::base::installLog("glovebox-simulator");
    return glovebox::base::finishOutput("glovebox-simulator", glovebox::simulator::runSimulator(argc, argv));
}
