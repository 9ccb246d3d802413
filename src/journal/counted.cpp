// SPDX-License-Identifier: Apache-2.0
#include "journal/counted.h"

#include "journal/checkpoints.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

constexpr const char *kCounter = "counter"; // a setting

std::unexpected<base::Failure<JournalFault>> counterFailed(const base::Failure<crypto::TpmFault> &failure)
{
    return base::fail(JournalFault::refused, failure.detail);
}

bool asksForStep(const EntryDraft &draft, bool offline)
{
    return draft.kind == EntryKind::boot || draft.kind == EntryKind::wrongPin ||
           (offline && draft.kind == EntryKind::approval);
}

std::pair<std::string, std::string> settingOf(std::uint64_t value, std::uint64_t sequence)
{
    return {kCounter, base::Json{{"counter", value}, {"sequence", sequence}}.dump()};
}

/// A number of an object in a setting or an entry; nothing where it is none.
std::optional<std::uint64_t> numberIn(const base::Json &json, const char *name)
{
    if (!json.is_object() || !json.contains(name) || !json[name].is_number_unsigned()) {
        return std::nullopt;
    }
    return json[name].get<std::uint64_t>();
}

class Counted final : public Journal
{
public:
    /// Without a counter only what follows a rollback.
    Counted(std::unique_ptr<Journal> real, crypto::Counter *counter, std::uint64_t sealed,
            std::optional<Rollback> rollback)
        : m_real(std::move(real)), m_counter(counter), m_sealed(sealed), m_rollback(rollback)
    {}

    JournalResult<Committed> append(const Batch &batch) override
    {
        if (m_rollback) {
            return m_noted ? m_real->append(batch) : appendNoting(batch, *m_rollback);
        }
        const auto counted = std::ranges::find_if(batch.entries, [&batch](const EntryDraft &draft) {
            return asksForStep(draft, batch.approvedOffline);
        });
        if (counted == batch.entries.end()) {
            return m_real->append(batch);
        }
        if (auto level = catchUp(); !level) {
            return std::unexpected(std::move(level.error()));
        }
        const auto index = static_cast<std::size_t>(counted - batch.entries.begin());
        const std::uint64_t next = m_sealed + 1;
        Batch whole = batch;
        whole.entries[index].payload =
            [payload = counted->payload,
             next](std::uint64_t sequence) -> base::Result<base::CanonicalText, std::string> {
            auto text = payload(sequence);
            if (!text) {
                return text;
            }
            base::Json json = text->value();
            if (json.is_object()) {
                json["counter"] = next;
            }
            return base::CanonicalText(json);
        };
        whole.settings.push_back(settingOf(next, m_real->identity().size + index));
        auto committed = m_real->append(whole);
        if (committed) {
            m_sealed = next;
            // Durable already: a chip that fails now fails the next one that asks for a step.
            if (const auto stepped = m_counter->step(); stepped) {
                m_reached = *stepped;
            }
        }
        return committed;
    }

    JournalIdentity identity() const override { return m_real->identity(); }
    JournalResult<std::optional<payment::Purchase>> purchase(const payment::PurchaseId &id) override
    {
        return m_real->purchase(id);
    }
    JournalResult<std::vector<payment::Purchase>> purchases(int count_max) override
    {
        return m_real->purchases(count_max);
    }
    JournalResult<std::vector<payment::Purchase>> unfinished() override { return m_real->unfinished(); }
    JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfRequest(const payment::AgentId &agent, const payment::RequestId &request) override
    {
        return m_real->purchaseOfRequest(agent, request);
    }
    JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfApproval(const payment::ApprovalId &approval) override
    {
        return m_real->purchaseOfApproval(approval);
    }
    JournalResult<std::vector<OutboxRow>> outbox() override { return m_real->outbox(); }
    JournalResult<std::optional<std::string>> setting(const std::string &name) override
    {
        return m_real->setting(name);
    }
    JournalResult<std::vector<EntryRecord>> entries(std::uint64_t from, int count) override
    {
        return m_real->entries(from, count);
    }
    JournalResult<std::vector<base::Hash>> leaves(std::uint64_t from, int count) override
    {
        return m_real->leaves(from, count);
    }

    /// The chip stands where the log says, or one step below it, which is made now.
    JournalResult<void> catchUp()
    {
        if (m_reached == m_sealed) {
            return {};
        }
        auto value = m_counter->read();
        if (value && *value + 1 == m_sealed) {
            value = m_counter->step();
        }
        if (!value) {
            return counterFailed(value.error());
        }
        if (*value != m_sealed) {
            return base::fail(JournalFault::refused, "the TPM's counter was stepped by somebody else");
        }
        m_reached = *value;
        return {};
    }

private:
    /// What was found stays found, also when entries of today are at the log's end.
    JournalResult<Committed> appendNoting(const Batch &batch, const Rollback &rollback)
    {
        Batch whole = batch;
        whole.settings.push_back(settingOf(rollback));
        auto committed = m_real->append(whole);
        m_noted = committed.has_value();
        return committed;
    }

    std::unique_ptr<Journal> m_real;
    crypto::Counter *m_counter;
    std::uint64_t m_sealed;
    std::uint64_t m_reached = 0; // by the chip, as far as it was seen
    std::optional<Rollback> m_rollback;
    bool m_noted = false;
};

/// Null where there is none.
JournalResult<base::Json> readSetting(Journal &journal, const char *name)
{
    const auto found = journal.setting(name);
    if (!found) {
        return std::unexpected(found.error());
    }
    const std::optional<std::string> &text = *found;
    if (!text) {
        return base::Json();
    }
    auto json = base::parseJson(*text);
    if (!json) {
        return base::fail(JournalFault::corrupt, std::string("its setting ") + name + " is unreadable");
    }
    return std::move(*json);
}

struct Sealed
{
    std::uint64_t value = 0;
    std::uint64_t sequence = 0; // of the entry that says so
    bool agrees = false;        // that entry is there and says it
};

/// The setting only points at the entry: of the two, the entry is bound into the tree.
JournalResult<Sealed> readSealed(Journal &journal)
{
    const auto setting = readSetting(journal, kCounter);
    if (!setting) {
        return std::unexpected(setting.error());
    }
    if (setting->is_null()) {
        return base::fail(JournalFault::refused, "it was never tied to the TPM's counter");
    }
    const auto value = numberIn(*setting, "counter");
    const auto sequence = numberIn(*setting, "sequence");
    if (!value || !sequence) {
        return base::fail(JournalFault::corrupt, "its setting counter is unreadable");
    }
    Sealed sealed{*value, *sequence, false};
    const auto entries = journal.entries(sealed.sequence, 1);
    if (!entries) {
        return std::unexpected(entries.error());
    }
    if (!entries->empty()) {
        // The entry of an erased driver cannot be asked any more; its number still had to be sealed by us.
        const std::optional<base::Json> &payload = entries->front().payload;
        sealed.agrees = !payload || numberIn(*payload, "counter") == sealed.value;
    }
    return sealed;
}

Rollback byCounter(std::uint64_t firstBad, std::uint64_t sealed, std::uint64_t counter)
{
    return {.reason = Rollback::Reason::counter,
            .firstBadSequence = firstBad,
            .sealed = sealed,
            .counter = counter};
}

} // namespace

JournalResult<CountedJournal> underCounter(std::unique_ptr<Journal> journal, crypto::Counter &counter)
{
    const auto now = counter.read();
    if (!now) {
        return counterFailed(now.error());
    }
    const auto sealed = readSealed(*journal);
    if (!sealed) {
        return std::unexpected(sealed.error());
    }
    const auto finding = compareWithCosigned(*journal);
    if (!finding) {
        return std::unexpected(finding.error());
    }
    std::optional<Rollback> rollback = *finding;
    const std::uint64_t size = journal->identity().size;
    if (!rollback && !sealed->agrees) {
        rollback = byCounter(std::min(sealed->sequence, size), sealed->value, *now);
    } else if (!rollback && *now != sealed->value && *now + 1 != sealed->value) {
        rollback = byCounter(size, sealed->value, *now);
    }
    auto counted = std::make_unique<Counted>(std::move(journal), &counter, sealed->value, rollback);
    if (!rollback) {
        if (const auto level = counted->catchUp(); !level) {
            return std::unexpected(level.error());
        }
    }
    return CountedJournal{std::move(counted), rollback};
}

JournalResult<CountedJournal> withoutCounter(std::unique_ptr<Journal> journal)
{
    const auto rollback = compareWithCosigned(*journal);
    if (!rollback) {
        return std::unexpected(rollback.error());
    }
    if (*rollback) {
        journal = std::make_unique<Counted>(std::move(journal), nullptr, 0, *rollback);
    }
    return CountedJournal{std::move(journal), *rollback};
}

JournalResult<void> tieToCounter(Journal &journal, crypto::Counter &counter)
{
    const auto value = counter.read();
    if (!value) {
        return counterFailed(value.error());
    }
    Batch batch;
    batch.entries.push_back({EntryKind::boot, {}, [value = *value](std::uint64_t) {
                                 return base::Json{{"v", 1}, {"type", "counter_tied"}, {"counter", value}};
                             }});
    batch.settings.push_back(settingOf(*value, journal.identity().size));
    if (const auto committed = journal.append(batch); !committed) {
        return std::unexpected(committed.error());
    }
    return {};
}

} // namespace glovebox::journal
