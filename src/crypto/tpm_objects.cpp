// SPDX-License-Identifier: Apache-2.0
#include "crypto/tpm_parts.h"

#include <openssl/crypto.h>

#include <algorithm>

namespace glovebox::crypto::tss2
{

namespace
{

constexpr std::size_t kNonsense = 32; // what a right PIN opens; nobody needs it
constexpr UINT32 kTries_max = 10;
constexpr UINT32 kForgiveAfter_s = 600;
constexpr UINT32 kLockoutRecovery_s = 86400;

/// Ours only where the owner of the chip left it to us; his own rule stands otherwise.
void setLockout(ESYS_CONTEXT *context)
{
    Esys_DictionaryAttackParameters(context, ESYS_TR_RH_LOCKOUT, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE,
                                    kTries_max, kForgiveAfter_s, kLockoutRecovery_s);
}

TPM2B_PUBLIC signingTemplate()
{
    TPM2B_PUBLIC form{};
    form.publicArea.type = TPM2_ALG_ECC;
    form.publicArea.nameAlg = TPM2_ALG_SHA256;
    form.publicArea.objectAttributes = TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT |
                                       TPMA_OBJECT_SENSITIVEDATAORIGIN | TPMA_OBJECT_USERWITHAUTH |
                                       TPMA_OBJECT_NODA | TPMA_OBJECT_SIGN_ENCRYPT;
    TPMS_ECC_PARMS &ecc = form.publicArea.parameters.eccDetail;
    ecc.symmetric.algorithm = TPM2_ALG_NULL;
    ecc.scheme.scheme = TPM2_ALG_ECDSA;
    ecc.scheme.details.ecdsa.hashAlg = TPM2_ALG_SHA256;
    ecc.curveID = TPM2_ECC_NIST_P256;
    ecc.kdf.scheme = TPM2_ALG_NULL;
    return form;
}

bool isThere(ESYS_CONTEXT *context, std::uint32_t handle)
{
    ESYS_TR found = ESYS_TR_NONE;
    if (Esys_TR_FromTPMPublic(context, handle, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &found) !=
        TSS2_RC_SUCCESS) {
        return false;
    }
    Esys_TR_Close(context, &found);
    return true;
}

TpmResult<void> keepAt(ESYS_CONTEXT *context, ESYS_TR object, std::uint32_t handle)
{
    ESYS_TR kept = ESYS_TR_NONE;
    const TSS2_RC code = Esys_EvictControl(context, ESYS_TR_RH_OWNER, object, ESYS_TR_PASSWORD, ESYS_TR_NONE,
                                           ESYS_TR_NONE, handle, &kept);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "keep or remove this key");
    }
    if (kept != ESYS_TR_NONE) {
        Esys_TR_Close(context, &kept);
    }
    return {};
}

} // namespace

TpmResult<base::Bytes> makePin(ESYS_CONTEXT *context, const Secret &pin)
{
    setLockout(context);
    // Without NODA: wrong tries count against the chip's lockout.
    return createSealed(context,
                        {TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_USERWITHAUTH, {}, &pin},
                        Secret::random(kNonsense));
}

TpmResult<void> checkPin(ESYS_CONTEXT *context, base::ByteView object, const Secret &pin)
{
    const auto storageKey = makeStorageKey(context);
    if (!storageKey) {
        return std::unexpected(storageKey.error());
    }
    const auto loaded = load(context, *storageKey, object);
    if (!loaded) {
        return std::unexpected(loaded.error());
    }
    const auto session = startSession(context, *storageKey, SessionKind::authorisation);
    if (!session) {
        return std::unexpected(session.error());
    }
    Secret memory(sizeof(TPM2B_AUTH));
    auto *const auth = new (memory.writable().data()) TPM2B_AUTH{};
    if (pin.view().size() > sizeof auth->buffer) {
        return base::fail(TpmFault::wrongAuth, "this is no PIN");
    }
    auth->size = static_cast<UINT16>(pin.view().size());
    std::ranges::copy(pin.view(), auth->buffer);
    // The digits themselves never cross the bus: the session proves that both sides know them.
    TSS2_RC code = Esys_TR_SetAuth(context, loaded->get(), auth);
    if (code == TSS2_RC_SUCCESS) {
        Owned<TPM2B_SENSITIVE_DATA> opened;
        // Unseal takes no parameter, so there is none to encrypt on the way in.
        Esys_TRSess_SetAttributes(context, session->get(), 0, TPMA_SESSION_DECRYPT);
        code = Esys_Unseal(context, loaded->get(), session->get(), ESYS_TR_NONE, ESYS_TR_NONE, opened.out());
    }
    const TPM2B_AUTH none{};
    Esys_TR_SetAuth(context, loaded->get(), &none);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "take this PIN");
    }
    return {};
}

TpmResult<void> makeSigningKey(ESYS_CONTEXT *context, std::uint32_t handle)
{
    if (isThere(context, handle)) {
        return base::fail(TpmFault::exists, "the TPM keeps something at this handle already");
    }
    const auto storageKey = makeStorageKey(context);
    if (!storageKey) {
        return std::unexpected(storageKey.error());
    }
    const TPM2B_SENSITIVE_CREATE sensitive{};
    const TPM2B_PUBLIC form = signingTemplate();
    const TPM2B_DATA outside{};
    const TPML_PCR_SELECTION pcrs{};
    Owned<TPM2B_PRIVATE> privatePart;
    Owned<TPM2B_PUBLIC> publicPart;
    const TSS2_RC code =
        Esys_Create(context, storageKey->get(), ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &sensitive,
                    &form, &outside, &pcrs, privatePart.out(), publicPart.out(), nullptr, nullptr, nullptr);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "make a signing key");
    }
    const auto object = joined(*publicPart, *privatePart);
    if (!object) {
        return std::unexpected(object.error());
    }
    const auto loaded = load(context, *storageKey, *object);
    if (!loaded) {
        return std::unexpected(loaded.error());
    }
    return keepAt(context, loaded->get(), handle);
}

TpmResult<void> removeSigningKey(ESYS_CONTEXT *context, std::uint32_t handle)
{
    ESYS_TR found = ESYS_TR_NONE;
    const TSS2_RC code =
        Esys_TR_FromTPMPublic(context, handle, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &found);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "have this key");
    }
    return keepAt(context, found, handle);
}

} // namespace glovebox::crypto::tss2
