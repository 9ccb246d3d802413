// SPDX-License-Identifier: Apache-2.0
// bench_start: from the start of the cockpit's process to the first frame of its connected idle screen, and
// the memory that is resident then, beside a bare Qt Quick window with one Text.
#include "tests/bench/car.h"
#include "tests/bench/report.h"

#include <QCoreApplication>
#include <QProcess>

#include <algorithm>

namespace
{

using namespace glovebox::bench;

constexpr int kStarts = 31;
constexpr int kWarmUpStarts = 2; // until the files are in memory
constexpr double kGoal = 1.3;

struct Figures
{
    std::vector<Sample> frame;
    std::vector<double> resident_mib;
};

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

void start(const char *program, const QStringList &arguments, bool counts, Figures &figures)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const auto began = std::chrono::steady_clock::now();
    process.start(QStringLiteral(GLOVEBOX_BENCH_DIR "/") + QLatin1String(program), arguments);
    require(process.waitForFinished(20'000) && process.exitCode() == 0, program);
    const QList<QByteArray> words = process.readAllStandardOutput().trimmed().split(' ');
    require(words.size() == 2, "the report of a probe");
    if (counts) {
        const std::chrono::nanoseconds swapped(words[0].toLongLong());
        figures.frame.emplace_back(swapped - began.time_since_epoch());
        figures.resident_mib.push_back(words[1].toDouble() / 1024);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen"); // also for the probes; the software renderer draws there
    qputenv("QT_QUICK_BACKEND", "software");
    const QCoreApplication application(argc, argv);
    const Car car;
    Figures cockpit, bare;
    for (int round = -kWarmUpStarts; round < kStarts; ++round) {
        start("probe_bare", {}, round >= 0, bare);
        start("probe_cockpit", {QStringLiteral("--socket"), car.driverSocket()}, round >= 0, cockpit);
    }
    print({"cockpit.start.p50", percentile(cockpit.frame, 0.5), "ms", percentile(bare.frame, 0.5), kGoal});
    print({"cockpit.start.p90", percentile(cockpit.frame, 0.9), "ms", percentile(bare.frame, 0.9), {}});
    print({"cockpit.resident.p50", median(cockpit.resident_mib), "MiB", median(bare.resident_mib), kGoal});
    return 0;
}
