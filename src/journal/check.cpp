// SPDX-License-Identifier: Apache-2.0
#include "journal/check.h"

#include <limits>
#include <map>
#include <set>

namespace glovebox::journal
{

namespace
{

constexpr int kPage = 256;

struct Rebuilt
{
    std::map<payment::PurchaseId, payment::Purchase> purchases;
    std::map<std::pair<payment::AgentId, payment::RequestId>, payment::PurchaseId>
        requests; // the first one stays
};

bool carriesPurchaseEvent(EntryKind kind)
{
    return kind == EntryKind::purchase || kind == EntryKind::approval || kind == EntryKind::settlement;
}

void foldEntry(const EntryRecord &record, Rebuilt &rebuilt, ProjectionCheck &check)
{
    const std::string name = "entry " + std::to_string(record.sequence);
    base::Json payload = *record.payload;
    if (payload.is_object()) {
        payload.erase("counter"); // the log's own, beside the event: see counted.h
    }
    const auto event = payment::purchaseEventFromJson(payload);
    if (!event) {
        check.differences.push_back(name + " is not an event of a purchase: " + event.error().pointer);
        return;
    }
    const auto found = rebuilt.purchases.find(event->purchase);
    const auto before =
        found == rebuilt.purchases.end() ? std::nullopt : std::optional<payment::Purchase>(found->second);
    auto after = payment::fold(before, *event);
    if (!after) {
        check.differences.push_back(name + " is an event that the life of " + event->purchase.text() +
                                    " does not allow");
        return;
    }
    if (!before && !after->agent.empty()) {
        rebuilt.requests.try_emplace({after->agent, after->proposal.requestId}, after->id);
    }
    rebuilt.purchases.insert_or_assign(event->purchase, std::move(*after));
}

JournalResult<Rebuilt> rebuild(Journal &journal, ProjectionCheck &check)
{
    Rebuilt rebuilt;
    const std::uint64_t size = journal.identity().size;
    std::uint64_t next = 0;
    while (next < size) {
        const auto page = journal.entries(next, kPage);
        if (!page) {
            return std::unexpected(page.error());
        }
        if (page->empty()) {
            return base::fail(JournalFault::corrupt, "entry " + std::to_string(next) + " is missing");
        }
        for (const EntryRecord &record : *page) {
            if (!record.payload) {
                ++check.erased;
                continue;
            }
            ++check.entries;
            if (carriesPurchaseEvent(record.kind)) {
                foldEntry(record, rebuilt, check);
            }
        }
        next += page->size();
    }
    return rebuilt;
}

JournalResult<void> comparePurchases(Journal &journal, const Rebuilt &rebuilt, ProjectionCheck &check)
{
    const auto kept = journal.purchases(std::numeric_limits<int>::max());
    if (!kept) {
        return std::unexpected(kept.error());
    }
    std::set<payment::PurchaseId> seen;
    for (const payment::Purchase &purchase : *kept) {
        ++check.purchases;
        seen.insert(purchase.id);
        const auto found = rebuilt.purchases.find(purchase.id);
        if (found == rebuilt.purchases.end()) {
            check.differences.push_back("purchase " + purchase.id.text() + " is not in the log");
        } else if (payment::toCanonical(found->second) != payment::toCanonical(purchase)) {
            check.differences.push_back("purchase " + purchase.id.text() + " differs from the log");
        }
    }
    for (const auto &[id, purchase] : rebuilt.purchases) {
        if (!seen.contains(id)) {
            check.differences.push_back("purchase " + id.text() + " is in the log alone");
        }
    }
    return {};
}

JournalResult<void> compareIndexes(Journal &journal, const Rebuilt &rebuilt, ProjectionCheck &check)
{
    for (const auto &[request, id] : rebuilt.requests) {
        const auto found = journal.purchaseOfRequest(request.first, request.second);
        if (!found) {
            return std::unexpected(found.error());
        }
        if (*found != id) {
            check.differences.push_back("the request of purchase " + id.text() + " does not lead to it");
        }
    }
    for (const auto &[id, purchase] : rebuilt.purchases) {
        if (purchase.approvalId.empty()) {
            continue;
        }
        const auto found = journal.purchaseOfApproval(purchase.approvalId);
        if (!found) {
            return std::unexpected(found.error());
        }
        if (*found != id) {
            check.differences.push_back("the approval of purchase " + id.text() + " does not lead to it");
        }
    }
    const auto outbox = journal.outbox();
    if (!outbox) {
        return std::unexpected(outbox.error());
    }
    for (const OutboxRow &row : *outbox) {
        const auto found = rebuilt.purchases.find(row.purchase);
        if (found == rebuilt.purchases.end() || found->second.approvalId != row.approval) {
            check.differences.push_back("the outbox holds " + row.purchase.text() +
                                        " with an approval that the log does not know");
        }
    }
    return {};
}

} // namespace

JournalResult<ProjectionCheck> checkProjections(Journal &journal)
{
    ProjectionCheck check;
    const auto rebuilt = rebuild(journal, check);
    if (!rebuilt) {
        return std::unexpected(rebuilt.error());
    }
    if (auto compared = comparePurchases(journal, *rebuilt, check); !compared) {
        return std::unexpected(std::move(compared.error()));
    }
    if (auto compared = compareIndexes(journal, *rebuilt, check); !compared) {
        return std::unexpected(std::move(compared.error()));
    }
    return check;
}

} // namespace glovebox::journal
