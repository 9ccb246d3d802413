// SPDX-License-Identifier: Apache-2.0
#include "cli/settlements_command.h"

#include "crypto/hash.h"
#include "crypto/jws.h"
#include "journal/verify.h"

#include <cstdio>
#include <map>

namespace glovebox::cli
{

namespace
{

using base::Json;
using journal::EntryKind;

bool isOfPurchase(EntryKind kind)
{
    return kind == EntryKind::purchase || kind == EntryKind::approval || kind == EntryKind::settlement;
}

/// The purchases of a journal, as its entries tell them.
class Folding
{
public:
    void look(const journal::EntryRecord &entry)
    {
        if (!entry.payload || !isOfPurchase(entry.kind)) {
            return;
        }
        Json payload = *entry.payload;
        payload.erase("counter"); // of the chip, no part of the event
        const auto event = payment::purchaseEventFromJson(payload);
        if (!event) {
            m_damaged = true;
            return;
        }
        const auto known = m_purchases.find(event->purchase);
        auto after =
            payment::fold(known == m_purchases.end() ? std::nullopt : std::optional(known->second), *event);
        if (!after) {
            m_damaged = true;
            return;
        }
        m_purchases.insert_or_assign(event->purchase, std::move(*after));
    }
    [[nodiscard]] bool damaged() const { return m_damaged; }
    [[nodiscard]] const std::map<payment::PurchaseId, payment::Purchase> &purchases() const
    {
        return m_purchases;
    }

private:
    std::map<payment::PurchaseId, payment::Purchase> m_purchases;
    bool m_damaged = false;
};

/// Nothing where it was never approved.
std::optional<Json> settlementOf(const payment::Purchase &purchase)
{
    const auto payload = crypto::payloadOf(purchase.approvalJws);
    const auto claims =
        payload ? base::parseJson(base::textOf(*payload)) : std::unexpected(base::JsonError{});
    const auto approval =
        claims ? payment::approvalFromClaims(*claims, &crypto::hashJson) : std::unexpected(claims.error());
    if (!approval) {
        return std::nullopt;
    }
    Json json{{"wallet_id", approval->wallet.text()},
              {"approval_id", approval->id.text()},
              {"state", payment::nameOf(purchase.state)},
              {"currency", approval->cap.currency.code()},
              {"cap_minor", approval->cap.minor}};
    if (purchase.settlement.authorised_minor) {
        json["authorised_minor"] = *purchase.settlement.authorised_minor;
    }
    if (purchase.settlement.captured_minor) {
        json["captured_minor"] = *purchase.settlement.captured_minor;
    }
    return json;
}

} // namespace

int printSettlements(const Sources &sources)
{
    if (!sources.sealingKey) {
        return complain({kUsage, "Settlements need the sealing key: --sealing-key FILE or --config FILE."});
    }
    Folding folding;
    const auto done = journal::exportEntries(
        sources.file, *sources.sealingKey,
        [&folding](const journal::ExportedEntry &entry) { folding.look(entry.record); });
    if (!done) {
        return complain(failureOf(done.error(), sources.file));
    }
    if (folding.damaged()) {
        return complain({kData, "The journal " + sources.file +
                                    " holds events that do not go together. See glovebox journal verify."});
    }
    Json approvals = Json::array();
    for (const auto &[id, purchase] : folding.purchases()) {
        if (auto settlement = settlementOf(purchase)) {
            approvals.push_back(std::move(*settlement));
        }
    }
    const Json book{{"v", 1}, {"type", "glovebox-settlements"}, {"approvals", std::move(approvals)}};
    std::fputs((book.dump(2) + "\n").c_str(), stdout);
    return 0;
}

} // namespace glovebox::cli
