// SPDX-License-Identifier: Apache-2.0
#include "cli/dispute_check.h"

#include "crypto/hash.h"
#include "journal/entry.h"
#include "merkle/frontier.h"
#include "merkle/proofs.h"

#include <algorithm>

namespace glovebox::cli
{

namespace
{

using base::Json;
using journal::Proof;

std::string textIn(const Json &payload, const char *name)
{
    const auto found = payload.find(name);
    return found != payload.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t wallOf(const Json &payload)
{
    const auto at = payload.find("at");
    if (at == payload.end() || !at->is_object()) {
        return 0;
    }
    const auto wall = at->find("wall_ms");
    return wall != at->end() && wall->is_number_integer() ? wall->get<std::int64_t>() : 0;
}

class Checker
{
public:
    Checker(const DisputeBundle &bundle, const KnownKeys &known) : m_bundle(bundle), m_known(known) {}

    DisputeCheck run()
    {
        checkKeys();
        checkApproval();
        checkCopies();
        checkMerchant();
        checkCheckpoint();
        checkApprovalEntry();
        checkPermission();
        checkHistory();
        checkReceipts();
        return std::move(m);
    }

private:
    void find(std::string part, std::string text)
    {
        m.findings.push_back({std::move(part), std::move(text)});
    }

    [[nodiscard]] std::span<const crypto::PublicKey> carKeys() const
    {
        return m_known.car.empty() ? m_bundle.car : m_known.car;
    }
    [[nodiscard]] std::span<const crypto::PublicKey> gatewayKeys() const
    {
        return m_known.gateway.empty() ? m_bundle.gateway : m_known.gateway;
    }

    void compareKeys(const char *part, std::span<const crypto::PublicKey> inFile,
                     std::span<const crypto::PublicKey> given)
    {
        const bool known =
            given.empty() || std::ranges::any_of(inFile, [&given](const crypto::PublicKey &key) {
                return std::ranges::any_of(given, [&key](const crypto::PublicKey &other) {
                    return other.thumbprint() == key.thumbprint();
                });
            });
        if (!known) {
            find(part, "None of these is a key that was given.");
        }
    }
    void checkKeys()
    {
        compareKeys("keys/car", m_bundle.car, m_known.car);
        compareKeys("keys/gateway", m_bundle.gateway, m_known.gateway);
        const bool bothWitnesses = m_known.witness && m_bundle.witness;
        if (bothWitnesses && m_known.witness->vkey() != m_bundle.witness->vkey()) {
            find("keys/witness", "This is not the witness that was given.");
        }
    }

    void checkApproval()
    {
        const auto verified = crypto::verifyJws(m_bundle.approval, wire::kApprovalType, carKeys());
        if (!verified) {
            find("approval", "It is not signed by the car: " + verified.error().detail + ".");
            return;
        }
        auto claims = base::parseJson(base::textOf(verified->payload));
        auto approval = claims ? payment::approvalFromClaims(*claims, &crypto::hashJson)
                               : std::unexpected(claims.error());
        if (!approval) {
            find("approval", "What was signed contradicts itself, at " + approval.error().pointer + ": " +
                                 approval.error().reason + ".");
            return;
        }
        if (approval->purchase.text() != m_bundle.purchase) {
            find("purchase_id", "The approval is of another purchase, " + approval->purchase.text() + ".");
        }
        m_claims = std::move(*claims);
        m.approvedBy = verified->keyId;
        m.approval = std::move(*approval);
    }

    /// What stands in the file once more must be what was signed.
    void checkCopies()
    {
        if (!m.approval) {
            return;
        }
        if (m_bundle.shown != m_claims.at("shown")) {
            find("shown", "These are not the texts that were signed.");
        }
        if (m_bundle.verdict != m_claims.at("policy")) {
            find("verdict", "This is not the verdict that was signed.");
        }
        const Json &proposal = m_claims.at("proposal");
        const std::string offer = textIn(proposal, "merchant_offer");
        if (m_bundle.offer.value_or("") != offer) {
            find("offer", "This is not the offer that the approved proposal carried.");
        } else if (!offer.empty()) {
            m.notes.emplace_back("The offer is the one that was approved; its own signature was not checked, "
                                 "since merchant entries name no key for it.");
        }
    }

    void checkMerchant()
    {
        auto entry = wire::readMerchant(m_bundle.merchantEntry, gatewayKeys());
        if (!entry) {
            find("merchant_entry", "It is not signed by the gateway: " + entry.error().detail + ".");
            return;
        }
        if (m.approval && (entry->id != m.approval->merchant ||
                           crypto::hashJson(entry->canonical) != m.approval->merchantEntryHash)) {
            find("merchant_entry", "The driver approved another entry than this one.");
            return;
        }
        m.merchant = std::move(*entry);
    }

    void checkCheckpoint()
    {
        const auto note = crypto::parseNote(m_bundle.checkpoint);
        auto checkpoint = note ? merkle::checkpointFromText(note->text) : std::nullopt;
        if (!checkpoint) {
            find("checkpoint", "It is no checkpoint of a journal.");
            return;
        }
        m.checkpoint = *checkpoint;
        if (const auto signer = crypto::verifyNote(*note, checkpoint->origin, carKeys()); !signer) {
            find("checkpoint", "It is not signed by the car: " + signer.error().detail + ".");
        }
        const auto &witness = m_known.witness ? m_known.witness : m_bundle.witness;
        if (!witness) {
            m.notes.emplace_back("No witness has cosigned the checkpoint: the car alone says what its "
                                 "journal held.");
        } else if (const auto when = witness->verify(*note)) {
            m.cosigned_s = *when;
        } else {
            find("checkpoint", "The witness has not cosigned it: " + when.error().detail + ".");
        }
    }

    /// The payload of an entry that is what its leaf commits to, and is in the tree or newer than it.
    std::optional<Json> open(const std::string &part, const Proof &proof, bool *covered = nullptr)
    {
        if (!proof.opening) {
            find(part, "Its payload is missing.");
            return std::nullopt;
        }
        if (crypto::hmacSha256(proof.opening->salt, base::bytesOf(proof.opening->payload)) !=
            proof.commitment) {
            find(part, "The payload is not the one that the leaf commits to.");
            return std::nullopt;
        }
        const bool within = m.checkpoint && proof.header.sequence < m.checkpoint->size;
        const bool newer = covered != nullptr && m.checkpoint && !within && proof.hashes.empty();
        if (covered != nullptr) {
            *covered = within;
        }
        if (m.checkpoint && !newer &&
            !merkle::verifyInclusion(crypto::sha256, proof.header.sequence, m.checkpoint->size,
                                     journal::leafHash(proof.header, proof.commitment), proof.hashes,
                                     m.checkpoint->root)) {
            find(part, "The entry is not in the tree that the checkpoint stands for.");
            return std::nullopt;
        }
        auto payload = base::parseJson(proof.opening->payload, payment::kRecordLimits);
        if (!payload || !payload->is_object()) {
            find(part, "The payload is no entry of a journal.");
            return std::nullopt;
        }
        return std::move(*payload);
    }

    void checkApprovalEntry()
    {
        const auto payload = open("proof", m_bundle.proof);
        if (!payload) {
            return;
        }
        if (m_bundle.proof.header.kind != journal::EntryKind::approval ||
            textIn(*payload, "approval") != m_bundle.approval) {
            find("proof", "It is about another approval than the one in this file.");
            return;
        }
        if (m.approval && m.approval->sequence != m_bundle.proof.header.sequence) {
            find("proof", "The approval was signed for another place in the journal.");
        }
    }

    void checkPermission()
    {
        std::uint64_t before = 0;
        for (std::size_t i = 0; i < m_bundle.authority.size(); ++i) {
            const Proof &proof = m_bundle.authority[i];
            const std::string part = "permission/" + std::to_string(i);
            auto payload = open(part, proof);
            if (!payload) {
                continue;
            }
            const bool inOrder = i == 0 || proof.header.sequence > before;
            before = proof.header.sequence;
            if (proof.header.kind != journal::EntryKind::permission || !inOrder ||
                proof.header.sequence >= m_bundle.proof.header.sequence) {
                find(part, "It is no permission that was there before the approval.");
                continue;
            }
            m.permissions.push_back(std::move(*payload));
        }
        const bool intact = m.permissions.size() == m_bundle.authority.size();
        const auto revision = m.permissions.empty() ? Json() : m.permissions.back().value("revision", Json());
        if (m.approval && intact && revision != Json(m.approval->permissionRevision)) {
            find("permission", "The permission that the approval names, revision " +
                                   std::to_string(m.approval->permissionRevision) + ", is not here.");
        }
    }

    void checkHistory()
    {
        std::size_t newer = 0;
        std::uint64_t before = 0;
        for (std::size_t i = 0; i < m_bundle.history.size(); ++i) {
            const Proof &proof = m_bundle.history[i];
            const std::string part = "history/" + std::to_string(i);
            bool covered = false;
            const auto payload = open(part, proof, &covered);
            if (!payload) {
                continue;
            }
            const bool inOrder = i == 0 || proof.header.sequence > before;
            before = proof.header.sequence;
            if (textIn(*payload, "purchase_id") != m_bundle.purchase || !inOrder) {
                find(part, "It is of another purchase, or not in its place.");
                continue;
            }
            newer += covered ? 0 : 1;
            m.steps.push_back({textIn(*payload, "event"), wallOf(*payload), covered});
        }
        if (newer > 0) {
            m.notes.push_back(std::to_string(newer) + " of the history's entries are newer than the "
                                                      "checkpoint, which does not vouch for them.");
        }
        if (m_bundle.leftOut > 0) {
            m.notes.push_back(std::to_string(m_bundle.leftOut) + " entries of the history were left out.");
        }
    }

    void checkReceipts()
    {
        for (std::size_t i = 0; i < m_bundle.receipts.size(); ++i) {
            const std::string part = "receipts/" + std::to_string(i);
            auto receipt = wire::readReceipt(m_bundle.receipts[i], gatewayKeys());
            if (!receipt) {
                find(part, "It is not signed by the gateway: " + receipt.error().detail + ".");
                continue;
            }
            const auto fault = m.approval ? wire::checkAgainst(*receipt, *m.approval, m_bundle.approval)
                                          : std::optional<wire::WireFault>();
            if (fault) {
                find(part,
                     "It does not belong to this approval (" + std::string(wire::nameOf(*fault)) + ").");
                continue;
            }
            m.receipts.push_back(std::move(*receipt));
        }
        if (m_bundle.receipts.empty()) {
            m.notes.emplace_back("There is no receipt: nothing is known to have been paid.");
        }
    }

    const DisputeBundle &m_bundle;
    const KnownKeys &m_known;
    Json m_claims;
    DisputeCheck m;
};

} // namespace

DisputeCheck checkDispute(const DisputeBundle &bundle, const KnownKeys &known)
{
    return Checker(bundle, known).run();
}

} // namespace glovebox::cli
