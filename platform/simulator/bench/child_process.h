// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

#include <chrono>
#include <expected>
#include <string>

namespace glovebox::simulator
{

/// One program of the bench. It writes to a log file and dies with the bench, even when that is killed.
class ChildProcess
{
public:
    struct Command
    {
        QString program; // absolute
        QStringList arguments;
        QString logFile; // appended to
    };
    explicit ChildProcess(Command command);
    ~ChildProcess(); // stop()
    Q_DISABLE_COPY_MOVE(ChildProcess)

    [[nodiscard]] std::expected<void, std::string> start();
    /// Also for programs that do their work and end: the exit code, or why there is none.
    [[nodiscard]] std::expected<int, std::string> run(const QByteArray &input,
                                                      std::chrono::milliseconds limit);
    /// SIGKILL; returns when it is gone.
    void kill();
    /// SIGTERM, and SIGKILL where that did not help within some seconds.
    void stop();
    [[nodiscard]] bool running() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] QProcess &process() { return m_process; }
    [[nodiscard]] QString name() const;
    /// The last lines of the log, for a message.
    [[nodiscard]] std::string logTail() const;

private:
    Command m_command;
    QProcess m_process;
};

} // namespace glovebox::simulator
