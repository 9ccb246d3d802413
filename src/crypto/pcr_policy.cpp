// SPDX-License-Identifier: Apache-2.0
#include "crypto/pcr_policy.h"

#include "crypto/hash.h"

#include <algorithm>

namespace glovebox::crypto
{

namespace
{

constexpr std::uint16_t kSha256 = 0x000B;               // TPM_ALG_SHA256
constexpr std::uint32_t kPolicyPcrCommand = 0x0000017F; // TPM_CC_PolicyPCR
constexpr unsigned kPcr_max = 23;
constexpr std::size_t kSelect = 3; // bytes of a bit map of 24 registers
constexpr std::size_t kSignature = 64;

/// TPML_PCR_SELECTION with one bank, as it goes over the wire.
base::Bytes selection(const std::vector<unsigned> &pcrs)
{
    std::uint8_t map[kSelect] = {};
    for (const unsigned pcr : pcrs) {
        map[pcr / 8] |= static_cast<std::uint8_t>(1U << (pcr % 8));
    }
    base::Bytes bytes;
    base::appendBigEndian(bytes, 1, 4);
    base::appendBigEndian(bytes, kSha256, 2);
    base::appendBigEndian(bytes, kSelect, 1);
    bytes.insert(bytes.end(), std::begin(map), std::end(map));
    return bytes;
}

std::vector<unsigned> readPcrs(base::ObjectReader &reader)
{
    std::vector<unsigned> pcrs;
    for (const base::Json &pcr : reader.array("pcrs", kPcr_max + 1)) {
        const bool fits = pcr.is_number_unsigned() && pcr <= kPcr_max &&
                          (pcrs.empty() || pcrs.back() < pcr.get<unsigned>());
        if (!fits) {
            reader.refuse("pcrs", base::JsonFault::outOfRange, "must be ascending numbers from 0 to 23");
            return {};
        }
        pcrs.push_back(pcr.get<unsigned>());
    }
    if (!reader.failed() && pcrs.empty()) {
        reader.refuse("pcrs", base::JsonFault::notAllowed, "must name a register");
    }
    return pcrs;
}

} // namespace

base::Hash pcrPolicyDigest(const std::vector<unsigned> &pcrs, std::span<const base::Hash> values)
{
    base::Bytes joined;
    for (const base::Hash &value : values) {
        joined.insert(joined.end(), value.begin(), value.end());
    }
    base::Bytes command;
    base::appendBigEndian(command, kPolicyPcrCommand, 4);
    return sha256({base::Hash{}, command, selection(pcrs), sha256(joined)});
}

KeyResult<SignedPolicy> signPolicy(const SigningKey &authority, const std::vector<unsigned> &pcrs,
                                   std::span<const base::Hash> values)
{
    SignedPolicy policy{pcrs, pcrPolicyDigest(pcrs, values), {}};
    base::Bytes message(policy.digest.begin(), policy.digest.end());
    const base::ByteView reference = base::bytesOf(kPolicyReference);
    message.insert(message.end(), reference.begin(), reference.end());
    auto signature = authority.sign(message);
    if (!signature) {
        return std::unexpected(std::move(signature.error()));
    }
    policy.signature = std::move(*signature);
    return policy;
}

base::Json toJson(std::span<const SignedPolicy> policies)
{
    base::Json list = base::Json::array();
    for (const SignedPolicy &policy : policies) {
        list.push_back({{"pcrs", policy.pcrs},
                        {"digest", base::toBase64Url(policy.digest)},
                        {"signature", base::toBase64Url(policy.signature)}});
    }
    return {{"v", 1}, {"policies", std::move(list)}};
}

std::expected<std::vector<SignedPolicy>, base::JsonError> policiesFromJson(const base::Json &json)
{
    base::ObjectReader top(json);
    top.integer("v", 1, 1);
    std::vector<SignedPolicy> policies;
    const base::Json &list = top.array("policies", kPolicies_max);
    for (std::size_t i = 0; !top.failed() && i < list.size(); ++i) {
        base::ObjectReader reader(list[i], "/policies/" + std::to_string(i));
        SignedPolicy policy;
        policy.pcrs = readPcrs(reader);
        const base::Bytes digest = reader.base64Url("digest", policy.digest.size());
        policy.signature = reader.base64Url("signature", kSignature);
        if (!reader.failed() &&
            (digest.size() != policy.digest.size() || policy.signature.size() != kSignature)) {
            reader.refuse("digest", base::JsonFault::outOfRange, "32 and 64 bytes are needed");
        }
        top.absorb(reader.finish());
        if (!top.failed()) {
            std::ranges::copy(digest, policy.digest.begin());
            policies.push_back(std::move(policy));
        }
    }
    if (auto error = top.finish()) {
        return std::unexpected(std::move(*error));
    }
    return policies;
}

} // namespace glovebox::crypto
