// SPDX-License-Identifier: Apache-2.0
#include "journal/verify.h"

#include "crypto/hash.h"
#include "journal/examine.h"
#include "journal/faults.h"
#include "journal/verify_checkpoints.h"
#include "journal/verify_erasures.h"
#include "journal/verify_purchases.h"

#include <algorithm>
#include <limits>

namespace glovebox::journal
{

namespace
{

constexpr std::uint64_t kProgressEvery = 4096;

std::string textIn(const base::Json &json, const char *name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

class Verifier
{
public:
    Verifier(const VerifyOptions &options, store::Database database)
        : m_options(options), m_database(std::move(database)),
          m_checkpoints(reporting(), options.keys, options.witness ? &*options.witness : nullptr),
          m_erasures(reporting())
    {}
    [[nodiscard]] JournalResult<Verification> run(const Progress &progress);

private:
    void report(std::optional<std::uint64_t> sequence, std::string code, std::string text);
    [[nodiscard]] CheckpointCheck::Report reporting()
    {
        return [this](std::optional<std::uint64_t> sequence, std::string code, std::string text) {
            report(sequence, std::move(code), std::move(text));
        };
    }
    [[nodiscard]] JournalResult<void> loadKeys();
    [[nodiscard]] JournalResult<void> readEntries(const Progress &progress);
    [[nodiscard]] JournalResult<std::uint64_t> countEntries();
    [[nodiscard]] ToExamine withKey(Raw raw);
    [[nodiscard]] JournalResult<void> takeEntry(const Examined &entry);
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
    CheckpointCheck m_checkpoints;
    ErasureCheck m_erasures;
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
        m_result.unchecked = {"payloads and the seals around them", "signatures of approvals", "checkpoints",
                              "purchases, requests, outbox and settings", "the seal of the tree's edge"};
        return {};
    }
    auto keys = DriverKeys::load(m_database, *m_options.sealingKey);
    if (!keys && keys.error().code != JournalFault::sealed && keys.error().code != JournalFault::corrupt) {
        return std::unexpected(std::move(keys.error()));
    }
    if (!keys) {
        report(std::nullopt, "data_keys", "The data keys do not open under this sealing key.");
        m_result.unchecked = {"payloads and the seals around them", "signatures of approvals", "checkpoints",
                              "purchases, requests, outbox and settings"};
        return {};
    }
    m_keys.emplace(std::move(*keys));
    auto purchases = PurchaseCheck::prepare(m_database, *m_options.sealingKey, reporting());
    if (!purchases) {
        return std::unexpected(std::move(purchases.error()));
    }
    m_purchases.emplace(std::move(*purchases));
    if (m_options.keys.empty()) {
        m_result.unchecked.emplace_back("signatures of approvals and checkpoints: no public key was given");
    }
    return {};
}

JournalResult<std::uint64_t> Verifier::countEntries()
{
    auto rows = m_database.prepare("SELECT coalesce(max(sequence) + 1, 0) FROM entries");
    const auto row = rows ? rows->step() : store::StoreResult<bool>(std::unexpected(rows.error()));
    if (!row) {
        return failed(row.error());
    }
    return static_cast<std::uint64_t>(rows->integer(0));
}

JournalResult<void> Verifier::readEntries(const Progress &progress)
{
    const auto total = progress ? countEntries() : JournalResult<std::uint64_t>(0);
    auto rows = m_database.prepare(kRawEntries);
    if (!rows || !total) {
        return rows ? std::unexpected(total.error()) : failed(rows.error());
    }
    Examiners examiners(m_options, [this](const Examined &entry) { return takeEntry(entry); });
    std::uint64_t expected = 0;
    for (auto row = rows->step(); !row || *row; row = rows->step()) {
        if (!row) {
            if (auto taken = examiners.finish(); !taken) {
                return taken;
            }
            return failed(row.error());
        }
        const auto sequence = static_cast<std::uint64_t>(rows->integer(0));
        if (sequence != expected) {
            report(expected, "missing",
                   "is missing, with all up to " + std::to_string(sequence) + " (exclusive)");
            m_treeWhole = false;
        }
        expected = sequence + 1;
        auto raw = rawOf(*rows);
        if (!raw) {
            report(sequence, "row", "has a kind, a pseudonym or a commitment that cannot be");
            m_treeWhole = false;
            continue;
        }
        if (auto added = examiners.add(withKey(std::move(*raw))); !added) {
            return added;
        }
        if (progress && expected % kProgressEvery == 0) {
            progress(expected, *total);
        }
    }
    if (auto taken = examiners.finish(); !taken) {
        return taken;
    }
    m_result.identity.size = expected;
    m_result.identity.root = m_tree.root();
    return {};
}

ToExamine Verifier::withKey(Raw raw)
{
    using Key = ToExamine::Key;
    ToExamine entry{std::move(raw), Key::notWanted, nullptr};
    if (m_keys) {
        const auto key = m_keys->key(entry.raw.header.driver);
        entry.key = key ? *key : nullptr;
        entry.keyState = !key ? Key::unreadable : *key == nullptr ? Key::none : Key::found;
    }
    return entry;
}

JournalResult<void> Verifier::takeEntry(const Examined &entry)
{
    if (entry.payload.is_object()) {
        m_checkpoints.take(entry.header.sequence, entry.header.kind, entry.payload,
                           m_treeWhole ? &m_tree : nullptr);
    }
    m_tree.append(entry.leaf);
    m_erasures.take(entry);
    for (const Finding &finding : entry.findings) {
        report(finding.sequence, finding.code, finding.text);
    }
    m_result.erased += entry.erased ? 1 : 0;
    m_result.unsealed += entry.unsealed ? 1 : 0;
    m_result.signatures += entry.signature ? 1 : 0;
    if (entry.header.sequence == 0 && entry.payload.is_object()) {
        m_first = entry.payload;
    }
    if (entry.payload.is_object() && textIn(entry.payload, "type") == "gateway_state") {
        m_settings[textIn(entry.payload, "name")] = {textIn(entry.payload, "value_hash"),
                                                     entry.header.sequence};
    }
    return entry.event ? m_purchases->take(entry.header.sequence, *entry.event, *m_keys)
                       : JournalResult<void>();
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
        if (plain && name == kCosignedSetting) {
            m_checkpoints.takeKept(base::textOf(*plain), m_result.identity.size);
        }
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

JournalResult<Verification> Verifier::run(const Progress &progress)
{
    auto done = loadKeys();
    done = done ? readEntries(progress) : done;
    done = done ? compareIdentity() : done;
    done = done ? compareFrontier() : done;
    if (done && m_keys) {
        done = m_purchases->finish(*m_keys);
        m_result.purchases = m_purchases->compared();
        done = done ? compareSettings() : done;
        m_result.checkpoints = m_checkpoints.checked();
        m_erasures.finish();
        if (auto erased = m_erasures.unchecked()) {
            m_result.unchecked.push_back(std::move(*erased));
        }
        if (m_checkpoints.cosignedUnchecked()) {
            m_result.unchecked.emplace_back("cosignatures of checkpoints: no witness was given");
        }
    }
    if (!done && done.error().code == JournalFault::corrupt) {
        report(std::nullopt, "page",
               "The file is damaged and was not read to its end: " + done.error().detail);
    } else if (!done) {
        return std::unexpected(std::move(done.error()));
    }
    // Some were found while the entries before them were still examined.
    std::ranges::stable_sort(m_result.findings, {}, [](const Finding &finding) {
        return finding.sequence.value_or(std::numeric_limits<std::uint64_t>::max());
    });
    return std::move(m_result);
}

} // namespace

JournalResult<Verification> verify(const VerifyOptions &options, const Progress &progress)
{
    auto database = openToRead(options.path, options.mountInfo);
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    return Verifier(options, std::move(*database)).run(progress);
}

} // namespace glovebox::journal
