// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

namespace glovebox::base
{

/// A value as its RFC 8785 text: the form in which it is hashed, signed and sealed.
class CanonicalText
{
public:
    CanonicalText() = default; // of no value, not even null
    /// Implicit: it says the same.
    CanonicalText(const Json &value) : m_text(canonicalJson(value)) {}

    [[nodiscard]] const std::string &text() const { return m_text; }
    [[nodiscard]] bool empty() const { return m_text.empty(); }
    /// Read again; discarded where it is empty.
    [[nodiscard]] Json value() const;
    friend bool operator==(const CanonicalText &, const CanonicalText &) = default;

private:
    template<class Members> friend CanonicalText canonicalObject(Members members);
    std::string m_text;
};

/// Writes the members of an object as RFC 8785 text at once, where making values first costs too much: the
/// other direction of ObjectReader. Names are constants in ASCII, in the order of their bytes; that they are
/// is asserted, and the tests compare with canonicalJson().
class ObjectWriter
{
public:
    explicit ObjectWriter(std::string &out) : m_out(out) { m_out += '{'; }

    ObjectWriter &text(const char *name, std::string_view value);
    /// Left out where it is empty, like the numbers below where there is none.
    ObjectWriter &optionalText(const char *name, std::string_view value);
    ObjectWriter &texts(const char *name, const std::vector<std::string> &values);
    ObjectWriter &integer(const char *name, std::int64_t value);
    ObjectWriter &optionalInteger(const char *name, std::optional<std::int64_t> value);
    /// Not empty.
    ObjectWriter &value(const char *name, const CanonicalText &value);
    /// `members` is called with the writer of the object inside.
    template<class Members> ObjectWriter &object(const char *name, Members members)
    {
        begin(name);
        ObjectWriter inner(m_out);
        members(inner);
        inner.end();
        return *this;
    }
    /// `members` is called with the writer of each object in the array and the element that it is for.
    template<class Elements, class Members>
    ObjectWriter &objects(const char *name, const Elements &elements, Members members)
    {
        begin(name);
        m_out += '[';
        for (const auto &element : elements) {
            separate('[');
            ObjectWriter inner(m_out);
            members(inner, element);
            inner.end();
        }
        m_out += ']';
        return *this;
    }
    void end() { m_out += '}'; }

private:
    void begin(const char *name);
    void separate(char opening);
    std::string &m_out;
    std::string_view m_last; // name
};

/// The object whose members `members` writes with the ObjectWriter that it is called with.
template<class Members> CanonicalText canonicalObject(Members members)
{
    CanonicalText object;
    object.m_text.reserve(8192); // an approval, a purchase
    ObjectWriter writer(object.m_text);
    members(writer);
    writer.end();
    return object;
}

} // namespace glovebox::base
