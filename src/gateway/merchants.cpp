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

} // namespace

base::Result<Merchants, MerchantsFault> loadMerchants(const std::string &path, const crypto::SigningKey &key,
                                                      Ledger &ledger, base::WallTime now)
{
    const auto json = readJsonFile(path);
    if (!json) {
        return base::fail(MerchantsFault::file, json.error().detail);
    }
    base::ObjectReader reader(*json);
    (void)reader.optionalText("$comment");
    const base::Json list = reader.array("merchants", wire::kDirectoryEntries_max);
    if (const auto error = reader.finish()) {
        return base::fail(MerchantsFault::file, path + ": " + error->pointer + ": " + error->reason);
    }
    const std::int64_t today = now.milliseconds / kDay_ms;
    Merchants merchants;
    std::set<payment::MerchantId> seen;
    std::int64_t revisions = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        base::Json item = list[i];
        if (item.is_object() && !item.contains("valid_until_ms")) {
            item["valid_until_ms"] = (today + kValid_days) * kDay_ms;
        }
        const auto entry = payment::merchantFromJson(item);
        const std::string where = path + ": /merchants/" + std::to_string(i);
        if (!entry) {
            return base::fail(MerchantsFault::entry,
                              where + entry.error().pointer + ": " + entry.error().reason);
        }
        if (!seen.insert(entry->id).second) {
            return base::fail(MerchantsFault::entry, where + ": this merchant is listed twice");
        }
        if (entry->revision > kRevision_max) {
            return base::fail(MerchantsFault::entry, where + "/revision: too high");
        }
        revisions += entry->revision;
        const auto jws = wire::signPayload(key, wire::kMerchantType, item);
        if (!jws) {
            return base::fail(MerchantsFault::signing, jws.error().detail);
        }
        if (const auto kept = ledger.keepMerchant(crypto::hashJson(item), item); !kept) {
            return base::fail(MerchantsFault::ledger, kept.error().detail);
        }
        merchants.entries.push_back(*jws);
    }
    merchants.revision = today * 1000 + revisions;
    return merchants;
}

} // namespace glovebox::gateway
