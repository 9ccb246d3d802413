// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"

#include <cstddef>
#include <memory>

namespace glovebox::crypto
{

/// A fixed-size buffer of secret bytes: locked in memory, left out of core dumps, wiped at the end. Move
/// only; there is no conversion to a string on purpose.
class Secret
{
public:
    /// Zeroed. std::bad_alloc where the lock limit is used up: a secret is never kept in ordinary memory.
    explicit Secret(std::size_t size);
    ~Secret();
    Secret(Secret &&) noexcept;
    Secret &operator=(Secret &&) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;

    [[nodiscard]] static Secret random(std::size_t size);
    /// Copies, then wipes the source.
    [[nodiscard]] static Secret take(std::span<std::uint8_t> source);

    [[nodiscard]] base::ByteView view() const;
    [[nodiscard]] std::span<std::uint8_t> writable();

private:
    std::uint8_t *m_data = nullptr;
    std::size_t m_size = 0;
};

/// prctl(PR_SET_DUMPABLE, 0), no core dumps. Called first in every program that opens a key.
[[nodiscard]] bool makeProcessUndumpable();

} // namespace glovebox::crypto
