// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/pcr_policy.h"
#include "crypto/pin.h"
#include "crypto/secret.h"

#include <memory>

namespace glovebox::crypto
{

enum class TpmFault {
    unreachable, // no chip, or it went away: nothing is known about what was asked last
    notThere,    // no object at this handle or index
    exists,      // there is one already; it was not touched
    policy,      // no signed policy fits the state of the machine: after an update, one that the maker signs
    wrongAuth,   // a wrong PIN, or a hierarchy that has a password
    locked,      // too many wrong PINs: the chip answers nobody for a while
    malformed,   // not an object of this chip
    refused,     // by the chip, for a reason that `detail` names
};
template<class T> using TpmResult = base::Result<T, TpmFault>;

/// What the journal asks of a chip: a number that only ever grows.
class Counter
{
public:
    virtual ~Counter() = default;
    [[nodiscard]] virtual TpmResult<std::uint64_t> read() = 0;
    /// One more; the value after it. A real chip wears out near 100,000 steps.
    [[nodiscard]] virtual TpmResult<std::uint64_t> step() = 0;
};

/// A TPM 2.0 through the Enhanced System API: what OpenSSL's provider does not offer. Its objects hang below
/// the storage key of the owner's hierarchy, which is made anew from the chip's seed when it is needed. What
/// crosses the bus is encrypted to that key. One thread at a time.
class Tpm
{
public:
    /// `tcti`: as for SigningKey::open(). Nothing is made or changed.
    [[nodiscard]] static TpmResult<std::shared_ptr<Tpm>> open(const std::string &tcti);
    virtual ~Tpm() = default;

    /// At most 128 bytes, for the state that `authority` signs for, now or later. The answer is kept in a
    /// file; only this chip opens it.
    [[nodiscard]] virtual TpmResult<base::Bytes> seal(const PublicKey &authority, const Secret &secret) = 0;
    /// `policies`: any one that fits the machine's state will do.
    [[nodiscard]] virtual TpmResult<Secret> unseal(const PublicKey &authority, base::ByteView sealed,
                                                   std::span<const SignedPolicy> policies) = 0;
    /// SHA-256 bank, in the order of `pcrs`.
    [[nodiscard]] virtual TpmResult<std::vector<base::Hash>> readPcrs(const std::vector<unsigned> &pcrs) = 0;

    /// An object that opens with the PIN, under the chip's own lockout against guessing. The lockout is made
    /// ten tries, one of which is forgiven every ten minutes, unless the chip's owner keeps that to himself.
    [[nodiscard]] virtual TpmResult<base::Bytes> makePin(const Secret &pin) = 0;
    /// `wrongAuth`, `locked`; else the PIN is right.
    [[nodiscard]] virtual TpmResult<void> checkPin(base::ByteView object, const Secret &pin) = 0;

    /// A P-256 signing key that never leaves the chip, kept at a persistent handle (0x81000000 and above).
    [[nodiscard]] virtual TpmResult<void> makeSigningKey(std::uint32_t handle) = 0;
    [[nodiscard]] virtual TpmResult<void> removeSigningKey(std::uint32_t handle) = 0;

    /// `index`: of an NV counter, 0x01800000 to 0x01BFFFFF. Begins above every value that a counter of this
    /// chip ever had, so that removing it and making it again does not go back.
    [[nodiscard]] virtual TpmResult<void> makeCounter(std::uint32_t index) = 0;
    [[nodiscard]] virtual TpmResult<void> removeCounter(std::uint32_t index) = 0;
    [[nodiscard]] virtual TpmResult<std::uint64_t> readCounter(std::uint32_t index) = 0;
    [[nodiscard]] virtual TpmResult<std::uint64_t> stepCounter(std::uint32_t index) = 0;
};

/// `object`: of makePin(); keeps the chip open.
[[nodiscard]] std::unique_ptr<PinLock> pinLockOf(std::shared_ptr<Tpm> tpm, base::Bytes object);
/// The counter at `index`; keeps the chip open.
[[nodiscard]] std::unique_ptr<Counter> counterOf(std::shared_ptr<Tpm> tpm, std::uint32_t index);

} // namespace glovebox::crypto
