// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/qml/walker/flows.h"
#include "tests/qml/walker/record.h"

#include <QStringList>

namespace glovebox::walker
{

/// A rule of driver-safety: what is measured, and by which other test where it is not on a screen.
struct Rule
{
    QByteArray id;
    QString what;
    QString test = {}; // "tests/unit/daemon/cards_test.cpp::name"; empty: the walker
};

/// Those of the table in driver-safety, in its order.
[[nodiscard]] QList<Rule> rules();

struct FlowEstimate
{
    QString name;
    bool whileDriving = true;
    Estimate estimate;
};

/// docs/driver-safety-report.md.
struct Report
{
    int screens = 0;
    int walked = 0;
    QStringList locales;
    QStringList displays;
    QStringList styles;
    QList<FlowEstimate> flows;

    /// What was measured on this display, up to now.
    void take(const QString &display, const Record &record) { m_records[display] = record; }
    [[nodiscard]] QByteArray text() const;

private:
    QMap<QString, Record> m_records;
};

} // namespace glovebox::walker
