// SPDX-License-Identifier: Apache-2.0
#include "gateway/merchants.h"

#include "crypto/hash.h"
#include "wire/messages.h"

#include <set>

namespace glovebox::gateway
{

namespace
{

constexpr std::int64_t kDay_ms = 24LL * 3600 * 1000;
constexpr std::int64_t kValid_days = 30;
constexpr std::int64_t kRevision_max = 1'000'000'000;

constexpr char kWhat[] = "The merchants file";

/// The entry as it is signed: `item` with the day on which it ends.
base::Json withEnd(base::Json item, std::int64_t today)
{
    if (item.is_object() && !item.contains("valid_until_ms")) {
        item["valid_until_ms"] = (today + kValid_days) * kDay_ms;
    }
    return item;
}

} // namespace

Started<Merchants> loadMerchants(const std::string &path, const crypto::SigningKey &key, Ledger &ledger,
                                 base::WallTime now)
{
    const auto json = readJsonFile(path, kWhat);
    if (!json) {
        return std::unexpected(json.error());
    }
    const auto wrong = [&path](const std::string &pointer, const std::string &reason) {
        return std::unexpected(
            contentFailure({base::JsonFault::notAllowed, pointer, reason}, std::string(kWhat) + " " + path));
    };
    base::ObjectReader reader(*json);
    (void)reader.optionalText("$comment");
    const base::Json list = reader.array("merchants", wire::kDirectoryEntries_max);
    if (const auto error = reader.finish()) {
        return wrong(error->pointer, error->reason);
    }
    const std::int64_t today = now.milliseconds / kDay_ms;
    Merchants merchants;
    std::set<payment::MerchantId> seen;
    std::int64_t revisions = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const base::Json item = withEnd(list[i], today);
        const auto entry = payment::merchantFromJson(item);
        const std::string where = "/merchants/" + std::to_string(i);
        if (!entry) {
            return wrong(where + entry.error().pointer, entry.error().reason);
        }
        if (!seen.insert(entry->id).second) {
            return wrong(where + "/id", "this merchant is listed twice");
        }
        if (entry->revision > kRevision_max) {
            return wrong(where + "/revision", "too high");
        }
        revisions += entry->revision;
        const auto jws = wire::signPayload(key, wire::kMerchantType, item);
        if (!jws) {
            return std::unexpected(StartFailure{exit_code::kDefect, "The gateway's key does not sign (" +
                                                                        jws.error().detail + ")."});
        }
        if (const auto kept = ledger.keepMerchant(crypto::hashJson(item), item); !kept) {
            return std::unexpected(
                StartFailure{exit_code::kDisk, "The ledger does not keep merchant entries (" +
                                                   kept.error().detail + "). Check the disk."});
        }
        merchants.entries.push_back(*jws);
    }
    merchants.revision = today * 1000 + revisions;
    return merchants;
}

} // namespace glovebox::gateway
