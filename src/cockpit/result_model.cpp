// SPDX-License-Identifier: Apache-2.0
#include "cockpit/result_model.h"

#include "cockpit/text_of.h"

#include <utility>

namespace glovebox::cockpit
{

namespace
{

struct TextProperty
{
    const char *id;
    void (ResultModel::*changed)();
};

constexpr TextProperty textProperties[] = {
    {"headline", &ResultModel::headlineChanged}, {"detail", &ResultModel::detailChanged},
    {"amount", &ResultModel::amountChanged},     {"merchant", &ResultModel::merchantChanged},
    {"undo", &ResultModel::undoTextChanged},     {"done", &ResultModel::doneTextChanged},
};

ResultModel::Tone toneFrom(const QString &name)
{
    if (name == QLatin1String("saved"))
        return ResultModel::Saved;
    if (name == QLatin1String("reserved"))
        return ResultModel::Reserved;
    if (name == QLatin1String("paid"))
        return ResultModel::Paid;
    if (name == QLatin1String("stopped"))
        return ResultModel::Stopped;
    if (name == QLatin1String("waiting"))
        return ResultModel::Waiting;
    return ResultModel::Problem;
}

} // namespace

QString ResultModel::text(const char *id) const
{
    return textOf(m_view.items(), QString::fromLatin1(id));
}

ResultModel::Tone ResultModel::tone() const
{
    return toneFrom(m_view.tone());
}

bool ResultModel::undoPossible() const
{
    return m_view.undoPossible() && !undoText().isEmpty();
}

void ResultModel::setView(const ResultView &view)
{
    if (view == m_view)
        return;
    const Tone toneBefore = tone();
    const bool undoBefore = undoPossible();
    const ResultView before = std::exchange(m_view, view);
    m_answered = false;
    ++m_generation;
    if (toneBefore != tone())
        Q_EMIT toneChanged();
    if (undoBefore != undoPossible())
        Q_EMIT undoPossibleChanged();
    if (before.resumable() != m_view.resumable())
        Q_EMIT resumableChanged();
    for (const TextProperty &property : textProperties) {
        if (textOf(before.items(), QString::fromLatin1(property.id)) != text(property.id))
            Q_EMIT(this->*property.changed)();
    }
    Q_EMIT generationChanged();
}

bool ResultModel::takeAnswer()
{
    return !m_view.purchaseId().isEmpty() && !std::exchange(m_answered, true);
}

void ResultModel::undo()
{
    if (undoPossible() && takeAnswer())
        Q_EMIT undoRequested(m_view.purchaseId());
}

void ResultModel::done()
{
    if (takeAnswer())
        Q_EMIT dismissed(m_view.purchaseId());
}

void ResultModel::resume()
{
    if (m_view.resumable() && takeAnswer())
        Q_EMIT resumeRequested(m_view.purchaseId());
}

} // namespace glovebox::cockpit
