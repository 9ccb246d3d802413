// SPDX-License-Identifier: Apache-2.0
#include "wire/checkpoints.h"

#include <algorithm>

namespace glovebox::wire
{

namespace
{

constexpr std::size_t kNote_max = 16 * 1024;
constexpr std::size_t kHashes_max = 64;
constexpr std::int64_t kSize_max = std::int64_t{1} << 53; // what every JSON reader can hold

std::unexpected<base::Failure<WireFault>> malformed(const std::string &why)
{
    return base::fail(WireFault::malformed, why);
}

CheckpointAnswer answer(CheckpointAnswer::Kind kind, std::string detail, std::string note = {})
{
    return {kind, std::move(note), std::move(detail)};
}

CheckpointAnswer readCosignature(const crypto::CosignerKey &witness, const base::Json &body,
                                 const std::string &note)
{
    base::ObjectReader reader(body);
    std::string whole = note + reader.text("cosignature", kNote_max);
    const auto error = reader.finish();
    const auto read = crypto::parseNote(whole);
    if (error || !read) {
        return answer(CheckpointAnswer::Kind::unverifiable, "a cosignature of another form");
    }
    if (const auto verified = witness.verify(*read); !verified) {
        return answer(CheckpointAnswer::Kind::unverifiable, verified.error().detail);
    }
    return answer(CheckpointAnswer::Kind::cosigned, {}, std::move(whole));
}

CheckpointAnswer readConflict(const crypto::CosignerKey &witness, const base::Json &body)
{
    base::ObjectReader reader(body);
    reader.text("error", 64);
    reader.optionalText("detail", 1024);
    const std::int64_t size = reader.integer("size", 0, kSize_max);
    const auto known = reader.optionalText("checkpoint", kNote_max);
    if (const auto error = reader.finish(); error || (size != 0) != known.has_value()) {
        return answer(CheckpointAnswer::Kind::unverifiable, "a conflict of another form");
    }
    if (!known) {
        return answer(CheckpointAnswer::Kind::conflict, "the witness has not seen this log yet");
    }
    const auto read = crypto::parseNote(*known);
    const auto checkpoint = read ? merkle::checkpointFromText(read->text) : std::nullopt;
    if (!checkpoint || checkpoint->size != static_cast<std::uint64_t>(size)) {
        return answer(CheckpointAnswer::Kind::unverifiable, "a conflict with no checkpoint of that size");
    }
    if (const auto verified = witness.verify(*read); !verified) {
        return answer(CheckpointAnswer::Kind::unverifiable, verified.error().detail);
    }
    return answer(CheckpointAnswer::Kind::conflict, "the witness knows a log of " + std::to_string(size),
                  *known);
}

} // namespace

std::string bodyOf(const CheckpointRequest &request)
{
    base::Json hashes = base::Json::array();
    for (const base::Hash &hash : request.hashes) {
        hashes.push_back(base::toBase64Url(hash));
    }
    return base::canonicalJson(
        {{"checkpoint", request.note}, {"old_size", request.oldSize}, {"hashes", std::move(hashes)}});
}

WireResult<CheckpointRequest> readCheckpointRequest(std::string_view body)
{
    const auto json = base::parseJson(body);
    if (!json) {
        return malformed(json.error().pointer + ": " + json.error().reason);
    }
    base::ObjectReader reader(*json);
    CheckpointRequest request;
    request.note = reader.text("checkpoint", kNote_max);
    request.oldSize = static_cast<std::uint64_t>(reader.integer("old_size", 0, kSize_max));
    for (const base::Json &item : reader.array("hashes", kHashes_max)) {
        const auto bytes =
            item.is_string() ? base::fromBase64Url(item.get_ref<const std::string &>()) : std::nullopt;
        base::Hash hash{};
        if (!bytes || bytes->size() != hash.size()) {
            reader.refuse("hashes", base::JsonFault::notAllowed, "every hash has 32 bytes in base64url");
            break;
        }
        std::ranges::copy(*bytes, hash.begin());
        request.hashes.push_back(hash);
    }
    if (const auto error = reader.finish()) {
        return malformed(error->pointer + ": " + error->reason);
    }
    return request;
}

WireResult<SignedCheckpoint> readCheckpoint(std::string_view note, std::span<const crypto::PublicKey> carKeys)
{
    auto read = crypto::parseNote(note);
    if (!read) {
        return malformed(read.error().detail);
    }
    auto checkpoint = merkle::checkpointFromText(read->text);
    if (!checkpoint) {
        return malformed("the note is no checkpoint");
    }
    const auto signer = crypto::verifyNote(*read, checkpoint->origin, carKeys);
    if (!signer) {
        return base::fail(WireFault::signature, signer.error().detail);
    }
    return SignedCheckpoint{std::move(*checkpoint), std::move(*read), signer->thumbprint()};
}

CheckpointAnswer readCheckpointAnswer(const crypto::CosignerKey &witness, int status, std::string_view body,
                                      const std::string &note)
{
    constexpr int kOk = 200;
    constexpr int kConflict = 409;
    if (status != kOk && status != kConflict) {
        return answer(CheckpointAnswer::Kind::unavailable, "status " + std::to_string(status));
    }
    const auto json = base::parseJson(body);
    if (!json || !json->is_object()) {
        return answer(CheckpointAnswer::Kind::unverifiable, "an answer that is no object");
    }
    return status == kOk ? readCosignature(witness, *json, note) : readConflict(witness, *json);
}

} // namespace glovebox::wire
