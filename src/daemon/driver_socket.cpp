// SPDX-License-Identifier: Apache-2.0
#include "daemon/driver_socket.h"

#include "ipc/names.h"

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

DriverSocket::Cockpit::Cockpit(DriverDesk &desk, std::unique_ptr<QLocalSocket> connection)
    : socket(std::move(connection)), source(desk)
{
    socket->setReadBufferSize(kReadBuffer_bytes);
    host.setHostUrl(QUrl(ipc::kDriverScheme), QRemoteObjectHost::AllowExternalRegistration);
    host.enableRemoting<DriverSourceAPI>(&source);
    source.attach(); // before the node: the first view that the cockpit gets is the present one
    host.addHostSideConnection(socket.get());
}

DriverSocket::Cockpit::~Cockpit()
{
    source.detach();
}

DriverSocket::DriverSocket(DriverDesk &desk, unsigned cockpitUid) : m_desk(desk), m_cockpitUid(cockpitUid)
{
    connect(&m_server, &QLocalServer::newConnection, this, &DriverSocket::accept);
}

DriverSocket::~DriverSocket() = default;

std::optional<StartFailure> DriverSocket::listen(const std::string &path)
{
    const bool otherUser = m_cockpitUid != geteuid();
    if (auto failure = checkFolder(path.substr(0, path.rfind('/')), otherUser)) {
        return failure;
    }
    const QString name = QString::fromStdString(path);
    struct stat there = {};
    if (lstat(path.c_str(), &there) == 0 && !S_ISSOCK(there.st_mode)) {
        return StartFailure{73, "Cannot make the driver's socket " + path +
                                    ": something else is there. Move it away, or name another place under "
                                    "\"/driver_socket\"."};
    }
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
    while (QLocalSocket *next = m_server.nextPendingConnection()) {
        next->setParent(nullptr); // the server is not its owner any more
        std::unique_ptr<QLocalSocket> socket(next);
        dropIfGone();
        if (peerUid(*socket) != m_cockpitUid) {
            qCWarning(logDriver, "A foreign user was refused at the driver's socket.");
        } else if (m_cockpit) {
            qCWarning(logDriver, "A second cockpit was refused: one lives.");
        } else {
            // Queued: not while the socket, or a call that came through it, is still on the stack.
            connect(next, &QLocalSocket::disconnected, this, &DriverSocket::dropIfGone, Qt::QueuedConnection);
            m_cockpit = std::make_unique<Cockpit>(m_desk, std::move(socket));
        }
    }
}

void DriverSocket::dropIfGone()
{
    if (m_cockpit && m_cockpit->socket->state() != QLocalSocket::ConnectedState) {
        m_cockpit.reset();
    }
}

} // namespace glovebox::daemon
