// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/journal_sources.h"
#include "journal/evidence.h"

namespace glovebox::cli
{

/// One file with all that shows how an approved purchase came about; docs/formats.md, "Dispute bundle". What
/// is signed stands as it was signed; `shown` and `verdict` are there once more for people to read.
struct DisputeBundle
{
    std::string purchase;
    std::string approval; // compact JWS
    base::Json shown;
    base::Json verdict;
    std::string merchantEntry; // compact JWS
    std::optional<std::string> offer;
    std::vector<std::string> receipts; // compact JWS, as they came
    journal::Proof proof;              // of the entry that carries the approval
    std::vector<journal::Proof> authority;
    std::vector<journal::Proof> history;
    std::int64_t leftOut = 0; // entries of a long history
    std::string checkpoint;   // note
    std::vector<crypto::PublicKey> car;
    std::vector<crypto::PublicKey> gateway;
    std::optional<crypto::CosignerKey> witness; // where it cosigned
};
[[nodiscard]] base::Json toJson(const DisputeBundle &bundle);
[[nodiscard]] std::expected<DisputeBundle, base::JsonError> disputeBundleFromJson(const base::Json &json);

/// Out of a journal and the keys that go with it.
[[nodiscard]] DisputeBundle bundleOf(const journal::Evidence &evidence, const Sources &sources);

} // namespace glovebox::cli
