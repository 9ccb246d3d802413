// SPDX-License-Identifier: Apache-2.0
#include "payment/card_number.h"

#include <QList>
#include <QString>

#include <algorithm>
#include <array>
#include <vector>

namespace glovebox::payment
{

namespace
{

/// An issuer range: the first `digits` digits lie in [first, last], and the number has a length in [least,
/// most].
struct IssuerRange
{
    int digits;
    int first;
    int last;
    int least;
    int most;
};

// Published ranges: Visa, Mastercard, American Express, Discover, JCB, Diners Club, UnionPay, Mir, RuPay,
// Maestro.
constexpr std::array kRanges = {IssuerRange{1, 4, 4, 13, 13},       IssuerRange{1, 4, 4, 16, 16},
                                IssuerRange{1, 4, 4, 19, 19},       IssuerRange{2, 51, 55, 16, 16},
                                IssuerRange{4, 2221, 2720, 16, 16}, IssuerRange{2, 34, 34, 15, 15},
                                IssuerRange{2, 37, 37, 15, 15},     IssuerRange{4, 6011, 6011, 16, 19},
                                IssuerRange{3, 644, 649, 16, 19},   IssuerRange{2, 65, 65, 16, 19},
                                IssuerRange{4, 3528, 3589, 16, 19}, IssuerRange{3, 300, 305, 14, 19},
                                IssuerRange{2, 36, 36, 14, 19},     IssuerRange{2, 38, 39, 14, 19},
                                IssuerRange{2, 62, 62, 16, 19},     IssuerRange{4, 2200, 2204, 16, 19},
                                IssuerRange{2, 60, 60, 16, 16},     IssuerRange{2, 81, 82, 16, 16},
                                IssuerRange{3, 508, 508, 16, 16},   IssuerRange{4, 5018, 5018, 12, 19},
                                IssuerRange{4, 5020, 5020, 12, 19}, IssuerRange{4, 5038, 5038, 12, 19},
                                IssuerRange{4, 5893, 5893, 12, 19}, IssuerRange{4, 6304, 6304, 12, 19},
                                IssuerRange{4, 6759, 6759, 12, 19}, IssuerRange{4, 6761, 6763, 12, 19}};
constexpr std::size_t kLength_min = 12;
constexpr std::size_t kLength_max = 19;

bool passesLuhn(const std::vector<int> &digits, std::size_t from, std::size_t length)
{
    int sum = 0;
    for (std::size_t i = 0; i < length; ++i) {
        int digit = digits[from + length - 1 - i];
        if (i % 2 == 1) {
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        }
        sum += digit;
    }
    return sum % 10 == 0;
}

bool inIssuerRange(const std::vector<int> &digits, std::size_t from, std::size_t length)
{
    return std::any_of(kRanges.begin(), kRanges.end(), [&](const IssuerRange &range) {
        int prefix = 0;
        for (int i = 0; i < range.digits; ++i) {
            prefix = prefix * 10 + digits[from + static_cast<std::size_t>(i)];
        }
        return prefix >= range.first && prefix <= range.last && static_cast<int>(length) >= range.least &&
               static_cast<int>(length) <= range.most;
    });
}

/// Digits that stand together, with the places where a group of them begins.
struct Run
{
    std::vector<int> digits;
    std::vector<std::size_t> starts;

    [[nodiscard]] bool startsOrEndsAt(std::size_t at) const
    {
        return at == digits.size() || std::find(starts.begin(), starts.end(), at) != starts.end();
    }
    [[nodiscard]] bool holdsCardNumber() const
    {
        for (const std::size_t from : starts) {
            for (std::size_t length = kLength_min; length <= kLength_max && from + length <= digits.size();
                 ++length) {
                if (startsOrEndsAt(from + length) && inIssuerRange(digits, from, length) &&
                    passesLuhn(digits, from, length)) {
                    return true;
                }
            }
        }
        return false;
    }
};

bool isSeparator(char32_t c)
{
    return c == U' ' || c == U'.' || c == U'/' || c == U'_' || c == U',' ||
           QChar::category(c) == QChar::Punctuation_Dash || QChar::category(c) == QChar::Separator_Space;
}

} // namespace

bool holdsCardNumber(std::string_view utf8)
{
    const QList<uint> text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toUcs4();
    Run run;
    bool separated = true;
    for (const uint unit : text) {
        const char32_t c = unit;
        if (const int digit = QChar::digitValue(c); digit >= 0) {
            if (separated) {
                run.starts.push_back(run.digits.size());
            }
            separated = false;
            run.digits.push_back(digit);
        } else if (isSeparator(c) && !separated) {
            separated = true;
        } else {
            if (run.holdsCardNumber()) {
                return true;
            }
            run = Run();
            separated = true;
        }
    }
    return run.holdsCardNumber();
}

} // namespace glovebox::payment
