// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config.h"
#include "daemon/driver_source.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QRemoteObjectHost>

#include <memory>

namespace glovebox::daemon
{

/// The private unix socket of the driver's display. Never on a bus. A socket reaches the host node only after
/// SO_PEERCRED named the configured user, and only while no other cockpit lives.
class DriverSocket : public QObject
{
    Q_OBJECT
public:
    /// More than the largest view; a message that does not fit is never completed, and never kept.
    static constexpr qint64 kReadBuffer_bytes = 262144;

    /// `cockpitUid`: the only user that is accepted.
    DriverSocket(DriverDesk &desk, unsigned cockpitUid);
    ~DriverSocket() override;

    /// The folder must be there, ours, no link, and 0700, or 0710 with the group of the cockpit where that is
    /// another user: its name leads nobody else to the socket. A socket left over from an earlier run is
    /// replaced.
    [[nodiscard]] std::optional<StartFailure> listen(const std::string &path);

private:
    /// What lives as long as one cockpit. A host of its own each time: Qt's host node does not notice that a
    /// socket which it was given is gone, and would write to it.
    struct Cockpit
    {
        Cockpit(DriverDesk &desk, std::unique_ptr<QLocalSocket> connection);
        ~Cockpit();
        std::unique_ptr<QLocalSocket> socket; // ends last: the host says goodbye on it
        DriverSourceObject source;
        QRemoteObjectHost host;
    };
    void accept();
    void dropIfGone();

    DriverDesk &m_desk;
    unsigned m_cockpitUid;
    QLocalServer m_server;
    std::unique_ptr<Cockpit> m_cockpit; // the one that lives
};

} // namespace glovebox::daemon
