// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "store/store_fault.h"

namespace glovebox::gateway
{

enum class LedgerFault {
    conflict, // somebody else wrote this first: nothing was written, read it again
    full,     // no room: nothing was written
    damaged,  // what is there does not hold together: nothing was written, stop
    io,       // the outcome of a write is unknown: stop and read the database again after a restart
};
template<class T> using LedgerResult = base::Result<T, LedgerFault>;

/// Of a read or a write, in the ledger's words.
[[nodiscard]] inline std::unexpected<base::Failure<LedgerFault>>
ledgerFailure(const base::Failure<store::StoreFault> &failure)
{
    const LedgerFault fault = failure.code == store::StoreFault::constraint ? LedgerFault::conflict
                              : failure.code == store::StoreFault::full     ? LedgerFault::full
                              : failure.code == store::StoreFault::corrupt  ? LedgerFault::damaged
                                                                            : LedgerFault::io;
    return base::fail(fault, failure.detail);
}

} // namespace glovebox::gateway
