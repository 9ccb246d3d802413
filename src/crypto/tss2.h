// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/tpm.h"

#include <tss2/tss2_esys.h>
#include <tss2/tss2_mu.h>
#include <tss2/tss2_rc.h>
#include <tss2/tss2_tctildr.h>

#include <utility>

/// Inside src/crypto only: owners for what the TPM2 software stack hands out, and what its codes mean.
namespace glovebox::crypto::tss2
{

/// Memory of the stack; wiped, since some of it held a secret.
template<class T> class Owned
{
public:
    Owned() = default;
    ~Owned();
    Owned(const Owned &) = delete;
    Owned &operator=(const Owned &) = delete;
    [[nodiscard]] T **out() { return &m_object; }
    [[nodiscard]] T *get() const { return m_object; }
    T *operator->() const { return m_object; }
    T &operator*() const { return *m_object; }

private:
    T *m_object = nullptr;
};
void wipeAndFree(void *object, std::size_t size);
template<class T> Owned<T>::~Owned()
{
    wipeAndFree(m_object, sizeof(T));
}

/// A transient object or a session: the chip has room for three.
class Loaded
{
public:
    Loaded(ESYS_CONTEXT *context, ESYS_TR object) : m_context(context), m_object(object) {}
    ~Loaded();
    Loaded(Loaded &&other) noexcept
        : m_context(other.m_context), m_object(std::exchange(other.m_object, ESYS_TR_NONE))
    {}
    Loaded &operator=(Loaded &&) = delete;
    [[nodiscard]] ESYS_TR get() const { return m_object; }

private:
    ESYS_CONTEXT *m_context;
    ESYS_TR m_object;
};

/// A handle of ours for something that stays in the chip.
class Reference
{
public:
    Reference(ESYS_CONTEXT *context, ESYS_TR object) : m_context(context), m_object(object) {}
    ~Reference() { Esys_TR_Close(m_context, &m_object); }
    Reference(Reference &&other) noexcept
        : m_context(other.m_context), m_object(std::exchange(other.m_object, ESYS_TR_NONE))
    {}
    Reference &operator=(Reference &&) = delete;
    [[nodiscard]] ESYS_TR get() const { return m_object; }

private:
    ESYS_CONTEXT *m_context;
    ESYS_TR m_object;
};

/// `what` begins the sentence: "the TPM does not …".
[[nodiscard]] std::unexpected<base::Failure<TpmFault>> fault(TSS2_RC code, const char *what);

/// The code without the number of the handle, session or parameter that it is about.
[[nodiscard]] TSS2_RC bare(TSS2_RC code);

/// The storage key below which everything of ours hangs: ECC P-256, from the owner's seed.
[[nodiscard]] TpmResult<Loaded> makeStorageKey(ESYS_CONTEXT *context);

enum class SessionKind { authorisation, policy };
/// Its key is agreed with the chip under the storage key; parameters are encrypted in both directions.
[[nodiscard]] TpmResult<Loaded> startSession(ESYS_CONTEXT *context, const Loaded &storageKey,
                                             SessionKind kind);

/// Public and private part of an object, one after the other in the chip's own form.
[[nodiscard]] TpmResult<base::Bytes> joined(const TPM2B_PUBLIC &publicPart, const TPM2B_PRIVATE &privatePart);
[[nodiscard]] TpmResult<Loaded> load(ESYS_CONTEXT *context, const Loaded &storageKey, base::ByteView object);

struct SealedTemplate
{
    TPMA_OBJECT attributes = 0;
    base::ByteView policy; // empty: none
    const Secret *auth = nullptr;
};
[[nodiscard]] TpmResult<base::Bytes> createSealed(ESYS_CONTEXT *context, const SealedTemplate &form,
                                                  const Secret &content);

} // namespace glovebox::crypto::tss2
