// SPDX-License-Identifier: Apache-2.0
#include "crypto/tss2.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <cstdlib>

namespace glovebox::crypto::tss2
{

namespace
{

constexpr TPMT_SYM_DEF kSymmetric = {
    .algorithm = TPM2_ALG_AES, .keyBits = {.aes = 128}, .mode = {.aes = TPM2_ALG_CFB}};

/// The template of the storage key; another one would be another key.
TPM2B_PUBLIC storageTemplate()
{
    TPM2B_PUBLIC form{};
    form.publicArea.type = TPM2_ALG_ECC;
    form.publicArea.nameAlg = TPM2_ALG_SHA256;
    form.publicArea.objectAttributes = TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT |
                                       TPMA_OBJECT_SENSITIVEDATAORIGIN | TPMA_OBJECT_USERWITHAUTH |
                                       TPMA_OBJECT_NODA | TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT;
    TPMS_ECC_PARMS &ecc = form.publicArea.parameters.eccDetail;
    ecc.symmetric = {.algorithm = TPM2_ALG_AES, .keyBits = {.aes = 128}, .mode = {.aes = TPM2_ALG_CFB}};
    ecc.scheme.scheme = TPM2_ALG_NULL;
    ecc.curveID = TPM2_ECC_NIST_P256;
    ecc.kdf.scheme = TPM2_ALG_NULL;
    return form;
}

TpmFault faultOf(TSS2_RC code)
{
    // Not from the chip: the connection to it, or the stack after the connection broke.
    if ((code & TSS2_RC_LAYER_MASK) != TSS2_TPM_RC_LAYER) {
        return TpmFault::unreachable;
    }
    switch (bare(code)) {
    case TPM2_RC_AUTH_FAIL:
    case TPM2_RC_BAD_AUTH:
        return TpmFault::wrongAuth;
    case TPM2_RC_LOCKOUT:
        return TpmFault::locked;
    case TPM2_RC_HANDLE:
        return TpmFault::notThere;
    case TPM2_RC_NV_DEFINED:
        return TpmFault::exists;
    case TPM2_RC_POLICY_FAIL:
    case TPM2_RC_VALUE:
    case TPM2_RC_PCR_CHANGED:
        return TpmFault::policy;
    case TPM2_RC_INTEGRITY:
    case TPM2_RC_SIZE:
        return TpmFault::malformed;
    default:
        return TpmFault::refused;
    }
}

} // namespace

void wipeAndFree(void *object, std::size_t size)
{
    if (object != nullptr) {
        OPENSSL_cleanse(object, size);
        Esys_Free(object);
    }
}

Loaded::~Loaded()
{
    if (m_object != ESYS_TR_NONE) {
        Esys_FlushContext(m_context, m_object);
    }
}

TSS2_RC bare(TSS2_RC code)
{
    code &= ~static_cast<TSS2_RC>(TSS2_RC_LAYER_MASK);
    // Format one carries which handle, session or parameter in bits 6 and 8 to 11.
    return (code & TPM2_RC_FMT1) != 0 ? code & 0xBF : code;
}

std::unexpected<base::Failure<TpmFault>> fault(TSS2_RC code, const char *what)
{
    return base::fail(faultOf(code), std::string("the TPM does not ") + what + ": " + Tss2_RC_Decode(code));
}

TpmResult<Loaded> makeStorageKey(ESYS_CONTEXT *context)
{
    const TPM2B_SENSITIVE_CREATE sensitive{};
    const TPM2B_PUBLIC form = storageTemplate();
    const TPM2B_DATA outside{};
    const TPML_PCR_SELECTION pcrs{};
    ESYS_TR handle = ESYS_TR_NONE;
    const TSS2_RC code =
        Esys_CreatePrimary(context, ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE,
                           &sensitive, &form, &outside, &pcrs, &handle, nullptr, nullptr, nullptr, nullptr);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "make its storage key");
    }
    return Loaded(context, handle);
}

TpmResult<Loaded> startSession(ESYS_CONTEXT *context, const Loaded &storageKey, SessionKind kind)
{
    ESYS_TR session = ESYS_TR_NONE;
    TSS2_RC code = Esys_StartAuthSession(
        context, storageKey.get(), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, nullptr,
        kind == SessionKind::policy ? TPM2_SE_POLICY : TPM2_SE_HMAC, &kSymmetric, TPM2_ALG_SHA256, &session);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "open a session");
    }
    Loaded loaded(context, session);
    constexpr TPMA_SESSION kBothWays =
        TPMA_SESSION_CONTINUESESSION | TPMA_SESSION_DECRYPT | TPMA_SESSION_ENCRYPT;
    code = Esys_TRSess_SetAttributes(context, session, kBothWays, 0xFF);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "encrypt a session");
    }
    return loaded;
}

TpmResult<base::Bytes> joined(const TPM2B_PUBLIC &publicPart, const TPM2B_PRIVATE &privatePart)
{
    base::Bytes bytes(sizeof publicPart + sizeof privatePart);
    std::size_t offset = 0;
    if (Tss2_MU_TPM2B_PUBLIC_Marshal(&publicPart, bytes.data(), bytes.size(), &offset) != TSS2_RC_SUCCESS ||
        Tss2_MU_TPM2B_PRIVATE_Marshal(&privatePart, bytes.data(), bytes.size(), &offset) != TSS2_RC_SUCCESS) {
        return base::fail(TpmFault::refused, "an object of the TPM cannot be written down");
    }
    bytes.resize(offset);
    return bytes;
}

TpmResult<Loaded> load(ESYS_CONTEXT *context, const Loaded &storageKey, base::ByteView object)
{
    TPM2B_PUBLIC publicPart{};
    TPM2B_PRIVATE privatePart{};
    std::size_t offset = 0;
    if (Tss2_MU_TPM2B_PUBLIC_Unmarshal(object.data(), object.size(), &offset, &publicPart) !=
            TSS2_RC_SUCCESS ||
        Tss2_MU_TPM2B_PRIVATE_Unmarshal(object.data(), object.size(), &offset, &privatePart) !=
            TSS2_RC_SUCCESS ||
        offset != object.size()) {
        return base::fail(TpmFault::malformed, "this is no object of a TPM");
    }
    // The reader does not compare the sizes that it reads; what it understood is written down again.
    if (const auto again = joined(publicPart, privatePart); !again || !std::ranges::equal(*again, object)) {
        return base::fail(TpmFault::malformed, "this is no object of a TPM as it was made");
    }
    ESYS_TR handle = ESYS_TR_NONE;
    const TSS2_RC code = Esys_Load(context, storageKey.get(), ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE,
                                   &privatePart, &publicPart, &handle);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "know this object");
    }
    return Loaded(context, handle);
}

TpmResult<base::Bytes> createSealed(ESYS_CONTEXT *context, const SealedTemplate &form, const Secret &content)
{
    const auto storageKey = makeStorageKey(context);
    if (!storageKey) {
        return std::unexpected(storageKey.error());
    }
    const auto session = startSession(context, *storageKey, SessionKind::authorisation);
    if (!session) {
        return std::unexpected(session.error());
    }
    Secret memory(sizeof(TPM2B_SENSITIVE_CREATE));
    auto *const sensitive = new (memory.writable().data()) TPM2B_SENSITIVE_CREATE{};
    if (content.view().size() > sizeof sensitive->sensitive.data.buffer) {
        return base::fail(TpmFault::malformed, "this is too much for a TPM to seal");
    }
    sensitive->sensitive.data.size = static_cast<UINT16>(content.view().size());
    std::ranges::copy(content.view(), sensitive->sensitive.data.buffer);
    if (form.auth != nullptr) {
        sensitive->sensitive.userAuth.size = static_cast<UINT16>(form.auth->view().size());
        std::ranges::copy(form.auth->view(), sensitive->sensitive.userAuth.buffer);
    }
    TPM2B_PUBLIC area{};
    area.publicArea.type = TPM2_ALG_KEYEDHASH;
    area.publicArea.nameAlg = TPM2_ALG_SHA256;
    area.publicArea.objectAttributes = form.attributes;
    area.publicArea.authPolicy.size = static_cast<UINT16>(form.policy.size());
    std::ranges::copy(form.policy, area.publicArea.authPolicy.buffer);
    area.publicArea.parameters.keyedHashDetail.scheme.scheme = TPM2_ALG_NULL;
    const TPM2B_DATA outside{};
    const TPML_PCR_SELECTION pcrs{};
    Owned<TPM2B_PRIVATE> privatePart;
    Owned<TPM2B_PUBLIC> publicPart;
    // The session only encrypts here; the storage key has no password.
    const TSS2_RC code =
        Esys_Create(context, storageKey->get(), ESYS_TR_PASSWORD, session->get(), ESYS_TR_NONE, sensitive,
                    &area, &outside, &pcrs, privatePart.out(), publicPart.out(), nullptr, nullptr, nullptr);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "seal");
    }
    return joined(*publicPart, *privatePart);
}

} // namespace glovebox::crypto::tss2
