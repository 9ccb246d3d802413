// SPDX-License-Identifier: Apache-2.0
#include "payment/texts.h"

#include <QDateTime>

#include <array>

static void initTranslationResources()
{
    Q_INIT_RESOURCE(
        core_i18n); // a static library's resources are dropped by the linker unless something names them
}

namespace glovebox::payment
{

namespace
{

struct Symbol
{
    std::string_view code;
    const char16_t *symbol;
};

// Only signs that stand for one currency wherever the car is; every other currency shows its code.
constexpr std::array kSymbols = {Symbol{"EUR", u"€"}, Symbol{"GBP", u"£"},  Symbol{"USD", u"$"},
                                 Symbol{"JPY", u"¥"}, Symbol{"PLN", u"zł"}, Symbol{"KRW", u"₩"},
                                 Symbol{"INR", u"₹"}, Symbol{"ILS", u"₪"},  Symbol{"UAH", u"₴"}};

QString symbolOf(const base::Currency &currency)
{
    for (const Symbol &symbol : kSymbols) {
        if (symbol.code == currency.code()) {
            return QString::fromUtf16(symbol.symbol);
        }
    }
    return QString::fromUtf8(currency.code().data(), static_cast<qsizetype>(currency.code().size()));
}

/// "80.00" in the locale's digits and separators, without a detour through floating point.
QString number(const QLocale &locale, const base::Money &money)
{
    qlonglong scale = 1;
    for (int i = 0; i < money.currency.decimals(); ++i) {
        scale *= 10;
    }
    QString text = locale.toString(qlonglong{money.minor / scale});
    if (scale > 1) {
        text += locale.decimalPoint();
        for (qlonglong place = scale / 10; place > 0; place /= 10) {
            text += locale.toString((money.minor / place) % 10);
        }
    }
    return text;
}

/// Locale data carries direction marks and narrow spaces that no text on a card may hold or that fonts lack.
QString drawable(QString text)
{
    for (const char16_t mark : {u'\u200E', u'\u200F', u'\u061C'}) {
        text.remove(QChar(mark));
    }
    text.replace(QChar(u'\u202F'), QChar(QChar::Nbsp));
    return text;
}

} // namespace

TextCatalogue::TextCatalogue(const QString &locale, const KindCatalogue *kinds) : m_locale(locale)
{
    initTranslationResources();
    if (m_locale.language() == QLocale::English) {
        return;
    }
    auto translator = std::make_unique<QTranslator>();
    const QString language = QLocale::languageToCode(m_locale.language());
    if (translator->load(QStringLiteral(":/i18n/core_%1.qm").arg(language))) {
        m_translator = std::move(translator);
    } else {
        m_locale = QLocale(QLocale::English);
        return;
    }
    for (const auto &[id, kind] : kinds ? kinds->all() : std::map<KindId, Kind>()) {
        const auto strings = kind.strings.find(language.toStdString());
        if (strings != kind.strings.end()) {
            for (const auto &[source, text] : strings->second) {
                m_kindTexts.emplace(source, QString::fromStdString(text));
            }
        }
    }
}

QString TextCatalogue::translate(const char *context, const char *source) const
{
    const QString text = m_translator ? m_translator->translate(context, source) : QString();
    if (!text.isEmpty()) {
        return text;
    }
    const auto brought = std::string_view(context) == "Kind" ? m_kindTexts.find(source) : m_kindTexts.end();
    return brought == m_kindTexts.end() ? QString::fromUtf8(source) : brought->second;
}

std::vector<std::string> builtInLanguages()
{
    initTranslationResources();
    std::vector<std::string> languages;
    for (const char *language : {"ar", "de", "es", "fr", "it", "ja", "ko", "pl", "zh"}) {
        QTranslator translator;
        if (translator.load(QStringLiteral(":/i18n/core_%1.qm").arg(QLatin1String(language)))) {
            languages.emplace_back(language);
        }
    }
    return languages;
}

std::optional<std::string> missingKindText(const KindCatalogue &kinds)
{
    for (const std::string &language : builtInLanguages()) {
        QTranslator translator;
        if (!translator.load(QStringLiteral(":/i18n/core_%1.qm").arg(QString::fromStdString(language)))) {
            return "core_" + language + ".qm cannot be read";
        }
        for (const auto &[id, kind] : kinds.all()) {
            const auto strings = kind.strings.find(language);
            for (const std::string &text : kind.texts()) {
                const bool brought = strings != kind.strings.end() && strings->second.contains(text);
                if (!brought && translator.translate("Kind", text.c_str()).isEmpty()) {
                    return id.text() + ".json: /strings/" + language + "/" + text + " is missing";
                }
            }
        }
    }
    return std::nullopt;
}

QString TextCatalogue::money(const base::Money &money) const
{
    Q_ASSERT(money.minor >= 0); // no text of ours shows a negative amount
    // The locale says where the sign stands; the placeholder keeps it from choosing decimals of its own.
    const QString pattern = m_locale.toCurrencyString(qlonglong{1}, QStringLiteral("¤"));
    QString symbol = symbolOf(money.currency);
    if (pattern.startsWith(u'¤') && symbol.back().isLetter() && pattern.size() == 2) {
        symbol += QChar(QChar::Nbsp);
    }
    QString text = pattern;
    text.replace(m_locale.toString(qlonglong{1}), number(m_locale, money));
    text.replace(QStringLiteral("¤"), symbol);
    return drawable(text);
}

QString TextCatalogue::timeOfDay(base::WallTime at) const
{
    return m_locale.toString(QDateTime::fromMSecsSinceEpoch(at.milliseconds).time(), QStringLiteral("HH:mm"));
}

} // namespace glovebox::payment
