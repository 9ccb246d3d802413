// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "crypto/tpm_parts.h"

#include <algorithm>

namespace glovebox::crypto::tss2
{

namespace
{

/// The authority's key as the chip names it. Every field is part of that name, and so of what was sealed.
TpmResult<TPM2B_PUBLIC> publicAreaOf(const PublicKey &authority)
{
    const base::Json jwk = authority.jwk();
    const auto x = base::fromBase64Url(jwk.at("x").get<std::string>());
    const auto y = base::fromBase64Url(jwk.at("y").get<std::string>());
    TPM2B_PUBLIC form{};
    form.publicArea.type = TPM2_ALG_ECC;
    form.publicArea.nameAlg = TPM2_ALG_SHA256;
    form.publicArea.objectAttributes = TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_SIGN_ENCRYPT;
    TPMS_ECC_PARMS &ecc = form.publicArea.parameters.eccDetail;
    ecc.symmetric.algorithm = TPM2_ALG_NULL;
    ecc.scheme.scheme = TPM2_ALG_ECDSA;
    ecc.scheme.details.ecdsa.hashAlg = TPM2_ALG_SHA256;
    ecc.curveID = TPM2_ECC_NIST_P256;
    ecc.kdf.scheme = TPM2_ALG_NULL;
    TPMS_ECC_POINT &point = form.publicArea.unique.ecc;
    if (!x || !y || x->size() > sizeof point.x.buffer || y->size() > sizeof point.y.buffer) {
        return base::fail(TpmFault::malformed, "the key of the policy authority is no point of P-256");
    }
    point.x.size = static_cast<UINT16>(x->size());
    std::ranges::copy(*x, point.x.buffer);
    point.y.size = static_cast<UINT16>(y->size());
    std::ranges::copy(*y, point.y.buffer);
    return form;
}

/// Part 1 of the specification, section 16: the algorithm and the digest of the public area.
TpmResult<TPM2B_NAME> nameOf(const TPM2B_PUBLIC &form)
{
    base::Bytes area(sizeof form);
    std::size_t offset = 0;
    if (Tss2_MU_TPMT_PUBLIC_Marshal(&form.publicArea, area.data(), area.size(), &offset) != TSS2_RC_SUCCESS) {
        return base::fail(TpmFault::malformed, "the key of the policy authority cannot be named");
    }
    const base::Hash digest = sha256(base::ByteView(area).first(offset));
    TPM2B_NAME name{};
    name.size = sizeof(TPM2_ALG_ID) + digest.size();
    name.name[0] = TPM2_ALG_SHA256 >> 8;
    name.name[1] = TPM2_ALG_SHA256 & 0xFF;
    std::ranges::copy(digest, name.name + sizeof(TPM2_ALG_ID));
    return name;
}

base::ByteView reference()
{
    return base::bytesOf(kPolicyReference);
}

/// Part 3, PolicyAuthorize: what counts is who signed, whatever he signed.
base::Hash authorisedPolicy(const TPM2B_NAME &authority)
{
    base::Bytes command;
    base::appendBigEndian(command, TPM2_CC_PolicyAuthorize, 4);
    const base::Hash keyed = sha256({base::Hash{}, command, base::ByteView(authority.name, authority.size)});
    return sha256({keyed, reference()});
}

TPML_PCR_SELECTION selectionOf(const std::vector<unsigned> &pcrs)
{
    TPML_PCR_SELECTION selection{};
    selection.count = 1;
    selection.pcrSelections[0].hash = TPM2_ALG_SHA256;
    selection.pcrSelections[0].sizeofSelect = 3;
    for (const unsigned pcr : pcrs) {
        selection.pcrSelections[0].pcrSelect[pcr / 8] |= static_cast<BYTE>(1U << (pcr % 8));
    }
    return selection;
}

TPM2B_DIGEST digestOf(base::ByteView bytes)
{
    TPM2B_DIGEST digest{};
    digest.size = static_cast<UINT16>(bytes.size());
    std::ranges::copy(bytes, digest.buffer);
    return digest;
}

struct Authority
{
    TPM2B_PUBLIC form;
    TPM2B_NAME name;
};

TpmResult<Authority> authorityOf(const PublicKey &key)
{
    const auto form = publicAreaOf(key);
    if (!form) {
        return std::unexpected(form.error());
    }
    const auto name = nameOf(*form);
    if (!name) {
        return std::unexpected(name.error());
    }
    return Authority{*form, *name};
}

/// The session gets the authority's blessing where the machine is in the state that this policy describes.
TpmResult<void> authorise(ESYS_CONTEXT *context, const Loaded &session, const Authority &authority,
                          const SignedPolicy &policy)
{
    const TPM2B_DIGEST present{}; // empty: as the registers are now
    const TPML_PCR_SELECTION selection = selectionOf(policy.pcrs);
    TSS2_RC code = Esys_PolicyPCR(context, session.get(), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &present,
                                  &selection);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "know these registers");
    }
    ESYS_TR handle = ESYS_TR_NONE;
    code = Esys_LoadExternal(context, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, nullptr, &authority.form,
                             ESYS_TR_RH_OWNER, &handle);
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "take the key of the policy authority");
    }
    const Loaded key(context, handle);
    TPMT_SIGNATURE signature{};
    signature.sigAlg = TPM2_ALG_ECDSA;
    signature.signature.ecdsa.hash = TPM2_ALG_SHA256;
    signature.signature.ecdsa.signatureR.size = signature.signature.ecdsa.signatureS.size = 32;
    std::copy_n(policy.signature.begin(), 32, signature.signature.ecdsa.signatureR.buffer);
    std::copy_n(policy.signature.begin() + 32, 32, signature.signature.ecdsa.signatureS.buffer);
    const TPM2B_DIGEST hash = digestOf(sha256({policy.digest, reference()}));
    Owned<TPMT_TK_VERIFIED> ticket;
    code = Esys_VerifySignature(context, key.get(), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &hash,
                                &signature, ticket.out());
    if (code != TSS2_RC_SUCCESS) {
        return base::fail(TpmFault::policy, "a policy was not signed by the authority");
    }
    const TPM2B_DIGEST approved = digestOf(policy.digest);
    TPM2B_NONCE name{};
    name.size = static_cast<UINT16>(reference().size());
    std::ranges::copy(reference(), name.buffer);
    code = Esys_PolicyAuthorize(context, session.get(), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &approved,
                                &name, &authority.name, ticket.get());
    if (code != TSS2_RC_SUCCESS) {
        return fault(code, "find itself in the state that was signed");
    }
    return {};
}

} // namespace

TpmResult<base::Bytes> sealUnderPolicy(ESYS_CONTEXT *context, const PublicKey &authority,
                                       const Secret &secret)
{
    const auto known = authorityOf(authority);
    if (!known) {
        return std::unexpected(known.error());
    }
    const base::Hash policy = authorisedPolicy(known->name);
    // No USERWITHAUTH: nothing but the policy opens it.
    return createSealed(context,
                        {TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_NODA, policy, nullptr},
                        secret);
}

TpmResult<Secret> unsealUnderPolicy(ESYS_CONTEXT *context, const PublicKey &authority, base::ByteView sealed,
                                    std::span<const SignedPolicy> policies)
{
    const auto known = authorityOf(authority);
    if (!known) {
        return std::unexpected(known.error());
    }
    const auto storageKey = makeStorageKey(context);
    if (!storageKey) {
        return std::unexpected(storageKey.error());
    }
    const auto object = load(context, *storageKey, sealed);
    if (!object) {
        return std::unexpected(object.error());
    }
    base::Failure<TpmFault> last{TpmFault::policy, "there is no signed policy for the TPM"};
    for (const SignedPolicy &policy : policies) {
        const auto session = startSession(context, *storageKey, SessionKind::policy);
        if (!session) {
            return std::unexpected(session.error());
        }
        if (const auto done = authorise(context, *session, *known, policy); !done) {
            if (done.error().code == TpmFault::unreachable) {
                return std::unexpected(done.error());
            }
            last = done.error();
            continue;
        }
        Esys_TRSess_SetAttributes(context, session->get(), 0, TPMA_SESSION_DECRYPT); // nothing goes in
        Owned<TPM2B_SENSITIVE_DATA> opened;
        const TSS2_RC code =
            Esys_Unseal(context, object->get(), session->get(), ESYS_TR_NONE, ESYS_TR_NONE, opened.out());
        if (code == TSS2_RC_SUCCESS) {
            return Secret::take({opened->buffer, opened->size});
        }
        last = fault(code, "unseal").error();
    }
    return std::unexpected(std::move(last));
}

TpmResult<std::vector<base::Hash>> readPcrs(ESYS_CONTEXT *context, const std::vector<unsigned> &pcrs)
{
    std::vector<base::Hash> values;
    for (const unsigned pcr : pcrs) {
        const TPML_PCR_SELECTION wanted = selectionOf({pcr});
        UINT32 update = 0;
        Owned<TPML_PCR_SELECTION> read;
        Owned<TPML_DIGEST> digests;
        const TSS2_RC code = Esys_PCR_Read(context, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &wanted,
                                           &update, read.out(), digests.out());
        if (code != TSS2_RC_SUCCESS) {
            return fault(code, "read its registers");
        }
        base::Hash value{};
        if (digests->count != 1 || digests->digests[0].size != value.size()) {
            return base::fail(TpmFault::refused, "the TPM has no SHA-256 bank of registers");
        }
        std::copy_n(digests->digests[0].buffer, value.size(), value.begin());
        values.push_back(value);
    }
    return values;
}

} // namespace glovebox::crypto::tss2
