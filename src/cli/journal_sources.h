// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/daemon_client.h"
#include "crypto/cosigner.h"
#include "crypto/secret.h"
#include "journal/journal.h"

#include <QCommandLineParser>

namespace glovebox::cli
{

// Exit codes: docs/formats.md.
inline constexpr int kNo = 1;
inline constexpr int kUsage = 64;
inline constexpr int kData = 65;
inline constexpr int kMissing = 66;
inline constexpr int kUnavailable = 69;
inline constexpr int kDefect = 70;
inline constexpr int kDisk = 74;
inline constexpr int kTryLater = 75;
inline constexpr int kNotPermitted = 77;
inline constexpr int kConfiguration = 78;
inline constexpr int kCannotCreate = 73;

/// What the options and the daemon's configuration name.
struct Sources
{
    std::string file;
    std::optional<crypto::Secret> sealingKey;
    std::vector<crypto::PublicKey> keys;        // of the car
    std::vector<crypto::PublicKey> gatewayKeys; // of its receipts and merchant entries
    std::optional<crypto::CosignerKey> witness;
};
/// Refuses (64) where no journal is named and one is needed.
[[nodiscard]] std::expected<Sources, Failure> readSources(const QCommandLineParser &parser,
                                                          bool needsJournal);

/// Says it on standard error; the exit code.
int complain(const Failure &failure);
/// Into a new file of its owner alone; 0, or the exit code after saying why not.
int writeNew(const QString &path, const std::string &text);
/// At most 1 MiB.
[[nodiscard]] std::expected<base::Json, Failure> readJson(const QString &path);
[[nodiscard]] Failure failureOf(const base::Failure<journal::JournalFault> &failure, const std::string &path);

} // namespace glovebox::cli
