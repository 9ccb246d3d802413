// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace glovebox::testing
{

/// From here on an unexpected warning, or worse, on the log fails the process. Expected ones are announced
/// with QTest::ignoreMessage(), which takes them away before the handler sees them.
void failOnUnexpectedLog();

} // namespace glovebox::testing

/// QTEST_GUILESS_MAIN with the fatal log.
#define GLOVEBOX_TEST_MAIN(TestObject)                                                                       \
    int main(int argc, char *argv[])                                                                         \
    {                                                                                                        \
        QCoreApplication app(argc, argv);                                                                    \
        glovebox::testing::failOnUnexpectedLog();                                                            \
        TestObject test;                                                                                     \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
