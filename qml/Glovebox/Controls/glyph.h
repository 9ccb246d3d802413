// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QQuickPaintedItem>

namespace glovebox::controls
{

/// A drawn sign: no tell-tale of ISO 2575 among them.
class Glyph : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Sign sign READ sign WRITE setSign NOTIFY signChanged)
    Q_PROPERTY(QColor colour READ colour WRITE setColour NOTIFY colourChanged)
public:
    enum Sign { Check, Cross, Bar, Dots, Back, Voice };
    Q_ENUM(Sign)

    explicit Glyph(QQuickItem *parent = nullptr);
    [[nodiscard]] Sign sign() const { return m_sign; }
    void setSign(Sign sign);
    [[nodiscard]] QColor colour() const { return m_colour; }
    void setColour(const QColor &colour);
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void signChanged();
    void colourChanged();

private:
    Sign m_sign = Check;
    QColor m_colour = Qt::white;
};

} // namespace glovebox::controls
