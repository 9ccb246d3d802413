// SPDX-License-Identifier: Apache-2.0
#include "journal/proof.h"

#include "crypto/hash.h"
#include "crypto/jws.h"
#include "merkle/proofs.h"
#include "payment/approval.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

constexpr base::JsonLimits kRecord{.bytes_max = 1024 * 1024, .depth_max = 24};
constexpr std::int64_t kSequence_max = std::int64_t{1} << 53;
constexpr std::int64_t kKind_max = 13;
constexpr std::size_t kSalt = 16;
constexpr std::size_t kHashes_max = 64;
constexpr std::size_t kNote_max = 16 * 1024;
constexpr const char *kType = "glovebox-proof";

template<std::size_t Size>
bool readArray(base::ObjectReader &reader, const char *name, const std::optional<base::Bytes> &bytes,
               std::array<std::uint8_t, Size> &out)
{
    if (!bytes || bytes->size() != Size) {
        reader.refuse(name, base::JsonFault::notAllowed, "of another size, or not in its base");
        return false;
    }
    std::ranges::copy(*bytes, out.begin());
    return true;
}

void readLeaf(base::ObjectReader &top, Proof &proof)
{
    const base::Json &json = top.object("leaf");
    if (top.failed()) {
        return;
    }
    base::ObjectReader leaf(json, top.pointerTo("leaf"));
    proof.header.sequence = static_cast<std::uint64_t>(leaf.integer("sequence", 0, kSequence_max));
    proof.header.kind = static_cast<EntryKind>(leaf.integer("kind", 1, kKind_max));
    readArray(leaf, "pseudonym", base::fromHex(leaf.text("pseudonym", 32)), proof.header.driver);
    readArray(leaf, "commitment", base::fromBase64Url(leaf.text("commitment", 64)), proof.commitment);
    top.absorb(leaf.finish());
}

void readOpening(base::ObjectReader &top, Proof &proof)
{
    const base::Json *json = top.optionalObject("opening");
    if (json == nullptr || top.failed()) {
        return;
    }
    base::ObjectReader opening(*json, top.pointerTo("opening"));
    Proof::Opening made;
    made.salt = opening.base64Url("salt", kSalt);
    if (made.salt.size() != kSalt) {
        opening.refuse("salt", base::JsonFault::notAllowed, "a salt has 16 bytes");
    }
    made.payload = base::canonicalJson(opening.object("payload"));
    top.absorb(opening.finish());
    proof.opening = std::move(made);
}

/// What the leaf commits to, where it was opened.
void checkOpening(const Proof &proof, std::span<const crypto::PublicKey> keys, std::string_view approvalType,
                  ProofCheck &check)
{
    const Proof::Opening &opening = *proof.opening;
    if (crypto::hmacSha256(opening.salt, base::bytesOf(opening.payload)) != proof.commitment) {
        check.findings.emplace_back("The payload is not the one that the leaf commits to.");
        return;
    }
    if (proof.header.kind != EntryKind::approval) {
        return;
    }
    const auto payload = base::parseJson(opening.payload, kRecord);
    const auto text = [&payload](const char *name) {
        const auto found = payload ? payload->find(name) : base::Json::const_iterator();
        return payload && found != payload->end() && found->is_string() ? found->get<std::string>()
                                                                        : std::string();
    };
    const auto verified = crypto::verifyJws(text("approval"), approvalType, keys);
    if (!verified) {
        check.findings.push_back(
            "The approval in it is not signed by a key given here: " + verified.error().detail + ".");
        return;
    }
    const auto claims = base::parseJson(base::textOf(verified->payload));
    const auto approval =
        claims ? payment::approvalFromClaims(*claims, &crypto::hashJson)
               : std::expected<payment::Approval, base::JsonError>(std::unexpected(claims.error()));
    if (!approval || approval->sequence != proof.header.sequence ||
        approval->id.text() != text("approval_id") || approval->purchase.text() != text("purchase_id")) {
        check.findings.emplace_back("The approval in it is of another entry or purchase.");
    }
}

void checkNote(const Proof &proof, const crypto::SignedNote &note, std::span<const crypto::PublicKey> keys,
               const crypto::CosignerKey *witness, ProofCheck &check)
{
    if (const auto signer = crypto::verifyNote(note, check.checkpoint.origin, keys)) {
        check.signedBy = signer->thumbprint();
    } else {
        check.findings.push_back(
            "The checkpoint is not signed by a key given here: " + signer.error().detail + ".");
    }
    if (witness != nullptr) {
        if (const auto when = witness->verify(note)) {
            check.cosigned_s = *when;
        } else {
            check.findings.push_back("The witness has not cosigned the checkpoint: " + when.error().detail +
                                     ".");
        }
    }
    if (!merkle::verifyInclusion(crypto::sha256, proof.header.sequence, check.checkpoint.size,
                                 leafHash(proof.header, proof.commitment), proof.hashes,
                                 check.checkpoint.root)) {
        check.findings.emplace_back("The leaf is not in the tree that the checkpoint stands for.");
    }
}

} // namespace

base::Json toJson(const Proof &proof)
{
    base::Json hashes = base::Json::array();
    for (const base::Hash &hash : proof.hashes) {
        hashes.push_back(base::toBase64Url(hash));
    }
    base::Json json{{"v", 1},
                    {"type", kType},
                    {"leaf",
                     {{"sequence", proof.header.sequence},
                      {"kind", static_cast<int>(proof.header.kind)},
                      {"pseudonym", base::toHex(proof.header.driver)},
                      {"commitment", base::toBase64Url(proof.commitment)}}},
                    {"hashes", std::move(hashes)},
                    {"checkpoint", proof.checkpoint}};
    if (proof.opening) {
        const auto payload = base::parseJson(proof.opening->payload, kRecord);
        json["opening"] = {{"salt", base::toBase64Url(proof.opening->salt)},
                           {"payload", payload ? *payload : base::Json()}};
    }
    return json;
}

std::expected<Proof, base::JsonError> proofFromJson(const base::Json &json)
{
    base::ObjectReader reader(json);
    Proof proof;
    reader.integer("v", 1, 1);
    if (reader.text("type", 64) != kType) {
        reader.refuse("type", base::JsonFault::notAllowed, "not a proof of a journal");
    }
    readLeaf(reader, proof);
    readOpening(reader, proof);
    const base::Json &hashes = reader.array("hashes", kHashes_max);
    for (std::size_t i = 0; !reader.failed() && i < hashes.size(); ++i) {
        base::Hash hash{};
        const auto bytes = hashes[i].is_string()
                               ? base::fromBase64Url(hashes[i].get_ref<const std::string &>())
                               : std::nullopt;
        if (readArray(reader, "hashes", bytes, hash)) {
            proof.hashes.push_back(hash);
        }
    }
    proof.checkpoint = reader.text("checkpoint", kNote_max);
    if (const auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return proof;
}

ProofCheck checkProof(const Proof &proof, std::span<const crypto::PublicKey> keys,
                      const crypto::CosignerKey *witness, std::string_view approvalType)
{
    ProofCheck check;
    const auto note = crypto::parseNote(proof.checkpoint);
    const auto checkpoint = note ? merkle::checkpointFromText(note->text) : std::nullopt;
    if (!checkpoint) {
        check.findings.emplace_back("It holds no checkpoint.");
        return check;
    }
    check.checkpoint = *checkpoint;
    checkNote(proof, *note, keys, witness, check);
    if (proof.opening) {
        checkOpening(proof, keys, approvalType, check);
    }
    return check;
}

} // namespace glovebox::journal
