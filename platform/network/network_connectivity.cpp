// SPDX-License-Identifier: Apache-2.0
#include "platform/network/network_connectivity.h"

#include <QFile>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QNetworkInformation>

namespace glovebox::network
{

namespace
{

/// Tells changes only.
class Notifier
{
public:
    void start(std::function<void(bool)> onChange) { m_onChange = std::move(onChange); }
    void set(bool online)
    {
        if (online != m_online) {
            m_online = online;
            if (m_onChange) {
                m_onChange(online);
            }
        }
    }
    [[nodiscard]] bool online() const { return m_online; }

private:
    bool m_online = true;
    std::function<void(bool)> m_onChange;
};

class NetworkConnectivity final : public ports::Connectivity
{
public:
    NetworkConnectivity()
    {
        if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability)) {
            return;
        }
        const QNetworkInformation *information = QNetworkInformation::instance();
        m_notifier.set(isOnline(information->reachability()));
        QObject::connect(information, &QNetworkInformation::reachabilityChanged, &m_context,
                         [this](QNetworkInformation::Reachability now) { m_notifier.set(isOnline(now)); });
    }

    bool online() const override { return m_notifier.online(); }
    void start(std::function<void(bool)> onChange) override { m_notifier.start(std::move(onChange)); }

private:
    static bool isOnline(QNetworkInformation::Reachability reachability)
    {
        return reachability != QNetworkInformation::Reachability::Disconnected;
    }
    Notifier m_notifier;
    QObject m_context;
};

class FileConnectivity final : public ports::Connectivity
{
public:
    explicit FileConnectivity(const std::string &path) : m_path(QString::fromStdString(path))
    {
        m_watcher.addPath(QFileInfo(m_path).absolutePath());
        QObject::connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_watcher, [this] { read(); });
        QObject::connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_watcher, [this] { read(); });
        read();
    }

    bool online() const override { return m_notifier.online(); }
    void start(std::function<void(bool)> onChange) override { m_notifier.start(std::move(onChange)); }

private:
    void read()
    {
        QFile file(m_path);
        if (!file.open(QIODevice::ReadOnly)) {
            m_notifier.set(true);
            return;
        }
        // A file that was replaced is another one for the watcher.
        m_watcher.removePath(m_path);
        m_watcher.addPath(m_path);
        m_notifier.set(file.read(16).trimmed() != "offline");
    }

    QString m_path;
    Notifier m_notifier;
    QFileSystemWatcher m_watcher;
};

} // namespace

std::unique_ptr<ports::Connectivity> makeNetworkConnectivity()
{
    return std::make_unique<NetworkConnectivity>();
}

std::unique_ptr<ports::Connectivity> makeFileConnectivity(const std::string &path)
{
    return std::make_unique<FileConnectivity>(path);
}

} // namespace glovebox::network
