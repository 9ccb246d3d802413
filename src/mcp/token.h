// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <cstddef>
#include <memory>
#include <string_view>

namespace glovebox::mcp
{

enum class TokenFault {
    missing,    // no such file, or it cannot be read
    notPrivate, // not a regular file of this user or root, or open to group or others
    badLength,
    noMemory, // the limit of locked memory is used up
};

/// The assistant's token: in one locked page that core dumps leave out, wiped at the end. Never a string on
/// purpose.
class Token
{
public:
    /// The file's bytes without one line feed at the end; ipc::kToken_bytes_min to kToken_bytes_max of them.
    [[nodiscard]] static base::Result<Token, TokenFault> read(const QByteArray &path);

    /// Of one that came over a connection; the caller wipes what it came in.
    [[nodiscard]] static base::Result<Token, TokenFault> copyOf(std::string_view bytes);

    /// A view without a copy: valid as long as the token.
    [[nodiscard]] QByteArray view() const;

private:
    struct Page
    {
        unsigned char *data = nullptr;
        std::size_t size = 0;
        Page() = default;
        Page(const Page &) = delete;
        Page &operator=(const Page &) = delete;
        ~Page();
    };
    explicit Token(std::unique_ptr<Page> page, std::size_t length) : m_page(std::move(page)), m_length(length)
    {}
    [[nodiscard]] static std::unique_ptr<Page> lockedPage();

    std::unique_ptr<Page> m_page;
    std::size_t m_length;
};

} // namespace glovebox::mcp
