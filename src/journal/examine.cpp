// SPDX-License-Identifier: Apache-2.0
#include "journal/examine.h"

#include "crypto/hash.h"
#include "crypto/jws.h"

namespace glovebox::journal
{

namespace
{

constexpr base::JsonLimits kRecord{.bytes_max = 1024 * 1024, .depth_max = 24};
constexpr std::size_t kBatch_entries_max = 256;
constexpr std::size_t kBatch_bytes_max = 1024 * 1024;

std::string textIn(const base::Json &json, const char *name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void report(Examined &entry, std::string code, std::string text)
{
    entry.findings.push_back({entry.header.sequence, std::move(code), std::move(text)});
}

bool isOfPurchase(EntryKind kind)
{
    return kind == EntryKind::purchase || kind == EntryKind::approval || kind == EntryKind::settlement;
}

void examineApproval(const VerifyOptions &options, const base::Json &payload, Examined &entry)
{
    const auto verified = crypto::verifyJws(textIn(payload, "approval"), options.approvalType, options.keys);
    if (!verified) {
        report(entry, "signature",
               "is an approval that is not signed by a key given here: " + verified.error().detail);
        return;
    }
    entry.signature = true;
    const auto claims = base::parseJson(base::textOf(verified->payload));
    const auto approval =
        claims ? payment::approvalFromClaims(*claims, &crypto::hashJson)
               : std::expected<payment::Approval, base::JsonError>(std::unexpected(claims.error()));
    if (!approval) {
        report(entry, "approval", "is an approval whose claims do not hold, at " + approval.error().pointer);
    } else if (approval->sequence != entry.header.sequence ||
               approval->purchase.text() != textIn(payload, "purchase_id") ||
               approval->id.text() != textIn(payload, "approval_id")) {
        report(entry, "approval", "carries the approval of another entry or purchase");
    }
}

void examinePayload(const VerifyOptions &options, base::Json payload, Examined &entry)
{
    const EntryHeader &header = entry.header;
    if (!payload.is_object()) {
        report(entry, "form", "has a payload that is no object");
    } else {
        if ((header.sequence == 0) != (header.kind == EntryKind::created)) {
            report(entry, "identity", "is of a kind that only entry 0 has, or entry 0 is not");
        }
        if (header.kind == EntryKind::approval && !options.keys.empty()) {
            examineApproval(options, payload, entry);
        }
    }
    if (!isOfPurchase(header.kind) || header.sequence == 0) {
        entry.payload = payload;
    }
    if (isOfPurchase(header.kind)) {
        if (payload.is_object()) {
            payload.erase("counter"); // of the TPM; no part of the event
        }
        auto event = payment::purchaseEventFromJson(payload);
        if (event) {
            entry.event = std::move(*event);
        } else {
            report(entry, "event", "is not an event of a purchase, at " + event.error().pointer);
        }
    }
}

/// The payload's text, where seal, commitment and form are right.
std::optional<base::Json> open(const ToExamine &toExamine, Examined &entry)
{
    using Key = ToExamine::Key;
    const Raw &raw = toExamine.raw;
    if (toExamine.keyState == Key::unreadable) {
        report(entry, "data_keys", "is of a driver whose data key does not open");
        return std::nullopt;
    }
    if ((toExamine.keyState == Key::none) != raw.erased) {
        report(entry, "seal",
               raw.erased ? "has lost its payload, and its driver was not erased"
                          : "has a payload, and its driver has no data key");
        return std::nullopt;
    }
    entry.erased = raw.erased;
    if (raw.erased) {
        return std::nullopt;
    }
    const auto opened = openEntry(*toExamine.key, raw.header, raw.entry);
    if (!opened) {
        report(entry, "seal", "was changed: its seal does not fit");
        return std::nullopt;
    }
    if (!opened->fitsCommitment) {
        report(entry, "leaf", "has another payload than its leaf says");
        return std::nullopt;
    }
    auto payload = base::parseJson(opened->payload, kRecord);
    if (!payload || base::canonicalJson(*payload) != opened->payload) {
        report(entry, "form", "has a payload that is no JSON in the form of RFC 8785");
        return std::nullopt;
    }
    return std::move(*payload);
}

} // namespace

Examined examine(const VerifyOptions &options, const ToExamine &toExamine)
{
    Examined entry;
    entry.header = toExamine.raw.header;
    entry.leaf = leafHash(entry.header, toExamine.raw.entry.commitment);
    if (toExamine.keyState == ToExamine::Key::notWanted) {
        entry.erased = toExamine.raw.erased;
        return entry;
    }
    if (auto payload = open(toExamine, entry)) {
        entry.unsealed = true;
        examinePayload(options, std::move(*payload), entry);
    }
    return entry;
}

Examiners::Examiners(const VerifyOptions &options, Sink sink)
    : m_options(options), m_sink(std::move(sink)), m_filling(std::make_unique<Batch>())
{
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) {
        m_threads.emplace_back([this] { work(); });
    }
}

Examiners::~Examiners()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wanted.notify_all();
    for (std::thread &thread : m_threads) {
        thread.join();
    }
}

void Examiners::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wanted.wait(lock, [this] { return m_ending || !m_waiting.empty(); });
        if (m_ending) {
            return;
        }
        const std::shared_ptr<Batch> batch = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        for (const ToExamine &entry : batch->entries) {
            batch->results.push_back(examine(m_options, entry));
        }
        lock.lock();
        batch->done = true;
        m_done.notify_one();
    }
}

JournalResult<void> Examiners::add(ToExamine entry)
{
    m_filling->bytes += entry.raw.entry.sealed.size();
    m_filling->entries.push_back(std::move(entry));
    if (m_filling->entries.size() < kBatch_entries_max && m_filling->bytes < kBatch_bytes_max) {
        return {};
    }
    hand();
    return m_underWay.size() > 2 * m_threads.size() ? takeOldest() : JournalResult<void>();
}

void Examiners::hand()
{
    std::shared_ptr<Batch> batch = std::exchange(m_filling, std::make_unique<Batch>());
    m_underWay.push_back(batch);
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(batch));
    }
    m_wanted.notify_one();
}

JournalResult<void> Examiners::takeOldest()
{
    const std::shared_ptr<Batch> batch = std::move(m_underWay.front());
    m_underWay.pop_front();
    {
        std::unique_lock lock(m_mutex);
        m_done.wait(lock, [&batch] { return batch->done; });
    }
    for (const Examined &entry : batch->results) {
        if (auto taken = m_sink(entry); !taken) {
            return taken;
        }
    }
    return {};
}

JournalResult<void> Examiners::finish()
{
    hand();
    while (!m_underWay.empty()) {
        if (auto taken = takeOldest(); !taken) {
            return taken;
        }
    }
    return {};
}

} // namespace glovebox::journal
