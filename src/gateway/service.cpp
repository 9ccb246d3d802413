// SPDX-License-Identifier: Apache-2.0
#include "gateway/service.h"

#include "crypto/hash.h"

#include <charconv>

namespace glovebox::gateway
{

namespace
{

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

Service::Service(Parts parts) : m_parts(std::move(parts)), m_rate(m_parts.config.rate) {}

bool Service::healthy() const
{
    const std::scoped_lock lock(m_mutex);
    return m_healthy;
}

Answer Service::broken(const base::Failure<LedgerFault> &failure)
{
    m_metrics.ledgerFailure();
    if (failure.code == LedgerFault::io || failure.code == LedgerFault::damaged) {
        m_healthy = false;
    }
    return errorAnswer(503, "unavailable", "try again later");
}

Answer Service::handle(const wire::SignedParts &request, const wire::HeaderLookup &headers)
{
    const auto begun = std::chrono::steady_clock::now();
    const auto match = routeOf(request.method, request.path, request.query);
    Answer said = answer(match, request, headers);
    m_metrics.request(labelOf(match), said.status, std::chrono::steady_clock::now() - begun);
    return said;
}

Answer Service::answer(const std::optional<RouteMatch> &match, const wire::SignedParts &request,
                       const wire::HeaderLookup &headers)
{
    if (match && match->entry->route == Route::health) {
        return healthy() ? Answer{200, {{"status", "ok"}}}
                         : errorAnswer(503, "unavailable", "the ledger is closed");
    }
    if (match && match->entry->route == Route::metrics) {
        return counters(headers);
    }
    const auto caller = identify(request, headers);
    if (!caller) {
        return caller.error();
    }
    if (const int wait_s = m_rate.take(caller->keyId, m_parts.now()); wait_s > 0) {
        Answer limited = errorAnswer(429, "rate_limited", "too many requests under this key");
        limited.retryAfter_s = wait_s;
        return limited;
    }
    if (!match) {
        return notFound();
    }
    const std::scoped_lock lock(m_mutex);
    if (!m_healthy) {
        return errorAnswer(503, "unavailable", "the ledger is closed");
    }
    return route(*match, request, *caller);
}

Answer Service::counters(const wire::HeaderLookup &headers) const
{
    const std::string &known = m_parts.config.metricsTokenSha256;
    if (known.empty()) {
        return notFound();
    }
    constexpr std::string_view kBearer = "Bearer ";
    const std::string said = headers("authorization");
    const auto hash = crypto::sha256(base::bytesOf(said).subspan(std::min(said.size(), kBearer.size())));
    const auto expected = base::fromHex(known).value_or(base::Bytes());
    if (!said.starts_with(kBearer) || !crypto::equalInConstantTime(hash, expected)) {
        return errorAnswer(401, "signature", "the counters are for whoever holds their token");
    }
    Answer answer;
    answer.text = m_metrics.text(healthy());
    return answer;
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

Answer Service::route(const RouteMatch &match, const wire::SignedParts &request, const Caller &caller)
{
    const bool ofMerchant = match.entry->asker == Asker::merchant;
    if (ofMerchant && caller.merchant.empty()) {
        return errorAnswer(403, "unknown_wallet", "this key is not that of a merchant");
    }
    if (!ofMerchant && caller.wallet == nullptr) {
        return errorAnswer(403, "unknown_wallet", "this key is not that of a car");
    }
    switch (match.entry->route) {
    case Route::complete:
        return complete(caller.merchant, match.approval, request.body);
    case Route::release:
        return release(caller.merchant, match.approval, request.body);
    default:
        return ofCar(match, request, caller);
    }
}

Answer Service::ofCar(const RouteMatch &match, const wire::SignedParts &request, const Caller &caller)
{
    const Wallet &wallet = *caller.wallet;
    switch (match.entry->route) {
    case Route::time:
        return time(request.query);
    case Route::directory:
        return directory();
    case Route::events:
        return events(wallet, request.query);
    case Route::submit:
        return submit(wallet, caller.nonce, request.body);
    case Route::status:
        return status(wallet, match.approval);
    case Route::cancel:
        return cancel(wallet, match.approval, request.body);
    case Route::checkpoint:
        return m_parts.witness ? checkpoint(wallet, caller.keyId, request.body) : notFound();
    case Route::health: // answered before, as are those of merchants
    case Route::metrics:
    case Route::complete:
    case Route::release:
        break;
    }
    return notFound();
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
    if (!m_healthy) { // since the processor was asked
        return errorAnswer(503, "unavailable", "the ledger is closed");
    }
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
    m_metrics.receipt(wire::nameOf(outcome));
    if (row.state == Row::State::refused) {
        Answer answer = errorAnswer(422, "constraint", "refused for good");
        answer.body["refusal"] = row.refusal;
        return answer;
    }
    return {200, {{"receipt", row.receipt}}};
}

} // namespace glovebox::gateway
