// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/window/desk_model.h"
#include "tests/support/gui_test_main.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace glovebox;
using namespace glovebox::simulator;

/// The vehicle panel's buttons, on a whole car.
class DeskModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void carFollowsThePanel();
    void proposesByMcp();
    void playsAScenarioTwice();
    void saysWhatFails();

private:
    QString drivingState() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Bench> m_bench;
    std::unique_ptr<DeskModel> m_model;
};

void DeskModelTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    Bench::Options options;
    options.places = {QStringLiteral(GLOVEBOX_BIN_DIR),
                      QStringLiteral(GLOVEBOX_SOURCE_DIR "/scripts/make-test-ca"),
                      QStringLiteral(GLOVEBOX_SOURCE_DIR "/resources/sandbox/merchants.json")};
    options.logFolder = m_folder->path();
    auto bench = Bench::start(options);
    QVERIFY2(bench, bench ? "" : bench.error().c_str());
    m_bench = std::move(*bench);
    m_model = std::make_unique<DeskModel>(*m_bench, m_folder->path());
}

void DeskModelTest::cleanup()
{
    m_model.reset();
    m_bench.reset();
    m_folder.reset();
}

QString DeskModelTest::drivingState() const
{
    const auto status = m_bench->books().status();
    return status ? QString::fromStdString(status->value("driving", std::string())) : QString();
}

void DeskModelTest::carFollowsThePanel()
{
    QTRY_COMPARE(drivingState(), QStringLiteral("parked"));
    QSignalSpy speedChanged(m_model.get(), &DeskModel::speed_kmhChanged);
    m_model->setGear(QStringLiteral("drive"));
    m_model->setParkingBrake(false);
    m_model->setSpeed_kmh(30);
    QCOMPARE(speedChanged.count(), 1);
    QTRY_COMPARE(drivingState(), QStringLiteral("moving"));
    m_model->setSpeed_kmh(0);
    m_model->advance(10); // a live car stays live, and has stood long enough
    QTRY_COMPARE(drivingState(), QStringLiteral("idling"));
    m_model->setOnline(false);
    QCOMPARE(static_cast<int>(m_bench->network()), static_cast<int>(Network::off));
    m_model->setNight(false);
    QVERIFY(!m_model->busy());
}

void DeskModelTest::proposesByMcp()
{
    m_model->propose(QStringLiteral("parking"));
    QVERIFY(!m_model->message().isEmpty());
    const auto purchases = m_bench->books().purchases();
    QVERIFY(purchases && purchases->size() == 1);
    QVERIFY(purchases->at(0).at("kind") == "parking");
}

void DeskModelTest::playsAScenarioTwice()
{
    auto *entry = m_model->scenarios().at(1).value<ScenarioEntry *>();
    QVERIFY(entry && entry->name() == QStringLiteral("coffee-declined"));
    for (int i = 0; i < 2; ++i) {
        entry->play();
        QVERIFY2(m_model->message().contains(QLatin1String("passed")), qPrintable(m_model->message()));
    }
    const auto purchases = m_bench->books().purchases();
    QVERIFY(purchases);
    QCOMPARE(purchases->size(), 2u);
}

void DeskModelTest::saysWhatFails()
{
    m_model->completeFuel();
    QCOMPARE(m_model->message(), QStringLiteral("Propose fuel and approve it first."));
    m_model->propose(QStringLiteral("yacht"));
    QCOMPARE(m_model->message(), QStringLiteral("no such kind"));
    m_model->play(QStringLiteral("no-such-scenario"));
    QVERIFY(m_model->message().contains(QLatin1String("no-such-scenario")));
}

GLOVEBOX_GUI_TEST_MAIN(DeskModelTest)
#include "desk_model_test.moc"
