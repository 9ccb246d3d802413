// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QTranslator>

namespace glovebox::cockpit
{

/// The cockpit's own words, in the driver's language; installed in the application while it lives.
class Language
{
public:
    explicit Language(const QString &locale);
    ~Language();
    Language(const Language &) = delete;
    Language &operator=(const Language &) = delete;

    /// A locale without translations is English. False: nothing changed.
    bool set(const QString &locale);

private:
    QString m_locale;
    QTranslator m_translator;
};

} // namespace glovebox::cockpit
