// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/journal.h"

namespace glovebox::journal
{

/// The log is not the one that somebody outside it remembers: an earlier copy was put back, its end was cut
/// off, or another car goes on with a copy. Nothing is approved any more.
struct Rollback
{
    enum class Reason {
        counter, // the TPM has counted on
        cutOff,  // the witness has cosigned more entries than there are
        forked   // the witness has cosigned other entries
    };
    Reason reason = Reason::counter;
    /// From here on entries are missing; `forked`: up to here they are those that were cosigned.
    std::uint64_t firstBadSequence = 0;
    std::uint64_t sealed = 0;   // counter: the last value that the log knows
    std::uint64_t counter = 0;  // counter: what the chip says
    std::uint64_t entries = 0;  // cutOff, forked: how many the log had then
    std::uint64_t cosigned = 0; // cutOff, forked: how many the cosigned checkpoint has
};
/// "journal_rolled_back", "journal_cut_off", "journal_forked".
[[nodiscard]] std::string_view nameOf(Rollback::Reason reason);
/// {"reason","first_bad_sequence"} and "sealed","counter" or "entries","cosigned": in the journal and in a
/// status.
[[nodiscard]] base::Json toJson(const Rollback &rollback);

/// What was found stays found, also when entries of today are at the log's end: a setting.
[[nodiscard]] std::pair<std::string, std::string> settingOf(const Rollback &rollback);
[[nodiscard]] JournalResult<std::optional<Rollback>> readRollback(Journal &journal);

} // namespace glovebox::journal
