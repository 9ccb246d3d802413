// SPDX-License-Identifier: Apache-2.0
#include "daemon/merchant_directory.h"

#include <algorithm>
#include <limits>

namespace glovebox::daemon
{

namespace
{

base::Json described(const payment::MerchantEntry &entry, std::optional<std::int64_t> distance_m)
{
    base::Json kinds = base::Json::object();
    for (const auto &[kind, terms] : entry.kinds) {
        kinds[kind] = payment::nameOf(terms.fulfilment);
    }
    base::Json json = {{"merchant_id", entry.id.text()},
                       {"name", entry.name},
                       {"category", entry.category},
                       {"kinds", std::move(kinds)},
                       {"currency", entry.currency}};
    if (distance_m) {
        json["distance_m"] = *distance_m;
    }
    return json;
}

} // namespace

MerchantDirectory::MerchantDirectory(std::vector<crypto::PublicKey> gatewayKeys, std::string gateway)
    : m_gatewayKeys(std::move(gatewayKeys)), m_gateway(std::move(gateway))
{}

bool MerchantDirectory::load(const std::string &jws)
{
    const auto directory = wire::readDirectory(jws, m_gatewayKeys);
    if (!directory || directory->gateway != m_gateway || directory->revision < m_revision) {
        return false;
    }
    m_entries.clear();
    for (const payment::MerchantEntry &entry : directory->entries) {
        m_entries.insert_or_assign(entry.id, entry);
    }
    m_revision = directory->revision;
    return true;
}

const payment::MerchantEntry *MerchantDirectory::find(const payment::MerchantId &id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : &found->second;
}

std::string MerchantDirectory::nearest(const payment::KindId &kind, std::optional<payment::Position> car,
                                       unsigned count_max) const
{
    struct Found
    {
        std::int64_t distance_m;
        const payment::MerchantEntry *entry;
    };
    std::vector<Found> found;
    for (const auto &[id, entry] : m_entries) {
        if (kind.empty() || entry.kinds.contains(kind.text())) {
            const std::int64_t distance_m = car ? payment::distance_m(*car, entry.position) : 0;
            found.push_back({distance_m, &entry});
        }
    }
    std::ranges::stable_sort(found, {}, &Found::distance_m);
    base::Json merchants = base::Json::array();
    for (const Found &one : found) {
        if (merchants.size() >= count_max) {
            break;
        }
        merchants.push_back(described(*one.entry, car ? std::optional(one.distance_m) : std::nullopt));
    }
    base::Json answer = {{"merchants", std::move(merchants)}};
    if (!known()) {
        answer["message"] =
            "The car has had no contact with the payment service yet, so no merchant is known. "
            "Try again later.";
    }
    return answer.dump();
}

} // namespace glovebox::daemon
