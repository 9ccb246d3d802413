// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/desk/desk_socket.h"

#include <QFileInfo>
#include <QLocalSocket>
#include <QPointer>

#include <sys/stat.h>
#include <unistd.h>

namespace glovebox::simulator
{
namespace
{
constexpr qint64 kLineBytesMax = 65536;
}

base::Json okReply(base::Json fields)
{
    fields["ok"] = true;
    return fields;
}

base::Json errorReply(std::string why)
{
    return {{"error", std::move(why)}};
}

DeskSocket::DeskSocket(QObject *parent) : QObject(parent)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(4);
    connect(&m_server, &QLocalServer::newConnection, this, &DeskSocket::accept);
}

void DeskSocket::on(const std::string &command, Handler handler)
{
    m_handlers[command] = std::move(handler);
}

std::optional<std::string> DeskSocket::listen(const QString &path)
{
    const QByteArray folder = QFileInfo(path).absolutePath().toLocal8Bit();
    struct stat status = {};
    if (::lstat(folder.constData(), &status) != 0 || !S_ISDIR(status.st_mode)) {
        return "the folder of the control socket is missing";
    }
    if (status.st_uid != ::geteuid() || (status.st_mode & 077) != 0) {
        return "the folder of the control socket must be ours and closed to others (0700)";
    }
    QLocalServer::removeServer(path); // of a killed predecessor; nobody else can enter the folder
    if (!m_server.listen(path)) {
        return "cannot listen on the control socket: " + m_server.errorString().toStdString();
    }
    return std::nullopt;
}

void DeskSocket::accept()
{
    while (QLocalSocket *client = m_server.nextPendingConnection()) {
        client->setParent(this);
        connect(client, &QLocalSocket::readyRead, this, [this, client] { receive(client); });
        connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
    }
}

void DeskSocket::receive(QLocalSocket *client)
{
    while (client->canReadLine()) {
        handle(client, client->readLine(kLineBytesMax));
    }
    if (client->bytesAvailable() >= kLineBytesMax) {
        client->abort();
    }
}

void DeskSocket::handle(QLocalSocket *client, const QByteArray &line)
{
    const QPointer<QLocalSocket> guarded = client;
    const Reply reply = [guarded](const base::Json &answer) {
        if (guarded) {
            guarded->write(QByteArray::fromStdString(answer.dump() + '\n'));
            guarded->flush();
        }
    };
    const auto command = base::parseJson(line.trimmed().toStdString());
    if (!command) {
        reply(errorReply("not JSON: " + command.error().reason));
        return;
    }
    if (!command->is_object() || command->size() != 1) {
        reply(errorReply("a command is an object with one field"));
        return;
    }
    const auto handler = m_handlers.find(command->begin().key());
    if (handler == m_handlers.end()) {
        reply(errorReply("there is no such command"));
        return;
    }
    handler->second(command->begin().value(), reply);
}

} // namespace glovebox::simulator
