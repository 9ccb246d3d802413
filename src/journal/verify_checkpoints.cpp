// SPDX-License-Identifier: Apache-2.0
#include "journal/verify_checkpoints.h"

namespace glovebox::journal
{

namespace
{

constexpr const char *kCode = "checkpoint";

std::string textIn(const base::Json &json, const char *name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

CheckpointCheck::CheckpointCheck(Report report, std::span<const crypto::PublicKey> keys,
                                 const crypto::CosignerKey *witness)
    : m_report(std::move(report)), m_keys(keys), m_witness(witness)
{}

void CheckpointCheck::take(std::uint64_t sequence, EntryKind kind, const base::Json &payload,
                           const merkle::Frontier *before)
{
    if (sequence == 0) {
        m_origin = originOf(textIn(payload, "journal_id"));
    }
    const bool has = payload.contains("checkpoint");
    if (kind == EntryKind::checkpoint || (kind == EntryKind::shutdown && has)) {
        takeNote(sequence, payload, before);
    }
}

void CheckpointCheck::takeNote(std::uint64_t sequence, const base::Json &payload,
                               const merkle::Frontier *before)
{
    const std::string text = textIn(payload, "checkpoint");
    const auto note = crypto::parseNote(text);
    const auto checkpoint = note ? merkle::checkpointFromText(note->text) : std::nullopt;
    if (!checkpoint) {
        m_report(sequence, kCode, "holds no checkpoint");
        return;
    }
    if (textIn(payload, "type") == "conflict") {
        const auto finding = payload.find("finding");
        const bool named = finding != payload.end() && finding->is_object() &&
                           finding->contains("first_bad_sequence") &&
                           (*finding)["first_bad_sequence"].is_number_unsigned();
        m_report(named ? (*finding)["first_bad_sequence"].get<std::uint64_t>() : 0, "rollback",
                 "is the first that may differ from what the witness has cosigned, as entry " +
                     std::to_string(sequence) + " says");
        return;
    }
    ++m_checked;
    if (checkpoint->origin != m_origin) {
        m_report(sequence, kCode, "holds a checkpoint of another journal");
        return;
    }
    if (!m_keys.empty()) {
        if (const auto verified = crypto::verifyNote(*note, m_origin, m_keys); !verified) {
            m_report(sequence, kCode,
                     "holds a checkpoint that is not signed by a key given here: " + verified.error().detail);
        }
    }
    if (textIn(payload, "type") == "gateway_state") {
        takeCosigned(sequence, *note, *checkpoint, text);
        return;
    }
    if (checkpoint->size != sequence || (before != nullptr && checkpoint->root != before->root())) {
        m_report(sequence, kCode, "holds a checkpoint of another tree than the entries before it give");
    }
    m_roots.insert_or_assign(checkpoint->size, checkpoint->root);
}

void CheckpointCheck::takeCosigned(std::uint64_t sequence, const crypto::SignedNote &note,
                                   const merkle::Checkpoint &checkpoint, const std::string &text)
{
    m_anyCosigned = true;
    m_cosigned = text;
    if (m_witness != nullptr) {
        if (const auto verified = m_witness->verify(note); !verified) {
            m_report(sequence, kCode,
                     "holds a checkpoint without the witness's signature: " + verified.error().detail);
        }
    }
    const auto known = m_roots.find(checkpoint.size);
    if (known == m_roots.end() || known->second != checkpoint.root) {
        m_report(sequence, kCode, "holds a cosigned checkpoint that this log was never signed for");
        return;
    }
    m_roots.erase(m_roots.begin(), std::next(known));
}

void CheckpointCheck::takeKept(std::string_view setting, std::uint64_t entries)
{
    const auto kept = cosignedFromSetting(setting);
    if (!kept) {
        m_report(std::nullopt, kCode, "The cosigned checkpoint that is kept is unreadable.");
    } else if (kept->checkpoint.size > entries) {
        m_report(entries, kCode,
                 "is missing: " + std::to_string(kept->checkpoint.size) + " entries were cosigned");
    } else if (kept->note != m_cosigned) {
        m_report(std::nullopt, kCode, "The cosigned checkpoint that is kept is not the newest in the log.");
    }
}

} // namespace glovebox::journal
