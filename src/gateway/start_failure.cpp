// SPDX-License-Identifier: Apache-2.0
#include "gateway/start_failure.h"

namespace glovebox::gateway
{

using base::FileFault;
using crypto::KeyFault;
using store::StoreFault;

StartFailure fileFailure(const base::Failure<FileFault> &failure, const std::string &what, int wrong)
{
    const std::string says = what + " " + failure.detail + ". ";
    switch (failure.code) {
    case FileFault::missing:
        return {exit_code::kMissing, says + "Put it there, or name another."};
    case FileFault::notPermitted:
        return {exit_code::kNotPermitted, says + "Check its owner and mode."};
    case FileFault::notAFile:
    case FileFault::tooLarge:
        return {wrong, says + "Name the right one."};
    case FileFault::io:
        return {exit_code::kDisk, says + "Check the disk."};
    }
    return {exit_code::kDefect, says};
}

StartFailure contentFailure(const base::JsonError &error, const std::string &what, int wrong)
{
    return {wrong, what + ", at \"" + error.pointer + "\": " + error.reason + ". Correct it."};
}

StartFailure keyFailure(const base::Failure<KeyFault> &failure, const char *field)
{
    const std::string says = "The key \"" + std::string(field) + "\": " + failure.detail + ". ";
    switch (failure.code) {
    case KeyFault::missing:
        return {exit_code::kMissing, says + "Restore it: cars know this gateway by its key."};
    case KeyFault::unreadable:
        return {exit_code::kNotPermitted, says + "Check its owner and mode."};
    case KeyFault::wrongMode:
        return {exit_code::kNotPermitted,
                says + "Give it to the gateway's user with mode 0600, and consider it known."};
    case KeyFault::wrongPassword:
        return {exit_code::kData, says + "Use a key without a password, or one in hardware."};
    case KeyFault::wrongType:
    case KeyFault::malformed:
        return {exit_code::kData, says + "Name the right file, or restore it from a copy."};
    case KeyFault::provider:
        return {exit_code::kUnavailable, says + "Check OpenSSL and the hardware that holds the key."};
    case KeyFault::exists:
        break; // none is made here
    }
    return {exit_code::kDefect, says};
}

StartFailure ledgerOpenFailure(const base::Failure<StoreFault> &failure, const std::string &path)
{
    const std::string what = "The ledger " + path;
    const std::string why = " (" + failure.detail + "). ";
    switch (failure.code) {
    case StoreFault::missing:
        return {
            exit_code::kMissing,
            what + " is missing" + why +
                "Restore it: without it what was captured can be captured again. A gateway that has never "
                "run makes one with --init."};
    case StoreFault::notADatabase:
        return {exit_code::kData, what + " is none" + why + "Name the right file in \"/database\"."};
    case StoreFault::newer:
        return {exit_code::kData,
                what + " was written by a newer version" + why + "Install that version again."};
    case StoreFault::isLink:
        return {exit_code::kNotPermitted, what + " is a link" + why + "Name the file itself."};
    case StoreFault::wrongOwner:
        return {exit_code::kNotPermitted,
                what + " belongs to another user" + why + "Give it to the gateway's user."};
    case StoreFault::wrongMode:
        return {exit_code::kNotPermitted,
                what + " can be reached by others, or not by this user" + why +
                    "Give it to the gateway's user with mode 0600, and what lies beside it."};
    case StoreFault::readOnly:
        return {exit_code::kDisk, what + " cannot be written" + why + "Check the file system."};
    case StoreFault::noBarriers:
        return {exit_code::kDisk, what + " would not survive a power cut there" + why +
                                      "Mount that file system with barriers, or move it to another."};
    case StoreFault::inUse:
        return {exit_code::kTryLater, what + " is in use" + why + "Stop the gateway that has it first."};
    case StoreFault::corrupt:
    case StoreFault::constraint:
        return {exit_code::kData, what + " is damaged" + why + "Restore it from a copy."};
    case StoreFault::full:
        return {exit_code::kDisk, what + ": the disk is full" + why + "Make room and start again."};
    case StoreFault::io:
    case StoreFault::unknownOutcome:
        return {exit_code::kDisk, what + ": the disk failed" + why + "Check it and start again."};
    case StoreFault::exists:
        break; // of making one alone
    }
    return {exit_code::kDefect, what + why};
}

StartFailure ledgerReadFailure(const base::Failure<LedgerFault> &failure, const std::string &path)
{
    const bool damaged = failure.code == LedgerFault::damaged;
    return ledgerOpenFailure({damaged ? StoreFault::corrupt : StoreFault::io, failure.detail}, path);
}

StartFailure ledgerMakeFailure(const base::Failure<StoreFault> &failure, const std::string &path)
{
    const std::string what = "The ledger " + path + " was not made (" + failure.detail + "). ";
    switch (failure.code) {
    case StoreFault::exists:
        return {exit_code::kCannotCreate,
                what + "Nothing was changed: --init is for a gateway that has never run."};
    case StoreFault::missing:
        return {exit_code::kCannotCreate, what + "Make its folder first."};
    case StoreFault::wrongMode:
        return {exit_code::kNotPermitted, what + "Let the gateway's user write into its folder."};
    default:
        return ledgerOpenFailure(failure, path);
    }
}

} // namespace glovebox::gateway
