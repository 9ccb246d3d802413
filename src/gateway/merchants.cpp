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

// More than all revisions of a directory together.
constexpr std::int64_t kDay_revisions = 100'000'000'000;
static_assert(kRevision_max * static_cast<std::int64_t>(wire::kDirectoryEntries_max) < kDay_revisions);

/// The entry as it is signed: `item` with the day on which it ends.
base::Json withEnd(base::Json item, std::int64_t today)
{
    if (item.is_object() && !item.contains("valid_until_ms")) {
        item["valid_until_ms"] = (today + kValid_days) * kDay_ms;
    }
    return item;
}

std::expected<std::vector<base::Json>, base::JsonError> readItems(const base::Json &json, std::int64_t today)
{
    const auto wrong = [](const std::string &pointer, const std::string &reason) {
        return std::unexpected(base::JsonError{base::JsonFault::notAllowed, pointer, reason});
    };
    base::ObjectReader reader(json);
    (void)reader.optionalText("$comment");
    const base::Json list = reader.array("merchants", wire::kDirectoryEntries_max);
    if (const auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    std::set<payment::MerchantId> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto entry = payment::merchantFromJson(withEnd(list[i], today));
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
    }
    return std::vector<base::Json>(list.begin(), list.end());
}

} // namespace

std::int64_t dayOf(base::WallTime now)
{
    return now.milliseconds / kDay_ms;
}

base::Result<Merchants, MerchantsFault> signMerchants(std::vector<base::Json> items,
                                                      const crypto::SigningKey &key, Ledger &ledger,
                                                      base::WallTime now)
{
    Merchants merchants;
    merchants.day = dayOf(now);
    merchants.revision = merchants.day * kDay_revisions;
    for (const base::Json &listed : items) {
        const base::Json item = withEnd(listed, merchants.day);
        const auto jws = wire::signPayload(key, wire::kMerchantType, item);
        if (!jws) {
            return base::fail(MerchantsFault::signing, jws.error().detail);
        }
        if (const auto kept = ledger.keepMerchant(crypto::hashJson(item), item); !kept) {
            return base::fail(kept.error().code == LedgerFault::full ? MerchantsFault::full
                                                                     : MerchantsFault::io,
                              kept.error().detail);
        }
        merchants.revision += item.value("revision", std::int64_t{0});
        merchants.entries.push_back(*jws);
    }
    merchants.items = std::move(items);
    return merchants;
}

Started<Merchants> loadMerchants(const Config &config, const crypto::SigningKey &key, Ledger &ledger,
                                 base::WallTime now)
{
    constexpr char kWhat[] = "The merchants file";
    const std::string &path = config.merchantsFile;
    const auto json = readJsonFile(path, kWhat);
    if (!json) {
        return std::unexpected(json.error());
    }
    const std::string what = std::string(kWhat) + " " + path;
    auto items = readItems(*json, dayOf(now));
    if (!items) {
        return std::unexpected(contentFailure(items.error(), what));
    }
    auto merchants = signMerchants(std::move(*items), key, ledger, now);
    if (!merchants) {
        const bool disk = merchants.error().code != MerchantsFault::signing;
        return std::unexpected(StartFailure{disk ? exit_code::kDisk : exit_code::kDefect,
                                            "The merchants cannot be signed and kept (" +
                                                merchants.error().detail + "). Check key and disk."});
    }
    const auto directory =
        wire::signPayload(key, wire::kDirectoryType,
                          wire::directoryPayload(config.id, merchants->revision, now, merchants->entries));
    const auto read = directory ? wire::readDirectory(*directory, {&key.publicKey(), 1})
                                : std::unexpected(base::Failure{wire::WireFault::malformed, "not signed"});
    if (!read) {
        return std::unexpected(
            StartFailure{exit_code::kData, what + ": no car reads the directory that is made of it (" +
                                               read.error().detail + "). List less."});
    }
    return std::move(*merchants);
}

} // namespace glovebox::gateway
