// SPDX-License-Identifier: Apache-2.0
#include "journal/verify.h"

#include "crypto/hash.h"
#include "crypto/jws.h"
#include "journal/entry.h"
#include "journal/faults.h"
#include "journal/raw_entry.h"
#include "journal/verify_purchases.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

constexpr base::JsonLimits kRecord{.bytes_max = 1024 * 1024, .depth_max = 24};
constexpr std::uint64_t kProgressEvery = 4096;

class Verifier
{
public:
    Verifier(const VerifyOptions &options, store::Database database)
        : m_options(options), m_database(std::move(database))
    {}
    [[nodiscard]] JournalResult<Verification> run(const std::function<void(std::uint64_t)> &progress);

private:
    void report(std::optional<std::uint64_t> sequence, std::string code, std::string text);
    [[nodiscard]] JournalResult<void> loadKeys();
    [[nodiscard]] JournalResult<void> readEntries(const std::function<void(std::uint64_t)> &progress);
    [[nodiscard]] JournalResult<void> takeEntry(const Raw &raw);
    void takePayload(const EntryHeader &header, const base::Json &payload);
    void takeApproval(std::uint64_t sequence, const base::Json &payload);
    [[nodiscard]] JournalResult<void> compareIdentity();
    [[nodiscard]] JournalResult<void> compareFrontier();
    [[nodiscard]] JournalResult<void> compareSettings();

    const VerifyOptions &m_options;
    store::Database m_database;
    Verification m_result;
    merkle::Frontier m_tree{crypto::sha256};
    bool m_treeWhole = true;
    std::optional<DriverKeys> m_keys;
    std::optional<PurchaseCheck> m_purchases;
    base::Json m_first;
    std::map<std::string, std::pair<std::string, std::uint64_t>> m_settings; // name: hash and entry
};

void Verifier::report(std::optional<std::uint64_t> sequence, std::string code, std::string text)
{
    ++m_result.findingCount;
    if (m_result.findings.size() < kFindings_max) {
        m_result.findings.push_back({sequence, std::move(code), std::move(text)});
    }
}

JournalResult<void> Verifier::loadKeys()
{
    if (m_options.sealingKey == nullptr) {
        m_result.unchecked = {"payloads and the seals around them", "signatures of approvals",
                              "purchases, requests, outbox and settings", "the seal of the tree's edge"};
        return {};
    }
    auto keys = DriverKeys::load(m_database, *m_options.sealingKey);
    if (!keys && keys.error().code != JournalFault::sealed && keys.error().code != JournalFault::corrupt) {
        return std::unexpected(std::move(keys.error()));
    }
    if (!keys) {
        report(std::nullopt, "data_keys", "The data keys do not open under this sealing key.");
        m_result.unchecked = {"payloads and the seals around them", "signatures of approvals",
                              "purchases, requests, outbox and settings"};
        return {};
    }
    m_keys.emplace(std::move(*keys));
    auto purchases = PurchaseCheck::prepare(
        m_database, *m_options.sealingKey,
        [this](std::optional<std::uint64_t> sequence, std::string code, std::string text) {
            report(sequence, std::move(code), std::move(text));
        });
    if (!purchases) {
        return std::unexpected(std::move(purchases.error()));
    }
    m_purchases.emplace(std::move(*purchases));
    if (m_options.keys.empty()) {
        m_result.unchecked.emplace_back("signatures of approvals: no public key was given");
    }
    return {};
}

JournalResult<void> Verifier::readEntries(const std::function<void(std::uint64_t)> &progress)
{
    auto rows = m_database.prepare(kRawEntries);
    if (!rows) {
        return failed(rows.error());
    }
    std::uint64_t expected = 0;
    for (auto row = rows->step(); !row || *row; row = rows->step()) {
        if (!row) {
            return failed(row.error());
        }
        const auto sequence = static_cast<std::uint64_t>(rows->integer(0));
        if (sequence != expected) {
            report(expected, "missing",
                   "is missing, with all up to " + std::to_string(sequence) + " (exclusive)");
            m_treeWhole = false;
        }
        expected = sequence + 1;
        const auto raw = rawOf(*rows);
        if (!raw) {
            report(sequence, "row", "has a kind, a pseudonym or a commitment that cannot be");
            m_treeWhole = false;
            continue;
        }
        m_tree.append(leafHash(raw->header, raw->entry.commitment));
        if (auto taken = takeEntry(*raw); !taken) {
            return taken;
        }
        if (progress && expected % kProgressEvery == 0) {
            progress(expected);
        }
    }
    m_result.identity.size = expected;
    m_result.identity.root = m_tree.root();
    return {};
}

JournalResult<void> Verifier::takeEntry(const Raw &raw)
{
    const std::uint64_t sequence = raw.header.sequence;
    if (!m_keys) {
        return {};
    }
    const auto key = m_keys->key(raw.header.driver);
    if (!key) {
        report(sequence, "data_keys", "is of a driver whose data key does not open");
        return {};
    }
    if ((*key == nullptr) != raw.erased) {
        report(sequence, "seal",
               raw.erased ? "has lost its payload, and its driver was not erased"
                          : "has a payload, and its driver has no data key");
        return {};
    }
    if (raw.erased) {
        ++m_result.erased;
        return {};
    }
    const auto opened = openEntry(**key, raw.header, raw.entry);
    if (!opened) {
        report(sequence, "seal", "was changed: its seal does not fit");
        return {};
    }
    if (!opened->fitsCommitment) {
        report(sequence, "leaf", "has another payload than its leaf says");
        return {};
    }
    const auto payload = base::parseJson(opened->payload, kRecord);
    if (!payload || base::canonicalJson(*payload) != opened->payload) {
        report(sequence, "form", "has a payload that is no JSON in the form of RFC 8785");
        return {};
    }
    ++m_result.unsealed;
    takePayload(raw.header, *payload);
    const bool ofPurchase = raw.header.kind == EntryKind::purchase ||
                            raw.header.kind == EntryKind::approval ||
                            raw.header.kind == EntryKind::settlement;
    if (!ofPurchase) {
        return {};
    }
    base::Json event = *payload;
    event.erase("counter"); // of the TPM; no part of the event
    return m_purchases->take(sequence, event, *m_keys);
}

std::string textIn(const base::Json &json, const char *name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void Verifier::takePayload(const EntryHeader &header, const base::Json &payload)
{
    if (!payload.is_object()) {
        report(header.sequence, "form", "has a payload that is no object");
        return;
    }
    if ((header.sequence == 0) != (header.kind == EntryKind::created)) {
        report(header.sequence, "identity", "is of a kind that only entry 0 has, or entry 0 is not");
    }
    if (header.sequence == 0) {
        m_first = payload;
    }
    if (textIn(payload, "type") == "gateway_state") {
        m_settings[textIn(payload, "name")] = {textIn(payload, "value_hash"), header.sequence};
    }
    if (header.kind == EntryKind::approval && !m_options.keys.empty()) {
        takeApproval(header.sequence, payload);
    }
}

void Verifier::takeApproval(std::uint64_t sequence, const base::Json &payload)
{
    const auto verified =
        crypto::verifyJws(textIn(payload, "approval"), m_options.approvalType, m_options.keys);
    if (!verified) {
        report(sequence, "signature",
               "is an approval that is not signed by a key given here: " + verified.error().detail);
        return;
    }
    ++m_result.signatures;
    const auto claims = base::parseJson(base::textOf(verified->payload));
    const auto approval =
        claims ? payment::approvalFromClaims(*claims, &crypto::hashJson)
               : std::expected<payment::Approval, base::JsonError>(std::unexpected(claims.error()));
    if (!approval) {
        report(sequence, "approval",
               "is an approval whose claims do not hold, at " + approval.error().pointer);
    } else if (approval->sequence != sequence ||
               approval->purchase.text() != textIn(payload, "purchase_id") ||
               approval->id.text() != textIn(payload, "approval_id")) {
        report(sequence, "approval", "carries the approval of another entry or purchase");
    }
}

JournalResult<void> Verifier::compareIdentity()
{
    auto rows = m_database.prepare("SELECT journal_id, key_thumbprint FROM identity");
    const auto row = rows ? rows->step() : store::StoreResult<bool>(std::unexpected(rows.error()));
    if (!row) {
        return failed(row.error());
    }
    if (!*row) {
        report(std::nullopt, "identity", "The journal has lost its identity.");
        return {};
    }
    m_result.identity.journalId = rows->text(0);
    m_result.identity.keyThumbprint = rows->text(1);
    if (m_first.is_object() && (textIn(m_first, "journal_id") != rows->text(0) ||
                                textIn(m_first, "key_thumbprint") != rows->text(1))) {
        report(0, "identity", "says another journal or key than the identity beside it");
    }
    return {};
}

JournalResult<void> Verifier::compareFrontier()
{
    auto rows = m_database.prepare("SELECT size, hashes, mac FROM frontier");
    const auto row = rows ? rows->step() : store::StoreResult<bool>(std::unexpected(rows.error()));
    if (!row) {
        return failed(row.error());
    }
    if (!*row) {
        report(std::nullopt, "frontier", "The journal has lost the edge of its tree.");
        return {};
    }
    const auto size = static_cast<std::uint64_t>(rows->integer(0));
    const base::Bytes hashes = rows->blob(1);
    if (m_options.sealingKey != nullptr &&
        !crypto::equalInConstantTime(
            frontierMac(deriveKey(*m_options.sealingKey, "glovebox frontier 1"), size, hashes),
            rows->blob(2))) {
        report(std::nullopt, "frontier", "The edge of the tree was changed: its seal does not fit.");
    }
    if (size != m_result.identity.size) {
        report(std::min(size, m_result.identity.size), "missing",
               "is where the log ends or goes on: the edge of the tree knows " + std::to_string(size) +
                   " entries, " + std::to_string(m_result.identity.size) + " are there");
    } else if (m_treeWhole && joined(m_tree.hashes()) != hashes) {
        report(std::nullopt, "frontier",
               "The entries give another tree than its edge says: a leaf was changed.");
    }
    return {};
}

JournalResult<void> Verifier::compareSettings()
{
    const auto car = m_keys->of({});
    if (!car) {
        report(std::nullopt, "data_keys", "The car's own data key is missing.");
        return {};
    }
    auto rows = m_database.prepare("SELECT name, sealed FROM settings");
    if (!rows) {
        return failed(rows.error());
    }
    for (auto row = rows->step(); !row || *row; row = rows->step()) {
        if (!row) {
            return failed(row.error());
        }
        const std::string name = rows->text(0);
        const auto said = m_settings.find(name);
        const auto plain = crypto::unseal(*car->key, settingHeader(name), rows->blob(1));
        const auto entry = said == m_settings.end() ? std::nullopt : std::optional(said->second.second);
        if (!plain) {
            report(entry, "setting", "The setting " + name + " was changed or damaged.");
        } else if (entry && base::toBase64Url(crypto::sha256(*plain)) != said->second.first) {
            report(entry, "setting", "The setting " + name + " is not the one that the log knows.");
        }
        m_settings.erase(name);
    }
    for (const auto &[name, said] : m_settings) {
        report(said.second, "setting", "The setting " + name + " is missing.");
    }
    return {};
}

JournalResult<Verification> Verifier::run(const std::function<void(std::uint64_t)> &progress)
{
    auto done = loadKeys();
    done = done ? readEntries(progress) : done;
    done = done ? compareIdentity() : done;
    done = done ? compareFrontier() : done;
    if (done && m_keys) {
        done = m_purchases->finish(*m_keys);
        m_result.purchases = m_purchases->compared();
        done = done ? compareSettings() : done;
    }
    if (!done && done.error().code == JournalFault::corrupt) {
        report(std::nullopt, "page",
               "The file is damaged and was not read to its end: " + done.error().detail);
    } else if (!done) {
        return std::unexpected(std::move(done.error()));
    }
    return std::move(m_result);
}

} // namespace

JournalResult<Verification> verify(const VerifyOptions &options,
                                   const std::function<void(std::uint64_t)> &progress)
{
    auto database = openToRead(options.path, options.mountInfo);
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    return Verifier(options, std::move(*database)).run(progress);
}

} // namespace glovebox::journal
