// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ipc/rep_Driver_merged.h"

#include <QByteArray>
#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <array>

namespace glovebox::cockpit
{

/// Six digits on their way to the daemon. They live in one buffer that is wiped; only their count can be
/// seen.
class PinModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int digits READ digits CONSTANT)
    Q_PROPERTY(int triesLeft READ triesLeft NOTIFY triesLeftChanged)
    Q_PROPERTY(bool locked READ locked NOTIFY lockedChanged)
    Q_PROPERTY(Outcome outcome READ outcome NOTIFY outcomeChanged)
public:
    enum Outcome { None, Wrong, Locked, NotParked };
    Q_ENUM(Outcome)

    using QObject::QObject;
    ~PinModel() override;

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] int digits() const { return static_cast<int>(m_buffer.size()); }
    [[nodiscard]] int triesLeft() const { return m_view.triesLeft(); }
    [[nodiscard]] bool locked() const { return m_view.lockedFor_s() > 0; }
    [[nodiscard]] Outcome outcome() const { return m_outcome; }

    void setView(const PinView &view);
    /// "opened", "wrong", "locked", "not_parked", as in Driver.rep.
    void setAnswer(const QString &outcome);
    /// Forgets the digits: after every answer, and whenever the pad leaves the screen.
    void clear();

    /// 0 to 9; a seventh digit is ignored.
    Q_INVOKABLE void enterDigit(int digit);
    Q_INVOKABLE void back();
    /// Only with all digits; they are wiped when it returns.
    Q_INVOKABLE void submit();
    Q_INVOKABLE void close();

Q_SIGNALS:
    void countChanged();
    void triesLeftChanged();
    void lockedChanged();
    void outcomeChanged();
    /// Receivers use it at once and keep no copy: the bytes are wiped after the call.
    void entered(const QByteArray &pin);
    void closed();

private:
    void setCount(int count);
    void setOutcome(Outcome outcome);

    std::array<char, 6> m_buffer{};
    int m_count = 0;
    PinView m_view;
    Outcome m_outcome = None;
};

} // namespace glovebox::cockpit
