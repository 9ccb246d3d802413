// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"

#include <QLoggingCategory>
#include <QTest>

namespace glovebox::testing
{

void failOnUnexpectedLog()
{
    qputenv("QT_FATAL_WARNINGS", "1");
    qputenv("QT_MESSAGE_PATTERN", "%{type} %{category}: %{message}");
}

} // namespace glovebox::testing
