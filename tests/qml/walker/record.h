// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace glovebox::walker
{

/// A rule that a screen breaks: the id of the table in driver-safety, where, and by how much.
struct Violation
{
    QByteArray rule;
    QString where; // item and its text
    double number = 0;
    QString sentence;
};

/// What a walk found and measured.
class Record
{
public:
    void violation(const char *rule, const QString &where, double number, const QString &sentence);
    /// Keeps the least and the greatest of every measure: "text cap height, arc minutes".
    void measured(const QString &name, double value);

    [[nodiscard]] const QList<Violation> &violations() const { return m_violations; }
    [[nodiscard]] bool broke(const QByteArray &rule) const;
    [[nodiscard]] double least(const QString &name) const { return m_least.value(name); }
    [[nodiscard]] double greatest(const QString &name) const { return m_greatest.value(name); }
    /// One line per violation.
    [[nodiscard]] QByteArray text() const;

private:
    QList<Violation> m_violations;
    QMap<QString, double> m_least;
    QMap<QString, double> m_greatest;
};

} // namespace glovebox::walker
