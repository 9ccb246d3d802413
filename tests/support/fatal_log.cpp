// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"

#include <QRegularExpression>
#include <private/qtestlog_p.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>

namespace glovebox::testing
{
namespace
{

QtMessageHandler next = nullptr; // Qt's own, or Qt Test's
std::atomic<int> unexpectedOutside = 0;
std::recursive_mutex mutex;

// Qt Test's handler takes announced messages away before it looks at this list, which it empties after each
// function.
void failOnEveryWarning()
{
    static const QRegularExpression anything(QStringLiteral("(?s).*"));
    QTest::failOnWarning(anything);
}

// Qt Test 6.4 fails on warnings only. What was announced leaves the list of announcements; the rest goes by
// again as a warning.
void handleCritical(const QMessageLogContext &context, const QString &message)
{
    const int announced = QTestLog::unhandledIgnoreMessages();
    next(QtCriticalMsg, context, message);
    if (QTestLog::unhandledIgnoreMessages() == announced) {
        next(QtWarningMsg, context, QStringLiteral("(critical) ") + message);
    }
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const std::lock_guard lock(mutex);
    if (type != QtWarningMsg && type != QtCriticalMsg) {
        next(type, context, message);
        return;
    }
    if (QTest::currentTestFunction() == nullptr) {
        ++unexpectedOutside;
        next(type, context, message);
        return;
    }
    failOnEveryWarning();
    if (type == QtCriticalMsg) {
        handleCritical(context, message);
    } else {
        next(type, context, message);
    }
}

} // namespace

void failOnUnexpectedLog()
{
    const std::lock_guard lock(mutex);
    const QtMessageHandler previous = qInstallMessageHandler(handle);
    if (previous != handle) {
        next = previous;
    }
}

int runUnderFatalLog(const std::function<std::unique_ptr<QObject>()> &makeTest, int argc, char **argv)
{
    failOnUnexpectedLog();
    auto test = makeTest();
    // qExec() in its three steps, because Qt Test's own handler is installed by the first.
    qInstallMessageHandler(nullptr);
    QTest::qInit(test.get(), argc, argv);
    failOnUnexpectedLog();
    int failures = QTest::qRun();
    QTest::qCleanup();
    failOnUnexpectedLog();
    test.reset();
    qInstallMessageHandler(nullptr);
    if (const int outside = unexpectedOutside.load(); outside > 0) {
        std::fprintf(stderr, "FAIL!  : %d unexpected message(s) outside of the test functions\n", outside);
        failures += outside;
    }
    return std::min(failures, 127);
}

} // namespace glovebox::testing
