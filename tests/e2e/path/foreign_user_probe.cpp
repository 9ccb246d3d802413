// SPDX-License-Identifier: Apache-2.0
// What happens when some user, the one who runs it, reaches for an interface:
//   foreign_user_probe bus ADDRESS PATH INTERFACE METHOD   prints the name of the D-Bus error, or "answered"
//   foreign_user_probe socket PATH                         prints "unreachable", "closed" or "served"
#include "ipc/bus.h"
#include "ipc/names.h"

#include <QCoreApplication>
#include <QDBusMessage>
#include <QLocalSocket>

#include <cstdio>

using namespace glovebox;

namespace
{

constexpr int kLimit_ms = 20000;

const char *reach(const QString &path)
{
    QLocalSocket socket;
    socket.connectToServer(path);
    if (!socket.waitForConnected(kLimit_ms)) {
        return "unreachable";
    }
    // Whoever is let in is greeted by the host node; whoever is not sees the end.
    return socket.waitForReadyRead(kLimit_ms) ? "served" : "closed";
}

QByteArray ask(const QStringList &words)
{
    auto bus = ipc::connectToBus(words.at(2), QStringLiteral("probe"));
    auto call = QDBusMessage::createMethodCall(ipc::kBusName, words.at(3), words.at(4), words.at(5));
    call.setAutoStartService(false);
    const QDBusMessage reply = bus.call(call, QDBus::Block, kLimit_ms);
    return reply.type() == QDBusMessage::ReplyMessage ? "answered" : reply.errorName().toLatin1();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() == 6 && words.at(1) == QLatin1String("bus")) {
        std::puts(ask(words).constData());
        return 0;
    }
    if (words.size() == 3 && words.at(1) == QLatin1String("socket")) {
        std::puts(reach(words.at(2)));
        return 0;
    }
    return 64;
}
