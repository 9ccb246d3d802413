// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/journal.h"

#include <QTemporaryDir>

namespace glovebox::testing
{

/// A journal in a folder of its own, and events for it.
struct JournalBench
{
    QTemporaryDir folder;
    journal::Journal::Options options;
    crypto::Secret sealingKey = crypto::Secret::random(32);
    JournalBench();

    std::unique_ptr<journal::Journal> create() const;             // fails the test where it cannot
    [[nodiscard]] std::unique_ptr<journal::Journal> open() const; // null where it is refused
    [[nodiscard]] journal::JournalFault fault() const;            // of a refused open
    /// Runs SQL on the closed file, as somebody else's program would.
    void sql(const std::string &statements) const;
    [[nodiscard]] base::Bytes blob(const std::string &select) const;
    void setBlob(const std::string &update, const base::Bytes &value) const; // ?1
};

[[nodiscard]] base::Moment moment(int n);
[[nodiscard]] payment::DriverId driver(const char *name);
/// The first event of a purchase, by the agent "assistant".
[[nodiscard]] payment::PurchaseEvent proposed(const std::string &purchase, const std::string &request,
                                              const char *driver, payment::Event event);
[[nodiscard]] payment::PurchaseEvent next(const std::string &purchase, payment::Event event, int at);
/// One entry with the event, and the purchase that folding it gives.
[[nodiscard]] journal::Batch batchOf(const std::optional<payment::Purchase> &before,
                                     const payment::PurchaseEvent &event, const payment::DriverId &driver);
/// One entry with a payload of no meaning.
[[nodiscard]] journal::Batch note(const std::string &text, const char *driver = "");

} // namespace glovebox::testing
