// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/canonical_text.h"
#include "base/money.h"
#include "payment/ids.h"

#include <vector>

namespace glovebox::payment
{

enum class AmountType { exact, upTo, metered };

/// exact: this sum. upTo: at most this sum. metered: at most this sum, counted in `unit` at `unitPrice`.
struct Amount
{
    AmountType type = AmountType::exact;
    base::Money value;                             // the sum, or the hard cap
    std::string unit;                              // metered: "l", "kWh", "min"
    std::optional<std::int64_t> unitPrice_minor;   // metered: price of one unit
    std::optional<std::int64_t> maxQuantity_milli; // metered: thousandths of the unit
};

struct Item
{
    std::string label;             // 1 to 40 code points
    int quantity = 1;              // 1 to 99
    std::int64_t amount_minor = 0; // of the line
};

enum class PlaceType { none, pump, zone, pickup, gate };

[[nodiscard]] std::string_view nameOf(PlaceType type); // "pump"; "none" is never in a proposal

struct Place
{
    PlaceType type = PlaceType::none;
    std::string label; // "4", "1203", "B12", "A": digits with a letter on each side at most, or one letter
};

/// What an agent may say, after strict parsing. It names a merchant and never writes the payee.
struct Proposal
{
    RequestId requestId;
    KindId kind;
    MerchantId merchant;
    Amount amount;
    std::vector<Item> items; // at most 12
    Place place;
    int expiresIn_s = 300;         // 10 to 3600
    std::string utterance;         // untrusted: never on a moving screen, never part of a money text
    std::string reason;            // untrusted
    base::CanonicalText canonical; // as received: what is hashed and kept in the record
};

enum class ProposalFault { malformed, schema, amount, text, cardNumber, notOffered };

struct ProposalError
{
    ProposalFault fault;
    std::string pointer; // RFC 6901
    std::string reason;  // for the agent's developer, English
};

/// The one schema file (draft-07), as the MCP tool's inputSchema and as what parseProposal validates against.
[[nodiscard]] const base::Json &proposalSchema();

/// At most 64 KiB. Never repairs.
[[nodiscard]] std::expected<Proposal, ProposalError> parseProposal(std::string_view text);

/// What is kept of a refused proposal: its ids, amount, place and time. None of its free texts.
[[nodiscard]] Proposal boundedFacts(const Proposal &proposal);

/// An already accepted proposal read back from the record.
[[nodiscard]] std::expected<Proposal, ProposalError> proposalFromJson(const base::Json &json);

} // namespace glovebox::payment
