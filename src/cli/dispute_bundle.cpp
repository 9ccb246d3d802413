// SPDX-License-Identifier: Apache-2.0
#include "cli/dispute_bundle.h"

#include "crypto/jws.h"

#include <algorithm>

namespace glovebox::cli
{

namespace
{

using base::Json;
using journal::Proof;

constexpr const char *kType = "glovebox-dispute";
constexpr const char *kProofType = "glovebox-proof";
constexpr std::size_t kJws_bytes_max = 65'536;
constexpr std::size_t kNote_bytes_max = 16 * 1024;
constexpr std::size_t kKeys_max = 8;
constexpr std::size_t kReceipts_max = 128;
constexpr std::int64_t kEntries_max = std::int64_t{1} << 53;

/// A proof without what all of them share.
Json entryJson(const Proof &proof)
{
    Json json = journal::toJson(proof);
    json.erase("v");
    json.erase("type");
    json.erase("checkpoint");
    return json;
}

Json entriesJson(const std::vector<Proof> &proofs)
{
    Json json = Json::array();
    for (const Proof &proof : proofs) {
        json.push_back(entryJson(proof));
    }
    return json;
}

std::optional<Proof> readEntry(base::ObjectReader &reader, const Json &json, const std::string &pointer,
                               const std::string &note)
{
    Json whole = json;
    if (whole.is_object()) {
        whole["v"] = 1;
        whole["type"] = kProofType;
        whole["checkpoint"] = note;
    }
    auto proof = journal::proofFromJson(whole);
    if (!proof) {
        reader.absorb(
            base::JsonError{proof.error().fault, pointer + proof.error().pointer, proof.error().reason});
        return std::nullopt;
    }
    return std::move(*proof);
}

std::vector<Proof> readEntries(base::ObjectReader &reader, const char *name, std::size_t count_max,
                               const std::string &note)
{
    std::vector<Proof> proofs;
    const Json &list = reader.array(name, count_max);
    for (std::size_t i = 0; !reader.failed() && i < list.size(); ++i) {
        const std::string pointer = reader.pointerTo(name) + "/" + std::to_string(i);
        if (auto proof = readEntry(reader, list[i], pointer, note)) {
            proofs.push_back(std::move(*proof));
        }
    }
    return proofs;
}

std::vector<std::string> readTexts(base::ObjectReader &reader, const char *name, std::size_t count_max)
{
    std::vector<std::string> texts;
    for (const Json &item : reader.array(name, count_max)) {
        if (!item.is_string() || item.get_ref<const std::string &>().size() > kJws_bytes_max) {
            reader.refuse(name, base::JsonFault::wrongType, "not a list of texts");
            return {};
        }
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

std::vector<crypto::PublicKey> readKeys(base::ObjectReader &keys, const char *name)
{
    std::vector<crypto::PublicKey> list;
    for (const Json &jwk : keys.array(name, kKeys_max)) {
        const auto key = crypto::PublicKey::fromJwk(jwk);
        if (!key) {
            keys.refuse(name, base::JsonFault::notAllowed, "no public key: " + key.error().detail);
            return {};
        }
        list.push_back(*key);
    }
    if (list.empty()) {
        keys.refuse(name, base::JsonFault::missing, "names no key");
    }
    return list;
}

void readAllKeys(base::ObjectReader &reader, DisputeBundle &bundle)
{
    const Json &json = reader.object("keys");
    if (reader.failed()) {
        return;
    }
    base::ObjectReader keys(json, reader.pointerTo("keys"));
    bundle.car = readKeys(keys, "car");
    bundle.gateway = readKeys(keys, "gateway");
    if (const auto vkey = keys.optionalText("witness", 512)) {
        auto witness = crypto::CosignerKey::fromVkey(*vkey);
        if (witness) {
            bundle.witness = std::move(*witness);
        } else {
            keys.refuse("witness", base::JsonFault::notAllowed, witness.error().detail);
        }
    }
    reader.absorb(keys.finish());
}

Json jwks(const std::vector<crypto::PublicKey> &keys)
{
    Json list = Json::array();
    for (const crypto::PublicKey &key : keys) {
        list.push_back(key.jwk());
    }
    return list;
}

Json claimsOf(const std::string &jws)
{
    const auto payload = crypto::payloadOf(jws);
    auto json = payload ? base::parseJson(base::textOf(*payload)) : std::unexpected(base::JsonError{});
    return json && json->is_object() ? std::move(*json) : Json::object();
}

void addReceipts(const Json &settlement, std::vector<std::string> &receipts)
{
    for (const char *name : {"receipt", "capture_receipt"}) {
        const auto found = settlement.find(name);
        const bool there = found != settlement.end() && found->is_string();
        const std::string jws = there ? found->get<std::string>() : std::string();
        if (!jws.empty() && std::ranges::find(receipts, jws) == receipts.end()) {
            receipts.push_back(jws);
        }
    }
}

} // namespace

base::Json toJson(const DisputeBundle &bundle)
{
    Json keys{{"car", jwks(bundle.car)}, {"gateway", jwks(bundle.gateway)}};
    if (bundle.witness) {
        keys["witness"] = bundle.witness->vkey();
    }
    Json json{{"v", 1},
              {"type", kType},
              {"purchase_id", bundle.purchase},
              {"approval", bundle.approval},
              {"shown", bundle.shown},
              {"verdict", bundle.verdict},
              {"merchant_entry", bundle.merchantEntry},
              {"receipts", bundle.receipts},
              {"proof", entryJson(bundle.proof)},
              {"permission", entriesJson(bundle.authority)},
              {"history", entriesJson(bundle.history)},
              {"left_out", bundle.leftOut},
              {"checkpoint", bundle.checkpoint},
              {"keys", std::move(keys)}};
    if (bundle.offer) {
        json["offer"] = *bundle.offer;
    }
    return json;
}

std::expected<DisputeBundle, base::JsonError> disputeBundleFromJson(const Json &json)
{
    base::ObjectReader reader(json);
    DisputeBundle bundle;
    reader.integer("v", 1, 1);
    if (reader.text("type", 64) != kType) {
        reader.refuse("type", base::JsonFault::notAllowed, "not a dispute bundle");
    }
    bundle.purchase = reader.text("purchase_id", 64);
    bundle.approval = reader.text("approval", kJws_bytes_max);
    bundle.shown = reader.object("shown");
    bundle.verdict = reader.object("verdict");
    bundle.merchantEntry = reader.text("merchant_entry", kJws_bytes_max);
    bundle.offer = reader.optionalText("offer", kJws_bytes_max);
    bundle.receipts = readTexts(reader, "receipts", kReceipts_max);
    bundle.checkpoint = reader.text("checkpoint", kNote_bytes_max);
    const Json &proof = reader.object("proof");
    if (!reader.failed()) {
        bundle.proof =
            readEntry(reader, proof, reader.pointerTo("proof"), bundle.checkpoint).value_or(Proof{});
    }
    bundle.authority =
        readEntries(reader, "permission", journal::Evidence::kAuthority_max, bundle.checkpoint);
    bundle.history = readEntries(reader, "history", journal::Evidence::kHistory_max, bundle.checkpoint);
    bundle.leftOut = reader.integer("left_out", 0, kEntries_max);
    readAllKeys(reader, bundle);
    if (const auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return bundle;
}

DisputeBundle bundleOf(const journal::Evidence &evidence, const Sources &sources)
{
    DisputeBundle bundle;
    bundle.purchase = evidence.purchase.id.text();
    bundle.approval = evidence.purchase.approvalJws;
    const Json claims = claimsOf(bundle.approval);
    bundle.shown = claims.value("shown", Json::object());
    bundle.verdict = claims.value("policy", Json::object());
    if (evidence.purchase.merchant) {
        bundle.merchantEntry = evidence.purchase.merchant->jws;
    }
    const Json proposal = claims.value("proposal", Json::object());
    if (proposal.contains("merchant_offer") && proposal["merchant_offer"].is_string()) {
        bundle.offer = proposal["merchant_offer"].get<std::string>();
    }
    for (const Proof &entry : evidence.history) {
        const auto payload = entry.opening ? base::parseJson(entry.opening->payload, payment::kRecordLimits)
                                           : std::unexpected(base::JsonError{});
        if (payload && payload->contains("settlement")) {
            addReceipts((*payload)["settlement"], bundle.receipts);
        }
    }
    const payment::SettlementFacts &newest = evidence.purchase.settlement;
    addReceipts({{"receipt", newest.receipt}, {"capture_receipt", newest.captureReceipt}}, bundle.receipts);
    bundle.proof = evidence.approval;
    bundle.authority = evidence.authority;
    bundle.history = evidence.history;
    bundle.leftOut = static_cast<std::int64_t>(evidence.leftOut);
    bundle.checkpoint = evidence.approval.checkpoint;
    bundle.car = sources.keys;
    bundle.gateway = sources.gatewayKeys;
    const auto note = crypto::parseNote(bundle.checkpoint);
    if (note && sources.witness && sources.witness->verify(*note)) {
        bundle.witness = sources.witness;
    }
    return bundle;
}

} // namespace glovebox::cli
