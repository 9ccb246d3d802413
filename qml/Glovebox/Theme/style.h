// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QtQml/qqmlregistration.h>
#include <optional>

namespace glovebox::theme
{

/// Colours of one time of day. Names say the use; a text colour is named after the ground it stands on.
class Palette
{
    Q_GADGET
    QML_ANONYMOUS
    Q_PROPERTY(QColor background MEMBER background)
    Q_PROPERTY(QColor host MEMBER host)
    Q_PROPERTY(QColor hostText MEMBER hostText)
    Q_PROPERTY(QColor panel MEMBER panel)
    Q_PROPERTY(QColor rule MEMBER rule)
    Q_PROPERTY(QColor text MEMBER text)
    Q_PROPERTY(QColor textSoft MEMBER textSoft)
    Q_PROPERTY(QColor raised MEMBER raised)
    Q_PROPERTY(QColor raisedPressed MEMBER raisedPressed)
    Q_PROPERTY(QColor primary MEMBER primary)
    Q_PROPERTY(QColor primaryPressed MEMBER primaryPressed)
    Q_PROPERTY(QColor onPrimary MEMBER onPrimary)
    Q_PROPERTY(QColor ring MEMBER ring)
    Q_PROPERTY(QColor saved MEMBER saved)
    Q_PROPERTY(QColor paid MEMBER paid)
    Q_PROPERTY(QColor plain MEMBER plain)
    Q_PROPERTY(QColor onMark MEMBER onMark)
public:
    QColor background;
    QColor host, hostText; // where another HMI would be: desk only
    QColor panel, rule, text, textSoft;
    QColor raised, raisedPressed; // a button that is not the primary one
    QColor primary, primaryPressed, onPrimary;
    QColor ring;                       // focus
    QColor saved, paid, plain, onMark; // marks of results
};

/// What a carmaker changes: colours and form, in a file beside those of the styles below. Sizes of texts and
/// of what is pressed are no matter of style: the distraction profile sets them.
struct Style
{
    QString id;
    Palette night, day;
    double radius_mm = 0;
    double panelRadius_mm = 0;
    double padding_mm = 0;
    double outline_mm = 0; // line around the panel; 0: none
};

[[nodiscard]] Style gloveboxStyle();
[[nodiscard]] Style contourStyle();

/// Of the styles above, by id; nothing: there is none of that name.
[[nodiscard]] std::optional<Style> styleNamed(const QString &id);
[[nodiscard]] QStringList styleNames();

} // namespace glovebox::theme
