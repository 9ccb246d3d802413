// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

namespace glovebox::base
{

std::string escapePointer(std::string_view key)
{
    std::string out;
    for (const char c : key) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

namespace
{

/// Builds the document while it looks at every key and at the form of every number.
class StrictBuilder
{
public:
    explicit StrictBuilder(int depth_max) : m_depth_max(depth_max) {}

    bool null() { return put(Json(nullptr)); }
    bool boolean(bool value) { return put(Json(value)); }
    bool number_integer(std::int64_t value) { return put(Json(value)); }
    bool number_unsigned(std::uint64_t value) { return put(Json(value)); }
    bool number_float(double value, const std::string &) { return put(Json(value)); }
    bool string(std::string &value) { return put(Json(std::move(value))); }
    bool binary(Json::binary_t &) { return stop(JsonFault::syntax, "binary values are not JSON"); }
    bool start_object(std::size_t) { return open(Json::object()); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool end_array() { return close(); }

    bool key(std::string &name)
    {
        Level &level = m_levels.back();
        level.key = name;
        if (level.value->contains(name)) {
            return stop(JsonFault::duplicateKey, "this key occurs twice");
        }
        return true;
    }

    bool parse_error(std::size_t position, const std::string &, const Json::exception &)
    {
        return stop(JsonFault::syntax, "not valid JSON at byte " + std::to_string(position));
    }

    Json take() { return std::move(m_root); }
    std::optional<JsonError> error() const { return m_error; }

private:
    struct Level
    {
        Json *value;
        std::string key; // of the member in work
    };

    Json *insert(Json value)
    {
        if (m_levels.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        Level &level = m_levels.back();
        if (level.value->is_array()) {
            level.value->push_back(std::move(value));
            return &level.value->back();
        }
        return &((*level.value)[level.key] = std::move(value));
    }

    bool put(Json value)
    {
        insert(std::move(value));
        return true;
    }

    bool open(Json container)
    {
        if (static_cast<int>(m_levels.size()) >= m_depth_max) {
            return stop(JsonFault::tooDeep, "nested deeper than " + std::to_string(m_depth_max) + " levels");
        }
        m_levels.push_back({insert(std::move(container)), {}});
        return true;
    }

    bool close()
    {
        m_levels.pop_back();
        return true;
    }

    bool stop(JsonFault fault, std::string reason)
    {
        if (!m_error) {
            m_error = JsonError{fault, pointer(), std::move(reason)};
        }
        return false;
    }

    std::string pointer() const
    {
        std::string out;
        for (const Level &level : m_levels) {
            if (level.value->is_array()) {
                // The member in work is the last one once it is inserted; its own level follows then.
                const std::size_t size = level.value->size();
                out += '/' + std::to_string(&level == &m_levels.back() ? size : size - 1);
            } else if (!level.key.empty() || &level != &m_levels.back()) {
                out += '/' + escapePointer(level.key);
            }
        }
        return out;
    }

    int m_depth_max;
    Json m_root;
    std::vector<Level> m_levels;
    std::optional<JsonError> m_error;
};

std::unexpected<JsonError> refuseWhole(JsonFault fault, std::string reason)
{
    return std::unexpected(JsonError{fault, "", std::move(reason)});
}

} // namespace

std::expected<Json, JsonError> parseJson(std::string_view text, JsonLimits limits)
{
    if (text.size() > limits.bytes_max) {
        return refuseWhole(JsonFault::tooLarge, "larger than " + std::to_string(limits.bytes_max) + " bytes");
    }
    // The library skips a byte order mark and takes NUL for the end of the text; both are refused before it
    // looks.
    if (text.starts_with("\xEF\xBB\xBF")) {
        return refuseWhole(JsonFault::byteOrderMark, "starts with a byte order mark");
    }
    if (text.find('\0') != std::string_view::npos) {
        return refuseWhole(JsonFault::syntax, "holds a NUL byte");
    }
    StrictBuilder builder(limits.depth_max);
    bool complete = false;
    try {
        complete = Json::sax_parse(text.begin(), text.end(), &builder);
    } catch (const Json::exception &) {
        complete = false;
    }
    if (const std::optional<JsonError> error = builder.error()) {
        return std::unexpected(*error);
    }
    if (!complete) {
        return refuseWhole(JsonFault::syntax, "not valid JSON");
    }
    return builder.take();
}

} // namespace glovebox::base
