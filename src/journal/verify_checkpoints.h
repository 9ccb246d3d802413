// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/cosigner.h"
#include "journal/checkpoints.h"

#include <map>

namespace glovebox::journal
{

/// Compares every checkpoint in the log with the tree that the entries before it give, and its signatures.
class CheckpointCheck
{
public:
    using Report = std::function<void(std::optional<std::uint64_t>, std::string code, std::string text)>;
    /// Without keys, or without a witness, those signatures stay unchecked. All of it outlives this.
    CheckpointCheck(Report report, std::span<const crypto::PublicKey> keys,
                    const crypto::CosignerKey *witness);

    /// Every payload, in order; `before`: the tree of the entries before it, null where some of them are
    /// missing.
    void take(std::uint64_t sequence, EntryKind kind, const base::Json &payload,
              const merkle::Frontier *before);
    /// The checkpoint that the settings keep.
    void takeKept(std::string_view setting, std::uint64_t entries);
    [[nodiscard]] std::uint64_t checked() const { return m_checked; }
    [[nodiscard]] bool cosignedUnchecked() const { return m_anyCosigned && m_witness == nullptr; }

private:
    void takeNote(std::uint64_t sequence, const base::Json &payload, const merkle::Frontier *before);
    void takeCosigned(std::uint64_t sequence, const crypto::SignedNote &note,
                      const merkle::Checkpoint &checkpoint, const std::string &text);

    Report m_report;
    std::span<const crypto::PublicKey> m_keys;
    const crypto::CosignerKey *m_witness;
    std::string m_origin;
    std::map<std::uint64_t, base::Hash> m_roots; // of sizes that were signed for and not cosigned yet
    std::string m_cosigned;                      // the newest
    std::uint64_t m_checked = 0;
    bool m_anyCosigned = false;
};

} // namespace glovebox::journal
