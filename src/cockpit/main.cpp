// SPDX-License-Identifier: Apache-2.0
#include "cockpit/cockpit.h"

int main(int argc, char *argv[])
{
    return glovebox::cockpit::runCockpit(argc, argv);
}
