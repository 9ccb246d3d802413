// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "crypto/secret.h"

#include <memory>
#include <optional>

namespace glovebox::crypto
{

/// scrypt (RFC 7914) record of a six-digit PIN. A stolen file gives way to a search of all PINs: the throttle
/// or the TPM's lockout is what protects it (facts.md).
struct PinRecord
{
    int cost_log2 = 15; // N = 2^15
    int blockSize = 8;
    int parallel = 1;
    base::Bytes salt; // 16
    base::Bytes hash; // 32
};
/// Nothing unless the PIN is six ASCII digits.
[[nodiscard]] std::optional<PinRecord> enrolPin(const Secret &pin);
[[nodiscard]] bool checkPin(const PinRecord &record, const Secret &pin);
[[nodiscard]] base::Json toJson(const PinRecord &record);
[[nodiscard]] std::expected<PinRecord, base::JsonError> pinRecordFromJson(const base::Json &json);

/// What stands between a driver's PIN and the car: a record of ours, or an object of a TPM.
enum class PinAnswer { right, wrong, locked, unavailable };
class PinLock
{
public:
    virtual ~PinLock() = default;
    /// May take a second. One thread at a time.
    [[nodiscard]] virtual PinAnswer check(const Secret &pin) = 0;
};
[[nodiscard]] std::unique_ptr<PinLock> pinLockOf(PinRecord record);

} // namespace glovebox::crypto
