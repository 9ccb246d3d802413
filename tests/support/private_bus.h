// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace glovebox::testing
{

/// A message bus of the test's own, over a unix socket that every user of the machine may reach. It dies with
/// the object, and with the test when that is killed.
class PrivateBus
{
public:
    struct Policy
    {
        /// Policy files to ship, under the rules of a system bus (nobody owns or calls anything by default).
        /// Empty: everybody may do everything.
        QStringList files;
        /// Names of users and groups in these files -> the ones to use here (a name or a number), since the
        /// product's users do not exist on the machine that tests it.
        QMap<QString, QString> accounts;
    };

    PrivateBus();
    ~PrivateBus();
    Q_DISABLE_COPY_MOVE(PrivateBus)

    /// Starts, or starts again at the same address after stop(). False: errorString() says why.
    [[nodiscard]] bool start(const Policy &policy);
    [[nodiscard]] bool start() { return start({}); }
    /// As when the bus crashes; clients see the connection close.
    void stop();
    /// For QDBusConnection::connectToBus(), `--bus` and DBUS_SESSION_BUS_ADDRESS.
    [[nodiscard]] QString address() const;
    [[nodiscard]] QString errorString() const { return m_error; }

private:
    [[nodiscard]] bool writeConfiguration(const Policy &policy);
    [[nodiscard]] bool writeFile(const QString &path, const QString &content);
    [[nodiscard]] QString pathOf(const QString &name) const;

    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_error;
};

} // namespace glovebox::testing
