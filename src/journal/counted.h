// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/tpm.h"
#include "journal/rollback.h"

namespace glovebox::journal
{

struct CountedJournal
{
    std::unique_ptr<Journal> journal;
    std::optional<Rollback> rollback;
};

/// A journal under a counter. Each boot, each wrong PIN and each approval made without a connection carries
/// the number that the counter takes right after it is durable; all that is answered comes after that step.
/// So a log that ends below the counter is an old one, and one that ends one above it was cut off by a lost
/// power supply before anybody got an answer: the step is made up for here. What the witness has cosigned is
/// compared first, and an earlier finding stands.
///
/// After a rollback was found the log takes entries as before, without numbers, and remembers the finding;
/// whoever asked must see to it that nothing more is approved.
///
/// `refused` where the counter cannot be read or the journal was never tied to it. `counter` outlives the
/// journal.
[[nodiscard]] JournalResult<CountedJournal> underCounter(std::unique_ptr<Journal> journal,
                                                         crypto::Counter &counter);

/// A journal in a car without a chip: only what the witness has cosigned is compared.
[[nodiscard]] JournalResult<CountedJournal> withoutCounter(std::unique_ptr<Journal> journal);

/// Ties a journal that was just created to its counter.
[[nodiscard]] JournalResult<void> tieToCounter(Journal &journal, crypto::Counter &counter);

} // namespace glovebox::journal
