// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "crypto/keys.h"
#include "payment/purchase.h"

#include <string>
#include <utility>
#include <vector>

namespace glovebox::cli
{

/// Two columns; the left one is as wide as its longest label.
class Lines
{
public:
    void add(std::string label, std::string value)
    {
        m_rows.emplace_back(std::move(label), std::move(value));
    }
    [[nodiscard]] std::string text(const std::string &indent = {}) const
    {
        std::size_t width = 0;
        for (const auto &[label, value] : m_rows) {
            width = std::max(width, label.size());
        }
        std::string out;
        for (const auto &[label, value] : m_rows) {
            out.append(indent).append(label).append(width + 2 - label.size(), ' ').append(value).append("\n");
        }
        return out;
    }

private:
    std::vector<std::pair<std::string, std::string>> m_rows;
};

[[nodiscard]] std::string wallText(base::WallTime wall); // UTC
[[nodiscard]] std::string momentText(const base::Moment &moment);
[[nodiscard]] std::string moneyText(std::int64_t minor, const base::Currency &currency);
[[nodiscard]] std::string amountText(payment::AmountType type, const base::Money &value);
[[nodiscard]] std::string seconds(base::Duration span);
/// Until when it could be stopped.
[[nodiscard]] std::string stopText(const payment::Approval &approval);
/// The texts that were on the card, in their order.
[[nodiscard]] std::string shownTexts(const payment::ShownTexts &shown);

struct Checked
{
    enum class Signature { none, valid, invalid } signature = Signature::none;
    std::string why; // invalid
    base::Json claims;
    std::optional<payment::Approval> approval;
};

/// What the key does not confirm is not taken apart either.
[[nodiscard]] Checked check(const std::string &jws, const crypto::PublicKey &key);

} // namespace glovebox::cli
