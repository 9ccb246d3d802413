// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qml/Glovebox/Theme/display.h"
#include "qml/Glovebox/Theme/profile.h"
#include "qml/Glovebox/Theme/style.h"

#include <QColor>
#include <QFont>
#include <QLocale>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace glovebox::theme
{

/// Lengths in pixels of this display.
class Metrics
{
    Q_GADGET
    QML_ANONYMOUS
    Q_PROPERTY(qreal margin MEMBER margin)
    Q_PROPERTY(qreal padding MEMBER padding)
    Q_PROPERTY(qreal gap MEMBER gap)
    Q_PROPERTY(qreal targetGap MEMBER targetGap)
    Q_PROPERTY(qreal target MEMBER target)
    Q_PROPERTY(qreal button MEMBER button)
    Q_PROPERTY(qreal radius MEMBER radius)
    Q_PROPERTY(qreal panelRadius MEMBER panelRadius)
    Q_PROPERTY(qreal outline MEMBER outline)
    Q_PROPERTY(qreal ring MEMBER ring)
    Q_PROPERTY(qreal hairline MEMBER hairline)
    Q_PROPERTY(qreal mark MEMBER mark)
    Q_PROPERTY(qreal dot MEMBER dot)
    Q_PROPERTY(qreal panelWidth MEMBER panelWidth)
    Q_PROPERTY(qreal panelHeight MEMBER panelHeight)
    Q_PROPERTY(qreal minute MEMBER minute)
public:
    qreal margin = 0, padding = 0, gap = 0;
    qreal targetGap = 0, target = 0; // the least that the profile allows
    qreal button = 0;                // height of a button with a word on it
    qreal radius = 0, panelRadius = 0, outline = 0, ring = 0, hairline = 0;
    qreal mark = 0, dot = 0; // the mark of a result; a digit of the PIN
    qreal panelWidth = 0, panelHeight = 0;
    qreal minute = 0; // cap height that one arc minute is, for tests and bounds
};

/// Fonts; the sizes follow from cap heights in arc minutes.
class TypeScale
{
    Q_GADGET
    QML_ANONYMOUS
    Q_PROPERTY(QFont text MEMBER text)
    Q_PROPERTY(QFont textStrong MEMBER textStrong)
    Q_PROPERTY(QFont title MEMBER title)
    Q_PROPERTY(QFont button MEMBER button)
    Q_PROPERTY(QFont headline MEMBER headline)
    Q_PROPERTY(QFont amount MEMBER amount)
    Q_PROPERTY(int textPixels MEMBER textPixels)
    Q_PROPERTY(int primaryPixels MEMBER primaryPixels)
public:
    QFont text, textStrong, title, button, headline, amount;
    int textPixels = 0;    // the least size of a text
    int primaryPixels = 0; // the least size of an amount or a button
};

/// Everything the screens draw with. One object per engine; night and display may change at any moment.
class Theme : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(bool night READ night WRITE setNight NOTIFY nightChanged)
    Q_PROPERTY(glovebox::theme::Palette colour READ colour NOTIFY nightChanged)
    Q_PROPERTY(glovebox::theme::Metrics metric READ metric NOTIFY displayChanged)
    Q_PROPERTY(glovebox::theme::TypeScale type READ type NOTIFY displayChanged)
    Q_PROPERTY(bool portrait READ portrait NOTIFY displayChanged)
    Q_PROPERTY(bool rightToLeft READ rightToLeft NOTIFY languageChanged)
public:
    explicit Theme(QObject *parent = nullptr);

    [[nodiscard]] bool night() const { return m_night; }
    void setNight(bool night);
    [[nodiscard]] const Display &display() const { return m_display; }
    void setDisplay(const Display &display);
    [[nodiscard]] bool portrait() const { return m_display.pixels.height() > m_display.pixels.width(); }
    void setStyle(const Style &style);
    /// Of the texts that are drawn: "ja". It picks the fonts beside Inter, and the direction.
    void setLanguage(const QString &locale);
    [[nodiscard]] bool rightToLeft() const { return m_locale.textDirection() == Qt::RightToLeft; }
    [[nodiscard]] const Palette &colour() const { return m_palette; }
    [[nodiscard]] const Metrics &metric() const { return m_metrics; }
    [[nodiscard]] const TypeScale &type() const { return m_type; }
    [[nodiscard]] const Profile &profile() const { return m_profile; }

Q_SIGNALS:
    void nightChanged();
    void displayChanged();
    void languageChanged();

private:
    bool m_night = true;
    QLocale m_locale{QLocale::English};
    Profile m_profile;
    Display m_display;
    Style m_style;
    Palette m_palette;
    Metrics m_metrics;
    TypeScale m_type;
};

enum class Weight { text, strong, amount };
/// At 100 pixels. Width and stem are inside ISO 15008 (the profile has the bounds), the gap between letters
/// too except in `amount`, which writes figures alone, at three times the least size.
[[nodiscard]] QFont cockpitFont(Weight weight);
/// Of the system, for the scripts that Inter lacks: "Noto Sans CJK JP"; empty where Inter has all.
[[nodiscard]] QString familyBeside(QLocale::Language language);
/// Loads the fonts and what drawing their first letter needs: about 6 ms, which may pass on another thread
/// while nothing is drawn.
void loadFonts();

} // namespace glovebox::theme
