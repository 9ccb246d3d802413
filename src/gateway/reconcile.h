// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "gateway/start_failure.h"
#include "payment/ids.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace glovebox::gateway
{

using BookKey = std::pair<payment::WalletId, payment::ApprovalId>;

/// One approval as one of the three sees it.
struct BookLine
{
    std::string state;
    std::string currency;
    std::int64_t captured_minor = 0;
    std::int64_t held_minor = 0;
    int times = 1;              // in this book; more than once only at a processor
    std::int64_t cap_minor = 0; // of the ledger
};
using Book = std::map<BookKey, BookLine>;

/// What a ledger, cars and a processor say about the same approvals.
struct Books
{
    Book ledger;
    Book cars;
    std::set<payment::WalletId> wallets; // whose car's book is among them; others are not compared
    std::optional<Book> processor;       // nothing: it is not compared
};

// Formats: docs/formats.md, "Reconciliation".
[[nodiscard]] std::expected<Book, base::JsonError> ledgerBook(const base::Json &report);
[[nodiscard]] std::expected<Book, base::JsonError> carBook(const base::Json &json);
[[nodiscard]] std::expected<Book, base::JsonError> processorBook(const base::Json &json);

/// {"v":1,"ok","approvals","agree","sums":{CURRENCY:{"ledger_minor","car_minor"?,"processor_minor"?}},
///  "findings":[{"code","wallet_id","approval_id","ledger"?,"car"?,"processor"?}],"pending":[…]}. `pending`:
///  what
/// the car has not heard yet, and is no fault.
[[nodiscard]] base::Json reconcile(const Books &books);

struct BookFiles
{
    std::vector<std::pair<payment::WalletId, std::string>> cars; // whose, and where
    std::string processor;                                       // may be empty
};
/// "--car WALLET=FILE" as often as there are cars, and "--processor FILE"; nothing where it is neither, or
/// none.
[[nodiscard]] std::optional<BookFiles> bookFilesOf(std::span<const std::string> words);
/// Reads the files and compares them with a ledger's report.
[[nodiscard]] Started<base::Json> reconcileFiles(const base::Json &report, const BookFiles &files);

} // namespace glovebox::gateway
