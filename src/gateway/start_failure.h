// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/small_file.h"
#include "crypto/keys.h"
#include "gateway/ledger_result.h"

#include <string>

namespace glovebox::gateway
{

/// docs/formats.md, "Exit codes".
namespace exit_code
{
inline constexpr int kDone = 0;
inline constexpr int kNo = 1;
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

/// Why the gateway ends before it served: sentences that say what, where and what to do.
struct StartFailure
{
    int exitCode;
    std::string sentence;
};
template<class T> using Started = std::expected<T, StartFailure>;

/// A file that is read whole. `what`: "The merchants file /etc/…". `wrong`: the exit code where something is
/// there that is no small file.
[[nodiscard]] StartFailure fileFailure(const base::Failure<base::FileFault> &failure, const std::string &what,
                                       int wrong = exit_code::kData);
/// What a file says. `what` as above.
[[nodiscard]] StartFailure contentFailure(const base::JsonError &error, const std::string &what,
                                          int wrong = exit_code::kData);
/// `field` of the configuration names the key.
[[nodiscard]] StartFailure keyFailure(const base::Failure<crypto::KeyFault> &failure, const char *field);
[[nodiscard]] StartFailure ledgerOpenFailure(const base::Failure<store::StoreFault> &failure,
                                             const std::string &path);
[[nodiscard]] StartFailure ledgerMakeFailure(const base::Failure<store::StoreFault> &failure,
                                             const std::string &path);
[[nodiscard]] StartFailure ledgerReadFailure(const base::Failure<LedgerFault> &failure,
                                             const std::string &path);

} // namespace glovebox::gateway
