// SPDX-License-Identifier: Apache-2.0
#include "journal/evidence.h"

#include "crypto/hash.h"
#include "journal/checkpoints.h"
#include "journal/log.h"
#include "payment/approval.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

constexpr int kPage = 256;
constexpr std::size_t kBegin = 24; // of a long history, how many of its first entries are kept

std::string textIn(const base::Json &payload, const char *name)
{
    const auto found = payload.find(name);
    return found != payload.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Which entries of the log are about a purchase, and under which permission it was approved.
class Finder
{
public:
    Finder(const payment::Purchase &purchase, std::uint64_t approval)
        : m_purchase(purchase.id.text()), m_agent(purchase.agent.text()), m_approval(approval)
    {}

    void look(const EntryRecord &entry)
    {
        if (!entry.payload || entry.sequence == m_approval) {
            return;
        }
        switch (entry.kind) {
        case EntryKind::purchase:
        case EntryKind::approval:
        case EntryKind::settlement:
            if (textIn(*entry.payload, "purchase_id") == m_purchase) {
                history.push_back(entry.sequence);
            }
            return;
        case EntryKind::permission:
            if (entry.sequence < m_approval) {
                lookAtPermission(*entry.payload, entry.sequence);
            }
            return;
        default:
            return;
        }
    }

    std::vector<std::uint64_t> history;
    [[nodiscard]] std::vector<std::uint64_t> authority() const
    {
        std::vector<std::uint64_t> sequences = m_narrowed;
        for (const auto &one : {m_granted, m_configured, m_newest}) {
            if (one && std::ranges::find(sequences, *one) == sequences.end()) {
                sequences.push_back(*one);
            }
        }
        std::ranges::sort(sequences);
        return sequences;
    }

private:
    /// A grant begins anew; a configuration replaces the one before; the rest takes away from both.
    void lookAtPermission(const base::Json &payload, std::uint64_t sequence)
    {
        const std::string type = textIn(payload, "type");
        m_newest = sequence;
        if (type == "granted") {
            m_granted = sequence;
            m_configured.reset();
            m_narrowed.clear();
        } else if (type == "configured") {
            m_configured = sequence;
        } else if (const std::string agent = textIn(payload, "agent"); agent.empty() || agent == m_agent) {
            m_narrowed.push_back(sequence);
        }
    }

    std::string m_purchase;
    std::string m_agent;
    std::uint64_t m_approval;
    std::optional<std::uint64_t> m_granted;
    std::optional<std::uint64_t> m_configured;
    std::optional<std::uint64_t> m_newest;
    std::vector<std::uint64_t> m_narrowed;
};

JournalResult<void> lookAtAll(Journal &journal, Finder &finder)
{
    const std::uint64_t size = journal.identity().size;
    for (std::uint64_t from = 0; from < size; from += kPage) {
        const auto page = journal.entries(from, kPage);
        if (!page) {
            return std::unexpected(page.error());
        }
        for (const EntryRecord &entry : *page) {
            finder.look(entry);
        }
    }
    return {};
}

/// The leaves of a tree, read once for many proofs.
JournalResult<std::vector<base::Hash>> readLeaves(Journal &journal, std::uint64_t size)
{
    std::vector<base::Hash> leaves;
    leaves.reserve(size);
    const auto keep = [&leaves](const base::Hash &leaf) { leaves.push_back(leaf); };
    if (!leavesOf(journal)(0, size, keep)) {
        return base::fail(JournalFault::corrupt, "its entries could not be read for a proof");
    }
    return leaves;
}

JournalResult<std::vector<Proof>> proofsOf(Log &log, const std::vector<std::uint64_t> &sequences,
                                           const std::vector<base::Hash> &leaves)
{
    const merkle::Leaves kept = [&leaves](std::uint64_t from, std::uint64_t to,
                                          const merkle::LeafSink &sink) {
        std::for_each(leaves.begin() + static_cast<std::ptrdiff_t>(from),
                      leaves.begin() + static_cast<std::ptrdiff_t>(to), sink);
        return true;
    };
    std::vector<Proof> proofs;
    for (const std::uint64_t sequence : sequences) {
        auto proof = log.openLeaf(sequence);
        if (!proof) {
            return std::unexpected(std::move(proof.error()));
        }
        proof->hashes =
            merkle::inclusionProof(crypto::sha256, sequence, leaves.size(), kept).value_or(proof->hashes);
        proofs.push_back(std::move(*proof));
    }
    return proofs;
}

/// The first `begin` and the newest of what is left, `most` of them in all.
std::size_t shorten(std::vector<std::uint64_t> &sequences, std::size_t begin, std::size_t most)
{
    if (sequences.size() <= most) {
        return 0;
    }
    const std::size_t more = sequences.size() - most;
    const auto from = sequences.begin() + static_cast<std::ptrdiff_t>(begin);
    sequences.erase(from, from + static_cast<std::ptrdiff_t>(more));
    return more;
}

} // namespace

JournalResult<EvidenceSearch> collectEvidence(const ProveOptions &options, const crypto::Secret &sealingKey)
{
    auto proven = prove(options, sealingKey);
    if (!proven) {
        return std::unexpected(std::move(proven.error()));
    }
    if (proven->outcome != ProofSearch::Outcome::found) {
        return EvidenceSearch{proven->outcome, proven->sequence, std::nullopt};
    }
    Evidence evidence;
    evidence.approval = std::move(*proven->proof);
    const auto note = crypto::parseNote(evidence.approval.checkpoint);
    const auto checkpoint = note ? merkle::checkpointFromText(note->text) : std::nullopt;
    const auto payload = evidence.approval.opening
                             ? base::parseJson(evidence.approval.opening->payload, payment::kRecordLimits)
                             : std::unexpected(base::JsonError{});
    const auto id = payload ? payment::PurchaseId::fromText(textIn(*payload, "purchase_id")) : std::nullopt;
    if (!checkpoint || !id) {
        return EvidenceSearch{};
    }
    const auto log = Log::openToRead(options.path, sealingKey, options.mountInfo);
    if (!log) {
        return std::unexpected(log.error());
    }
    auto purchase = (*log)->purchase(*id);
    if (!purchase) {
        return std::unexpected(std::move(purchase.error()));
    }
    if (!*purchase) {
        return EvidenceSearch{};
    }
    evidence.purchase = std::move(**purchase);
    Finder finder(evidence.purchase, proven->sequence);
    if (auto looked = lookAtAll(**log, finder); !looked) {
        return std::unexpected(std::move(looked.error()));
    }
    evidence.leftOut = shorten(finder.history, kBegin, Evidence::kHistory_max);
    std::vector<std::uint64_t> sequences = finder.authority();
    shorten(sequences, 1, Evidence::kAuthority_max);
    const auto leaves = readLeaves(**log, checkpoint->size);
    if (!leaves) {
        return std::unexpected(leaves.error());
    }
    auto history = proofsOf(**log, finder.history, *leaves);
    auto authority = proofsOf(**log, sequences, *leaves);
    if (!history || !authority) {
        return std::unexpected(history ? std::move(authority.error()) : std::move(history.error()));
    }
    evidence.history = std::move(*history);
    evidence.authority = std::move(*authority);
    return EvidenceSearch{ProofSearch::Outcome::found, proven->sequence, std::move(evidence)};
}

} // namespace glovebox::journal
