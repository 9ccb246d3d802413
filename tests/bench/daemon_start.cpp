// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/daemon_start.h"

#include "base/json.h"
#include "ipc/names.h"
#include "platform/simulator/bench/settings.h"
#include "platform/simulator/bench/wait.h"

#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusReply>
#include <QDBusServiceWatcher>
#include <QFile>
#include <QProcess>

#include <cstdio>

namespace glovebox::bench
{
namespace
{

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

simulator::RunFolder preparedRun()
{
    auto run = simulator::RunFolder::make();
    require(run.has_value(), "making a folder");
    require(simulator::prepareRun(*run).has_value(), "preparing a run");
    require(QProcess::execute(QStringLiteral(GLOVEBOX_SOURCE_DIR "/scripts/make-test-ca"), {*run / "tls"}) ==
                0,
            "making a CA");
    // Nobody listens on port 1: the daemon starts without a car and without a connection.
    require(simulator::writeDaemonConfig(*run, 1, QStringLiteral("ws://127.0.0.1:1"), QStringLiteral("en"))
                .has_value(),
            "writing a configuration");
    return std::move(*run);
}

QString configFor(const simulator::RunFolder &run, const std::filesystem::path &folder, const QString &bus)
{
    QFile file(run / "gloveboxd.json");
    require(file.open(QIODevice::ReadOnly), "reading the configuration");
    auto config = base::parseJson(file.readAll().toStdString());
    require(config.has_value(), "a configuration");
    (*config)["bus"] = bus.toStdString();
    (*config)["state_dir"] = folder.string();
    (*config)["signing_key"] = "file:" + (folder / "signing.pem").string();
    (*config)["sealing_key"] = (folder / "sealing.key").string();
    QFile::remove(run / "measured.json");
    require(run.write("measured.json", config->dump()), "writing the configuration");
    return run / "measured.json";
}

double residentMib(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    require(status.open(QIODevice::ReadOnly), "reading the memory of the daemon");
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:")) {
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
        }
    }
    require(false, "the memory of the daemon");
    return 0;
}

} // namespace

DaemonStart::DaemonStart() : m_run(preparedRun())
{
    require(m_bus.start(), "starting a bus");
}

DaemonStart::Figures DaemonStart::measure(const std::filesystem::path &folder)
{
    const QString config = configFor(m_run, folder, m_bus.address());
    QDBusConnection bus = QDBusConnection::connectToBus(m_bus.address(), QStringLiteral("bench"));
    const QString name = QLatin1String(ipc::kBusName);
    QDBusServiceWatcher watcher(name, bus, QDBusServiceWatcher::WatchForRegistration);
    std::optional<Steady::time_point> there;
    QObject::connect(&watcher, &QDBusServiceWatcher::serviceRegistered, &watcher,
                     [&there] { there = Steady::now(); });
    QProcess process;
    const auto began = Steady::now();
    process.start(QStringLiteral(GLOVEBOX_BIN_DIR "/gloveboxd"),
                  {QStringLiteral("--config"), config, QStringLiteral("--insecure-desk")});
    const auto over = [&] { return there || process.state() == QProcess::NotRunning; };
    if (!simulator::waitUntil(over, 20s, 1ms) || !there) {
        std::fputs(process.readAllStandardError().constData(), stderr);
        require(false, "the start of the daemon");
    }
    QDBusInterface admin(name, QLatin1String(ipc::kAdminPath), QLatin1String(ipc::kAdminInterface), bus);
    const QDBusReply<QString> status = admin.call(QStringLiteral("Status"));
    require(status.isValid(), "an answer of the daemon");
    Figures figures{*there - began, residentMib(process.processId())};
    process.terminate();
    require(process.waitForFinished(20'000) && process.exitCode() == 0, "the end of the daemon");
    QDBusConnection::disconnectFromBus(QStringLiteral("bench"));
    return figures;
}

} // namespace glovebox::bench
