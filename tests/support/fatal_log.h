// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QObject>
#include <QTest>

#include <functional>
#include <memory>

namespace glovebox::testing
{

/// From here on every warning or critical that no QTest::ignoreMessage() announced fails the running test
/// function; one outside of a test function (constructor, destructor, main) fails the program. Works from any
/// thread. Calling it again puts it back in front of a handler that was installed since; the main macros call
/// it for you, a Quick Test set-up calls it in qmlEngineAvailable().
void failOnUnexpectedLog();

/// QTest::qExec() under the fatal log. Returns the number of failures, at least 1 after an unexpected
/// message.
[[nodiscard]] int runUnderFatalLog(const std::function<std::unique_ptr<QObject>()> &makeTest, int argc,
                                   char **argv);

} // namespace glovebox::testing

// Qt gives up after 5 s, which a loaded machine can need. A condition that comes true ends the wait at once.
#undef QTRY_VERIFY
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 30'000)
#undef QTRY_VERIFY2
#define QTRY_VERIFY2(condition, message) QTRY_VERIFY2_WITH_TIMEOUT(condition, message, 30'000)
#undef QTRY_COMPARE
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 30'000)

#define GLOVEBOX_TEST_MAIN_WITH(Application, TestObject)                                                     \
    int main(int argc, char *argv[])                                                                         \
    {                                                                                                        \
        Application app(argc, argv);                                                                         \
        return glovebox::testing::runUnderFatalLog([] { return std::make_unique<TestObject>(); }, argc,      \
                                                   argv);                                                    \
    }

/// QTEST_GUILESS_MAIN with the fatal log. Its sister for windows is in gui_test_main.h.
#define GLOVEBOX_TEST_MAIN(TestObject) GLOVEBOX_TEST_MAIN_WITH(QCoreApplication, TestObject)
