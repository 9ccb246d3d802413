// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "gateway/service.h"
#include "merkle/proofs.h"
#include "wire/checkpoints.h"

namespace glovebox::gateway
{

namespace
{

constexpr std::int64_t kMs = 1000;

/// 409 with what is known, and its proof: the note that the car's key and this gateway signed.
Answer conflict(const std::optional<WitnessedLog> &known, const char *detail)
{
    Answer answer = errorAnswer(409, "conflict", detail);
    answer.body["size"] = known ? known->size : 0;
    if (known) {
        answer.body["checkpoint"] = known->note;
    }
    return answer;
}

base::Hash rootOf(const std::optional<WitnessedLog> &known)
{
    const auto note = known ? crypto::parseNote(known->note) : crypto::NoteResult<crypto::SignedNote>();
    const auto checkpoint = known && note ? merkle::checkpointFromText(note->text) : std::nullopt;
    return checkpoint ? checkpoint->root : merkle::Frontier(crypto::sha256).root();
}

} // namespace

Answer Service::checkpoint(const Wallet &wallet, const std::string &keyId, const std::string &body)
{
    const auto request = wire::readCheckpointRequest(body);
    if (!request) {
        return errorAnswer(400, "malformed", request.error().detail);
    }
    const auto said = wire::readCheckpoint(request->note, wallet.keys);
    if (!said) {
        const bool signature = said.error().code == wire::WireFault::signature;
        return errorAnswer(400, signature ? "signature" : "malformed", said.error().detail);
    }
    if (said->keyId != keyId || said->note.signatures.size() != 1) {
        return errorAnswer(400, "signature",
                           "a checkpoint is signed by the key that sends it, and by no other");
    }
    if (said->checkpoint.size == 0) {
        return errorAnswer(400, "malformed", "a journal has an entry at least");
    }
    WitnessedLogs &logs = m_parts.ledger->witnessedLogs();
    const auto ofKey = logs.ofKey(wallet.id, keyId);
    const auto known = ofKey ? logs.ofOrigin(wallet.id, said->checkpoint.origin) : ofKey;
    if (!known) {
        return broken(known.error());
    }
    if (*ofKey && (*ofKey)->origin != said->checkpoint.origin) {
        return conflict(*ofKey, "this key signs for another log");
    }
    const std::uint64_t oldSize = *known ? (*known)->size : 0;
    if (request->oldSize != oldSize || said->checkpoint.size < oldSize) {
        return conflict(*known, "another size was cosigned last");
    }
    if (!merkle::verifyConsistency(crypto::sha256, oldSize, said->checkpoint.size, rootOf(*known),
                                   said->checkpoint.root, request->hashes)) {
        return oldSize == 0 ? errorAnswer(400, "malformed", "a first checkpoint comes without a proof")
                            : conflict(*known, "the log does not go on from what was cosigned last");
    }
    return cosign(wallet, *said, request->note);
}

Answer Service::cosign(const Wallet &wallet, const wire::SignedCheckpoint &said, const std::string &note)
{
    const auto now_s = static_cast<std::uint64_t>(m_parts.now().milliseconds / kMs);
    const auto line = m_parts.witness->cosign(said.note.text, now_s);
    if (!line) {
        return errorAnswer(503, "unavailable", "the gateway cannot sign");
    }
    // Kept before it is answered: what a car holds this gateway knows for ever.
    const auto kept = m_parts.ledger->witnessedLogs().keep(
        wallet.id, said.keyId, {said.checkpoint.origin, said.checkpoint.size, note + *line}, now_s);
    if (!kept) {
        return broken(kept.error());
    }
    return {200, {{"cosignature", *line}}};
}

} // namespace glovebox::gateway
