// SPDX-License-Identifier: Apache-2.0
#include "cockpit/cockpit.h"
#include "cockpit/cockpit_model.h"
#include "tests/qml/fake_daemon.h"
#include "tests/qml/walker/screens.h"
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

private:
    static void addComposed();
};

void CockpitPicturesTest::picture_data()
{
    QTest::addColumn<CockpitView>("view");
    QTest::addColumn<bool>("night");
    QTest::addColumn<QString>("display");
    QTest::addColumn<QString>("style");
    const QString en = QStringLiteral("en");
    const QString wide = QStringLiteral("1280x480@260mm");
    const QString house = QStringLiteral("glovebox");
    for (const bool night : {true, false}) {
        const QByteArray theme = night ? "night" : "day";
        const auto row = [&](const char *name, const CockpitView &view, const QString &display) {
            QTest::newRow(QByteArray(name) + "_" + theme) << view << night << display << house;
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
        << QStringLiteral("800x480@155mm") << house;
    QTest::newRow("card_moving_portrait")
        << testing::cardView(en, QStringLiteral("glance"), QStringLiteral("n")) << true
        << QStringLiteral("1080x1920@194mm") << house;
    QTest::newRow("pin_de_1024x600") << testing::pinView(de) << false << QStringLiteral("1024x600@222mm")
                                     << house;
    QTest::newRow("result_saved_de_1920x720") << testing::resultView(de, QStringLiteral("saved")) << false
                                              << QStringLiteral("1920x720@292mm") << house;
    QTest::newRow("result_problem") << testing::resultView(en, QStringLiteral("problem")) << true << wide
                                    << house;
    QTest::newRow("result_reserved") << testing::resultView(en, QStringLiteral("reserved")) << true << wide
                                     << house;
    QTest::newRow("idle_ready") << testing::idleView(en, true, QStringLiteral("moving")) << true << wide
                                << house;
    QTest::newRow("idle_locked") << testing::idleView(en, false, QStringLiteral("parked")) << true << wide
                                 << house;
    QTest::newRow("unavailable") << CockpitView() << true << wide << house;
    addComposed();
}

/// With the texts that the daemon composes: what became of it, every kind's sign, other languages, another
/// style.
void CockpitPicturesTest::addComposed()
{
    const QList<walker::Screen> screens = walker::screens();
    const auto row = [&screens](const QString &screen, const char *locale, bool night, const char *style) {
        const QString name = QStringList{screen, QLatin1String(locale), QLatin1String(style),
                                         night ? QStringLiteral("night") : QStringLiteral("day")}
                                 .join(QChar(u'_'));
        QTest::newRow(qPrintable(name))
            << walker::screenNamed(screens, screen).compose(QLatin1String(locale)) << night
            << QStringLiteral("1280x480@260mm") << QString::fromLatin1(style);
    };
    for (const char *result : {"declined", "expired", "refused.fulfilment.offline", "undo.parking.offline"})
        row(QStringLiteral("result.") + QLatin1String(result), "en", true, "glovebox");
    for (const char *kind : {"assistant_credit", "car_wash", "charging", "coffee", "drive_through", "fuel",
                             "membership", "parking", "toll"})
        row(QStringLiteral("card.parked.") + QLatin1String(kind), "en", true, "glovebox");
    for (const char *locale : {"ar", "ja", "ko", "pl", "zh"}) {
        row(QStringLiteral("card.moving.fuel"), locale, true, "glovebox");
        row(QStringLiteral("result.parked.undo.parking.offline"), locale, false, "glovebox");
    }
    row(QStringLiteral("pin.open"), "ar", false, "glovebox");
    for (const bool night : {true, false}) {
        row(QStringLiteral("card.moving.fuel"), "en", night, "contour");
        row(QStringLiteral("card.parked.fuel"), "de", night, "contour");
        row(QStringLiteral("result.undo.parking.offline"), "fr", night, "contour");
        row(QStringLiteral("pin.open"), "en", night, "contour");
    }
}

void CockpitPicturesTest::picture()
{
    QFETCH(CockpitView, view);
    QFETCH(bool, night);
    QFETCH(QString, display);
    QFETCH(QString, style);
    cockpit::CockpitOptions options;
    options.display = theme::parseDisplay(display).value();
    options.night = night;
    options.style = style;
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
