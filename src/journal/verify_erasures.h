// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/examine.h"

#include <map>

namespace glovebox::journal
{

/// Compares what is without payload in the log with the erasures that it says were made: whoever only takes
/// payloads and their key away has erased nobody.
class ErasureCheck
{
public:
    using Report = std::function<void(std::optional<std::uint64_t>, std::string code, std::string text)>;
    explicit ErasureCheck(Report report) : m_report(std::move(report)) {}

    /// Every entry, in order.
    void take(const Examined &entry);
    /// After the last entry.
    void finish();
    /// A sentence for what was not checked; nothing where nobody was erased.
    [[nodiscard]] std::optional<std::string> unchecked() const;

private:
    struct Driver
    {
        std::optional<std::uint64_t> firstErased;
        std::uint64_t erased = 0;
        bool anyKept = false;
        std::optional<std::uint64_t> erasedAt; // the entry that says so
    };
    Report m_report;
    std::map<Pseudonym, Driver> m_drivers;
};

} // namespace glovebox::journal
