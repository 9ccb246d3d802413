// SPDX-License-Identifier: Apache-2.0
#include "journal/raw_entry.h"

#include "journal/faults.h"
#include "journal/log.h"
#include "journal/schema.h"
#include "journal/verify.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

constexpr int kKind_max = 13;

} // namespace

JournalResult<store::Database> openToRead(const std::string &path, const std::string &mountInfo)
{
    store::Options options;
    options.path = path;
    options.applicationId = kApplicationId;
    options.migrations = migrations();
    options.mountInfo = mountInfo;
    auto database = store::Database::inspect(options);
    if (!database) {
        return failed(database.error());
    }
    return std::move(*database);
}

std::optional<Raw> rawOf(const store::Statement &row)
{
    Raw raw;
    raw.header.sequence = static_cast<std::uint64_t>(row.integer(0));
    raw.header.kind = static_cast<EntryKind>(row.integer(1));
    const base::Bytes driver = row.blob(2);
    const base::Bytes commitment = row.blob(3);
    if (driver.size() != raw.header.driver.size() || commitment.size() != raw.entry.commitment.size() ||
        row.integer(1) < 1 || row.integer(1) > kKind_max) {
        return std::nullopt;
    }
    std::ranges::copy(driver, raw.header.driver.begin());
    std::ranges::copy(commitment, raw.entry.commitment.begin());
    raw.erased = row.isNull(4);
    raw.entry.sealed = row.blob(4);
    return raw;
}

JournalResult<void> exportEntries(const std::string &path, const crypto::Secret &sealingKey,
                                  const std::function<void(const ExportedEntry &)> &sink)
{
    auto database = openToRead(path, "/proc/self/mountinfo");
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    auto keys = DriverKeys::load(*database, sealingKey);
    if (!keys) {
        return std::unexpected(std::move(keys.error()));
    }
    auto rows = database->prepare(kRawEntries);
    if (!rows) {
        return failed(rows.error());
    }
    for (auto row = rows->step(); !row || *row; row = rows->step()) {
        if (!row) {
            return failed(row.error());
        }
        auto record = entryOfRow(*rows, *keys);
        const auto raw = rawOf(*rows);
        if (!record || !raw) {
            return record ? base::fail(JournalFault::corrupt, "an entry cannot be read")
                          : std::unexpected(std::move(record.error()));
        }
        sink({std::move(*record), leafHash(raw->header, raw->entry.commitment)});
    }
    return {};
}

} // namespace glovebox::journal
