// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "crypto/keys.h"

#include <expected>
#include <string>

namespace glovebox::cli
{

/// What a command prints, and what its exit code is: 0, or 1 where a check said no.
struct Report
{
    std::string text;
    int exitCode = 0;
};
/// Why an answer of the daemon makes no sense here: an English sentence.
using ReportResult = std::expected<Report, std::string>;

/// From the answers of Admin1 (docs/formats.md), as plain aligned text. Pure.
[[nodiscard]] ReportResult statusReport(const base::Json &status);
[[nodiscard]] ReportResult purchasesReport(const base::Json &answer);

/// The record with the approval taken apart: its texts, who consented, how and when, until when it could be
/// stopped. The signature is checked against `key`; 1 where it does not hold.
[[nodiscard]] ReportResult purchaseReport(const base::Json &record, const crypto::PublicKey &key);
/// The same for somebody who decides a dispute: what was bought, who approved it, how, on whose authority, by
/// which rules, and until when it could be stopped. 1 where the signature does not hold.
[[nodiscard]] ReportResult explainReport(const base::Json &record, const crypto::PublicKey &key);
/// The same as JSON: the record as it is, `approval` being the compact JWS, and the decoded claims under
/// `claims` with `signature`: "valid", "invalid" or "none".
[[nodiscard]] ReportResult purchaseJson(const base::Json &record, const crypto::PublicKey &key);

} // namespace glovebox::cli
