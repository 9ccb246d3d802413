// SPDX-License-Identifier: Apache-2.0
#include "cockpit/pin_model.h"

#include <cstring>
#include <utility>

namespace glovebox::cockpit
{

PinModel::~PinModel()
{
    explicit_bzero(m_buffer.data(), m_buffer.size());
}

void PinModel::setView(const PinView &view)
{
    if (view == m_view)
        return;
    const bool lockedBefore = locked();
    const PinView before = std::exchange(m_view, view);
    if (before.triesLeft() != m_view.triesLeft())
        Q_EMIT triesLeftChanged();
    if (lockedBefore != locked())
        Q_EMIT lockedChanged();
}

void PinModel::setAnswer(const QString &outcome)
{
    clear();
    if (outcome == QLatin1String("wrong"))
        setOutcome(Wrong);
    else if (outcome == QLatin1String("locked"))
        setOutcome(Locked);
    else if (outcome == QLatin1String("not_parked"))
        setOutcome(NotParked);
}

void PinModel::clear()
{
    explicit_bzero(m_buffer.data(), m_buffer.size());
    setCount(0);
    setOutcome(None);
}

void PinModel::enterDigit(int digit)
{
    if (digit < 0 || digit > 9 || m_count >= digits() || locked())
        return;
    m_buffer.at(static_cast<std::size_t>(m_count)) = static_cast<char>('0' + digit);
    setOutcome(None);
    setCount(m_count + 1);
}

void PinModel::back()
{
    if (m_count == 0)
        return;
    m_buffer.at(static_cast<std::size_t>(m_count - 1)) = 0;
    setCount(m_count - 1);
}

void PinModel::submit()
{
    if (m_count != digits())
        return;
    // Not a copy: the array refers to the buffer, and whoever is called sends it on at once.
    Q_EMIT entered(QByteArray::fromRawData(m_buffer.data(), digits()));
    clear();
}

void PinModel::close()
{
    clear();
    Q_EMIT closed();
}

void PinModel::setCount(int count)
{
    if (count == m_count)
        return;
    m_count = count;
    Q_EMIT countChanged();
}

void PinModel::setOutcome(Outcome outcome)
{
    if (outcome == m_outcome)
        return;
    m_outcome = outcome;
    Q_EMIT outcomeChanged();
}

} // namespace glovebox::cockpit
