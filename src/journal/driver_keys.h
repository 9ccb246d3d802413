// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/journal.h"
#include "store/database.h"

#include <map>

namespace glovebox::journal
{

/// The data keys of drivers, and who is behind which pseudonym. The table holds keys wrapped, and drivers
/// sealed, under the sealing key; a key is unwrapped when it is first needed.
class DriverKeys
{
public:
    struct Driver
    {
        Pseudonym pseudonym{};
        const crypto::Secret *key = nullptr;
    };

    /// Reads who is known. `sealed` where the sealing key is another one.
    [[nodiscard]] static JournalResult<DriverKeys> load(store::Database &database,
                                                        const crypto::Secret &sealingKey);
    /// The car itself: for an empty log.
    [[nodiscard]] JournalResult<void> makeCar();

    /// Of a driver, made now where this is the first use; inside the caller's transaction.
    [[nodiscard]] JournalResult<Driver> of(const payment::DriverId &driver);
    /// Nothing where nothing is kept of the driver.
    [[nodiscard]] std::optional<Pseudonym> pseudonymOf(const payment::DriverId &driver) const;
    /// Takes the key away; inside the caller's transaction.
    [[nodiscard]] JournalResult<void> erase(const Pseudonym &pseudonym);
    /// Null where the driver was erased, or never was.
    [[nodiscard]] JournalResult<const crypto::Secret *> key(const Pseudonym &pseudonym);
    /// Ends the transaction that `of` and `erase` were called in: what was made in it is kept or forgotten,
    /// and what was erased is forgotten or kept.
    void settle(bool committed);

private:
    struct Known
    {
        payment::DriverId driver;
        base::Bytes wrapped;
        std::optional<crypto::Secret> key;
    };
    DriverKeys(store::Statement insert, store::Statement remove, crypto::Secret sealingKey);
    void forget(const Pseudonym &pseudonym);
    [[nodiscard]] JournalResult<void> add(const Pseudonym &pseudonym, const payment::DriverId &driver);

    store::Statement m_insert;
    store::Statement m_remove;
    crypto::Secret m_sealingKey;
    std::map<Pseudonym, Known> m_known;
    std::map<payment::DriverId, Pseudonym> m_pseudonyms;
    std::vector<Pseudonym> m_uncommitted;
    std::vector<Pseudonym> m_erased; // likewise in the transaction alone
};

} // namespace glovebox::journal
