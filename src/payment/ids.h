// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace glovebox::payment
{

/// A checked identifier: 1 to 64 characters of [A-Za-z0-9._-], first one a letter or digit.
template<class Tag> class Id
{
public:
    Id() = default; // empty: "none"
    [[nodiscard]] static std::optional<Id> fromText(std::string_view text)
    {
        if (text.empty() || text.size() > 64) {
            return std::nullopt;
        }
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            const bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alnum && (i == 0 || (c != '.' && c != '_' && c != '-'))) {
                return std::nullopt;
            }
        }
        Id id;
        id.m_text = text;
        return id;
    }
    [[nodiscard]] const std::string &text() const { return m_text; }
    [[nodiscard]] bool empty() const { return m_text.empty(); }
    friend auto operator<=>(const Id &, const Id &) = default;

private:
    std::string m_text;
};

using PurchaseId = Id<struct PurchaseTag>; // made by the daemon: "p" and 25 base32 characters
using ApprovalId = Id<struct ApprovalTag>; // made by the daemon: "a" and 25 base32 characters
using RequestId = Id<struct RequestTag>;   // made by the agent, idempotent per agent
using AgentId = Id<struct AgentTag>;
using MerchantId = Id<struct MerchantTag>;
using KindId = Id<struct KindTag>; // "fuel": a file in resources/kinds
using WalletId = Id<struct WalletTag>;
using DriverId = Id<struct DriverTag>;   // a label, not authentication
using SessionId = Id<struct SessionTag>; // one driver session

} // namespace glovebox::payment
