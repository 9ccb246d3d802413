// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    return glovebox::cli::run(QCoreApplication::arguments());
}
