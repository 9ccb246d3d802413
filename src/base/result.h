// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace glovebox::base
{

/// An expected failure as a value: a code from the module's own enum, and for people a sentence that names
/// what and where (no secret, no user text).
template<class Code> struct Failure
{
    Code code;
    std::string detail;
};

template<class T, class Code> using Result = std::expected<T, Failure<Code>>;

template<class Code> [[nodiscard]] std::unexpected<Failure<Code>> fail(Code code, std::string detail)
{
    return std::unexpected(Failure<Code>{code, std::move(detail)});
}

} // namespace glovebox::base
