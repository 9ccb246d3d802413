// SPDX-License-Identifier: Apache-2.0
#include "cockpit/cockpit.h"
#include "cockpit/cockpit_model.h"
#include "tests/qml/fake_daemon.h"
#include "tests/support/gui_test_main.h"

#include <QDir>
#include <QImage>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

using namespace glovebox;

namespace
{

/// Share of pixels that differ visibly: rasterisers round edges differently, words and colours do not.
double difference(const QImage &one, const QImage &other)
{
    if (one.size() != other.size())
        return 1.0;
    constexpr int visible = 24; // of 255, in one channel
    qint64 differing = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            const QColor a = one.pixelColor(x, y);
            const QColor b = other.pixelColor(x, y);
            if (qAbs(a.red() - b.red()) > visible || qAbs(a.green() - b.green()) > visible ||
                qAbs(a.blue() - b.blue()) > visible)
                ++differing;
        }
    }
    return static_cast<double>(differing) / static_cast<double>(one.width() * one.height());
}

} // namespace

class CockpitPicturesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void picture_data();
    void picture();
};

void CockpitPicturesTest::picture_data()
{
    QTest::addColumn<CockpitView>("view");
    QTest::addColumn<bool>("night");
    QTest::addColumn<QString>("display");
    const QString en = QStringLiteral("en");
    const QString wide = QStringLiteral("1280x480@260mm");
    for (const bool night : {true, false}) {
        const QByteArray theme = night ? "night" : "day";
        const auto row = [&](const char *name, const CockpitView &view, const QString &display) {
            QTest::newRow(QByteArray(name) + "_" + theme) << view << night << display;
        };
        row("card_moving", testing::cardView(en, QStringLiteral("glance"), QStringLiteral("n")), wide);
        row("card_parked", testing::cardView(en, QStringLiteral("details"), QStringLiteral("n")), wide);
        row("result_saved", testing::resultView(en, QStringLiteral("saved")), wide);
        row("result_paid", testing::resultView(en, QStringLiteral("paid")), wide);
        row("pin", testing::pinView(en), wide);
    }
    const QString de = QStringLiteral("de");
    QTest::newRow("card_parked_de_800x480")
        << testing::cardView(de, QStringLiteral("details"), QStringLiteral("n")) << true
        << QStringLiteral("800x480@155mm");
    QTest::newRow("card_moving_portrait")
        << testing::cardView(en, QStringLiteral("glance"), QStringLiteral("n")) << true
        << QStringLiteral("1080x1920@194mm");
    QTest::newRow("pin_de_1024x600") << testing::pinView(de) << false << QStringLiteral("1024x600@222mm");
    QTest::newRow("result_saved_de_1920x720")
        << testing::resultView(de, QStringLiteral("saved")) << false << QStringLiteral("1920x720@292mm");
    QTest::newRow("result_problem") << testing::resultView(en, QStringLiteral("problem")) << true << wide;
    QTest::newRow("result_reserved") << testing::resultView(en, QStringLiteral("reserved")) << true << wide;
    QTest::newRow("idle_ready") << testing::idleView(en, true, QStringLiteral("moving")) << true << wide;
    QTest::newRow("idle_locked") << testing::idleView(en, false, QStringLiteral("parked")) << true << wide;
    QTest::newRow("unavailable") << CockpitView() << true << wide;
}

void CockpitPicturesTest::picture()
{
    QFETCH(CockpitView, view);
    QFETCH(bool, night);
    QFETCH(QString, display);
    cockpit::CockpitOptions options;
    options.display = theme::parseDisplay(display).value();
    options.night = night;
    options.locale = view.locale();
    options.desk = true;
    cockpit::Cockpit cockpit(options);
    QVERIFY(cockpit.valid());
    cockpit.show();
    cockpit.model().setView(view);
    for (int digit = 0; digit < 3; ++digit)
        cockpit.model().pin()->enterDigit(digit);
    QVERIFY(QTest::qWaitForWindowExposed(cockpit.window(), 30'000));
    const QImage grabbed = cockpit.window()->grabWindow().convertToFormat(QImage::Format_RGB32);

    const QString name = QString::fromUtf8(QTest::currentDataTag()) + QStringLiteral(".png");
    QVERIFY(QDir().mkpath(QStringLiteral(OUTPUT_DIR)));
    QVERIFY(grabbed.save(QStringLiteral(OUTPUT_DIR "/") + name));
    const QImage reference(QStringLiteral(REFERENCE_DIR "/") + name);
    QVERIFY2(!reference.isNull(), qPrintable(name + QStringLiteral(" has no stored picture")));
    constexpr double differenceMax = 0.002;
    QVERIFY2(difference(grabbed, reference.convertToFormat(QImage::Format_RGB32)) <= differenceMax,
             qPrintable(name + QStringLiteral(" differs from the stored picture")));
}

GLOVEBOX_GUI_TEST_MAIN(CockpitPicturesTest)
#include "cockpit_pictures_test.moc"
