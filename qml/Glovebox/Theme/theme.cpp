// SPDX-License-Identifier: Apache-2.0
#include "qml/Glovebox/Theme/theme.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace glovebox::theme
{

namespace
{

QString loadFamily()
{
    QString family;
    for (const char *weight : {"SemiBold", "Medium", "Regular"}) {
        const int id = QFontDatabase::addApplicationFont(
            QStringLiteral(":/glovebox/fonts/Inter-%1.otf").arg(QLatin1String(weight)));
        if (id < 0)
            qFatal("the fonts are not compiled in");
        family = QFontDatabase::applicationFontFamilies(id).value(0);
    }
    return family;
}

/// The least whole pixel size at which a capital letter is `capHeight_px` high.
QFont sized(QFont font, qreal capHeight_px)
{
    // Of every weight, as its OS/2 table says: asking the font would load it in a size that nothing is drawn
    // in.
    constexpr qreal capPerPixel = 2048.0 / 2816.0;
    font.setPixelSize(static_cast<int>(std::ceil(capHeight_px / capPerPixel)));
    return font;
}

Metrics metricsFor(const Display &display, const Profile &profile, const Style &style)
{
    const qreal mm = display.pixelsPerMillimetre();
    // Whole pixels: edges stay sharp, and what the profile asks for is rounded up.
    const auto px = [mm](qreal millimetres) { return std::round(millimetres * mm); };
    const auto pxUp = [mm](qreal millimetres) { return std::ceil(millimetres * mm); };
    Metrics metrics;
    metrics.margin = px(5.0);
    metrics.padding = px(style.padding_mm);
    metrics.gap = px(1.6);
    metrics.targetGap = pxUp(profile.targetGap_mm);
    metrics.target = pxUp(profile.targetMin_mm());
    metrics.button = px(16.0);
    metrics.radius = px(style.radius_mm);
    metrics.panelRadius = px(style.panelRadius_mm);
    metrics.outline = style.outline_mm > 0 ? std::max<qreal>(1, px(style.outline_mm)) : 0;
    metrics.ring = std::max<qreal>(2, px(0.5));
    metrics.hairline = std::max<qreal>(1, px(0.2));
    metrics.mark = px(13.0);
    metrics.dot = px(3.2);
    const bool portrait = display.pixels.height() > display.pixels.width();
    const qreal widest = display.pixels.width() - 2 * metrics.margin;
    metrics.panelWidth = portrait ? widest : std::min(widest, px(112.0));
    metrics.panelHeight = std::min(display.pixels.height() - 2 * metrics.margin, px(100.0));
    metrics.minute = display.pixelsForArc(1.0);
    return metrics;
}

/// Signs of one language come from one font: the same character is drawn otherwise in Japan and in China.
QFont inLanguage(QFont font, const QLocale &locale)
{
    const QString beside = familyBeside(locale.language());
    if (!beside.isEmpty())
        font.setFamilies({font.family(), beside});
    if (locale.language() == QLocale::Arabic)
        font.setLetterSpacing(QFont::PercentageSpacing, 100); // its letters are joined
    return font;
}

TypeScale typeFor(const Display &display, const Profile &profile, const QLocale &locale)
{
    const QFont regular = inLanguage(cockpitFont(Weight::text), locale);
    const QFont strong = inLanguage(cockpitFont(Weight::strong), locale);
    const qreal text = display.pixelsForArc(profile.textArcMin);
    const qreal primary = display.pixelsForArc(profile.primaryArcMin);
    TypeScale type;
    type.text = sized(regular, text);
    type.textStrong = sized(strong, text);
    type.title = sized(strong, primary);
    type.button = sized(strong, primary);
    type.headline = sized(strong, primary * 1.15);
    type.amount = sized(inLanguage(cockpitFont(Weight::amount), locale), display.pixelsForArc(62));
    type.textPixels = type.text.pixelSize();
    type.primaryPixels = type.button.pixelSize();
    return type;
}

} // namespace

QFont cockpitFont(Weight weight)
{
    static const QString family = loadFamily();
    QFont font(family);
    font.setPixelSize(100);
    font.setHintingPreference(QFont::PreferNoHinting);
    switch (weight) {
    case Weight::text:
        font.setWeight(QFont::Normal);
        break;
    case Weight::strong:
        // As drawn, Medium is 0.801 wide and its "ll" stands 1.34 stems apart: just outside ISO 15008.
        font.setWeight(QFont::Medium);
        font.setStretch(98);
        font.setLetterSpacing(QFont::PercentageSpacing, 108);
        break;
    case Weight::amount:
        // SemiBold is 0.83 wide. It writes money only, at three times the least size.
        font.setWeight(QFont::DemiBold);
        font.setStretch(95);
        font.setLetterSpacing(QFont::PercentageSpacing, 103);
        break;
    }
    return font;
}

QString familyBeside(QLocale::Language language)
{
    switch (language) {
    case QLocale::Arabic:
        return QStringLiteral("DejaVu Sans");
    case QLocale::Chinese:
        return QStringLiteral("Noto Sans CJK SC");
    case QLocale::Japanese:
        return QStringLiteral("Noto Sans CJK JP");
    case QLocale::Korean:
        return QStringLiteral("Noto Sans CJK KR");
    default:
        return {};
    }
}

void loadFonts()
{
    QImage image(16, 16, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::black);
    QPainter painter(&image);
    painter.setPen(Qt::white);
    painter.setFont(cockpitFont(Weight::text));
    painter.drawText(image.rect(), QStringLiteral("8"));
}

Theme::Theme(QObject *parent)
    : QObject(parent), m_profile(strictestProfile()), m_style(gloveboxStyle()), m_palette(m_style.night)
{
    m_display.distance_mm = m_profile.distance_mm;
    m_metrics = metricsFor(m_display, m_profile, m_style);
    m_type = typeFor(m_display, m_profile, m_locale);
}

void Theme::setNight(bool night)
{
    if (night == m_night)
        return;
    m_night = night;
    m_palette = night ? m_style.night : m_style.day;
    Q_EMIT nightChanged();
}

void Theme::setStyle(const Style &style)
{
    if (style.id == m_style.id)
        return;
    m_style = style;
    m_palette = m_night ? m_style.night : m_style.day;
    m_metrics = metricsFor(m_display, m_profile, m_style);
    Q_EMIT nightChanged();
    Q_EMIT displayChanged();
}

void Theme::setLanguage(const QString &locale)
{
    const QLocale next(locale);
    if (next == m_locale)
        return;
    m_locale = next;
    const QString beside = familyBeside(next.language());
    if (!beside.isEmpty() && !QFontDatabase::hasFamily(beside))
        qWarning("the font %s is not installed: texts without it cannot be approved", qPrintable(beside));
    m_type = typeFor(m_display, m_profile, m_locale);
    Q_EMIT languageChanged();
    Q_EMIT displayChanged(); // the sizes of texts hang on the font
}

void Theme::setDisplay(const Display &display)
{
    Display next = display;
    next.distance_mm = m_profile.distance_mm;
    if (next == m_display)
        return;
    m_display = next;
    m_metrics = metricsFor(m_display, m_profile, m_style);
    m_type = typeFor(m_display, m_profile, m_locale);
    Q_EMIT displayChanged();
}

} // namespace glovebox::theme
