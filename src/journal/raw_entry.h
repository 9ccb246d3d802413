// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/entry.h"
#include "store/database.h"

namespace glovebox::journal
{

/// Inside src/journal only: what reads a journal that it will never write.
[[nodiscard]] JournalResult<store::Database> openToRead(const std::string &path,
                                                        const std::string &mountInfo);

/// A row of entries, before anything in it is believed.
struct Raw
{
    EntryHeader header;
    SealedEntry entry;
    bool erased = false;
};

/// Of a row of kRawEntries; nothing where a kind or a size cannot be.
[[nodiscard]] std::optional<Raw> rawOf(const store::Statement &row);

inline constexpr const char *kRawEntries =
    "SELECT sequence, kind, pseudonym, commitment, sealed FROM entries ORDER BY sequence";

} // namespace glovebox::journal
