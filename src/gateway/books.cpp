// SPDX-License-Identifier: Apache-2.0
#include "base/money.h"
#include "gateway/reconcile.h"

#include <algorithm>

namespace glovebox::gateway
{

namespace
{

using base::Json;

constexpr std::size_t kBook_bytes_max = 64U * 1024 * 1024;
constexpr std::size_t kLines_max = 1'000'000;
constexpr std::int64_t kMost = base::Money::kMinorMax;

template<class IdType> IdType readId(base::ObjectReader &reader, const char *name)
{
    const auto id = IdType::fromText(reader.text(name, 64));
    if (!id) {
        reader.refuse(name, base::JsonFault::notAllowed, "not an identifier");
    }
    return id.value_or(IdType{});
}

BookKey readKey(base::ObjectReader &reader)
{
    auto wallet = readId<payment::WalletId>(reader, "wallet_id");
    return {std::move(wallet), readId<payment::ApprovalId>(reader, "approval_id")};
}

/// The list under `name`, each item by `readLine`; a second line of an approval counts up where it may.
template<class ReadLine>
std::expected<Book, base::JsonError> readBook(base::ObjectReader &reader, const char *name, bool mayRepeat,
                                              ReadLine readLine)
{
    Book book;
    const Json &list = reader.array(name, kLines_max);
    for (std::size_t i = 0; !reader.failed() && i < list.size(); ++i) {
        base::ObjectReader item(list[i], reader.pointerTo(name) + "/" + std::to_string(i));
        const BookKey key = readKey(item);
        BookLine line;
        line.state = item.text("state", 32);
        line.currency = item.text("currency", 3);
        readLine(item, line);
        const auto [at, fresh] = book.try_emplace(key, line);
        if (!fresh) {
            ++at->second.times;
            if (!mayRepeat) {
                item.refuse("approval_id", base::JsonFault::notAllowed, "is listed twice");
            }
        }
        reader.absorb(item.finish());
    }
    if (const auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return book;
}

Started<Json> readBookFile(const std::string &path, const std::string &what)
{
    const auto text = base::readSmallFile(path, kBook_bytes_max);
    if (!text) {
        return std::unexpected(fileFailure(text.error(), what));
    }
    auto json = base::parseJson(*text, {kBook_bytes_max, 8});
    if (!json) {
        return std::unexpected(contentFailure(json.error(), what));
    }
    return std::move(*json);
}

using ReadBook = std::expected<Book, base::JsonError> (*)(const Json &);

Started<Book> bookFrom(const std::string &path, const char *whose, ReadBook read)
{
    const std::string what = std::string(whose) + path;
    const auto json = readBookFile(path, what);
    if (!json) {
        return std::unexpected(json.error());
    }
    auto book = read(*json);
    if (!book) {
        return std::unexpected(contentFailure(book.error(), what));
    }
    return std::move(*book);
}

} // namespace

std::expected<Book, base::JsonError> ledgerBook(const Json &report)
{
    base::ObjectReader reader(report);
    reader.integer("charges", 0, kMost);
    reader.integer("holds", 0, kMost);
    return readBook(reader, "approvals", false, [](base::ObjectReader &item, BookLine &line) {
        (void)item.text("merchant_id", 64);
        (void)item.integer("holds", 0, kMost);
        (void)item.integer("releases", 0, kMost);
        line.times = std::max(1, static_cast<int>(item.integer("charges", 0, 1'000'000)));
        line.captured_minor = item.integer("captured_minor", 0, kMost);
        line.held_minor = item.integer("held_minor", -kMost, kMost);
        line.cap_minor = item.integer("cap_minor", 0, kMost);
    });
}

std::expected<Book, base::JsonError> carBook(const Json &json)
{
    base::ObjectReader reader(json);
    reader.integer("v", 1, 1);
    if (reader.text("type", 64) != "glovebox-settlements") {
        reader.refuse("type", base::JsonFault::notAllowed, "not what glovebox journal settlements prints");
    }
    return readBook(reader, "approvals", false, [](base::ObjectReader &item, BookLine &line) {
        line.cap_minor = item.integer("cap_minor", 0, kMost);
        line.captured_minor = item.optionalInteger("captured_minor", 0, kMost).value_or(0);
        const auto held_minor = item.optionalInteger("authorised_minor", 0, kMost).value_or(0);
        line.held_minor = line.state == "authorised" ? held_minor : 0;
    });
}

std::expected<Book, base::JsonError> processorBook(const Json &json)
{
    base::ObjectReader reader(json);
    return readBook(reader, "payments", true, [](base::ObjectReader &item, BookLine &line) {
        line.captured_minor = item.integer("captured_minor", 0, kMost);
        line.held_minor = item.integer("held_minor", 0, kMost);
    });
}

std::optional<BookFiles> bookFilesOf(std::span<const std::string> words)
{
    BookFiles files;
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
        const std::string &value = words[i + 1];
        const std::size_t mark = value.find('=');
        const auto wallet =
            mark == std::string::npos ? std::nullopt : payment::WalletId::fromText(value.substr(0, mark));
        if (words[i] == "--car" && wallet) {
            files.cars.emplace_back(*wallet, value.substr(mark + 1));
        } else if (words[i] == "--processor" && files.processor.empty()) {
            files.processor = value;
        } else {
            return std::nullopt;
        }
    }
    const bool any = !files.cars.empty() || !files.processor.empty();
    return any && words.size() % 2 == 0 ? std::optional(files) : std::nullopt;
}

Started<Json> reconcileFiles(const Json &report, const BookFiles &files)
{
    Books books;
    auto ledger = ledgerBook(report);
    if (!ledger) {
        return std::unexpected(StartFailure{exit_code::kData, "The ledger holds what cannot be, at " +
                                                                  ledger.error().pointer + ": " +
                                                                  ledger.error().reason + "."});
    }
    books.ledger = std::move(*ledger);
    for (const auto &[wallet, path] : files.cars) {
        auto book = bookFrom(path, "The car's book ", &carBook);
        if (!book) {
            return std::unexpected(book.error());
        }
        books.wallets.insert(wallet);
        for (auto &[key, line] : *book) {
            if (key.first != wallet) {
                return std::unexpected(
                    StartFailure{exit_code::kData,
                                 "The car's book " + path + " is not that of wallet " + wallet.text() + "."});
            }
            books.cars.insert_or_assign(key, std::move(line));
        }
    }
    if (!files.processor.empty()) {
        auto book = bookFrom(files.processor, "The processor's statement ", &processorBook);
        if (!book) {
            return std::unexpected(book.error());
        }
        books.processor = std::move(*book);
    }
    return reconcile(books);
}

} // namespace glovebox::gateway
