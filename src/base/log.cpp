// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <QByteArray>
#include <QDateTime>

#include <cstdio>

namespace glovebox::base
{

namespace
{

QByteArray &programName()
{
    static QByteArray name;
    return name;
}

const char *levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "critical";
    case QtFatalMsg:
        return "fatal";
    }
    return "unknown";
}

/// One message is one line: a line feed inside it could otherwise forge an entry.
QByteArray oneLine(const QString &message)
{
    QByteArray line = message.toUtf8();
    for (char &c : line) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            c = ' ';
        }
    }
    return line;
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toUtf8();
    const QByteArray line = time + ' ' + programName() + ' ' + levelOf(type) + ' ' +
                            (context.category ? context.category : "default") + ' ' + oneLine(message) + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    std::fflush(stderr);
}

} // namespace

void installLog(const char *program)
{
    programName() = program;
    qInstallMessageHandler(writeLine);
}

} // namespace glovebox::base
