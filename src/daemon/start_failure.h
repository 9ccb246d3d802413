// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/small_file.h"
#include "crypto/keys.h"
#include "journal/journal.h"

#include <string>

namespace glovebox::daemon
{

/// Exit codes of docs/formats.md, after sysexits.h.
namespace exit_code
{
inline constexpr int kDone = 0;
inline constexpr int kUsage = 64;
inline constexpr int kData = 65;
inline constexpr int kMissing = 66;
inline constexpr int kUnavailable = 69;
inline constexpr int kDefect = 70;
inline constexpr int kCannotCreate = 73;
inline constexpr int kDisk = 74;
inline constexpr int kTryLater = 75;
inline constexpr int kNotPermitted = 77;
inline constexpr int kConfiguration = 78;
} // namespace exit_code

/// Why a program ends before it served: one sentence or two that say what, where and what to do.
struct StartFailure
{
    int exitCode;
    std::string sentence;
};

/// A file that is read whole. `what`: "The configuration /etc/…". `wrong`: the exit code where something is
/// there that is no small file.
[[nodiscard]] StartFailure fileFailure(const base::Failure<base::FileFault> &failure, const std::string &what,
                                       const std::string &remedy, int wrong);
[[nodiscard]] StartFailure signingKeyFailure(const base::Failure<crypto::KeyFault> &failure,
                                             const std::string &uri);
/// `error`: as crypto::readSealingKey() and createSealingKey() give it.
[[nodiscard]] StartFailure sealingKeyFailure(int error, const std::string &path);
[[nodiscard]] StartFailure journalFailure(const base::Failure<journal::JournalFault> &failure,
                                          const std::string &path);
/// Of a journal whose counter cannot be had.
[[nodiscard]] StartFailure counterFailure(const base::Failure<journal::JournalFault> &failure,
                                          const std::string &path);

} // namespace glovebox::daemon
