// SPDX-License-Identifier: Apache-2.0
#include "qml/Glovebox/Theme/contrast.h"
#include "qml/Glovebox/Theme/theme.h"
#include "tests/support/gui_test_main.h"

#include <QDir>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QTest>

using namespace glovebox;
using theme::Weight;

namespace
{

constexpr int big_px = 400;

/// Runs of ink along one line across the middle of a word: begin and end, in pixels.
QList<QPair<int, int>> inkRuns(const QString &word, QFont font)
{
    font.setPixelSize(big_px);
    QImage image(4 * big_px, 2 * big_px, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(font);
    painter.drawText(QPointF(big_px / 2.0, 1.5 * big_px), word);
    painter.end();
    // A third of the cap height above the base line: clear of the bar of an H.
    const int y = qRound(1.5 * big_px - QFontMetricsF(font).capHeight() / 4);
    QList<QPair<int, int>> runs;
    bool inside = false;
    for (int x = 0; x < image.width(); ++x) {
        const bool ink = qGray(image.pixel(x, y)) < 128;
        if (ink && !inside)
            runs.append({x, x + 1});
        else if (ink)
            runs.last().second = x + 1;
        inside = ink;
    }
    return runs;
}

} // namespace

class CockpitThemeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fontsKeepIso15008_data();
    void fontsKeepIso15008();
    void sizesFollowFromArcMinutes();
    void everyTextColourStandsOut_data();
    void everyTextColourStandsOut();
    void displayIsParsedStrictly();
    void nightChangesTheColoursOnce();
    void anotherStyleChangesColourAndForm();
    void coloursAreTheThemesAlone();
};

void CockpitThemeTest::fontsKeepIso15008_data()
{
    QTest::addColumn<int>("weight");
    QTest::addColumn<bool>("letters");
    QTest::newRow("text") << static_cast<int>(Weight::text) << true;
    QTest::newRow("strong") << static_cast<int>(Weight::strong) << true;
    QTest::newRow("amount") << static_cast<int>(Weight::amount) << false;
}

void CockpitThemeTest::fontsKeepIso15008()
{
    QFETCH(int, weight);
    QFETCH(bool, letters);
    QFont font = theme::cockpitFont(static_cast<Weight>(weight));
    font.setPixelSize(big_px);
    const double height = QFontMetricsF(font).capHeight();
    QVERIFY(qAbs(height / big_px - 2048.0 / 2816.0) < 0.0005); // what the theme's sizes are worked out with
    const QList<QPair<int, int>> h = inkRuns(QStringLiteral("H"), font);
    QCOMPARE(h.size(), 2);
    const double width = (h[1].second - h[0].first) / height;
    const double stem = (h[0].second - h[0].first) / height;
    QVERIFY2(width >= 0.65 && width <= 0.80, QByteArray::number(width));
    QVERIFY2(stem >= 0.10 && stem <= 0.20, QByteArray::number(stem));
    const QList<QPair<int, int>> ll = inkRuns(QStringLiteral("ll"), font);
    QCOMPARE(ll.size(), 2);
    const double gap = static_cast<double>(ll[1].first - ll[0].second) / (ll[0].second - ll[0].first);
    // The amount writes figures alone, three times as large as the rule needs: only letters have to keep the
    // gap.
    QVERIFY2(!letters || (gap >= 1.49 && gap <= 2.4), QByteArray::number(gap));
}

void CockpitThemeTest::sizesFollowFromArcMinutes()
{
    theme::Theme theme;
    for (const char *name : {"800x480@155mm", "1280x480@260mm", "1080x1920@194mm"}) {
        theme.setDisplay(theme::parseDisplay(QString::fromLatin1(name)).value());
        const auto arc = [&theme](const QFont &font) {
            return theme.display().arcForPixels(QFontMetricsF(font).capHeight());
        };
        QVERIFY(arc(theme.type().text) >= theme.profile().textArcMin - 0.05);
        QVERIFY(arc(theme.type().text) < theme.profile().textArcMin + 1.5);
        QVERIFY(arc(theme.type().button) >= theme.profile().primaryArcMin - 0.05);
        QVERIFY(theme.metric().target / theme.display().pixelsPerMillimetre() >=
                theme.profile().targetMin_mm());
        QVERIFY(theme.metric().targetGap / theme.display().pixelsPerMillimetre() >=
                theme.profile().targetGap_mm);
    }
    QCOMPARE(theme.profile().distance_mm, 700.0);
}

void CockpitThemeTest::everyTextColourStandsOut_data()
{
    QTest::addColumn<bool>("night");
    QTest::addColumn<QString>("style");
    for (const QString &style : theme::styleNames()) {
        QTest::addRow("%s night", qPrintable(style)) << true << style;
        QTest::addRow("%s day", qPrintable(style)) << false << style;
    }
}

void CockpitThemeTest::everyTextColourStandsOut()
{
    QFETCH(bool, night);
    QFETCH(QString, style);
    theme::Theme theme;
    theme.setNight(night);
    theme.setStyle(theme::styleNamed(style).value());
    const theme::Palette &colour = theme.colour();
    const QList<QPair<QColor, QColor>> pairs{
        {colour.text, colour.panel},          {colour.textSoft, colour.panel},
        {colour.text, colour.raised},         {colour.text, colour.raisedPressed},
        {colour.onPrimary, colour.primary},   {colour.onPrimary, colour.primaryPressed},
        {colour.onMark, colour.saved},        {colour.onMark, colour.paid},
        {colour.onMark, colour.plain},        {colour.ring, colour.panel},
        {colour.hostText, colour.background}, {colour.hostText, colour.host}};
    for (const auto &[ink, ground] : pairs) {
        const double found = theme::contrast(ink, ground);
        QVERIFY2(found >= std::max(theme.profile().contrastMin, 5.0),
                 qPrintable(ink.name() + QStringLiteral(" on ") + ground.name() + QStringLiteral(" ") +
                            QString::number(found)));
    }
}

void CockpitThemeTest::displayIsParsedStrictly()
{
    QCOMPARE(theme::parseDisplay(QStringLiteral("1280x480@260mm"))->pixels, QSize(1280, 480));
    for (const char *wrong :
         {"", "1280x480", "1280x480@260", "0x480@260mm", "1280x480@10mm", "99999x480@260mm", "a x b"})
        QVERIFY2(!theme::parseDisplay(QString::fromLatin1(wrong)), wrong);
}

void CockpitThemeTest::nightChangesTheColoursOnce()
{
    theme::Theme theme;
    int changes = 0;
    connect(&theme, &theme::Theme::nightChanged, this, [&changes] { ++changes; });
    const QColor before = theme.colour().panel;
    theme.setNight(false);
    theme.setNight(false);
    QCOMPARE(changes, 1);
    QVERIFY(theme.colour().panel != before);
}

void CockpitThemeTest::anotherStyleChangesColourAndForm()
{
    theme::Theme theme;
    const QColor panel = theme.colour().panel;
    const qreal radius = theme.metric().radius;
    const qreal target = theme.metric().target;
    const int text = theme.type().textPixels;
    theme.setStyle(theme::contourStyle());
    QVERIFY(theme.colour().panel != panel);
    QVERIFY(theme.metric().radius < radius);
    QVERIFY(theme.metric().outline > 0);
    // What the distraction profile sets is no matter of style.
    QCOMPARE(theme.metric().target, target);
    QCOMPARE(theme.type().textPixels, text);
    QVERIFY(!theme::styleNamed(QStringLiteral("other")));
}

/// Else a style would have to change more than the theme.
void CockpitThemeTest::coloursAreTheThemesAlone()
{
    static const QRegularExpression literal(
        QStringLiteral("\"#[0-9a-fA-F]{3,8}\"|Qt\\.(rgba|hsla|hsva)|\"(white|black|red|green|blue|gray)\""));
    int files = 0;
    for (const char *module : {"Controls", "Cards", "Screens"}) {
        const QDir folder(QStringLiteral(GLOVEBOX_SOURCE_DIR "/qml/Glovebox/") + QLatin1String(module));
        for (const QFileInfo &info : folder.entryInfoList({QStringLiteral("*.qml")}, QDir::Files)) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!literal.match(QString::fromUtf8(file.readAll())).hasMatch(),
                     qPrintable(info.fileName()));
            ++files;
        }
    }
    QVERIFY(files > 15);
}

GLOVEBOX_GUI_TEST_MAIN(CockpitThemeTest)
#include "cockpit_theme_test.moc"
