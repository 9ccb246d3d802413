// SPDX-License-Identifier: Apache-2.0
#include "journal/verify_erasures.h"

#include "journal/erasure.h"

namespace glovebox::journal
{

namespace
{

constexpr const char *kCode = "erasure";

} // namespace

void ErasureCheck::take(const Examined &entry)
{
    const std::uint64_t sequence = entry.header.sequence;
    Driver &driver = m_drivers[entry.header.driver];
    if (driver.erasedAt) {
        m_report(sequence, kCode,
                 "is of a driver who was erased before, as entry " + std::to_string(*driver.erasedAt) +
                     " says");
    }
    driver.anyKept = driver.anyKept || entry.unsealed;
    if (entry.erased) {
        driver.firstErased = driver.firstErased.value_or(sequence);
        ++driver.erased;
    }
    if (entry.header.kind != EntryKind::erasure || !entry.unsealed) {
        return;
    }
    const auto named = erasedBy(entry.payload);
    if (!named || entry.header.driver != Pseudonym{} || *named == Pseudonym{}) {
        m_report(sequence, kCode, "is an erasure of nobody");
        return;
    }
    Driver &erased = m_drivers[*named];
    if (erased.erasedAt || erased.erased == 0 || erased.anyKept) {
        m_report(sequence, kCode, "says that a driver was erased whose entries are there, or never were");
    }
    erased.erasedAt = sequence;
}

void ErasureCheck::finish()
{
    for (const auto &[pseudonym, driver] : m_drivers) {
        if (driver.firstErased && !driver.erasedAt) {
            m_report(*driver.firstErased, kCode,
                     "has lost its payload, and no entry says that its driver was erased");
        }
    }
}

std::optional<std::string> ErasureCheck::unchecked() const
{
    std::uint64_t drivers = 0;
    std::uint64_t entries = 0;
    for (const auto &[pseudonym, driver] : m_drivers) {
        drivers += driver.erased > 0 ? 1 : 0;
        entries += driver.erased;
    }
    if (drivers == 0) {
        return std::nullopt;
    }
    return "erased: payloads, approvals and purchases of " + std::to_string(drivers) +
           (drivers == 1 ? " driver, " : " drivers, ") + std::to_string(entries) +
           (entries == 1 ? " entry" : " entries");
}

} // namespace glovebox::journal
