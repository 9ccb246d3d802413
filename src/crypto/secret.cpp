// SPDX-License-Identifier: Apache-2.0
#include "crypto/secret.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "crypto/openssl.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <new>
#include <utility>

namespace glovebox::crypto
{

// Every secret has pages of its own between two inaccessible ones. Locks and the exclusion from core dumps
// count in whole pages, so a page shared with ordinary data would either lock too much or be unlocked under
// somebody else's secret; and an overrun faults instead of reading on. A program holds a handful of them, far
// below the lock limit.
namespace
{

std::size_t pageSize()
{
    static const auto size = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return size;
}

std::size_t payloadSize(std::size_t size)
{
    const std::size_t pages = std::max<std::size_t>(1, (size + pageSize() - 1) / pageSize());
    return pages * pageSize();
}

std::uint8_t *allocate(std::size_t size)
{
    const std::size_t payload = payloadSize(size);
    const std::size_t whole = payload + 2 * pageSize();
    void *const mapping = mmap(nullptr, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) {
        throw std::bad_alloc();
    }
    std::uint8_t *const data = static_cast<std::uint8_t *>(mapping) + pageSize();
    if (mprotect(data, payload, PROT_READ | PROT_WRITE) != 0 || madvise(data, payload, MADV_DONTDUMP) != 0 ||
        mlock(data, payload) != 0) {
        munmap(mapping, whole);
        throw std::bad_alloc();
    }
    return data;
}

void release(std::uint8_t *data, std::size_t size)
{
    if (data == nullptr) {
        return;
    }
    const std::size_t payload = payloadSize(size);
    OPENSSL_cleanse(data, payload);
    munlock(data, payload);
    munmap(data - pageSize(), payload + 2 * pageSize());
}

} // namespace

Secret::Secret(std::size_t size) : m_data(allocate(size)), m_size(size) {}

Secret::~Secret()
{
    release(m_data, m_size);
}

Secret::Secret(Secret &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0))
{}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        release(m_data, m_size);
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

Secret Secret::random(std::size_t size)
{
    Secret secret(size);
    if (size > 0 && RAND_priv_bytes_ex(nullptr, secret.m_data, size, 0) != 1) {
        openssl::stop("no random numbers");
    }
    return secret;
}

Secret Secret::take(std::span<std::uint8_t> source)
{
    Secret secret(source.size());
    std::copy(source.begin(), source.end(), secret.m_data);
    OPENSSL_cleanse(source.data(), source.size());
    return secret;
}

base::ByteView Secret::view() const
{
    return {m_data, m_size};
}

std::span<std::uint8_t> Secret::writable()
{
    return {m_data, m_size};
}

bool makeProcessUndumpable()
{
    const rlimit none{0, 0};
    return setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

} // namespace glovebox::crypto
