// SPDX-License-Identifier: Apache-2.0
#include "gateway/service.h"

#include "crypto/hash.h"

#include <charconv>

namespace glovebox::gateway
{

namespace
{

constexpr std::string_view kApprovals = "/v1/approvals";
constexpr std::string_view kMerchantApprovals = "/v1/merchant/approvals/";

Answer notFound()
{
    return errorAnswer(404, "malformed", "there is nothing at this path");
}

/// "?name=value" and nothing else.
std::optional<std::string> onlyParameter(const std::string &query, std::string_view name)
{
    const std::string start = "?" + std::string(name) + "=";
    if (!query.starts_with(start) || query.find_first_of("&%+#", start.size()) != std::string::npos) {
        return std::nullopt;
    }
    return query.substr(start.size());
}

} // namespace

Answer errorAnswer(int status, const char *code, std::string detail)
{
    return {status, {{"error", code}, {"detail", std::move(detail)}}};
}

Service::Service(Parts parts) : m_parts(std::move(parts)) {}

bool Service::healthy() const
{
    const std::scoped_lock lock(m_mutex);
    return m_healthy;
}

Answer Service::broken(const base::Failure<LedgerFault> &failure)
{
    if (failure.code == LedgerFault::io || failure.code == LedgerFault::damaged) {
        m_healthy = false;
    }
    return errorAnswer(503, "unavailable", "try again later");
}

Answer Service::handle(const wire::SignedParts &request, const wire::HeaderLookup &headers)
{
    if (request.method == "GET" && request.path == "/v1/health") {
        return healthy() ? Answer{200, {{"status", "ok"}}}
                         : errorAnswer(503, "unavailable", "the ledger is closed");
    }
    const auto caller = identify(request, headers);
    if (!caller) {
        return caller.error();
    }
    const std::scoped_lock lock(m_mutex);
    if (!m_healthy) {
        return errorAnswer(503, "unavailable", "the ledger is closed");
    }
    return route(request, *caller);
}

std::expected<Service::Caller, Answer> Service::identify(const wire::SignedParts &request,
                                                         const wire::HeaderLookup &headers) const
{
    Caller caller;
    const wire::KeyLookup keys = [this, &caller](const std::string &keyId) -> const crypto::PublicKey * {
        caller.keyId = keyId;
        for (const auto &[id, wallet] : m_parts.config.wallets) {
            for (const crypto::PublicKey &key : wallet.keys) {
                if (key.thumbprint() == keyId) {
                    caller.wallet = &wallet;
                    return &key;
                }
            }
        }
        for (const auto &[merchant, key] : m_parts.config.merchantKeys) {
            if (key.thumbprint() == keyId) {
                caller.merchant = merchant;
                return &key;
            }
        }
        return nullptr;
    };
    const auto verified = wire::verifyRequest(request, headers, keys);
    if (!verified) {
        const bool unknown = verified.error().code == wire::SignatureFault::unknownKey;
        return std::unexpected(
            errorAnswer(401, unknown ? "unknown_wallet" : "signature", verified.error().detail));
    }
    caller.nonce = verified->nonce;
    return caller;
}

Answer Service::route(const wire::SignedParts &request, const Caller &caller)
{
    const std::string_view path = request.path;
    const bool get = request.method == "GET";
    if (path.starts_with(kMerchantApprovals)) {
        return routeMerchant(request, caller, path.substr(kMerchantApprovals.size()));
    }
    if (caller.wallet == nullptr) {
        return errorAnswer(403, "unknown_wallet", "this key is not that of a car");
    }
    if (get && path == "/v1/time") {
        return time(request.query);
    }
    if (get && path == "/v1/directory" && request.query == "?") {
        return directory();
    }
    if (get && path == "/v1/events") {
        return events(*caller.wallet, request.query);
    }
    if (m_parts.witness && !get && path == "/v1/checkpoints" && request.query == "?") {
        return checkpoint(*caller.wallet, caller.keyId, request.body);
    }
    if (path.starts_with(kApprovals) && request.query == "?") {
        return routeApproval(request, caller, path.substr(kApprovals.size()));
    }
    return notFound();
}

Answer Service::routeApproval(const wire::SignedParts &request, const Caller &caller, std::string_view rest)
{
    if (rest.empty()) {
        return request.method == "POST" ? submit(*caller.wallet, caller.nonce, request.body) : notFound();
    }
    rest.remove_prefix(1); // "/": anything else is no identifier
    constexpr std::string_view kVoid = "/void";
    const bool cancels = rest.ends_with(kVoid);
    const auto id =
        payment::ApprovalId::fromText(cancels ? rest.substr(0, rest.size() - kVoid.size()) : rest);
    if (!id || request.path[kApprovals.size()] != '/') {
        return notFound();
    }
    if (cancels && request.method == "POST") {
        return cancel(*caller.wallet, *id, request.body);
    }
    return !cancels && request.method == "GET" ? status(*caller.wallet, *id) : notFound();
}

Answer Service::routeMerchant(const wire::SignedParts &request, const Caller &caller, std::string_view rest)
{
    if (caller.merchant.empty()) {
        return errorAnswer(403, "unknown_wallet", "this key is not that of a merchant");
    }
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos || request.method != "POST" || request.query != "?") {
        return notFound();
    }
    const auto id = payment::ApprovalId::fromText(rest.substr(0, slash));
    const std::string_view what = rest.substr(slash + 1);
    if (!id || (what != "complete" && what != "release")) {
        return notFound();
    }
    return what == "complete" ? complete(caller.merchant, *id, request.body)
                              : release(caller.merchant, *id, request.body);
}

Answer Service::signedAnswer(const char *name, std::string_view type, const base::Json &payload) const
{
    const auto jws = wire::signPayload(m_parts.key, type, payload);
    if (!jws) {
        return errorAnswer(503, "unavailable", "the gateway cannot sign");
    }
    return {200, {{name, *jws}}};
}

Answer Service::time(const std::string &query) const
{
    const auto nonce = onlyParameter(query, "nonce");
    if (!nonce || nonce->empty() || nonce->size() > 64) {
        return errorAnswer(400, "malformed", "a nonce of 1 to 64 characters is needed");
    }
    return signedAnswer("time", wire::kTimeType, wire::timePayload(m_parts.config.id, *nonce, m_parts.now()));
}

Answer Service::directory()
{
    const base::WallTime now = m_parts.now();
    Merchants &merchants = m_parts.merchants;
    if (dayOf(now) > merchants.day) {
        auto anew = signMerchants(merchants.items, m_parts.key, *m_parts.ledger, now);
        if (!anew) {
            const bool io = anew.error().code == MerchantsFault::io;
            return broken({io ? LedgerFault::io : LedgerFault::full, anew.error().detail});
        }
        merchants = std::move(*anew);
    }
    return signedAnswer(
        "directory", wire::kDirectoryType,
        wire::directoryPayload(m_parts.config.id, merchants.revision, now, merchants.entries));
}

Answer Service::events(const Wallet &wallet, const std::string &query)
{
    const auto text = onlyParameter(query, "after");
    std::int64_t after = -1;
    if (text) {
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), after);
        if (error != std::errc{} || end != text->data() + text->size()) {
            after = -1;
        }
    }
    if (after < 0) {
        return errorAnswer(400, "malformed", "the cursor is a number from 0");
    }
    const auto page = m_parts.ledger->events(wallet.id, after, wire::kEventReceipts_max);
    if (!page) {
        return broken(page.error());
    }
    return signedAnswer(
        "events", wire::kEventsType,
        wire::eventsPayload(m_parts.config.id, wallet.id, after, page->cursor, page->receipts));
}

Answer Service::store(Row row, wire::Outcome outcome, const std::vector<Posting> &postings, bool event,
                      const wire::Receipt *details)
{
    ++row.revision;
    wire::Receipt receipt = receiptOf(row, outcome);
    if (details != nullptr) {
        receipt.declineCode = details->declineCode;
        receipt.pickupCode = details->pickupCode;
    }
    const auto jws = wire::signPayload(m_parts.key, wire::kReceiptType, wire::toJson(receipt));
    if (!jws) {
        return errorAnswer(503, "unavailable", "the gateway cannot sign");
    }
    row.receipt = *jws;
    const auto written = m_parts.ledger->write(row, postings, event, receipt.at);
    if (!written) {
        return broken(written.error());
    }
    if (row.state == Row::State::refused) {
        Answer answer = errorAnswer(422, "constraint", "refused for good");
        answer.body["refusal"] = row.refusal;
        return answer;
    }
    return {200, {{"receipt", row.receipt}}};
}

} // namespace glovebox::gateway
