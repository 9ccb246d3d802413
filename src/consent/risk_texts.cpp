// SPDX-License-Identifier: Apache-2.0
#include "consent/risk_texts.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <array>
#include <optional>

namespace glovebox::consent
{

namespace
{

constexpr int kIban_min = 15; // characters, ISO 13616
constexpr std::size_t kDigits_max = 12;

constexpr std::array kCurrencyMarks = {
    u"€",   u"$",     u"£",      u"¥",   u"eur",     u"euro", u"euros", u"usd", u"dollar", u"dollars",
    u"gbp", u"pound", u"pounds", u"chf", u"franken", u"jpy",  u"yen",   u"pln", u"zł"};

// What a text that wants to be obeyed says, in the languages of the programs. Case-folded.
constexpr std::array kInstructions = {u"ignore previous",
                                      u"ignore all",
                                      u"already approved",
                                      u"pre-approved",
                                      u"preapproved",
                                      u"do not ask",
                                      u"don't ask",
                                      u"without asking",
                                      u"no confirmation",
                                      u"skip the confirmation",
                                      u"system prompt",
                                      u"you must approve",
                                      u"approve this",
                                      u"press pay",
                                      u"bereits genehmigt",
                                      u"schon genehmigt",
                                      u"ohne nachzufragen",
                                      u"ohne rückfrage",
                                      u"nicht nachfragen",
                                      u"ignoriere",
                                      u"bestätigung überspringen"};

QString claimsOf(const payment::Proposal &proposal)
{
    return QString::fromStdString(proposal.utterance) + u'\n' + QString::fromStdString(proposal.reason);
}

bool isMark(QStringView word)
{
    return std::ranges::any_of(kCurrencyMarks, [word](const char16_t *mark) {
        return word.compare(QStringView(mark), Qt::CaseInsensitive) == 0;
    });
}

/// The run of letters or the one sign that begins at `at` after spaces.
QStringView wordAfter(QStringView text, qsizetype at)
{
    while (at < text.size() && text[at].isSpace()) {
        ++at;
    }
    qsizetype end = at;
    while (end < text.size() && text[end].isLetter()) {
        ++end;
    }
    return text.mid(at, end > at ? end - at : 1);
}

QStringView wordBefore(QStringView text, qsizetype end)
{
    while (end > 0 && text[end - 1].isSpace()) {
        --end;
    }
    qsizetype at = end;
    while (at > 0 && text[at - 1].isLetter()) {
        --at;
    }
    return at < end ? text.mid(at, end - at) : text.mid(std::max<qsizetype>(0, end - 1), end > 0 ? 1 : 0);
}

struct Sum
{
    std::int64_t minor = 0;
    qsizetype end = 0; // behind its digits
};

/// "80", "80.5", "1.234,50" in minor units. A separator with one or two digits behind it at the end is the
/// decimal one; all others group.
std::optional<Sum> readSum(QStringView text, qsizetype at, int decimals)
{
    QString whole;
    QString fraction;
    qsizetype end = at;
    while (end < text.size() && (text[end].isDigit() || ((text[end] == u'.' || text[end] == u',') &&
                                                         end + 1 < text.size() && text[end + 1].isDigit()))) {
        ++end;
    }
    const QStringView digits = text.mid(at, end - at);
    const qsizetype mark = std::max(digits.lastIndexOf(u'.'), digits.lastIndexOf(u','));
    const qsizetype behind = mark < 0 ? 0 : digits.size() - mark - 1;
    const bool hasFraction = mark >= 0 && behind <= 2 && decimals > 0;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        if (digits[i].isDigit()) {
            (hasFraction && i > mark ? fraction : whole) += QChar(u'0' + digits[i].digitValue());
        }
    }
    if (whole.size() + decimals > static_cast<qsizetype>(kDigits_max)) {
        return std::nullopt;
    }
    fraction = fraction.leftJustified(decimals, u'0', true);
    return Sum{(whole + fraction).toLongLong(), end};
}

/// A price for a unit is no sum.
bool isPerUnit(QStringView text, qsizetype end)
{
    const QStringView mark = wordAfter(text, end);
    const qsizetype behind = mark.isEmpty() ? end : mark.data() - text.data() + mark.size();
    const auto isPer = [](QStringView word) {
        return word == QStringView(u"/") || word.compare(QStringView(u"per"), Qt::CaseInsensitive) == 0 ||
               word.compare(QStringView(u"pro"), Qt::CaseInsensitive) == 0;
    };
    return isPer(mark) || isPer(wordAfter(text, behind));
}

std::vector<std::int64_t> sumsIn(QStringView text, int decimals)
{
    std::vector<std::int64_t> sums;
    for (qsizetype at = 0; at < text.size();) {
        if (!text[at].isDigit()) {
            ++at;
            continue;
        }
        const auto sum = readSum(text, at, decimals);
        const bool marked = isMark(wordBefore(text, at)) || (sum && isMark(wordAfter(text, sum->end)));
        if (sum && marked && !isPerUnit(text, sum->end)) {
            sums.push_back(sum->minor);
        }
        const qsizetype start = at;
        at = sum ? sum->end : at + 1;
        at = std::max(at, start + 1);
    }
    return sums;
}

bool holdsIban(const QString &text)
{
    for (qsizetype at = 0; at + 4 < text.size(); ++at) {
        const bool begins = text[at].isUpper() && text[at + 1].isUpper() && text[at + 2].isDigit() &&
                            text[at + 3].isDigit() && (at == 0 || !text[at - 1].isLetterOrNumber());
        int count = 0;
        int digits = 0;
        for (qsizetype i = at; begins && i < text.size(); ++i) {
            if (text[i].isSpace()) {
                continue;
            }
            if (!text[i].isDigit() && !text[i].isUpper()) {
                break;
            }
            ++count;
            digits += text[i].isDigit() ? 1 : 0;
        }
        if (count >= kIban_min && digits >= kIban_min / 2) {
            return true;
        }
    }
    return false;
}

/// Letters that stand for others wherever they are.
bool isDisguised(char32_t c)
{
    return (c >= 0x1D400 && c <= 0x1D7FF) || (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0x1F130 && c <= 0x1F189);
}

bool hasLookAlikes(QChar::Script script)
{
    return script == QChar::Script_Latin || script == QChar::Script_Cyrillic ||
           script == QChar::Script_Greek || script == QChar::Script_Armenian ||
           script == QChar::Script_Cherokee || script == QChar::Script_Coptic;
}

} // namespace

bool contradictsAmount(const payment::Proposal &proposal)
{
    const QString text = claimsOf(proposal);
    const std::vector<std::int64_t> sums = sumsIn(text, proposal.amount.value.currency.decimals());
    const auto holds = [&sums](std::int64_t minor) { return std::ranges::find(sums, minor) != sums.end(); };
    return !sums.empty() && !holds(proposal.amount.value.minor) &&
           !(proposal.amount.unitPrice_minor && holds(*proposal.amount.unitPrice_minor));
}

bool namesPayee(const payment::Proposal &proposal)
{
    const QString text = claimsOf(proposal);
    return text.contains(QStringView(u"://")) || text.contains(QStringView(u"www."), Qt::CaseInsensitive) ||
           text.contains(QChar(u'@')) || holdsIban(text);
}

bool instructs(const payment::Proposal &proposal)
{
    // Folded once, and not again for each of the words: every approval waits for this.
    QString text = claimsOf(proposal).simplified();
    std::ranges::transform(text, text.begin(), [](QChar c) { return c.toCaseFolded(); });
    return std::ranges::any_of(kInstructions,
                               [&text](const char16_t *words) { return text.contains(QStringView(words)); });
}

bool isConfusable(std::string_view utf8)
{
    QChar::Script script = QChar::Script_Unknown; // of the word so far
    for (const char32_t c :
         QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toStdU32String()) {
        if (isDisguised(c)) {
            return true;
        }
        if (!QChar::isLetter(c) && !QChar::isMark(c)) {
            script = QChar::Script_Unknown;
            continue;
        }
        const QChar::Script its = QChar::script(c);
        if (!hasLookAlikes(its)) {
            continue;
        }
        if (script != QChar::Script_Unknown && script != its) {
            return true;
        }
        script = its;
    }
    return false;
}

bool hasConfusableText(const payment::Proposal &proposal)
{
    return isConfusable(proposal.utterance) || isConfusable(proposal.reason) ||
           std::ranges::any_of(proposal.items,
                               [](const payment::Item &item) { return isConfusable(item.label); });
}

} // namespace glovebox::consent
