// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"

#include <string>
#include <vector>

namespace glovebox::crypto
{

/// C2SP signed-note: a text, an empty line, and signature lines of the form "— NAME BASE64(key id ||
/// signature)".
enum class NoteFault {
    malformed,
    unknownKey, // no line of a key that was given
    signature,  // a line of a known key does not verify: the whole note is refused
    key         // the signing key failed
};
template<class T> using NoteResult = base::Result<T, NoteFault>;

struct NoteSignature
{
    std::string name;
    std::uint32_t keyId = 0;
    base::Bytes signature; // without the key id
};

struct SignedNote
{
    std::string text; // with its last line end: what is signed
    std::vector<NoteSignature> signatures;
};

/// Not empty; no space, control character or '+'.
[[nodiscard]] bool isNoteKeyName(std::string_view name);

/// At most 16 KiB and 32 signatures; UTF-8 without control characters other than line ends. Nothing is
/// verified.
[[nodiscard]] NoteResult<SignedNote> parseNote(std::string_view note);
/// One signature line with its end.
[[nodiscard]] NoteResult<NoteSignature> parseNoteLine(std::string_view line);
[[nodiscard]] std::string noteLine(const NoteSignature &signature);
[[nodiscard]] std::string noteOf(const SignedNote &note);

/// DER of a P-256 key (RFC 5480 section 2), with the uncompressed point.
[[nodiscard]] base::Bytes subjectPublicKeyInfo(const PublicKey &key);
/// Signature type 0x02, ECDSA: DER (RFC 3279) over SHA-256 of the text; the key id is the start of SHA-256
/// over the key's SubjectPublicKeyInfo, which the name is no part of.
[[nodiscard]] std::uint32_t noteKeyId(const PublicKey &key);
/// The whole note. The text ends with a line end and `name` is a key name; else `malformed`.
[[nodiscard]] NoteResult<std::string> signNote(const SigningKey &key, const std::string &name,
                                               const std::string &text);
/// Which of the keys signed under this name. Every line of one of them must verify.
[[nodiscard]] NoteResult<PublicKey> verifyNote(const SignedNote &note, std::string_view name,
                                               std::span<const PublicKey> keys);

} // namespace glovebox::crypto
