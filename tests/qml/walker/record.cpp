// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/walker/record.h"

#include <algorithm>

namespace glovebox::walker
{

void Record::violation(const char *rule, const QString &where, double number, const QString &sentence)
{
    m_violations.append({QByteArray(rule), where, number, sentence});
}

void Record::measured(const QString &name, double value)
{
    const auto least = m_least.find(name);
    if (least == m_least.end()) {
        m_least.insert(name, value);
        m_greatest.insert(name, value);
        return;
    }
    *least = std::min(*least, value);
    m_greatest[name] = std::max(m_greatest[name], value);
}

bool Record::broke(const QByteArray &rule) const
{
    return std::any_of(m_violations.begin(), m_violations.end(),
                       [&rule](const Violation &violation) { return violation.rule == rule; });
}

QByteArray Record::text() const
{
    QByteArray lines;
    for (const Violation &violation : m_violations)
        lines += violation.rule + ": " + violation.where.toUtf8() + ": " + violation.sentence.toUtf8() +
                 " (" + QByteArray::number(violation.number, 'f', 2) + ")\n";
    return lines;
}

} // namespace glovebox::walker
