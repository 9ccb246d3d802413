// SPDX-License-Identifier: Apache-2.0
#include "tests/support/private_bus.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <csignal>
#include <sys/prctl.h>

namespace glovebox::testing
{
namespace
{

constexpr int startTimeout_ms = 10'000;
constexpr int stopTimeout_ms = 5'000;

// Without an explicit allow a foreign uid gets no answer instead of AccessDenied.
const auto openRules = QStringLiteral(R"(
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
  </policy>
)");

// The rules of Debian's /usr/share/dbus-1/system.conf, as far as they decide who may call whom.
const auto systemRules = QStringLiteral(R"(
  <policy context="default">
    <allow user="*"/>
    <deny own="*"/>
    <deny send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Introspectable"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Properties"/>
  </policy>
)");

const auto frame =
    QStringLiteral(R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>custom</type>
  <listen>%1</listen>
  <auth>EXTERNAL</auth>
%2%3</busconfig>
)");

} // namespace

PrivateBus::PrivateBus() : m_folder(QDir::tempPath() + QStringLiteral("/glovebox-bus-XXXXXX"))
{
    // The folder of a QTemporaryDir is 0700; other users have to reach the socket in it.
    QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                               QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther |
                                               QFile::ExeOther);
    m_daemon.setProcessChannelMode(QProcess::SeparateChannels);
    m_daemon.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

PrivateBus::~PrivateBus()
{
    stop();
}

QString PrivateBus::pathOf(const QString &name) const
{
    return m_folder.filePath(name);
}

QString PrivateBus::address() const
{
    return QStringLiteral("unix:path=") + pathOf(QStringLiteral("bus"));
}

bool PrivateBus::start(const Policy &policy)
{
    stop();
    QFile::remove(pathOf(QStringLiteral("bus")));
    if (!m_folder.isValid() || !writeConfiguration(policy)) {
        m_error = m_error.isEmpty() ? m_folder.errorString() : m_error;
        return false;
    }
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--config-file=") + pathOf(QStringLiteral("bus.conf")),
                    QStringLiteral("--nofork"), QStringLiteral("--nopidfile"), QStringLiteral("--nosyslog"),
                    QStringLiteral("--print-address=1")});
    // The address is printed when the bus listens.
    if (m_daemon.waitForStarted(startTimeout_ms) && m_daemon.waitForReadyRead(startTimeout_ms)) {
        return true;
    }
    m_error = m_daemon.errorString() + QLatin1Char(' ') + QString::fromUtf8(m_daemon.readAllStandardError());
    stop();
    return false;
}

void PrivateBus::stop()
{
    if (m_daemon.state() == QProcess::NotRunning) {
        return;
    }
    m_daemon.kill();
    m_daemon.waitForFinished(stopTimeout_ms);
}

bool PrivateBus::writeConfiguration(const Policy &policy)
{
    QString includes;
    for (const auto &name : policy.files) {
        QFile shipped(name);
        if (!shipped.open(QIODevice::ReadOnly)) {
            m_error = name + QStringLiteral(": ") + shipped.errorString();
            return false;
        }
        auto text = QString::fromUtf8(shipped.readAll());
        for (auto account = policy.accounts.cbegin(); account != policy.accounts.cend(); ++account) {
            for (const auto *attribute : {"user", "group"}) {
                const auto form = QStringLiteral("%1=\"%2\"").arg(QLatin1String(attribute));
                text.replace(form.arg(account.key()), form.arg(account.value()));
            }
        }
        const auto copy = pathOf(QFileInfo(name).fileName());
        if (!writeFile(copy, text)) {
            return false;
        }
        includes += QStringLiteral("  <include>%1</include>\n").arg(copy);
    }
    const auto &rules = policy.files.isEmpty() ? openRules : systemRules;
    return writeFile(pathOf(QStringLiteral("bus.conf")), frame.arg(address(), rules, includes));
}

bool PrivateBus::writeFile(const QString &path, const QString &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content.toUtf8()) < 0) {
        m_error = path + QStringLiteral(": ") + file.errorString();
        return false;
    }
    return true;
}

} // namespace glovebox::testing
