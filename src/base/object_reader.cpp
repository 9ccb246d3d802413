// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <algorithm>
#include <utility>

namespace glovebox::base
{

namespace
{

const Json kNothing;

} // namespace

ObjectReader::ObjectReader(const Json &object, std::string pointer)
    : m_object(object), m_pointer(std::move(pointer))
{
    if (!m_object.is_object()) {
        m_error = JsonError{JsonFault::wrongType, m_pointer, "must be an object"};
    }
}

const Json *ObjectReader::field(const char *name, bool required)
{
    m_seen.emplace_back(name);
    if (m_error) {
        return nullptr;
    }
    const auto it = m_object.find(name);
    if (it != m_object.end()) {
        return &*it;
    }
    if (required) {
        m_error = JsonError{JsonFault::missing, pointerTo(name), "is required"};
    }
    return nullptr;
}

std::optional<std::string> ObjectReader::optionalText(const char *name, std::size_t bytes_max)
{
    const Json *value = field(name, false);
    if (!value) {
        return std::nullopt;
    }
    if (!value->is_string()) {
        refuse(name, JsonFault::wrongType, "must be a string");
        return std::nullopt;
    }
    const auto &text = value->get_ref<const std::string &>();
    if (text.size() > bytes_max) {
        refuse(name, JsonFault::tooLarge, "must be at most " + std::to_string(bytes_max) + " bytes");
        return std::nullopt;
    }
    return text;
}

std::string ObjectReader::text(const char *name, std::size_t bytes_max)
{
    field(name, true);
    return optionalText(name, bytes_max).value_or(std::string());
}

std::optional<std::int64_t> ObjectReader::optionalInteger(const char *name, std::int64_t least,
                                                          std::int64_t most)
{
    const Json *value = field(name, false);
    if (!value) {
        return std::nullopt;
    }
    if (!value->is_number_integer()) { // unsigned ones too, floating point ones never
        refuse(name, JsonFault::wrongType, "must be an integer");
        return std::nullopt;
    }
    const bool aboveAll =
        value->is_number_unsigned() && !std::in_range<std::int64_t>(value->get<std::uint64_t>());
    const std::int64_t number = aboveAll ? 0 : value->get<std::int64_t>();
    if (aboveAll || number < least || number > most) {
        refuse(name, JsonFault::outOfRange,
               "must be from " + std::to_string(least) + " to " + std::to_string(most));
        return std::nullopt;
    }
    return number;
}

std::int64_t ObjectReader::integer(const char *name, std::int64_t least, std::int64_t most)
{
    field(name, true);
    return optionalInteger(name, least, most).value_or(0);
}

std::optional<bool> ObjectReader::optionalBoolean(const char *name)
{
    const Json *value = field(name, false);
    if (!value) {
        return std::nullopt;
    }
    if (!value->is_boolean()) {
        refuse(name, JsonFault::wrongType, "must be true or false");
        return std::nullopt;
    }
    return value->get<bool>();
}

bool ObjectReader::boolean(const char *name)
{
    field(name, true);
    return optionalBoolean(name).value_or(false);
}

Bytes ObjectReader::base64Url(const char *name, std::size_t bytes_max)
{
    // Four characters for three bytes.
    const std::string encoded = text(name, bytes_max / 3 * 4 + 4);
    if (m_error) {
        return {};
    }
    std::optional<Bytes> bytes = fromBase64Url(encoded);
    if (!bytes || bytes->size() > bytes_max) {
        refuse(name, JsonFault::notAllowed, "must be base64url without padding");
        return {};
    }
    return std::move(*bytes);
}

const Json *ObjectReader::optionalObject(const char *name)
{
    const Json *value = field(name, false);
    if (value && !value->is_object()) {
        refuse(name, JsonFault::wrongType, "must be an object");
        return nullptr;
    }
    return value;
}

const Json &ObjectReader::object(const char *name)
{
    field(name, true);
    const Json *value = optionalObject(name);
    return value ? *value : kNothing;
}

const Json *ObjectReader::optionalArray(const char *name, std::size_t count_max)
{
    const Json *value = field(name, false);
    if (!value) {
        return nullptr;
    }
    if (!value->is_array()) {
        refuse(name, JsonFault::wrongType, "must be an array");
        return nullptr;
    }
    if (value->size() > count_max) {
        refuse(name, JsonFault::tooLarge, "must hold at most " + std::to_string(count_max) + " entries");
        return nullptr;
    }
    return value;
}

const Json &ObjectReader::array(const char *name, std::size_t count_max)
{
    field(name, true);
    const Json *value = optionalArray(name, count_max);
    return value ? *value : kNothing;
}

bool ObjectReader::has(const char *name) const
{
    return m_object.is_object() && m_object.contains(name);
}

void ObjectReader::refuse(const char *name, JsonFault fault, std::string reason)
{
    if (!m_error) {
        m_error = JsonError{fault, pointerTo(name), std::move(reason)};
    }
}

void ObjectReader::absorb(const std::optional<JsonError> &error)
{
    if (!m_error) {
        m_error = error;
    }
}

std::string ObjectReader::pointerTo(const char *name) const
{
    return m_pointer + '/' + escapePointer(name);
}

std::optional<JsonError> ObjectReader::finish()
{
    if (m_error) {
        return m_error;
    }
    for (auto it = m_object.cbegin(); it != m_object.cend(); ++it) {
        if (std::find(m_seen.begin(), m_seen.end(), it.key()) == m_seen.end()) {
            m_error = JsonError{JsonFault::unknownField, m_pointer + '/' + escapePointer(it.key()),
                                "is not a known field"};
            break;
        }
    }
    return m_error;
}

} // namespace glovebox::base
