// SPDX-License-Identifier: Apache-2.0
#include "crypto/tpm_parts.h"

namespace glovebox::crypto::tss2
{

namespace
{

// Anybody who may speak to the chip may step it, which stops payments and gains nothing; nobody takes it
// back.
constexpr TPMA_NV kAttributes = TPMA_NV_AUTHREAD | TPMA_NV_AUTHWRITE | TPMA_NV_OWNERREAD | TPMA_NV_NO_DA |
                                (TPM2_NT_COUNTER << TPMA_NV_TPM2_NT_SHIFT);
constexpr UINT16 kSize = 8;

TpmResult<Reference> referTo(ESYS_CONTEXT *context, std::uint32_t index)
{
    ESYS_TR handle = ESYS_TR_NONE;
    const TSS2_RC code =
        Esys_TR_FromTPMPublic(context, index, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &handle);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "have this counter");
    }
    return Reference(context, handle);
}

/// Somebody else's number at the same index is not ours to trust.
TpmResult<void> checkKind(ESYS_CONTEXT *context, const Reference &counter)
{
    Owned<TPM2B_NV_PUBLIC> form;
    Owned<TPM2B_NAME> name;
    const TSS2_RC code = Esys_NV_ReadPublic(context, counter.get(), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE,
                                            form.out(), name.out());
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "show its counter");
    }
    if ((form->nvPublic.attributes & TPMA_NV_TPM2_NT_MASK) != TPM2_NT_COUNTER << TPMA_NV_TPM2_NT_SHIFT) {
        return base::fail(TpmFault::malformed, "what the TPM keeps at this index is no counter");
    }
    return {};
}

TpmResult<std::uint64_t> value(ESYS_CONTEXT *context, const Reference &counter)
{
    Owned<TPM2B_MAX_NV_BUFFER> data;
    const TSS2_RC code = Esys_NV_Read(context, counter.get(), counter.get(), ESYS_TR_PASSWORD, ESYS_TR_NONE,
                                      ESYS_TR_NONE, kSize, 0, data.out());
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "read its counter");
    }
    if (data->size != kSize) {
        return base::fail(TpmFault::malformed, "the TPM's counter has an unknown size");
    }
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < kSize; ++i) {
        number = (number << 8) | data->buffer[i];
    }
    return number;
}

} // namespace

TpmResult<void> makeCounter(ESYS_CONTEXT *context, std::uint32_t index)
{
    const TPM2B_AUTH auth{};
    TPM2B_NV_PUBLIC form{};
    form.nvPublic.nvIndex = index;
    form.nvPublic.nameAlg = TPM2_ALG_SHA256;
    form.nvPublic.attributes = kAttributes;
    form.nvPublic.dataSize = kSize;
    ESYS_TR handle = ESYS_TR_NONE;
    const TSS2_RC code = Esys_NV_DefineSpace(context, ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE,
                                             ESYS_TR_NONE, &auth, &form, &handle);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "make a counter");
    }
    const Reference made(context, handle);
    // Unread until its first step.
    const auto stepped = stepCounter(context, index);
    if (!stepped) {
        return std::unexpected(stepped.error());
    }
    return {};
}

TpmResult<void> removeCounter(ESYS_CONTEXT *context, std::uint32_t index)
{
    const auto counter = referTo(context, index);
    if (!counter) {
        return std::unexpected(counter.error());
    }
    const TSS2_RC code = Esys_NV_UndefineSpace(context, ESYS_TR_RH_OWNER, counter->get(), ESYS_TR_PASSWORD,
                                               ESYS_TR_NONE, ESYS_TR_NONE);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "remove a counter");
    }
    return {};
}

TpmResult<std::uint64_t> readCounter(ESYS_CONTEXT *context, std::uint32_t index)
{
    const auto counter = referTo(context, index);
    if (!counter) {
        return std::unexpected(counter.error());
    }
    if (const auto kind = checkKind(context, *counter); !kind) {
        return std::unexpected(kind.error());
    }
    return value(context, *counter);
}

TpmResult<std::uint64_t> stepCounter(ESYS_CONTEXT *context, std::uint32_t index)
{
    const auto counter = referTo(context, index);
    if (!counter) {
        return std::unexpected(counter.error());
    }
    const TSS2_RC code = Esys_NV_Increment(context, counter->get(), counter->get(), ESYS_TR_PASSWORD,
                                           ESYS_TR_NONE, ESYS_TR_NONE);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "step its counter");
    }
    return value(context, *counter);
}

} // namespace glovebox::crypto::tss2
