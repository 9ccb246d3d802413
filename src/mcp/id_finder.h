// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <string>
#include <string_view>

namespace glovebox::mcp
{

/// Finds the id of a request that the strict reader refuses: too long, nested too deep, a key twice, a lone
/// surrogate. A client whose request is answered under no id waits until its own time-out (JSON-RPC 2.0,
/// section 5: null only where the id could not be detected).
///
/// Looks at one text as it arrives, in pieces of any size, and keeps no more of it than a key and an id.
/// Nothing else is ever taken from such a text.
class IdFinder
{
public:
    void feed(std::string_view part);
    /// The member "id" of the outermost object: a string or an integer; null where it has none, two, or one
    /// that is neither. Call it after the last part.
    [[nodiscard]] base::Json id() const;

private:
    void take(char c);
    void takeInString(char c);
    void takeOutside(char c);
    void endMember();
    void startToken();
    void keep(char c);
    [[nodiscard]] base::Json token() const;

    int m_depth = 0;
    bool m_started = false;
    bool m_lost = false; // not one object: there is nothing to find
    bool m_inString = false;
    bool m_escaped = false;
    bool m_inValue = false;  // of a member of the outermost object
    bool m_isId = false;     // whose key is "id"
    std::string m_token;     // the key, or the id's own text
    bool m_tokenCut = false; // it was longer than any that counts
    int m_count = 0;         // of members called "id"
    base::Json m_id;
};

/// The same for a text that is whole.
[[nodiscard]] base::Json findId(std::string_view text);

} // namespace glovebox::mcp
