// SPDX-License-Identifier: Apache-2.0
// Rules that are measured on the pixels of a grabbed frame.
#include "cockpit/text_geometry.h"
#include "qml/Glovebox/Theme/contrast.h"
#include "tests/qml/walker/rules.h"

#include <QHash>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>
#include <algorithm>

namespace glovebox::walker
{

namespace
{

QRect pixelsOf(const QQuickItem *item, const QRectF &local, const QImage &frame)
{
    return item->mapRectToScene(local).toAlignedRect().intersected(frame.rect());
}

/// What a text is written with and what it stands on, as they were drawn.
struct Drawn
{
    QColor ink;
    QColor ground;
};

Drawn drawnIn(const QImage &frame, const QRect &rect)
{
    QHash<QRgb, int> counts;
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x)
            ++counts[frame.pixel(x, y)];
    }
    QRgb ground = 0;
    int most = 0;
    for (auto entry = counts.cbegin(); entry != counts.cend(); ++entry) {
        if (entry.value() > most) {
            most = entry.value();
            ground = entry.key();
        }
    }
    // The middle of a stroke has the ink itself; its edges are mixed with the ground.
    QRgb ink = ground;
    double best = 0;
    for (auto entry = counts.cbegin(); entry != counts.cend(); ++entry) {
        const double found = theme::contrast(QColor(entry.key()), QColor(ground));
        if (found > best) {
            best = found;
            ink = entry.key();
        }
    }
    return {QColor(ink), QColor(ground)};
}

bool isRed(const QColor &colour)
{
    constexpr int hueMargin = 18;
    constexpr int saturated = 110;
    constexpr int bright = 70;
    const int hue = colour.hsvHue();
    return (hue >= 0) && (hue <= hueMargin || hue >= 360 - hueMargin) &&
           colour.hsvSaturation() >= saturated && colour.value() >= bright;
}

bool isBlue(const QColor &colour)
{
    constexpr int from = 200;
    constexpr int to = 265;
    constexpr int saturated = 110;
    return colour.hsvHue() >= from && colour.hsvHue() <= to && colour.hsvSaturation() >= saturated;
}

struct Light
{
    const char *name;
    double least; // contrast
    theme::Light light;
};

/// Day and sun are looked at in the colours of the day.
QList<Light> lightsFor(const theme::Profile &profile, bool night)
{
    if (night)
        return {{"night", profile.contrastNightMin, profile.night}};
    return {{"day", profile.contrastDayMin, profile.day}, {"sun", profile.contrastSunMin, profile.sun}};
}

} // namespace

void checkContrast(Scene &scene, Record &record)
{
    const QImage frame = scene.frame();
    for (const QQuickItem *text : scene.texts()) {
        const QRect rect = pixelsOf(text, cockpit::paintedRect(*text), frame);
        const Drawn drawn = drawnIn(frame, rect);
        const double found = theme::contrast(drawn.ink, drawn.ground);
        record.measured(QStringLiteral("contrast of a text"), found);
        if (found < scene.profile().contrastMin)
            record.violation("CONTRAST", whereIs(scene, text), found, QStringLiteral(": 1"));
        for (const Light &light : lightsFor(scene.profile(), scene.situation().night)) {
            const double seen = theme::contrastUnder(light.light, drawn.ink, drawn.ground);
            record.measured(QStringLiteral("contrast, ") + QLatin1String(light.name), seen);
            if (seen < light.least)
                record.violation("CONTRAST", whereIs(scene, text), seen,
                                 QStringLiteral(": 1 under the light of the ") + QLatin1String(light.name));
        }
        if ((isRed(drawn.ink) && isBlue(drawn.ground)) || (isBlue(drawn.ink) && isRed(drawn.ground)))
            record.violation("CONTRAST", whereIs(scene, text), found, QStringLiteral("red and blue"));
    }
}

void checkSymbol(Scene &scene, Record &record)
{
    constexpr int speck_px = 12;
    const QImage &frame = scene.frame();
    int red = 0;
    QRgb last = 0;
    bool lastIsRed = false;
    for (int y = 0; y < frame.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(frame.constScanLine(y));
        for (int x = 0; x < frame.width(); ++x) {
            if (line[x] != last) {
                last = line[x];
                lastIsRed = isRed(QColor(last));
            }
            red += lastIsRed ? 1 : 0;
        }
    }
    // No screen tells of a danger yet: red would be decoration.
    if (red > speck_px)
        record.violation("SYMBOL", whereIs(scene), red, QStringLiteral("red pixels"));
}

void checkFeedback(Scene &scene, Record &record)
{
    QQuickWindow *window = scene.cockpit().window();
    const QImage quiet = scene.grab();
    for (QQuickItem *target : scene.targets()) {
        const QRect rect = pixelsOf(target, target->boundingRect(), quiet);
        const QImage before = quiet.copy(rect);
        QTest::mousePress(window, Qt::LeftButton, {}, rect.center());
        const QImage after = scene.grab().copy(rect);
        // Slides off: nothing is pressed.
        QTest::mouseMove(window, QPoint(0, 0));
        QTest::mouseRelease(window, Qt::LeftButton, {}, QPoint(0, 0));
        int changed = 0;
        for (int y = 0; y < before.height(); ++y) {
            for (int x = 0; x < before.width(); ++x)
                changed += before.pixel(x, y) != after.pixel(x, y) ? 1 : 0;
        }
        const double share = static_cast<double>(changed) / (before.width() * before.height());
        record.measured(QStringLiteral("part of a target that changes in the frame after a press"), share);
        constexpr double seen = 0.3;
        if (share < seen)
            record.violation("FEEDBACK", whereIs(scene, target), share,
                             QStringLiteral("of it changes in the next frame"));
    }
}

} // namespace glovebox::walker
