// SPDX-License-Identifier: Apache-2.0
#include "gateway/ledger.h"

#include "gateway/ledger_schema.h"

#include <array>

namespace glovebox::gateway
{

namespace
{

using store::Statement;

constexpr char kColumns[] =
    "wallet_id, approval_id, approval_hash, approval_jws, merchant_id, currency, cap_minor, state, "
    "authorised_minor, captured_minor, revision, receipt, refusal, claimed_at_ms";

constexpr std::array kStates{Row::State::claimed,         Row::State::authorised,     Row::State::captured,
                             Row::State::refusedByIssuer, Row::State::stepUpRequired, Row::State::voided,
                             Row::State::released,        Row::State::refused,        Row::State::ended};

Row rowFrom(const Statement &statement)
{
    Row row;
    row.wallet = payment::WalletId::fromText(statement.text(0)).value_or(payment::WalletId{});
    row.approval = payment::ApprovalId::fromText(statement.text(1)).value_or(payment::ApprovalId{});
    row.approvalHash = statement.text(2);
    row.approvalJws = statement.text(3);
    row.merchant = payment::MerchantId::fromText(statement.text(4)).value_or(payment::MerchantId{});
    row.currency = statement.text(5);
    row.cap_minor = statement.integer(6);
    const std::string state = statement.text(7);
    for (const Row::State candidate : kStates) {
        if (nameOf(candidate) == state) {
            row.state = candidate;
        }
    }
    if (!statement.isNull(8)) {
        row.authorised_minor = statement.integer(8);
    }
    if (!statement.isNull(9)) {
        row.captured_minor = statement.integer(9);
    }
    row.revision = statement.integer(10);
    row.receipt = statement.text(11);
    row.refusal = statement.text(12);
    row.claimedAt.milliseconds = statement.integer(13);
    return row;
}

void bindAmount(Statement &statement, int parameter, const std::optional<std::int64_t> &amount)
{
    if (amount) {
        statement.bind(parameter, *amount);
    } else {
        statement.bind(parameter, std::nullopt);
    }
}

class SqliteLedger final : public Ledger
{
public:
    explicit SqliteLedger(store::Database database) : m_database(std::move(database)), m_witnessed(m_database)
    {}

    LedgerResult<std::optional<Row>> find(const payment::WalletId &wallet,
                                          const payment::ApprovalId &approval) override
    {
        return findWhere("wallet_id = ?1 AND approval_id = ?2", wallet.text(), approval.text());
    }

    LedgerResult<std::optional<Row>> findForMerchant(const payment::MerchantId &merchant,
                                                     const payment::ApprovalId &approval) override
    {
        return findWhere("merchant_id = ?1 AND approval_id = ?2", merchant.text(), approval.text());
    }

    LedgerResult<std::vector<Row>> inState(Row::State state) override
    {
        auto statement =
            m_database.prepare(std::string("SELECT ") + kColumns +
                               " FROM approvals WHERE state = ?1 ORDER BY wallet_id, approval_id LIMIT ?2");
        if (!statement) {
            return ledgerFailure(statement.error());
        }
        statement->bind(1, nameOf(state)).bind(2, kRows_max);
        const store::RowsEnd end(*statement);
        std::vector<Row> rows;
        for (;;) {
            const auto more = statement->step();
            if (!more) {
                return ledgerFailure(more.error());
            }
            if (!*more) {
                return rows;
            }
            rows.push_back(rowFrom(*statement));
        }
    }

    LedgerResult<void> write(const Row &row, const std::vector<Posting> &postings, bool event,
                             base::WallTime at) override
    {
        auto transaction = m_database.begin();
        if (!transaction) {
            return ledgerFailure(transaction.error());
        }
        if (const auto written = row.revision == 1 ? insert(row) : update(row); !written) {
            return written;
        }
        for (const Posting &posting : postings) {
            if (const auto written = post(row, posting, at); !written) {
                return written;
            }
        }
        if (event) {
            if (const auto written = addEvent(row); !written) {
                return written;
            }
        }
        if (const auto committed = transaction->commit(); !committed) {
            return ledgerFailure(committed.error());
        }
        return {};
    }

    LedgerResult<EventPage> events(const payment::WalletId &wallet, std::int64_t after,
                                   std::size_t count_max) override
    {
        auto statement = m_database.prepare("SELECT position, receipt FROM events WHERE wallet_id = ?1 AND "
                                            "position > ?2 ORDER BY position LIMIT ?3");
        if (!statement) {
            return ledgerFailure(statement.error());
        }
        statement->bind(1, wallet.text()).bind(2, after).bind(3, static_cast<std::int64_t>(count_max));
        const store::RowsEnd end(*statement);
        EventPage page{after, {}};
        for (;;) {
            const auto more = statement->step();
            if (!more) {
                return ledgerFailure(more.error());
            }
            if (!*more) {
                return page;
            }
            page.cursor = statement->integer(0);
            page.receipts.push_back(statement->text(1));
        }
    }

    LedgerResult<void> keepMerchant(const std::string &hash, const base::Json &entry) override
    {
        return run(
            "INSERT INTO merchant_entries (hash, entry) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING",
            [&](Statement &statement) { statement.bind(1, hash).bind(2, base::canonicalJson(entry)); });
    }

    LedgerResult<std::optional<base::Json>> merchant(const std::string &hash) override
    {
        auto statement = m_database.prepare("SELECT entry FROM merchant_entries WHERE hash = ?1");
        if (!statement) {
            return ledgerFailure(statement.error());
        }
        statement->bind(1, hash);
        const store::RowsEnd end(*statement);
        const auto found = statement->step();
        if (!found) {
            return ledgerFailure(found.error());
        }
        if (!*found) {
            return std::nullopt;
        }
        auto entry = base::parseJson(statement->text(0));
        if (!entry) {
            return base::fail(LedgerFault::damaged, "a merchant entry in the database is damaged");
        }
        return std::optional(std::move(*entry));
    }

    WitnessedLogs &witnessedLogs() override { return m_witnessed; }

    LedgerResult<base::Json> report() override;

private:
    LedgerResult<std::optional<Row>> findWhere(const std::string &condition, const std::string &first,
                                               const std::string &second)
    {
        auto statement =
            m_database.prepare(std::string("SELECT ") + kColumns + " FROM approvals WHERE " + condition);
        if (!statement) {
            return ledgerFailure(statement.error());
        }
        statement->bind(1, first).bind(2, second);
        const store::RowsEnd end(*statement);
        const auto found = statement->step();
        if (!found) {
            return ledgerFailure(found.error());
        }
        return *found ? std::optional(rowFrom(*statement)) : std::nullopt;
    }

    template<class Bind> LedgerResult<void> run(const std::string &sql, Bind bind)
    {
        auto statement = m_database.prepare(sql);
        if (!statement) {
            return ledgerFailure(statement.error());
        }
        bind(*statement);
        if (const auto done = statement->run(); !done) {
            return ledgerFailure(done.error());
        }
        return {};
    }

    LedgerResult<void> insert(const Row &row)
    {
        return run(
            std::string("INSERT INTO approvals (") + kColumns +
                ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            [&row](Statement &statement) {
                statement.bind(1, row.wallet.text()).bind(2, row.approval.text()).bind(3, row.approvalHash);
                statement.bind(4, row.approvalJws).bind(5, row.merchant.text()).bind(6, row.currency);
                statement.bind(7, row.cap_minor).bind(8, nameOf(row.state));
                bindAmount(statement, 9, row.authorised_minor);
                bindAmount(statement, 10, row.captured_minor);
                statement.bind(11, row.revision).bind(12, row.receipt).bind(13, row.refusal);
                statement.bind(14, row.claimedAt.milliseconds);
            });
    }

    LedgerResult<void> update(const Row &row)
    {
        auto statement = m_database.prepare(
            "UPDATE approvals SET state = ?3, authorised_minor = ?4, captured_minor = ?5, revision = ?6, "
            "receipt = ?7, claimed_at_ms = ?8, refusal = ?9 "
            "WHERE wallet_id = ?1 AND approval_id = ?2 AND revision = ?6 - 1 RETURNING revision");
        if (!statement) {
            return ledgerFailure(statement.error());
        }
        statement->bind(1, row.wallet.text()).bind(2, row.approval.text()).bind(3, nameOf(row.state));
        bindAmount(*statement, 4, row.authorised_minor);
        bindAmount(*statement, 5, row.captured_minor);
        statement->bind(6, row.revision).bind(7, row.receipt).bind(8, row.claimedAt.milliseconds);
        statement->bind(9, row.refusal);
        const store::RowsEnd end(*statement);
        const auto updated = statement->step();
        if (!updated) {
            return ledgerFailure(updated.error());
        }
        if (!*updated) {
            return base::fail(LedgerFault::conflict, "another revision was written first");
        }
        if (const auto rest = statement->step(); !rest) {
            return ledgerFailure(rest.error());
        }
        return {};
    }

    LedgerResult<void> post(const Row &row, const Posting &posting, base::WallTime at)
    {
        return run(
            "INSERT INTO postings (wallet_id, approval_id, revision, kind, from_account, to_account, "
            "amount_minor, currency, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            [&](Statement &statement) {
                statement.bind(1, row.wallet.text()).bind(2, row.approval.text()).bind(3, row.revision);
                statement.bind(4, nameOf(posting.kind)).bind(5, posting.from).bind(6, posting.to);
                statement.bind(7, posting.amount_minor).bind(8, row.currency).bind(9, at.milliseconds);
            });
    }

    LedgerResult<void> addEvent(const Row &row)
    {
        return run(
            "INSERT INTO events (wallet_id, position, receipt) SELECT ?1, COALESCE(MAX(position), 0) + 1, ?2 "
            "FROM events WHERE wallet_id = ?1",
            [&row](Statement &statement) { statement.bind(1, row.wallet.text()).bind(2, row.receipt); });
    }

    store::Database m_database;
    WitnessedLogs m_witnessed;
};

LedgerResult<base::Json> SqliteLedger::report()
{
    auto statement = m_database.prepare(
        "SELECT a.wallet_id, a.approval_id, a.merchant_id, a.state, a.currency, "
        "COALESCE(SUM(CASE WHEN p.kind = 'hold' THEN 1 ELSE 0 END), 0), "
        "COALESCE(SUM(CASE WHEN p.kind = 'capture' THEN 1 ELSE 0 END), 0), "
        "COALESCE(SUM(CASE WHEN p.kind = 'release' THEN 1 ELSE 0 END), 0), "
        "COALESCE(SUM(CASE WHEN p.kind = 'capture' THEN p.amount_minor ELSE 0 END), 0), "
        "COALESCE(SUM(CASE WHEN p.to_account LIKE 'held:%' THEN p.amount_minor "
        "WHEN p.from_account LIKE 'held:%' THEN -p.amount_minor ELSE 0 END), 0) "
        ", a.cap_minor FROM approvals a LEFT JOIN postings p ON p.wallet_id = a.wallet_id AND "
        "p.approval_id = a.approval_id "
        "GROUP BY a.wallet_id, a.approval_id, a.merchant_id, a.state, a.currency, a.cap_minor ORDER BY "
        "a.wallet_id, a.approval_id");
    if (!statement) {
        return ledgerFailure(statement.error());
    }
    const store::RowsEnd end(*statement);
    base::Json approvals = base::Json::array();
    std::int64_t charges = 0;
    std::int64_t holds = 0;
    for (;;) {
        const auto more = statement->step();
        if (!more) {
            return ledgerFailure(more.error());
        }
        if (!*more) {
            return base::Json{{"approvals", approvals}, {"charges", charges}, {"holds", holds}};
        }
        holds += statement->integer(5);
        charges += statement->integer(6);
        approvals.push_back({{"wallet_id", statement->text(0)},
                             {"approval_id", statement->text(1)},
                             {"merchant_id", statement->text(2)},
                             {"state", statement->text(3)},
                             {"currency", statement->text(4)},
                             {"holds", statement->integer(5)},
                             {"charges", statement->integer(6)},
                             {"releases", statement->integer(7)},
                             {"captured_minor", statement->integer(8)},
                             {"held_minor", statement->integer(9)},
                             {"cap_minor", statement->integer(10)}});
    }
}

} // namespace

std::string_view nameOf(Row::State state)
{
    switch (state) {
    case Row::State::claimed:
        return "claimed";
    case Row::State::authorised:
        return "authorised";
    case Row::State::captured:
        return "captured";
    case Row::State::refusedByIssuer:
        return "refused_by_issuer";
    case Row::State::stepUpRequired:
        return "step_up_required";
    case Row::State::voided:
        return "voided";
    case Row::State::released:
        return "released";
    case Row::State::refused:
        return "refused";
    case Row::State::ended:
        return "ended";
    }
    return "refused";
}

std::string_view nameOf(Posting::Kind kind)
{
    switch (kind) {
    case Posting::Kind::hold:
        return "hold";
    case Posting::Kind::capture:
        return "capture";
    case Posting::Kind::release:
        return "release";
    }
    return "release";
}

store::StoreResult<std::unique_ptr<Ledger>> Ledger::open(const std::string &path)
{
    auto database = store::Database::open(ledgerOptions(path, store::Options::Mode::existing));
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    return std::make_unique<SqliteLedger>(std::move(*database));
}

store::StoreResult<std::unique_ptr<Ledger>> Ledger::openToRead(const std::string &path)
{
    auto database = store::Database::inspect(ledgerOptions(path, store::Options::Mode::existing));
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    return std::make_unique<SqliteLedger>(std::move(*database));
}

} // namespace glovebox::gateway
