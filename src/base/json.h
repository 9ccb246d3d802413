// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <nlohmann/json.hpp>

namespace glovebox::base
{

using Json = nlohmann::json;

enum class JsonFault {
    tooLarge,
    tooDeep,
    notUtf8,
    syntax,
    duplicateKey,
    byteOrderMark,
    missing,
    unknownField,
    wrongType,
    outOfRange,
    notAllowed
};

/// Where: an RFC 6901 pointer ("" is the whole document).
struct JsonError
{
    JsonFault fault;
    std::string pointer;
    std::string reason;
};

struct JsonLimits
{
    std::size_t bytes_max = 65536;
    int depth_max = 16;
};

/// The one strict reader (RFC 8259): refuses what lenient readers repair: duplicate keys (also escaped ones),
/// a byte order mark, raw control characters, NUL, lone surrogates, trailing bytes. 1.0 and 1e2 stay floating
/// point numbers and are therefore never taken as integers; an integer outside 64 bits is a floating point
/// number too.
[[nodiscard]] std::expected<Json, JsonError> parseJson(std::string_view text, JsonLimits limits = {});

/// One reference token of an RFC 6901 pointer: ~ becomes ~0, / becomes ~1.
[[nodiscard]] std::string escapePointer(std::string_view key);

/// RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 units, shortest numbers, no space.
[[nodiscard]] std::string canonicalJson(const Json &value);

/// Takes an object apart, field by field, into typed values; finish() refuses any field that was not asked
/// for. The first fault sticks; getters return defaults after it.
class ObjectReader
{
public:
    explicit ObjectReader(const Json &object, std::string pointer = {});

    std::string text(const char *name, std::size_t bytes_max = 4096);
    std::optional<std::string> optionalText(const char *name, std::size_t bytes_max = 4096);
    std::int64_t integer(const char *name, std::int64_t least, std::int64_t most);
    std::optional<std::int64_t> optionalInteger(const char *name, std::int64_t least, std::int64_t most);
    bool boolean(const char *name);
    std::optional<bool> optionalBoolean(const char *name);
    Bytes base64Url(const char *name, std::size_t bytes_max = 65536);
    /// A null JSON on fault; check failed().
    const Json &object(const char *name);
    const Json *optionalObject(const char *name);
    const Json &array(const char *name, std::size_t count_max);
    const Json *optionalArray(const char *name, std::size_t count_max);
    bool has(const char *name) const;

    /// A rule of the caller's own that a field broke.
    void refuse(const char *name, JsonFault fault, std::string reason);
    /// Takes over a nested reader's fault.
    void absorb(const std::optional<JsonError> &error);

    [[nodiscard]] std::string pointerTo(const char *name) const;
    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    /// Unknown fields are refused here. Call it last.
    [[nodiscard]] std::optional<JsonError> finish();

private:
    const Json *field(const char *name, bool required);
    const Json &m_object;
    std::string m_pointer;
    std::vector<std::string> m_seen;
    std::optional<JsonError> m_error;
};

} // namespace glovebox::base
