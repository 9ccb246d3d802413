// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"
#include "crypto/secret.h"

#include <cstdint>
#include <filesystem>

namespace glovebox::bench
{

/// The keys beside a journal, as a desk has them: "signing.pem" and "sealing.key" in the folder, made where
/// they are missing. Ends the program where that fails.
[[nodiscard]] crypto::SigningKey signingKeyIn(const std::filesystem::path &folder);
[[nodiscard]] crypto::Secret sealingKeyIn(const std::filesystem::path &folder);

inline constexpr int kEntriesOfPurchase = 10; // one of them the approval

/// Makes "journal.sqlite" in the folder and writes purchases through the daemon's own book until it holds at
/// least `entries`: each is a garage exit that was held, shown, interrupted, shown, approved, sent,
/// unanswered, asked about, sent and paid, with its approval and its receipt. Needs a QCoreApplication.
void fillJournal(const std::filesystem::path &folder, std::uint64_t entries);

} // namespace glovebox::bench
