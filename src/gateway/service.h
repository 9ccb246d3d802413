// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/config.h"
#include "gateway/ledger.h"
#include "gateway/merchants.h"
#include "gateway/metrics.h"
#include "gateway/processor.h"
#include "gateway/quarantine.h"
#include "gateway/rate_limit.h"
#include "gateway/routes.h"
#include "wire/checkpoints.h"
#include "wire/http_signature.h"
#include "wire/messages.h"

#include <functional>
#include <mutex>

namespace glovebox::gateway
{

/// For so long an instance that claimed an approval is left alone with it; longer than the processor may
/// take.
inline constexpr std::int64_t kClaimLasts_ms = 3 * kProcessorWaits_ms;

struct Answer
{
    int status = 200;
    base::Json body;
    std::string text = {}; // instead of a body: plain text
    int retryAfter_s = 0;  // 0: where it is 503, a few
};

/// What the gateway does, without HTTP: each request is verified, answered from the ledger or written to it,
/// and only then answered. Thread-safe: signatures are checked in parallel, the ledger is used by one at a
/// time, and while the processor is asked about one approval everybody else is served.
class Service
{
public:
    struct Parts
    {
        Config config;
        crypto::SigningKey key;
        std::unique_ptr<Ledger> ledger;
        std::unique_ptr<Processor> processor;
        Merchants merchants;
        std::function<base::WallTime()> now;
        std::optional<crypto::CosigningKey> witness = std::nullopt; // nothing: no witness is configured
    };
    explicit Service(Parts parts);

    [[nodiscard]] Answer handle(const wire::SignedParts &request, const wire::HeaderLookup &headers);
    /// False after a write with an unknown outcome: the process must end and be started again.
    [[nodiscard]] bool healthy() const;

private:
    struct Caller
    {
        const Wallet *wallet = nullptr; // of a car
        payment::MerchantId merchant;   // or of a merchant
        std::string nonce;
        std::string keyId; // RFC 7638
    };
    [[nodiscard]] std::expected<Caller, Answer> identify(const wire::SignedParts &request,
                                                         const wire::HeaderLookup &headers) const;
    [[nodiscard]] Answer answer(const std::optional<RouteMatch> &match, const wire::SignedParts &request,
                                const wire::HeaderLookup &headers);
    [[nodiscard]] Answer route(const RouteMatch &match, const wire::SignedParts &request,
                               const Caller &caller);
    [[nodiscard]] Answer ofCar(const RouteMatch &match, const wire::SignedParts &request,
                               const Caller &caller);
    [[nodiscard]] Answer counters(const wire::HeaderLookup &headers) const;

    [[nodiscard]] Answer time(const std::string &query) const;
    [[nodiscard]] Answer directory();
    [[nodiscard]] Answer events(const Wallet &wallet, const std::string &query);
    [[nodiscard]] Answer submit(const Wallet &wallet, const std::string &nonce, const std::string &body);
    // claims.cpp
    [[nodiscard]] Answer claim(const Wallet &wallet, const payment::Approval &approval,
                               const std::string &jws);
    /// The row of an approval, after the processor's answer is known; an open claim is an answer to wait.
    [[nodiscard]] std::expected<std::optional<Row>, Answer> findResolved(const Wallet &wallet,
                                                                         const payment::ApprovalId &id);
    /// Of a claim that nobody works on any more: asks the processor what became of it.
    [[nodiscard]] Answer resolve(const Wallet &wallet, Row row);
    [[nodiscard]] Answer decide(Row row, const payment::Approval &approval, Decision decision);
    [[nodiscard]] Answer refuse(const Wallet &wallet, const payment::ApprovalId &id, const std::string &jws,
                                const std::string &code, const std::string &detail);
    /// `row` as it is: not stored yet, or claimed.
    [[nodiscard]] Answer refuse(Row row, const std::string &code, const std::string &detail);
    [[nodiscard]] Answer status(const Wallet &wallet, const payment::ApprovalId &id);
    [[nodiscard]] Answer cancel(const Wallet &wallet, const payment::ApprovalId &id, const std::string &body);
    /// Of a car's log, to be cosigned: only one that goes on from what was cosigned last.
    [[nodiscard]] Answer checkpoint(const Wallet &wallet, const std::string &keyId, const std::string &body);
    [[nodiscard]] Answer cosign(const Wallet &wallet, const wire::SignedCheckpoint &said,
                                const std::string &note);
    [[nodiscard]] Answer complete(const payment::MerchantId &merchant, const payment::ApprovalId &id,
                                  const std::string &body);
    [[nodiscard]] Answer release(const payment::MerchantId &merchant, const payment::ApprovalId &id,
                                 const std::string &body);

    [[nodiscard]] wire::Receipt receiptOf(const Row &row, wire::Outcome outcome) const
    {
        return gateway::receiptOf(row, outcome, m_parts.config.id, m_parts.now());
    }
    /// Signs, stores and answers with the receipt; `row` as it will be, without revision and receipt of the
    /// step.
    [[nodiscard]] Answer store(Row row, wire::Outcome outcome, const std::vector<Posting> &postings,
                               bool event, const wire::Receipt *details = nullptr);
    [[nodiscard]] Answer signedAnswer(const char *name, std::string_view type,
                                      const base::Json &payload) const;
    [[nodiscard]] Answer broken(const base::Failure<LedgerFault> &failure);
    template<class Ask> auto unlocked(Ask ask);
    // The lock is given up meanwhile: what was read before may have changed, and a write that builds on it
    // finds another revision.
    [[nodiscard]] Decision authorise(const payment::Approval &approval);
    [[nodiscard]] std::optional<Decision> lookUp(const payment::Approval &approval);

    Parts m_parts;
    Metrics m_metrics;
    RateLimit m_rate;
    mutable std::mutex m_mutex;
    bool m_healthy = true;
};

/// {"error":CODE,"detail":…}
[[nodiscard]] Answer errorAnswer(int status, const char *code, std::string detail);

} // namespace glovebox::gateway
