// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/signed_note.h"

namespace glovebox::crypto
{

/// The public key of a cosigner: C2SP tlog-cosignature, Ed25519, signature type 0x04.
class CosignerKey
{
public:
    /// "NAME+HEX(key id)+BASE64(0x04 || public key)", as signed-note writes a verifier key.
    [[nodiscard]] static NoteResult<CosignerKey> fromVkey(std::string_view vkey);
    [[nodiscard]] std::string vkey() const;
    [[nodiscard]] const std::string &name() const;
    /// When this cosigner saw the note's text, in seconds of POSIX time. Its line must verify, and be there.
    [[nodiscard]] NoteResult<std::uint64_t> verify(const SignedNote &note) const;

    struct Impl;
    explicit CosignerKey(std::shared_ptr<const Impl> impl);

private:
    friend class CosigningKey;
    std::shared_ptr<const Impl> m_impl;
};

/// The private half, an unencrypted PKCS#8 file of its owner alone (0600).
class CosigningKey
{
public:
    [[nodiscard]] static KeyResult<CosigningKey> open(const std::string &path, const std::string &name);
    /// Refuses to overwrite.
    [[nodiscard]] static KeyResult<CosigningKey> create(const std::string &path, const std::string &name);
    [[nodiscard]] const CosignerKey &publicKey() const;
    /// A signature line over "cosignature/v1\ntime T\n" and the text of a checkpoint. `time_s` is POSIX time.
    [[nodiscard]] NoteResult<std::string> cosign(std::string_view text, std::uint64_t time_s) const;

    CosigningKey(CosigningKey &&) noexcept;
    CosigningKey &operator=(CosigningKey &&) noexcept;
    ~CosigningKey();

private:
    struct Impl;
    explicit CosigningKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace glovebox::crypto
