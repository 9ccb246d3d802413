// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "base/time.h"
#include "gateway/witnessed_logs.h"
#include "payment/ids.h"

#include <memory>
#include <optional>
#include <vector>

namespace glovebox::gateway
{

/// What the gateway knows about one approval, for ever. At most one for each (wallet, approval): a unique key
/// of the database.
struct Row
{
    enum class State {
        claimed, // by an instance that asks the processor about it
        authorised,
        captured,
        refusedByIssuer,
        stepUpRequired,
        voided,
        released,
        refused,
        ended // refused, and the operator has let the car give it up
    };
    payment::WalletId wallet;
    payment::ApprovalId approval;
    std::string approvalHash; // empty: voided before it was ever seen
    std::string approvalJws;
    payment::MerchantId merchant; // empty with an empty hash
    std::string currency;         // empty with an empty hash
    std::int64_t cap_minor = 0;
    State state = State::refused;
    std::optional<std::int64_t> authorised_minor;
    std::optional<std::int64_t> captured_minor;
    base::WallTime claimedAt;  // of the instance that asked, or asks, the processor
    std::int64_t revision = 0; // 0: not stored yet
    std::string receipt;       // the newest, compact JWS; empty while it is claimed
    std::string refusal;       // state refused or ended: compact JWS
};
[[nodiscard]] std::string_view nameOf(Row::State state);

/// One movement between two accounts.
struct Posting
{
    enum class Kind { hold, capture, release };
    Kind kind = Kind::hold;
    std::string from; // "wallet:w-1", "held:w-1", "merchant:…"
    std::string to;
    std::int64_t amount_minor = 0;
};
[[nodiscard]] std::string_view nameOf(Posting::Kind kind);

/// The gateway's database. One connection; not thread-safe, its owner holds a lock.
class Ledger
{
public:
    /// One that is there; never makes one: what an emptied ledger has forgotten would be captured again.
    [[nodiscard]] static store::StoreResult<std::unique_ptr<Ledger>> open(const std::string &path);
    /// For a gateway that has never run; `exists` where anything of a ledger is there.
    [[nodiscard]] static store::StoreResult<void> create(const std::string &path);
    /// In the format that it has, for reading alone. Nothing is written.
    [[nodiscard]] static store::StoreResult<std::unique_ptr<Ledger>> openToRead(const std::string &path);
    virtual ~Ledger() = default;

    [[nodiscard]] virtual LedgerResult<std::optional<Row>> find(const payment::WalletId &wallet,
                                                                const payment::ApprovalId &approval) = 0;
    /// For a merchant, who knows the approval and not the wallet. Nothing where it is not this merchant's.
    [[nodiscard]] virtual LedgerResult<std::optional<Row>>
    findForMerchant(const payment::MerchantId &merchant, const payment::ApprovalId &approval) = 0;
    /// Those in this state, in no order of time, at most kRows_max.
    [[nodiscard]] virtual LedgerResult<std::vector<Row>> inState(Row::State state) = 0;
    static constexpr std::int64_t kRows_max = 1000;
    /// Inserts (revision 1) or replaces exactly the revision before, with the postings and, if asked, an
    /// event that carries the receipt: one transaction, durable when it returns.
    [[nodiscard]] virtual LedgerResult<void> write(const Row &row, const std::vector<Posting> &postings,
                                                   bool event, base::WallTime at) = 0;

    struct EventPage
    {
        std::int64_t cursor = 0;
        std::vector<std::string> receipts;
    };
    [[nodiscard]] virtual LedgerResult<EventPage> events(const payment::WalletId &wallet, std::int64_t after,
                                                         std::size_t count_max) = 0;

    /// Merchant entries by hash; a car may hold one of an earlier directory.
    [[nodiscard]] virtual LedgerResult<void> keepMerchant(const std::string &hash,
                                                          const base::Json &entry) = 0;
    [[nodiscard]] virtual LedgerResult<std::optional<base::Json>> merchant(const std::string &hash) = 0;

    [[nodiscard]] virtual WitnessedLogs &witnessedLogs() = 0;

    /// {"charges","holds","approvals":[{"wallet_id","approval_id","merchant_id","state","currency","held_minor","captured_minor","cap_minor",
    ///  "holds","charges","releases"}]}: counts and sums over the postings, not over the states.
    [[nodiscard]] virtual LedgerResult<base::Json> report() = 0;
};

} // namespace glovebox::gateway
