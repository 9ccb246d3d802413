// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ipc/rep_Driver_merged.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <functional>
#include <optional>

namespace glovebox::cockpit
{

/// Milliseconds on CLOCK_BOOTTIME; tests hand in their own.
using MillisecondClock = std::function<qint64()>;
[[nodiscard]] qint64 bootMilliseconds();

/// The card on the screen: the daemon's texts by item id, and what may be pressed when. The daemon has the
/// last word on every rule that is kept here as well.
class CardModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(bool details READ details NOTIFY detailsChanged)
    Q_PROPERTY(int generation READ generation NOTIFY generationChanged)
    Q_PROPERTY(bool approving READ approving NOTIFY approvingChanged)
    Q_PROPERTY(QString icon READ icon NOTIFY iconChanged)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged)
    Q_PROPERTY(QString merchant READ merchant NOTIFY merchantChanged)
    Q_PROPERTY(QString amount READ amount NOTIFY amountChanged)
    Q_PROPERTY(QString amountNote READ amountNote NOTIFY amountNoteChanged)
    Q_PROPERTY(QString voiceHint READ voiceHint NOTIFY voiceHintChanged)
    Q_PROPERTY(QString primary READ primary NOTIFY primaryChanged)
    Q_PROPERTY(QString secondary READ secondary NOTIFY secondaryChanged)
    Q_PROPERTY(QString paidWithLabel READ paidWithLabel NOTIFY paidWithLabelChanged)
    Q_PROPERTY(QString paidWith READ paidWith NOTIFY paidWithChanged)
    Q_PROPERTY(QString stopLabel READ stopLabel NOTIFY stopLabelChanged)
    Q_PROPERTY(QString stop READ stop NOTIFY stopChanged)
public:
    /// `pressAfterShown_ms`: from the distraction profile.
    CardModel(MillisecondClock clock, int pressAfterShown_ms, QObject *parent = nullptr);

    [[nodiscard]] bool details() const { return m_view.layout() == QLatin1String("details"); }
    /// Another number: the content changed, and presses that are under way end.
    [[nodiscard]] int generation() const { return m_generation; }
    /// Approved here, not answered by the daemon yet.
    [[nodiscard]] bool approving() const { return m_answer == Answer::approved; }
    /// Name of the kind's sign; a picture, not a signed text.
    [[nodiscard]] QString icon() const { return m_view.icon(); }
    [[nodiscard]] QString title() const { return text("title"); }
    [[nodiscard]] QString merchant() const { return text("merchant"); }
    [[nodiscard]] QString amount() const { return text("amount"); }
    [[nodiscard]] QString amountNote() const { return text("amount_note"); }
    [[nodiscard]] QString voiceHint() const { return text("voice_hint"); }
    [[nodiscard]] QString primary() const { return text("primary"); }
    [[nodiscard]] QString secondary() const { return text("secondary"); }
    [[nodiscard]] QString paidWithLabel() const { return text("paid_with_label"); }
    [[nodiscard]] QString paidWith() const { return text("paid_with"); }
    [[nodiscard]] QString stopLabel() const { return text("stop_label"); }
    [[nodiscard]] QString stop() const { return text("stop"); }

    [[nodiscard]] QString nonce() const { return m_view.nonce(); }
    [[nodiscard]] const CardView &view() const { return m_view; }
    void setView(const CardView &view);
    /// The frame with this nonce's texts reached the display.
    void markShown(const QString &nonce);
    /// The daemon said no to an approval of this nonce: it may be pressed again.
    void markRefused(const QString &nonce);

    /// A press on the primary button began: only one that begins late enough after markShown() can approve.
    Q_INVOKABLE void pressBegan();
    /// It ended on the button. `method`: "touch" or "key".
    Q_INVOKABLE void approve(const QString &method);
    Q_INVOKABLE void decline();

Q_SIGNALS:
    void detailsChanged();
    void generationChanged();
    void approvingChanged();
    void iconChanged();
    void titleChanged();
    void merchantChanged();
    void amountChanged();
    void amountNoteChanged();
    void voiceHintChanged();
    void primaryChanged();
    void secondaryChanged();
    void paidWithLabelChanged();
    void paidWithChanged();
    void stopLabelChanged();
    void stopChanged();
    void approved(const QString &nonce, const QString &method);
    void declined(const QString &nonce);

private:
    enum class Answer { none, approved, declined };
    [[nodiscard]] QString text(const char *id) const;
    void setAnswer(Answer answer);

    MillisecondClock m_clock;
    int m_pressAfterShown_ms;
    CardView m_view;
    int m_generation = 0;
    std::optional<qint64> m_shownAt_ms;
    bool m_pressIsFresh = false;
    Answer m_answer = Answer::none;
};

} // namespace glovebox::cockpit
