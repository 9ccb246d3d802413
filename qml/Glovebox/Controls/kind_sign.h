// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QStringList>

namespace glovebox::controls
{

/// The sign of a purchase kind, by the name that its file gives ("icon"); a name without a sign of its own
/// gets a price tag, no name draws nothing. No tell-tale of ISO 2575 among them: the pump and the battery are
/// taken.
class KindSign : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY nameChanged)
    Q_PROPERTY(QColor colour READ colour WRITE setColour NOTIFY colourChanged)
public:
    explicit KindSign(QQuickItem *parent = nullptr);
    [[nodiscard]] QString name() const { return m_name; }
    void setName(const QString &name);
    [[nodiscard]] QColor colour() const { return m_colour; }
    void setColour(const QColor &colour);
    void paint(QPainter *painter) override;

    /// Those with a sign of their own.
    [[nodiscard]] static QStringList names();

Q_SIGNALS:
    void nameChanged();
    void colourChanged();

private:
    QString m_name;
    QColor m_colour = Qt::white;
};

} // namespace glovebox::controls
