// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"

#include <span>
#include <vector>

namespace glovebox::crypto
{

/// One state of the machine in which sealed data may open, signed by whoever answers for updates. TPM 2.0
/// Library Part 3: PolicyPCR over `pcrs` of the SHA-256 bank gives `digest`, and PolicyAuthorize takes it for
/// the signature over digest || kPolicyReference.
struct SignedPolicy
{
    std::vector<unsigned> pcrs; // ascending, 0 to 23
    base::Hash digest{};
    base::Bytes signature; // ES256, r || s
};
inline constexpr std::string_view kPolicyReference = "glovebox sealing 1";
inline constexpr std::size_t kPolicies_max = 8;

/// The digest that a chip reaches with PolicyPCR when its registers hold these values (as many as `pcrs`).
[[nodiscard]] base::Hash pcrPolicyDigest(const std::vector<unsigned> &pcrs,
                                         std::span<const base::Hash> values);

/// For whoever holds the authority's key; the car does not.
[[nodiscard]] KeyResult<SignedPolicy> signPolicy(const SigningKey &authority,
                                                 const std::vector<unsigned> &pcrs,
                                                 std::span<const base::Hash> values);

/// {"v":1,"policies":[{"pcrs":[7],"digest":base64url,"signature":base64url}, …]}, at most kPolicies_max: the
/// state before an update and the one after it may stand side by side.
[[nodiscard]] base::Json toJson(std::span<const SignedPolicy> policies);
[[nodiscard]] std::expected<std::vector<SignedPolicy>, base::JsonError>
policiesFromJson(const base::Json &json);

} // namespace glovebox::crypto
