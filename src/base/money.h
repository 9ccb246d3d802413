// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace glovebox::base
{

/// Currency of ISO 4217 that Glovebox knows, with its number of decimals (0, 2 or 3).
class Currency
{
public:
    /// "XXX": no currency (ISO 4217). fromCode() never gives it; what is read from outside always has a real
    /// one.
    Currency() = default;
    /// Nothing for a code that is not in the table; codes are upper case.
    [[nodiscard]] static std::optional<Currency> fromCode(std::string_view code);
    [[nodiscard]] std::string_view code() const { return {m_code, 3}; }
    [[nodiscard]] int decimals() const { return m_decimals; }
    friend bool operator==(const Currency &a, const Currency &b) { return a.code() == b.code(); }

private:
    Currency(std::string_view code, int decimals);
    char m_code[4] = {'X', 'X', 'X', '\0'};
    int m_decimals = 2;
};

/// A count of minor units with its currency; never a double. |minor| <= kMinorMax, so that it is exact in
/// every JSON reader (RFC 8785, section 3.2.2.3).
struct Money
{
    static constexpr std::int64_t kMinorMax = 9'007'199'254'740'991;
    std::int64_t minor = 0;
    Currency currency;
    friend bool operator==(const Money &, const Money &) = default;
};

/// Nothing where currencies differ or the sum leaves the range.
[[nodiscard]] std::optional<Money> add(const Money &a, const Money &b);

/// "80.00 EUR": for logs of ours, command line and spoken forms. People's texts come from payment/texts.
[[nodiscard]] std::string plainText(const Money &money);

} // namespace glovebox::base
