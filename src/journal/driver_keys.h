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
    /// Null where the driver was erased, or never was.
    [[nodiscard]] JournalResult<const crypto::Secret *> key(const Pseudonym &pseudonym);
    /// Ends the transaction that `of` was called in: what was made in it is kept or forgotten.
    void settle(bool committed);

private:
    struct Known
    {
        payment::DriverId driver;
        base::Bytes wrapped;
        std::optional<crypto::Secret> key;
    };
    DriverKeys(store::Statement insert, crypto::Secret sealingKey);
    [[nodiscard]] JournalResult<void> add(const Pseudonym &pseudonym, const payment::DriverId &driver);

    store::Statement m_insert;
    crypto::Secret m_sealingKey;
    std::map<Pseudonym, Known> m_known;
    std::map<payment::DriverId, Pseudonym> m_pseudonyms;
    std::vector<Pseudonym> m_uncommitted;
};

} // namespace glovebox::journal
