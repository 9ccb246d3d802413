// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

namespace glovebox::store
{

enum class StoreFault {
    missing,
    exists,
    notADatabase, // also: interrupted while it was made, or of another program (application_id)
    newer,        // written by a newer version of this program
    isLink,       // a symbolic link, or a file with a second name
    wrongOwner,
    wrongMode, // the file must be 0600; its folder, where that is asked for, 0700
    readOnly,
    noBarriers, // on a file system whose mount options make fsync an empty promise
    inUse,      // by another process, or opened already in this one
    corrupt,
    constraint,    // a UNIQUE, CHECK, NOT NULL or foreign key rule said no; the transaction goes on
    full,          // no room: rolled back, nothing was kept, the database can be used again
    io,            // the disk failed outside a commit: rolled back; every later call is refused
    unknownOutcome // the disk failed in a commit, so nobody can tell whether it was kept; every later call is
                   // refused
};
template<class T> using StoreResult = base::Result<T, StoreFault>;

} // namespace glovebox::store
