// SPDX-License-Identifier: Apache-2.0
#include "journal/faults.h"

namespace glovebox::journal
{

namespace
{

JournalFault faultOf(store::StoreFault fault)
{
    using store::StoreFault;
    switch (fault) {
    case StoreFault::missing:
        return JournalFault::missing;
    case StoreFault::exists:
        return JournalFault::journalWithoutKey;
    case StoreFault::notADatabase:
        return JournalFault::notAJournal;
    case StoreFault::newer:
        return JournalFault::newer;
    case StoreFault::isLink:
        return JournalFault::isLink;
    case StoreFault::wrongOwner:
        return JournalFault::wrongOwner;
    case StoreFault::wrongMode:
        return JournalFault::wrongMode;
    case StoreFault::readOnly:
        return JournalFault::readOnly;
    case StoreFault::noBarriers:
        return JournalFault::noBarriers;
    case StoreFault::inUse:
        return JournalFault::inUse;
    case StoreFault::corrupt:
    case StoreFault::constraint:
        return JournalFault::corrupt;
    case StoreFault::full:
        return JournalFault::full;
    case StoreFault::io:
        return JournalFault::io;
    case StoreFault::unknownOutcome:
        return JournalFault::unknownOutcome;
    }
    return JournalFault::io;
}

} // namespace

std::unexpected<base::Failure<JournalFault>> failed(const base::Failure<store::StoreFault> &failure)
{
    return base::fail(faultOf(failure.code), failure.detail);
}

} // namespace glovebox::journal
