// SPDX-License-Identifier: Apache-2.0
#include "cockpit/card_model.h"

#include "base/time.h"
#include "cockpit/text_of.h"

#include <utility>

namespace glovebox::cockpit
{

namespace
{

struct TextProperty
{
    const char *id;
    void (CardModel::*changed)();
};

constexpr TextProperty textProperties[] = {
    {"title", &CardModel::titleChanged},
    {"merchant", &CardModel::merchantChanged},
    {"amount", &CardModel::amountChanged},
    {"amount_note", &CardModel::amountNoteChanged},
    {"voice_hint", &CardModel::voiceHintChanged},
    {"primary", &CardModel::primaryChanged},
    {"secondary", &CardModel::secondaryChanged},
    {"paid_with_label", &CardModel::paidWithLabelChanged},
    {"paid_with", &CardModel::paidWithChanged},
    {"stop_label", &CardModel::stopLabelChanged},
    {"stop", &CardModel::stopChanged},
};

} // namespace

qint64 bootMilliseconds()
{
    return base::readBootTime().milliseconds();
}

CardModel::CardModel(MillisecondClock clock, int pressAfterShown_ms, QObject *parent)
    : QObject(parent), m_clock(std::move(clock)), m_pressAfterShown_ms(pressAfterShown_ms)
{}

QString CardModel::text(const char *id) const
{
    return textOf(m_view.items(), QString::fromLatin1(id));
}

void CardModel::setView(const CardView &view)
{
    if (view == m_view)
        return;
    const CardView before = std::exchange(m_view, view);
    m_shownAt_ms.reset();
    m_pressIsFresh = false;
    setAnswer(Answer::none);
    ++m_generation;
    if (before.layout() != m_view.layout())
        Q_EMIT detailsChanged();
    if (before.icon() != m_view.icon())
        Q_EMIT iconChanged();
    for (const TextProperty &property : textProperties) {
        if (textOf(before.items(), QString::fromLatin1(property.id)) != text(property.id))
            Q_EMIT(this->*property.changed)();
    }
    Q_EMIT generationChanged();
}

void CardModel::markShown(const QString &nonce)
{
    if (nonce == m_view.nonce() && !m_shownAt_ms)
        m_shownAt_ms = m_clock();
}

void CardModel::markRefused(const QString &nonce)
{
    if (nonce == m_view.nonce())
        setAnswer(Answer::none);
}

void CardModel::pressBegan()
{
    m_pressIsFresh =
        !m_view.nonce().isEmpty() && m_shownAt_ms && m_clock() - *m_shownAt_ms >= m_pressAfterShown_ms;
}

void CardModel::approve(const QString &method)
{
    const bool fresh = std::exchange(m_pressIsFresh, false);
    if (!fresh || m_answer != Answer::none)
        return;
    setAnswer(Answer::approved);
    Q_EMIT approved(m_view.nonce(), method);
}

void CardModel::decline()
{
    if (m_view.nonce().isEmpty() || m_answer != Answer::none)
        return;
    setAnswer(Answer::declined);
    Q_EMIT declined(m_view.nonce());
}

void CardModel::setAnswer(Answer answer)
{
    if (m_answer == answer)
        return;
    const bool before = approving();
    m_answer = answer;
    if (before != approving())
        Q_EMIT approvingChanged();
}

} // namespace glovebox::cockpit
