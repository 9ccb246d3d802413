// SPDX-License-Identifier: Apache-2.0
// bench_approve_hop: the driver's socket between cockpit and daemon, which bench_approve leaves out, as a
// round trip between two processes.
#include "tests/bench/driver_line.h"

#include <QCoreApplication>

namespace
{

using namespace glovebox;
using namespace glovebox::bench;
using Steady = std::chrono::steady_clock;

constexpr int kHops = 500;
constexpr int kWarmUps = 10;

/// An approval of a card that is not up, and the refusal that answers it: what the line itself takes.
std::vector<Sample> measureHops(const QString &socket)
{
    DriverLine line(socket);
    cockpit::DriverLink &link = line.link;
    bool refused = false;
    QObject::connect(&link, &cockpit::DriverLink::refused, [&refused] { refused = true; });
    QList<ShownItem> items; // as many as a card has
    for (int i = 0; i < 10; ++i) {
        items.append(ShownItem(QStringLiteral("merchant"), QStringLiteral("Garage Marktplatz")));
    }
    std::vector<Sample> samples;
    for (int hop = -kWarmUps; hop < kHops; ++hop) {
        refused = false;
        const auto began = Steady::now();
        link.approve(QStringLiteral("n-bench"), items, QStringLiteral("touch"));
        while (!refused) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        if (hop >= 0) {
            samples.emplace_back(Steady::now() - began);
        }
    }
    return samples;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const Car car;
    const std::vector<Sample> hops = measureHops(car.driverSocket());
    print({"approve.ipc_hop.p50", percentile(hops, 0.5), "ms", {}, {}});
    print({"approve.ipc_hop.p99", percentile(hops, 0.99), "ms", {}, {}});
    return 0;
}
