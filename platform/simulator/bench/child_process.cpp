// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/child_process.h"

#include "platform/simulator/bench/wait.h"

#include <QFile>
#include <QFileInfo>

#include <csignal>
#include <sys/prctl.h>

namespace glovebox::simulator
{
namespace
{
constexpr std::chrono::milliseconds kStartLimit(10000);
constexpr std::chrono::milliseconds kStopLimit(5000);
} // namespace

ChildProcess::ChildProcess(Command command) : m_command(std::move(command))
{
    m_process.setProgram(m_command.program);
    m_process.setArguments(m_command.arguments);
    m_process.setStandardErrorFile(m_command.logFile, QIODevice::Append);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

ChildProcess::~ChildProcess()
{
    stop();
}

std::expected<void, std::string> ChildProcess::start()
{
    m_process.start();
    // One that has already done its work and ended did start.
    if (!waitUntil([this] { return m_process.state() != QProcess::Starting; }, kStartLimit) ||
        m_process.error() == QProcess::FailedToStart) {
        return std::unexpected("cannot start " + m_command.program.toStdString() + ": " +
                               m_process.errorString().toStdString());
    }
    return {};
}

std::expected<int, std::string> ChildProcess::run(const QByteArray &input, std::chrono::milliseconds limit)
{
    if (auto started = start(); !started) {
        return std::unexpected(started.error());
    }
    if (!input.isEmpty()) {
        m_process.write(input);
    }
    m_process.closeWriteChannel();
    if (!waitUntil([this] { return !running(); }, limit)) {
        kill();
        return std::unexpected(name().toStdString() + " did not end in time");
    }
    if (m_process.exitStatus() != QProcess::NormalExit) {
        return std::unexpected(name().toStdString() + " crashed: " + logTail());
    }
    return m_process.exitCode();
}

void ChildProcess::kill()
{
    if (running()) {
        m_process.kill();
        m_process.waitForFinished(static_cast<int>(kStopLimit.count()));
    }
}

void ChildProcess::stop()
{
    if (running()) {
        m_process.terminate();
        if (!m_process.waitForFinished(static_cast<int>(kStopLimit.count()))) {
            kill();
        }
    }
}

QString ChildProcess::name() const
{
    return QFileInfo(m_command.program).fileName();
}

std::string ChildProcess::logTail() const
{
    constexpr qint64 kTailBytes = 600;
    QFile log(m_command.logFile);
    if (!log.open(QIODevice::ReadOnly)) {
        return {};
    }
    log.seek(std::max<qint64>(0, log.size() - kTailBytes));
    return log.readAll().trimmed().toStdString();
}

} // namespace glovebox::simulator
