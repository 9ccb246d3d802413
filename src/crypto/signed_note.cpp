// SPDX-License-Identifier: Apache-2.0
#include "crypto/signed_note.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/signature_form.h"

#include <algorithm>
#include <array>

namespace glovebox::crypto
{

namespace
{

constexpr std::size_t kNote_max = 16 * 1024;
constexpr std::size_t kSignatures_max = 32;
constexpr std::size_t kKeyId = 4;
constexpr std::string_view kDash = "\xE2\x80\x94 "; // em dash and a space

std::unexpected<base::Failure<NoteFault>> refuse(NoteFault fault, const char *why)
{
    return base::fail(fault, std::string("the note is refused: ") + why);
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 && c != '\n';
}

} // namespace

bool isNoteKeyName(std::string_view name)
{
    return !name.empty() && std::ranges::none_of(name, [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == '+' || c == 0x7F;
    });
}

NoteResult<NoteSignature> parseNoteLine(std::string_view line)
{
    if (!line.starts_with(kDash) || !line.ends_with('\n')) {
        return refuse(NoteFault::malformed, "a signature line has another form");
    }
    line = line.substr(kDash.size(), line.size() - kDash.size() - 1);
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !isNoteKeyName(line.substr(0, space))) {
        return refuse(NoteFault::malformed, "a signature line has no name");
    }
    const auto bytes = base::fromBase64(line.substr(space + 1));
    if (!bytes || bytes->size() <= kKeyId) {
        return refuse(NoteFault::malformed, "a signature is no base64 of a key id and a signature");
    }
    NoteSignature signature;
    signature.name = line.substr(0, space);
    for (std::size_t i = 0; i < kKeyId; ++i) {
        signature.keyId = signature.keyId << 8U | (*bytes)[i];
    }
    signature.signature.assign(bytes->begin() + kKeyId, bytes->end());
    return signature;
}

NoteResult<SignedNote> parseNote(std::string_view note)
{
    if (note.size() > kNote_max || !base::codePoints(note) || std::ranges::any_of(note, isControl)) {
        return refuse(NoteFault::malformed, "it is too long, no UTF-8, or holds control characters");
    }
    // The last empty line: the text may have some of its own.
    const std::size_t end = note.rfind("\n\n");
    if (end == std::string_view::npos) {
        return refuse(NoteFault::malformed, "it has no signatures");
    }
    SignedNote result;
    result.text = note.substr(0, end + 1);
    std::string_view rest = note.substr(end + 2);
    while (!rest.empty()) {
        const std::size_t length = std::min(rest.find('\n'), rest.size() - 1) + 1;
        auto signature = parseNoteLine(rest.substr(0, length));
        if (!signature) {
            return std::unexpected(std::move(signature.error()));
        }
        result.signatures.push_back(std::move(*signature));
        rest.remove_prefix(length);
    }
    if (result.signatures.empty() || result.signatures.size() > kSignatures_max) {
        return refuse(NoteFault::malformed, "it has no signatures, or too many");
    }
    return result;
}

std::string noteLine(const NoteSignature &signature)
{
    base::Bytes bytes;
    base::appendBigEndian(bytes, signature.keyId, kKeyId);
    bytes.insert(bytes.end(), signature.signature.begin(), signature.signature.end());
    return std::string(kDash) + signature.name + ' ' + base::toBase64(bytes) + '\n';
}

std::string noteOf(const SignedNote &note)
{
    std::string text = note.text + '\n';
    for (const NoteSignature &signature : note.signatures) {
        text += noteLine(signature);
    }
    return text;
}

base::Bytes subjectPublicKeyInfo(const PublicKey &key)
{
    // SEQUENCE { SEQUENCE { id-ecPublicKey, secp256r1 }, BIT STRING 0x04 || x || y }: the sizes never change.
    constexpr std::array<std::uint8_t, 27> kBeforeX = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48,
                                                       0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
                                                       0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
    const base::Json jwk = key.jwk();
    base::Bytes der(kBeforeX.begin(), kBeforeX.end());
    for (const char *coordinate : {"x", "y"}) {
        const auto bytes = base::fromBase64Url(jwk.at(coordinate).get_ref<const std::string &>());
        der.insert(der.end(), bytes->begin(), bytes->end());
    }
    return der;
}

std::uint32_t noteKeyId(const PublicKey &key)
{
    const base::Hash hash = sha256(subjectPublicKeyInfo(key));
    std::uint32_t id = 0;
    for (std::size_t i = 0; i < kKeyId; ++i) {
        id = id << 8U | hash[i];
    }
    return id;
}

NoteResult<std::string> signNote(const SigningKey &key, const std::string &name, const std::string &text)
{
    if (!isNoteKeyName(name) || !text.ends_with('\n')) {
        return refuse(NoteFault::malformed, "its text does not end with a line, or its name is none");
    }
    const auto signature = key.sign(base::bytesOf(text));
    if (!signature) {
        return base::fail(NoteFault::key, signature.error().detail);
    }
    return noteOf({text, {{name, noteKeyId(key.publicKey()), derOf(*signature)}}});
}

NoteResult<PublicKey> verifyNote(const SignedNote &note, std::string_view name,
                                 std::span<const PublicKey> keys)
{
    const PublicKey *signer = nullptr;
    for (const PublicKey &key : keys) {
        const std::uint32_t id = noteKeyId(key);
        for (const NoteSignature &line : note.signatures) {
            if (line.name != name || line.keyId != id) {
                continue;
            }
            const auto fixed = fixedOf(line.signature);
            if (!fixed || !key.verify(base::bytesOf(note.text), *fixed)) {
                return refuse(NoteFault::signature, "a signature of a known key does not fit");
            }
            signer = &key;
        }
    }
    return signer != nullptr ? NoteResult<PublicKey>(*signer)
                             : refuse(NoteFault::unknownKey, "no key that is known here signed it");
}

} // namespace glovebox::crypto
