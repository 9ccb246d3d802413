// SPDX-License-Identifier: Apache-2.0
#include "journal/entry.h"

#include "crypto/hash.h"

namespace glovebox::journal
{

namespace
{

constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kSalt = 16;

} // namespace

base::Bytes headerBytes(const EntryHeader &header)
{
    base::Bytes bytes;
    base::appendBigEndian(bytes, kVersion, 1);
    base::appendBigEndian(bytes, header.sequence, 8);
    base::appendBigEndian(bytes, static_cast<std::uint64_t>(header.kind), 2);
    bytes.insert(bytes.end(), header.driver.begin(), header.driver.end());
    return bytes;
}

base::Result<SealedEntry, crypto::SealFault> sealEntry(const crypto::Secret &dataKey,
                                                       const EntryHeader &header, std::string_view payload)
{
    const base::Bytes salt = crypto::randomBytes(kSalt);
    SealedEntry entry;
    entry.commitment = crypto::hmacSha256(salt, base::bytesOf(payload));
    // The salt is sealed with the payload: whoever finds it beside the commitment could try guesses of the
    // payload after the driver was erased.
    base::Bytes plain = salt;
    plain.insert(plain.end(), payload.begin(), payload.end());
    auto sealed = crypto::seal(dataKey, headerBytes(header), plain);
    if (!sealed) {
        return std::unexpected(std::move(sealed.error()));
    }
    entry.sealed = std::move(*sealed);
    return entry;
}

base::Result<OpenedEntry, crypto::SealFault> openEntry(const crypto::Secret &dataKey,
                                                       const EntryHeader &header, const SealedEntry &entry)
{
    const auto plain = crypto::unseal(dataKey, headerBytes(header), entry.sealed);
    if (!plain) {
        return std::unexpected(plain.error());
    }
    if (plain->size() < kSalt) {
        return base::fail(crypto::SealFault::tampered, "an entry without its salt");
    }
    const base::ByteView salt = base::ByteView(*plain).first(kSalt);
    const base::ByteView payload = base::ByteView(*plain).subspan(kSalt);
    return OpenedEntry{{salt.begin(), salt.end()},
                       std::string(base::textOf(payload)),
                       crypto::equalInConstantTime(crypto::hmacSha256(salt, payload), entry.commitment)};
}

base::Result<std::string, crypto::SealFault> unsealEntry(const crypto::Secret &dataKey,
                                                         const EntryHeader &header, const SealedEntry &entry)
{
    auto opened = openEntry(dataKey, header, entry);
    if (!opened) {
        return std::unexpected(std::move(opened.error()));
    }
    if (!opened->fitsCommitment) {
        return base::fail(crypto::SealFault::tampered, "the leaf of an entry does not fit its payload");
    }
    return std::move(opened->payload);
}

base::Hash leafHash(const EntryHeader &header, const base::Hash &commitment)
{
    base::Bytes leaf = headerBytes(header);
    leaf.insert(leaf.end(), commitment.begin(), commitment.end());
    return merkle::hashLeaf(crypto::sha256, leaf);
}

} // namespace glovebox::journal
