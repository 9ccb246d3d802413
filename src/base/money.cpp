// SPDX-License-Identifier: Apache-2.0
#include "base/money.h"

#include <algorithm>

namespace glovebox::base
{

namespace
{

// ISO 4217 list one, the currencies in use, by number of decimals. Codes with four decimals (CLF, UYW) and
// those without money behind them (XTS, XXX, metals, funds) are left out on purpose.
constexpr std::string_view kNoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
constexpr std::string_view kThreeDecimals = "BHD IQD JOD KWD LYD OMR TND ";
constexpr std::string_view kTwoDecimals =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CNY "
    "COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR "
    "ILS "
    "INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
    "MYR "
    "MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS "
    "SRD "
    "SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ";

bool lists(std::string_view table, std::string_view code)
{
    for (std::size_t at = 0; at < table.size(); at += 4) {
        if (table.substr(at, 3) == code) {
            return true;
        }
    }
    return false;
}

} // namespace

Currency::Currency(std::string_view code, int decimals) : m_decimals(decimals)
{
    std::copy_n(code.begin(), 3, m_code);
}

std::optional<Currency> Currency::fromCode(std::string_view code)
{
    if (code.size() != 3) {
        return std::nullopt;
    }
    if (lists(kTwoDecimals, code)) {
        return Currency(code, 2);
    }
    if (lists(kNoDecimals, code)) {
        return Currency(code, 0);
    }
    if (lists(kThreeDecimals, code)) {
        return Currency(code, 3);
    }
    return std::nullopt;
}

std::optional<Money> add(const Money &a, const Money &b)
{
    std::int64_t sum = 0;
    if (!(a.currency == b.currency) || __builtin_add_overflow(a.minor, b.minor, &sum) ||
        sum > Money::kMinorMax || sum < -Money::kMinorMax) {
        return std::nullopt;
    }
    return Money{sum, a.currency};
}

std::string plainText(const Money &money)
{
    const bool negative = money.minor < 0;
    // Through the unsigned type, so that the least value has an absolute value too.
    const std::uint64_t absolute =
        negative ? 0 - static_cast<std::uint64_t>(money.minor) : static_cast<std::uint64_t>(money.minor);
    std::string digits = std::to_string(absolute);
    const auto decimals = static_cast<std::size_t>(money.currency.decimals());
    if (decimals > 0) {
        if (digits.size() <= decimals) {
            digits.insert(0, decimals + 1 - digits.size(), '0');
        }
        digits.insert(digits.size() - decimals, 1, '.');
    }
    return (negative ? "-" : "") + digits + ' ' + std::string(money.currency.code());
}

} // namespace glovebox::base
