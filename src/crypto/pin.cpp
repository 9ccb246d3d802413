// SPDX-License-Identifier: Apache-2.0
#include "crypto/pin.h"

#include "crypto/hash.h"
#include "crypto/openssl.h"

#include <algorithm>

namespace glovebox::crypto
{

namespace
{

constexpr std::size_t kPin = 6;
constexpr std::size_t kSalt = 16;
constexpr std::size_t kHash = 32;
constexpr int kCostLog2_min = 15;
constexpr int kCostLog2_max = 18;
constexpr int kBlockSize = 8;
constexpr int kParallel_max = 4;

bool derive(const PinRecord &record, const Secret &pin, std::span<std::uint8_t> out)
{
    const std::uint64_t cost = std::uint64_t{1} << record.cost_log2;
    const auto blockSize = static_cast<std::uint64_t>(record.blockSize);
    const auto parallel = static_cast<std::uint64_t>(record.parallel);
    // RFC 7914 section 2: 128 * r * N for the large vector, 128 * r * p for the blocks; 32 MiB, OpenSSL's own
    // bound, is a little less than N = 2^15 takes.
    const std::uint64_t memory_max = 128 * blockSize * (cost + parallel + 2) + 65536;
    // The library copies nothing of it; the cast is its char interface.
    const auto *text = reinterpret_cast<const char *>(pin.view().data());
    const bool ok = EVP_PBE_scrypt(text, pin.view().size(), record.salt.data(), record.salt.size(), cost,
                                   blockSize, parallel, memory_max, out.data(), out.size()) == 1;
    ERR_clear_error();
    return ok;
}

class RecordLock final : public PinLock
{
public:
    explicit RecordLock(PinRecord record) : m_record(std::move(record)) {}
    PinAnswer check(const Secret &pin) override
    {
        return checkPin(m_record, pin) ? PinAnswer::right : PinAnswer::wrong;
    }

private:
    PinRecord m_record;
};

} // namespace

std::unique_ptr<PinLock> pinLockOf(PinRecord record)
{
    return std::make_unique<RecordLock>(std::move(record));
}

std::optional<PinRecord> enrolPin(const Secret &pin)
{
    const base::ByteView digits = pin.view();
    const bool isPin = digits.size() == kPin && std::ranges::all_of(digits, [](std::uint8_t character) {
                           return character >= '0' && character <= '9';
                       });
    if (!isPin) {
        return std::nullopt;
    }
    PinRecord record;
    record.salt = randomBytes(kSalt);
    record.hash.resize(kHash);
    if (!derive(record, pin, record.hash)) {
        return std::nullopt;
    }
    return record;
}

bool checkPin(const PinRecord &record, const Secret &pin)
{
    Secret hash(kHash);
    return derive(record, pin, hash.writable()) && equalInConstantTime(hash.view(), record.hash);
}

base::Json toJson(const PinRecord &record)
{
    return {{"v", 1},
            {"kdf", "scrypt"},
            {"cost_log2", record.cost_log2},
            {"block_size", record.blockSize},
            {"parallel", record.parallel},
            {"salt", base::toBase64Url(record.salt)},
            {"hash", base::toBase64Url(record.hash)}};
}

std::expected<PinRecord, base::JsonError> pinRecordFromJson(const base::Json &json)
{
    base::ObjectReader reader(json);
    PinRecord record;
    reader.integer("v", 1, 1);
    if (reader.text("kdf", 16) != "scrypt") {
        reader.refuse("kdf", base::JsonFault::notAllowed, "must be scrypt");
    }
    // A cheaper record than the one that enrolment makes was not made by it.
    record.cost_log2 = static_cast<int>(reader.integer("cost_log2", kCostLog2_min, kCostLog2_max));
    record.blockSize = static_cast<int>(reader.integer("block_size", kBlockSize, kBlockSize));
    record.parallel = static_cast<int>(reader.integer("parallel", 1, kParallel_max));
    record.salt = reader.base64Url("salt", kSalt);
    if (record.salt.size() != kSalt) {
        reader.refuse("salt", base::JsonFault::outOfRange, "must hold 16 bytes");
    }
    record.hash = reader.base64Url("hash", kHash);
    if (record.hash.size() != kHash) {
        reader.refuse("hash", base::JsonFault::outOfRange, "must hold 32 bytes");
    }
    if (auto error = reader.finish()) {
        return std::unexpected(std::move(*error));
    }
    return record;
}

} // namespace glovebox::crypto
