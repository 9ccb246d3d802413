// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointingDevice>
#include <QQuickItem>

namespace glovebox::controls
{

/// Where a press is felt. A press counts when it begins and ends here: a finger that slides off, a second
/// finger, a key that repeats, or a content that changed in between ends it without an effect.
class PressArea : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(bool pressed READ pressed NOTIFY pressedChanged)
    /// Another value ends a press that is under way: what the finger aimed at is gone.
    Q_PROPERTY(int generation READ generation WRITE setGeneration NOTIFY generationChanged)
public:
    explicit PressArea(QQuickItem *parent = nullptr);

    [[nodiscard]] bool pressed() const { return m_by != By::nothing; }
    [[nodiscard]] int generation() const { return m_generation; }
    void setGeneration(int generation);

Q_SIGNALS:
    void pressedChanged();
    void generationChanged();
    /// A fresh press began.
    void began();
    /// It ended inside. `method`: "touch" or "key".
    void triggered(const QString &method);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseUngrabEvent() override;
    void touchEvent(QTouchEvent *event) override;
    void touchUngrabEvent() override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void itemChange(ItemChange change, const ItemChangeData &data) override;

private:
    enum class By { nothing, mouse, touch, key };
    void begin(By by);
    void end(By by, const QString &method);
    void cancel();

    By m_by = By::nothing;
    int m_key = 0;
    int m_generation = 0;
};

} // namespace glovebox::controls
