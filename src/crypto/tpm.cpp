// SPDX-License-Identifier: Apache-2.0
#include "crypto/tpm.h"

#include "crypto/tpm_parts.h"

namespace glovebox::crypto
{

namespace
{

class Chip final : public Tpm
{
public:
    Chip(TSS2_TCTI_CONTEXT *tcti, ESYS_CONTEXT *context) : m_tcti(tcti), m_context(context) {}
    ~Chip() override
    {
        Esys_Finalize(&m_context);
        Tss2_TctiLdr_Finalize(&m_tcti);
    }
    Chip(const Chip &) = delete;
    Chip &operator=(const Chip &) = delete;

    TpmResult<base::Bytes> seal(const PublicKey &authority, const Secret &secret) override
    {
        return tss2::sealUnderPolicy(m_context, authority, secret);
    }
    TpmResult<Secret> unseal(const PublicKey &authority, base::ByteView sealed,
                             std::span<const SignedPolicy> policies) override
    {
        return tss2::unsealUnderPolicy(m_context, authority, sealed, policies);
    }
    TpmResult<std::vector<base::Hash>> readPcrs(const std::vector<unsigned> &pcrs) override
    {
        return tss2::readPcrs(m_context, pcrs);
    }
    TpmResult<base::Bytes> makePin(const Secret &pin) override { return tss2::makePin(m_context, pin); }
    TpmResult<void> checkPin(base::ByteView object, const Secret &pin) override
    {
        return tss2::checkPin(m_context, object, pin);
    }
    TpmResult<void> makeSigningKey(std::uint32_t handle) override
    {
        return tss2::makeSigningKey(m_context, handle);
    }
    TpmResult<void> removeSigningKey(std::uint32_t handle) override
    {
        return tss2::removeSigningKey(m_context, handle);
    }
    TpmResult<void> makeCounter(std::uint32_t index) override { return tss2::makeCounter(m_context, index); }
    TpmResult<void> removeCounter(std::uint32_t index) override
    {
        return tss2::removeCounter(m_context, index);
    }
    TpmResult<std::uint64_t> readCounter(std::uint32_t index) override
    {
        return tss2::readCounter(m_context, index);
    }
    TpmResult<std::uint64_t> stepCounter(std::uint32_t index) override
    {
        return tss2::stepCounter(m_context, index);
    }

private:
    TSS2_TCTI_CONTEXT *m_tcti;
    ESYS_CONTEXT *m_context;
};

class ChipCounter final : public Counter
{
public:
    ChipCounter(std::shared_ptr<Tpm> tpm, std::uint32_t index) : m_tpm(std::move(tpm)), m_index(index) {}
    TpmResult<std::uint64_t> read() override { return m_tpm->readCounter(m_index); }
    TpmResult<std::uint64_t> step() override { return m_tpm->stepCounter(m_index); }

private:
    std::shared_ptr<Tpm> m_tpm;
    std::uint32_t m_index;
};

class ChipLock final : public PinLock
{
public:
    ChipLock(std::shared_ptr<Tpm> tpm, base::Bytes object)
        : m_tpm(std::move(tpm)), m_object(std::move(object))
    {}
    PinAnswer check(const Secret &pin) override
    {
        const auto checked = m_tpm->checkPin(m_object, pin);
        if (checked) {
            return PinAnswer::right;
        }
        switch (checked.error().code) {
        case TpmFault::wrongAuth:
            return PinAnswer::wrong;
        case TpmFault::locked:
            return PinAnswer::locked;
        default:
            return PinAnswer::unavailable;
        }
    }

private:
    std::shared_ptr<Tpm> m_tpm;
    base::Bytes m_object;
};

} // namespace

std::unique_ptr<PinLock> pinLockOf(std::shared_ptr<Tpm> tpm, base::Bytes object)
{
    return std::make_unique<ChipLock>(std::move(tpm), std::move(object));
}

TpmResult<std::shared_ptr<Tpm>> Tpm::open(const std::string &tcti)
{
    TSS2_TCTI_CONTEXT *transport = nullptr;
    TSS2_RC code = Tss2_TctiLdr_Initialize(tcti.c_str(), &transport);
    if (code != TSS2_RC_SUCCESS) {
        return base::fail(TpmFault::unreachable, "there is no TPM at " + tcti + ": " + Tss2_RC_Decode(code));
    }
    ESYS_CONTEXT *context = nullptr;
    code = Esys_Initialize(&context, transport, nullptr);
    if (code != TSS2_RC_SUCCESS) {
        Tss2_TctiLdr_Finalize(&transport);
        return base::fail(TpmFault::unreachable, "there is no TPM at " + tcti + ": " + Tss2_RC_Decode(code));
    }
    return std::make_shared<Chip>(transport, context);
}

std::unique_ptr<Counter> counterOf(std::shared_ptr<Tpm> tpm, std::uint32_t index)
{
    return std::make_unique<ChipCounter>(std::move(tpm), index);
}

} // namespace glovebox::crypto
