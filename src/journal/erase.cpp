// SPDX-License-Identifier: Apache-2.0
#include "journal/erasure.h"
#include "journal/faults.h"
#include "journal/log.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

std::unexpected<base::Failure<JournalFault>> refused(const char *why)
{
    return base::fail(JournalFault::refused, why);
}

} // namespace

std::optional<Pseudonym> erasedBy(const base::Json &payload)
{
    const auto found = payload.is_object() ? payload.find(kErasedPseudonym) : payload.end();
    if (!payload.is_object() || found == payload.end() || !found->is_string()) {
        return std::nullopt;
    }
    const auto bytes = base::fromHex(found->get<std::string>());
    Pseudonym pseudonym{};
    if (!bytes || bytes->size() != pseudonym.size()) {
        return std::nullopt;
    }
    std::ranges::copy(*bytes, pseudonym.begin());
    return pseudonym;
}

Batch naming(Batch batch, const Pseudonym &erased)
{
    for (EntryDraft &draft : batch.entries) {
        if (draft.kind != EntryKind::erasure) {
            continue;
        }
        draft.payload = [payload = std::move(draft.payload),
                         erased](std::uint64_t sequence) -> base::Result<base::CanonicalText, std::string> {
            auto text = payload(sequence);
            if (!text) {
                return text;
            }
            base::Json json = text->value();
            if (!json.is_object()) {
                return base::fail(std::string("erasure"), "an erasure's entry is an object");
            }
            json[kErasedPseudonym] = base::toHex(erased);
            return base::CanonicalText(json);
        };
    }
    return batch;
}

JournalResult<std::optional<Pseudonym>> Log::toErase(const Batch &batch)
{
    const auto saysSo = std::ranges::count(batch.entries, EntryKind::erasure, &EntryDraft::kind);
    if (!batch.erase && saysSo == 0) {
        return std::nullopt;
    }
    const bool touchesDriver =
        batch.erase &&
        (std::ranges::find(batch.entries, *batch.erase, &EntryDraft::driver) != batch.entries.end() ||
         (batch.purchase && batch.purchase->driver == *batch.erase));
    const bool ofTheCar = std::ranges::all_of(batch.entries, [](const EntryDraft &draft) {
        return draft.kind != EntryKind::erasure || draft.driver.empty();
    });
    if (!batch.erase || batch.erase->empty() || saysSo != 1 || touchesDriver || !ofTheCar) {
        return refused("an erasure is one entry of the car about one driver");
    }
    const auto pseudonym = m.keys.pseudonymOf(*batch.erase);
    if (!pseudonym) {
        return refused("nothing is kept of this driver");
    }
    auto open = m.database.prepare("SELECT 1 FROM purchases WHERE unfinished = 1 AND pseudonym = ?1 LIMIT 1");
    const auto row = open ? open->bind(1, base::ByteView(*pseudonym)).step()
                          : store::StoreResult<bool>(std::unexpected(open.error()));
    if (!row) {
        return failed(row.error());
    }
    if (*row) {
        return refused("a purchase of this driver is not settled yet");
    }
    return pseudonym;
}

JournalResult<void> Log::erase(const Pseudonym &driver)
{
    // An index leads to purchases that are there; so it goes first.
    for (const char *sql : {"DELETE FROM requests WHERE purchase_id IN (SELECT purchase_id FROM purchases "
                            "WHERE pseudonym = ?1)",
                            "DELETE FROM purchases WHERE pseudonym = ?1",
                            "UPDATE entries SET sealed = NULL WHERE pseudonym = ?1"}) {
        auto statement = m.database.prepare(sql);
        const auto done = statement ? statement->bind(1, base::ByteView(driver)).run()
                                    : store::StoreResult<void>(std::unexpected(statement.error()));
        if (!done) {
            return failed(done.error());
        }
    }
    return m.keys.erase(driver);
}

} // namespace glovebox::journal
