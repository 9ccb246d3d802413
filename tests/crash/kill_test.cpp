// SPDX-License-Identifier: Apache-2.0
// The shipped gloveboxd under SIGKILL: kill_cycles with ten cars at a time, each with a gateway of its own. A
// start and a kill take about two seconds, most of them until a standing car counts as parked. Every run
// makes 500 cycles, a long run 10,000; `kill_cycles --cycles N` makes more.
#include "tests/support/effort.h"
#include "tests/support/fatal_log.h"

#include <QProcess>

using namespace glovebox::testing;

class KillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLostOrDoubled();
};

void KillTest::nothingIsLostOrDoubled()
{
    constexpr int kCars = 10;
    const int cycles = cases(50, 1000);
    std::vector<std::unique_ptr<QProcess>> cars;
    for (int i = 0; i < kCars; ++i) {
        auto car = std::make_unique<QProcess>();
        car->setProcessChannelMode(QProcess::MergedChannels);
        car->start(QStringLiteral(KILL_CYCLES),
                   {QStringLiteral("--cycles"), QString::number(cycles), QStringLiteral("--seed"),
                    QString::number(seed(20261124) + static_cast<std::uint64_t>(i))});
        cars.push_back(std::move(car));
    }
    for (const auto &car : cars) {
        QVERIFY(car->waitForFinished(-1));
    }
    for (const auto &car : cars) {
        const QByteArray said = car->readAll();
        QVERIFY2(car->exitStatus() == QProcess::NormalExit && car->exitCode() == 0, said.constData());
        qInfo("%s", said.trimmed().constData());
    }
}

GLOVEBOX_TEST_MAIN(KillTest)
#include "kill_test.moc"
