// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/seal.h"
#include "journal/journal.h"

namespace glovebox::journal
{

/// Version 1 of an entry; docs/journal.md. All numbers are big-endian.
struct EntryHeader
{
    std::uint64_t sequence = 0;
    EntryKind kind = EntryKind::created;
    Pseudonym driver{};
};
/// version(1) || sequence(8) || kind(2) || pseudonym(16): the start of the leaf and the associated data of
/// the seal.
[[nodiscard]] base::Bytes headerBytes(const EntryHeader &header);

struct SealedEntry
{
    base::Hash commitment{}; // HMAC-SHA-256(salt, payload)
    base::Bytes sealed;      // nonce || AES-256-GCM(salt || payload) || tag
};
[[nodiscard]] base::Result<SealedEntry, crypto::SealFault>
sealEntry(const crypto::Secret &dataKey, const EntryHeader &header, std::string_view payload);

struct OpenedEntry
{
    base::Bytes salt;
    std::string payload;
    bool fitsCommitment = false; // what the leaf binds is this payload
};
/// `tampered` where header and sealed do not fit; the commitment is only compared.
[[nodiscard]] base::Result<OpenedEntry, crypto::SealFault>
openEntry(const crypto::Secret &dataKey, const EntryHeader &header, const SealedEntry &entry);

/// The payload's bytes; `tampered` where any of header, commitment or sealed does not fit.
[[nodiscard]] base::Result<std::string, crypto::SealFault>
unsealEntry(const crypto::Secret &dataKey, const EntryHeader &header, const SealedEntry &entry);

/// RFC 6962 leaf hash of headerBytes || commitment.
[[nodiscard]] base::Hash leafHash(const EntryHeader &header, const base::Hash &commitment);

} // namespace glovebox::journal
