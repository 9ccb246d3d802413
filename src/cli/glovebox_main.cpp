// SPDX-License-Identifier: Apache-2.0
#include "base/standard_output.h"
#include "cli/program.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    return glovebox::base::finishOutput("glovebox", glovebox::cli::run(QCoreApplication::arguments()));
}
