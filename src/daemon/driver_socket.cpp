// SPDX-License-Identifier: Apache-2.0
#include "daemon/driver_socket.h"

#include "ipc/names.h"

#include <QLocalSocket>
#include <QLoggingCategory>
#include <QUrl>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace glovebox::daemon
{

namespace
{

Q_LOGGING_CATEGORY(logDriver, "glovebox.driver", QtInfoMsg)

std::optional<unsigned> peerUid(const QLocalSocket &socket)
{
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &credentials,
                   &size) != 0 ||
        size != sizeof credentials) {
        return std::nullopt;
    }
    return credentials.uid;
}

std::optional<StartFailure> checkFolder(const std::string &folder, bool otherUser)
{
    struct stat status = {};
    if (lstat(folder.c_str(), &status) != 0) {
        return StartFailure{66, "The folder of the driver's socket, " + folder +
                                    ", is missing. Make it with mode 0700."};
    }
    if (!S_ISDIR(status.st_mode)) {
        return StartFailure{77,
                            "The folder of the driver's socket, " + folder + ", is no folder. Replace it."};
    }
    if (status.st_uid != geteuid()) {
        return StartFailure{77, "The folder of the driver's socket, " + folder +
                                    ", belongs to another user. Give it to the user of this daemon."};
    }
    const unsigned allowed = otherUser ? 0710 : 0700;
    if ((status.st_mode & 07777 & ~allowed) != 0) {
        return StartFailure{77, "The folder of the driver's socket, " + folder +
                                    ", lets others in. Set its mode to " +
                                    (otherUser ? "0710 and its group to the cockpit's." : "0700.")};
    }
    return std::nullopt;
}

} // namespace

DriverSocket::DriverSocket(DriverDesk &desk, unsigned cockpitUid) : m_source(desk), m_cockpitUid(cockpitUid)
{
    m_host.setHostUrl(QUrl(ipc::kDriverScheme), QRemoteObjectHost::AllowExternalRegistration);
    m_host.enableRemoting<DriverSourceAPI>(&m_source);
    connect(&m_server, &QLocalServer::newConnection, this, &DriverSocket::accept);
}

DriverSocket::~DriverSocket()
{
    if (m_cockpit) {
        m_cockpit->disconnect(this);
        m_source.detach();
    }
}

std::optional<StartFailure> DriverSocket::listen(const std::string &path)
{
    const bool otherUser = m_cockpitUid != geteuid();
    if (auto failure = checkFolder(path.substr(0, path.rfind('/')), otherUser)) {
        return failure;
    }
    const QString name = QString::fromStdString(path);
    // The folder is ours alone and the journal is locked: nobody else can be listening there.
    QLocalServer::removeServer(name);
    m_server.setSocketOptions(otherUser ? QLocalServer::WorldAccessOption : QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(4);
    if (!m_server.listen(name)) {
        return StartFailure{73, "Cannot make the driver's socket " + path + ": " +
                                    m_server.errorString().toStdString() + ". Check the folder."};
    }
    return std::nullopt;
}

void DriverSocket::accept()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        const auto uid = peerUid(*socket);
        if (uid == m_cockpitUid && !m_cockpit) {
            adopt(socket);
            continue;
        }
        qCWarning(logDriver) << (m_cockpit ? "A second cockpit was refused."
                                           : "A foreign user was refused at the driver's socket.");
        socket->abort();
        socket->deleteLater();
    }
}

void DriverSocket::adopt(QLocalSocket *socket)
{
    m_cockpit = socket;
    socket->setReadBufferSize(kReadBuffer_bytes);
    connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
        m_cockpit = nullptr;
        m_source.detach();
        // The host node lets go of a device that is about to close.
        socket->close();
        socket->deleteLater();
    });
    m_source.attach(); // before the node: the first view that the cockpit gets is the present one
    m_host.addHostSideConnection(socket);
}

} // namespace glovebox::daemon
