// SPDX-License-Identifier: Apache-2.0
#include "daemon/start_failure.h"

#include <cerrno>
#include <system_error>

namespace glovebox::daemon
{

using crypto::KeyFault;
using journal::JournalFault;

namespace
{

/// " (detail)" or nothing.
std::string inBrackets(const std::string &detail)
{
    return detail.empty() ? std::string() : " (" + detail + ")";
}

} // namespace

StartFailure fileFailure(const base::Failure<base::FileFault> &failure, const std::string &what,
                         const std::string &remedy, int wrong)
{
    const std::string says = what + " " + failure.detail + ". ";
    switch (failure.code) {
    case base::FileFault::missing:
        return {exit_code::kMissing, says + remedy};
    case base::FileFault::notPermitted:
        return {exit_code::kNotPermitted, says + "Check its owner and mode."};
    case base::FileFault::notAFile:
    case base::FileFault::tooLarge:
        return {wrong, says + remedy};
    case base::FileFault::io:
        return {exit_code::kDisk, says + "Check the disk."};
    }
    return {exit_code::kDefect, says};
}

StartFailure signingKeyFailure(const base::Failure<KeyFault> &failure, const std::string &uri)
{
    const std::string key = "The signing key " + uri;
    const std::string why = inBrackets(failure.detail);
    switch (failure.code) {
    case KeyFault::missing:
        return {exit_code::kMissing,
                key + " is missing" + why + ". Restore it, or make a new car with gloveboxd --init."};
    case KeyFault::unreadable:
        return {exit_code::kNotPermitted, key + " cannot be read" + why + ". Check its owner and mode."};
    case KeyFault::wrongMode:
        return {exit_code::kNotPermitted,
                key + " can be read by others" + why +
                    ". Give it to the user of this daemon with mode 0600, and consider it known."};
    case KeyFault::wrongType:
        return {exit_code::kData, key + " is no P-256 key" + why + ". Name the right file in signing_key."};
    case KeyFault::wrongPassword:
        return {exit_code::kData,
                key + " is protected by a password" + why + ". Use a key without, or one in hardware."};
    case KeyFault::provider:
        return {exit_code::kUnavailable,
                key + " is out of reach" + why + ". Check the TPM and its OpenSSL provider."};
    case KeyFault::exists:
        return {exit_code::kCannotCreate, key + " is already there" + why + ". Nothing was changed."};
    case KeyFault::malformed:
        return {exit_code::kData, key + " is damaged" + why + ". Restore it from a copy."};
    }
    return {exit_code::kDefect, key + " failed" + why + "."};
}

StartFailure sealingKeyFailure(int error, const std::string &path)
{
    const std::string key = "The sealing key " + path;
    switch (error) {
    case ENOENT:
        return {exit_code::kMissing,
                key + " is missing. Restore it, or make a new car with gloveboxd --init."};
    case EPERM:
        return {exit_code::kNotPermitted,
                key + " can be read by others. Give it to the user of this daemon with mode 0600."};
    case EINVAL:
        return {exit_code::kData,
                key + " is damaged: it must be a file of 32 bytes. Restore it from a copy."};
    case EEXIST:
        return {exit_code::kCannotCreate, key + " is already there. Nothing was changed."};
    case ENOSPC:
    case EIO:
    case EROFS:
        return {exit_code::kDisk, key + ": " + std::generic_category().message(error) +
                                      ". Make room on the disk, or check it."};
    default:
        return {exit_code::kNotPermitted,
                key + ": " + std::generic_category().message(error) + ". Check its owner, mode and folder."};
    }
}

StartFailure journalFailure(const base::Failure<JournalFault> &failure, const std::string &path)
{
    const std::string what = "The journal " + path;
    const std::string why = inBrackets(failure.detail);
    switch (failure.code) {
    case JournalFault::missing:
        return {exit_code::kMissing,
                what + " is missing" + why + ". Restore it, or make a new car with gloveboxd --init."};
    case JournalFault::notAJournal:
        return {exit_code::kData, what + " is no journal" + why + ". Name the right state_dir."};
    case JournalFault::newer:
        return {exit_code::kData,
                what + " was written by a newer version" + why + ". Install that version again."};
    case JournalFault::foreign:
        return {exit_code::kData,
                what + " was made with another signing key" + why + ". Name the key it belongs to."};
    case JournalFault::wrongOwner:
        return {exit_code::kNotPermitted,
                what + " belongs to another user" + why + ". Give it to the user of this daemon."};
    case JournalFault::wrongMode:
        return {exit_code::kNotPermitted,
                what + " or its folder lets others in" + why + ". Set 0600 on the file, 0700 on the folder."};
    case JournalFault::isLink:
        return {exit_code::kNotPermitted, what + " is a link" + why + ". Put the file itself there."};
    case JournalFault::readOnly:
        return {exit_code::kDisk, what + " cannot be written" + why + ". Check the file system."};
    case JournalFault::noBarriers:
        return {exit_code::kDisk,
                what + " would not survive a power cut there" + why +
                    ". Mount that file system with barriers, or move state_dir to another."};
    case JournalFault::inUse:
        return {exit_code::kTryLater, what + " is in use" + why + ". Stop the other daemon first."};
    case JournalFault::keyWithoutJournal:
        return {exit_code::kMissing,
                what + " is missing, but there is a key" + why +
                    ". Restore the journal, or remove the key and use gloveboxd --init."};
    case JournalFault::journalWithoutKey:
        return {exit_code::kMissing, what + " is there without its key" + why + ". Restore the key."};
    case JournalFault::sealed:
        return {exit_code::kData,
                what + " was sealed with another key" + why + ". Name its sealing key in sealing_key."};
    case JournalFault::corrupt:
        return {exit_code::kData,
                what + " is damaged" + why + ". It was not touched: restore a copy, or keep it as evidence."};
    case JournalFault::full:
        return {exit_code::kDisk, what + ": the disk is full" + why + ". Make room and start again."};
    case JournalFault::refused:
        break; // an answer to an append, never to a start
    case JournalFault::io:
    case JournalFault::unknownOutcome:
        return {exit_code::kDisk, what + ": the disk failed" + why + ". Check it and start again."};
    }
    return {exit_code::kDefect, what + " failed" + why + "."};
}

StartFailure counterFailure(const base::Failure<JournalFault> &failure, const std::string &path)
{
    if (failure.code != JournalFault::refused) {
        return journalFailure(failure, path);
    }
    return {exit_code::kUnavailable, "The journal " + path + " cannot be compared with the TPM's counter" +
                                         inBrackets(failure.detail) +
                                         ". Check the TPM, or make a new car with gloveboxd --init."};
}

} // namespace glovebox::daemon
