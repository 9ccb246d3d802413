// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/dispute_bundle.h"
#include "wire/messages.h"

namespace glovebox::cli
{

/// Keys that somebody knows from elsewhere; without them those in the bundle are taken.
struct KnownKeys
{
    std::vector<crypto::PublicKey> car;
    std::vector<crypto::PublicKey> gateway;
    std::optional<crypto::CosignerKey> witness;
};

/// What is wrong, and with which part: a path in the bundle without its first slash ("history/2").
struct DisputeFinding
{
    std::string part;
    std::string text;
};

/// What the bundle proves. Nothing is in here that a signature or the log's tree does not carry.
struct DisputeCheck
{
    std::vector<DisputeFinding> findings; // empty: every part holds
    std::vector<std::string> notes;       // sentences: what is true of it and no damage
    std::optional<payment::Approval> approval;
    std::string approvedBy; // thumbprint of the key
    std::optional<payment::MerchantEntry> merchant;
    std::vector<wire::Receipt> receipts;
    std::vector<base::Json> permissions; // payloads, the one that the approval names last
    struct Step
    {
        std::string event;
        std::int64_t wall_ms = 0;
        bool covered = false; // by the checkpoint
    };
    std::vector<Step> steps;
    std::optional<merkle::Checkpoint> checkpoint;
    std::optional<std::uint64_t> cosigned_s;
};

/// Offline: needs nothing but the bundle and, to believe its keys, one that is known from elsewhere.
[[nodiscard]] DisputeCheck checkDispute(const DisputeBundle &bundle, const KnownKeys &known);

/// In words, and as docs/formats.md has it.
[[nodiscard]] std::string disputeText(const DisputeBundle &bundle, const DisputeCheck &check,
                                      const KnownKeys &known);
[[nodiscard]] base::Json disputeJson(const DisputeBundle &bundle, const DisputeCheck &check,
                                     const KnownKeys &known);

} // namespace glovebox::cli
