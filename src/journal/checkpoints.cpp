// SPDX-License-Identifier: Apache-2.0
#include "journal/checkpoints.h"

#include "crypto/hash.h"
#include "crypto/signed_note.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

constexpr int kPage = 1024;

std::unexpected<base::Failure<JournalFault>> unreadable()
{
    return base::fail(JournalFault::corrupt,
                      std::string("its setting ") + kCosignedSetting + " is unreadable");
}

/// The log's tree at an earlier size: from the edge that was kept, where that is not beyond it.
JournalResult<merkle::Frontier> edgeAt(Journal &journal, const std::optional<Cosigned> &kept,
                                       std::uint64_t size)
{
    merkle::Frontier edge =
        kept && kept->checkpoint.size <= size ? kept->edge : merkle::Frontier(crypto::sha256);
    if (!merkle::extend(edge, size, leavesOf(journal))) {
        return base::fail(JournalFault::corrupt, "its entries could not be read for a proof");
    }
    return edge;
}

} // namespace

std::string originOf(const std::string &journalId)
{
    return "glovebox/" + journalId;
}

merkle::Checkpoint checkpointOf(const JournalIdentity &identity)
{
    return {originOf(identity.journalId), identity.size, identity.root};
}

merkle::Leaves leavesOf(Journal &journal)
{
    return [&journal](std::uint64_t from, std::uint64_t to, const merkle::LeafSink &sink) {
        while (from < to) {
            const auto page =
                journal.leaves(from, static_cast<int>(std::min<std::uint64_t>(to - from, kPage)));
            if (!page || page->empty()) {
                return false;
            }
            std::ranges::for_each(*page, sink);
            from += page->size();
        }
        return true;
    };
}

std::string cosignedSetting(const std::string &note, const merkle::Frontier &edge)
{
    base::Json hashes = base::Json::array();
    for (const base::Hash &hash : edge.hashes()) {
        hashes.push_back(base::toBase64Url(hash));
    }
    return base::canonicalJson({{"v", 1}, {"checkpoint", note}, {"edge", std::move(hashes)}});
}

JournalResult<Cosigned> cosignedFromSetting(std::string_view text)
{
    const auto json = base::parseJson(text);
    if (!json || !json->is_object()) {
        return unreadable();
    }
    base::ObjectReader reader(*json);
    reader.integer("v", 1, 1);
    std::string note = reader.text("checkpoint", 16 * 1024);
    std::vector<base::Hash> hashes;
    for (const base::Json &item : reader.array("edge", 64)) {
        const auto bytes =
            item.is_string() ? base::fromBase64Url(item.get_ref<const std::string &>()) : std::nullopt;
        base::Hash hash{};
        if (!bytes || bytes->size() != hash.size()) {
            return unreadable();
        }
        std::ranges::copy(*bytes, hash.begin());
        hashes.push_back(hash);
    }
    const auto read = crypto::parseNote(note);
    const auto checkpoint = read ? merkle::checkpointFromText(read->text) : std::nullopt;
    auto edge = checkpoint ? merkle::Frontier::load(crypto::sha256, checkpoint->size, std::move(hashes))
                           : std::nullopt;
    if (reader.finish() || !edge || edge->root() != checkpoint->root) {
        return unreadable();
    }
    return Cosigned{std::move(note), *checkpoint, std::move(*edge)};
}

JournalResult<std::optional<Cosigned>> readCosigned(Journal &journal)
{
    const auto setting = journal.setting(kCosignedSetting);
    if (!setting) {
        return std::unexpected(setting.error());
    }
    if (!*setting) {
        return std::nullopt;
    }
    auto cosigned = cosignedFromSetting(**setting);
    if (!cosigned) {
        return std::unexpected(std::move(cosigned.error()));
    }
    return std::optional(std::move(*cosigned));
}

JournalResult<std::optional<Rollback>> compareWithCosigned(Journal &journal)
{
    auto found = readRollback(journal);
    if (!found || *found) {
        return found;
    }
    const auto kept = readCosigned(journal);
    if (!kept) {
        return std::unexpected(kept.error());
    }
    if (!*kept) {
        return std::nullopt;
    }
    const JournalIdentity now = journal.identity();
    const merkle::Checkpoint &known = (*kept)->checkpoint;
    Rollback rollback{
        .firstBadSequence = std::min(now.size, known.size), .entries = now.size, .cosigned = known.size};
    if (known.origin != originOf(now.journalId)) {
        rollback.reason = Rollback::Reason::forked;
        rollback.firstBadSequence = 0;
        return rollback;
    }
    if (now.size < known.size) {
        rollback.reason = Rollback::Reason::cutOff;
        return rollback;
    }
    const auto edge = edgeAt(journal, *kept, now.size);
    if (!edge) {
        return std::unexpected(edge.error());
    }
    if (edge->root() != now.root) {
        rollback.reason = Rollback::Reason::forked;
        rollback.firstBadSequence = 0; // somewhere before what was cosigned
        return rollback;
    }
    return std::nullopt;
}

JournalResult<Compared> compareWith(Journal &journal, const merkle::Checkpoint &known)
{
    const auto kept = readCosigned(journal);
    if (!kept) {
        return std::unexpected(kept.error());
    }
    const JournalIdentity now = journal.identity();
    Rollback rollback{.reason = Rollback::Reason::forked, .entries = now.size, .cosigned = known.size};
    const bool ours = known.origin == originOf(now.journalId);
    if (ours && *kept) {
        rollback.firstBadSequence = std::min((*kept)->checkpoint.size, known.size);
    }
    if (!ours) {
        return Compared{rollback, std::nullopt};
    }
    if (known.size > now.size) {
        rollback.reason = Rollback::Reason::cutOff;
        return Compared{rollback, std::nullopt};
    }
    auto edge = edgeAt(journal, *kept, known.size);
    if (!edge) {
        return std::unexpected(std::move(edge.error()));
    }
    if (edge->root() != known.root) {
        return Compared{rollback, std::nullopt};
    }
    return Compared{std::nullopt, std::move(*edge)};
}

base::Json signedPayload(const std::string &note)
{
    return {{"v", 1}, {"type", "checkpoint"}, {"checkpoint", note}};
}

base::Json cosignedPayload(const std::string &note, const std::string &setting)
{
    return {{"v", 1},
            {"type", "gateway_state"},
            {"name", kCosignedSetting},
            {"value_hash", base::toBase64Url(crypto::sha256(base::bytesOf(setting)))},
            {"checkpoint", note}};
}

base::Json conflictPayload(const std::string &note, const Rollback &rollback)
{
    return {{"v", 1}, {"type", "conflict"}, {"checkpoint", note}, {"finding", toJson(rollback)}};
}

} // namespace glovebox::journal
