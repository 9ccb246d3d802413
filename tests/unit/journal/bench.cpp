// SPDX-License-Identifier: Apache-2.0
#include "bench.h"

#include <sqlite3.h>

namespace glovebox::testing
{

using journal::Journal;

JournalBench::JournalBench()
{
    options.path = folder.filePath(QStringLiteral("journal.sqlite")).toStdString();
    options.keyThumbprint = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U";
    options.now = moment(0);
}

std::unique_ptr<Journal> JournalBench::create() const
{
    auto made = Journal::create(options, sealingKey);
    if (!made) {
        qFatal("create: %s", made.error().detail.c_str());
    }
    return std::move(*made);
}

std::unique_ptr<Journal> JournalBench::open() const
{
    auto opened = Journal::open(options, sealingKey);
    return opened ? std::move(*opened) : nullptr;
}

journal::JournalFault JournalBench::fault() const
{
    const auto opened = Journal::open(options, sealingKey);
    if (opened || opened.error().detail.empty()) {
        qFatal("a refusal with a reason was expected");
    }
    return opened.error().code;
}

void JournalBench::sql(const std::string &statements) const
{
    sqlite3 *database = nullptr;
    char *error = nullptr;
    if (sqlite3_open_v2(options.path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK ||
        sqlite3_exec(database, statements.c_str(), nullptr, nullptr, &error) != SQLITE_OK) {
        qFatal("%s: %s", statements.c_str(), error != nullptr ? error : "cannot open");
    }
    sqlite3_close(database);
}

base::Bytes JournalBench::blob(const std::string &select) const
{
    sqlite3 *database = nullptr;
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_open_v2(options.path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK ||
        sqlite3_prepare_v2(database, select.c_str(), -1, &statement, nullptr) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        qFatal("%s", select.c_str());
    }
    const auto *data = static_cast<const std::uint8_t *>(sqlite3_column_blob(statement, 0));
    base::Bytes bytes(data, data + sqlite3_column_bytes(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return bytes;
}

void JournalBench::setBlob(const std::string &update, const base::Bytes &value) const
{
    sqlite3 *database = nullptr;
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_open_v2(options.path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK ||
        sqlite3_prepare_v2(database, update.c_str(), -1, &statement, nullptr) != SQLITE_OK ||
        sqlite3_bind_blob(statement, 1, value.data(), static_cast<int>(value.size()), nullptr) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_DONE) {
        qFatal("%s", update.c_str());
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
}

base::Moment moment(int n)
{
    return {.bootId = "6f1c0c3e-7a51-4b8e-9a5e-1d2c3b4a5f60",
            .boot = {std::chrono::milliseconds(1000 + n)},
            .wall = {1'790'000'000'000 + n},
            .trust = base::ClockTrust::untrusted};
}

payment::DriverId driver(const char *name)
{
    return payment::DriverId::fromText(name).value_or(payment::DriverId());
}

payment::PurchaseEvent proposed(const std::string &purchase, const std::string &request, const char *name,
                                payment::Event kind)
{
    payment::PurchaseEvent event;
    event.purchase = payment::PurchaseId::fromText(purchase).value();
    event.event = kind;
    event.at = moment(1);
    event.proposal =
        payment::proposalFromJson({{"request_id", request},
                                   {"kind", "parking"},
                                   {"merchant_id", "garage-1"},
                                   {"amount", {{"type", "exact"}, {"value", 350}, {"currency", "EUR"}}}})
            .value();
    event.agent = payment::AgentId::fromText("assistant").value();
    event.driver = driver(name);
    return event;
}

payment::PurchaseEvent next(const std::string &purchase, payment::Event kind, int at)
{
    payment::PurchaseEvent event;
    event.purchase = payment::PurchaseId::fromText(purchase).value();
    event.event = kind;
    event.at = moment(at);
    return event;
}

journal::Batch batchOf(const std::optional<payment::Purchase> &before, const payment::PurchaseEvent &event,
                       const payment::DriverId &who)
{
    journal::Batch batch;
    batch.purchase = payment::fold(before, event).value();
    batch.entries.push_back(
        {.kind = journal::EntryKind::purchase,
         .driver = who,
         .payload = [text = payment::toCanonical(event)](std::uint64_t) { return text; }});
    return batch;
}

journal::Batch note(const std::string &text, const char *name)
{
    journal::Batch batch;
    batch.entries.push_back(
        {.kind = journal::EntryKind::boot, .driver = driver(name), .payload = [text](std::uint64_t sequence) {
             return base::Json{{"text", text}, {"sequence", sequence}};
         }});
    return batch;
}

} // namespace glovebox::testing
