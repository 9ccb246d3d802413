// SPDX-License-Identifier: Apache-2.0
#include "cockpit/language.h"

#include <QCoreApplication>
#include <QLocale>

namespace glovebox::cockpit
{

Language::Language(const QString &locale)
{
    set(locale);
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_translator);
}

bool Language::set(const QString &locale)
{
    if (locale == m_locale)
        return false;
    m_locale = locale;
    QCoreApplication::removeTranslator(&m_translator);
    if (m_translator.load(QLocale(locale), QStringLiteral("cockpit"), QStringLiteral("_"),
                          QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&m_translator);
    return true;
}

} // namespace glovebox::cockpit
