// SPDX-License-Identifier: Apache-2.0
#include "journal/driver_keys.h"

#include "crypto/hash.h"
#include "crypto/seal.h"
#include "journal/faults.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

constexpr std::size_t kDataKey = 32;
constexpr Pseudonym kCar{};

base::Bytes label(std::string_view purpose, const Pseudonym &pseudonym)
{
    const base::ByteView text = base::bytesOf(purpose);
    base::Bytes bytes(text.begin(), text.end());
    bytes.insert(bytes.end(), pseudonym.begin(), pseudonym.end());
    return bytes;
}
constexpr std::string_view kKeyPurpose = "glovebox data key 1:";
constexpr std::string_view kDriverPurpose = "glovebox driver 1:";

std::unexpected<base::Failure<JournalFault>> otherKey()
{
    return base::fail(JournalFault::sealed, "its data keys do not open under this sealing key");
}

crypto::Secret copyOf(const crypto::Secret &secret)
{
    crypto::Secret copy(secret.view().size());
    std::ranges::copy(secret.view(), copy.writable().begin());
    return copy;
}

} // namespace

DriverKeys::DriverKeys(store::Statement insert, store::Statement remove, crypto::Secret sealingKey)
    : m_insert(std::move(insert)), m_remove(std::move(remove)), m_sealingKey(std::move(sealingKey))
{}

JournalResult<DriverKeys> DriverKeys::load(store::Database &database, const crypto::Secret &sealingKey)
{
    auto insert = database.prepare("INSERT INTO data_keys (pseudonym, wrapped, driver) VALUES (?1, ?2, ?3)");
    auto remove = database.prepare("DELETE FROM data_keys WHERE pseudonym = ?1");
    auto select = database.prepare("SELECT pseudonym, wrapped, driver FROM data_keys");
    if (!insert || !remove || !select) {
        return failed(!insert ? insert.error() : !remove ? remove.error() : select.error());
    }
    DriverKeys keys(std::move(*insert), std::move(*remove), copyOf(sealingKey));
    for (auto row = select->step(); !row || *row; row = select->step()) {
        if (!row) {
            return failed(row.error());
        }
        Pseudonym pseudonym{};
        std::ranges::copy(select->blob(0), pseudonym.begin());
        const auto driver = crypto::unseal(sealingKey, label(kDriverPurpose, pseudonym), select->blob(2));
        if (!driver) {
            return otherKey();
        }
        Known known;
        known.wrapped = select->blob(1);
        if (!driver->empty()) {
            const auto id = payment::DriverId::fromText(base::textOf(*driver));
            if (!id) {
                return base::fail(JournalFault::corrupt, "a driver's name in it is not one");
            }
            known.driver = *id;
        }
        keys.m_pseudonyms[known.driver] = pseudonym;
        keys.m_known.emplace(pseudonym, std::move(known));
    }
    return keys;
}

JournalResult<void> DriverKeys::makeCar()
{
    return add(kCar, {});
}

JournalResult<void> DriverKeys::add(const Pseudonym &pseudonym, const payment::DriverId &driver)
{
    Known known;
    known.driver = driver;
    known.key = crypto::Secret::random(kDataKey);
    auto wrapped = crypto::wrapKey(m_sealingKey, label(kKeyPurpose, pseudonym), *known.key);
    const auto name =
        crypto::seal(m_sealingKey, label(kDriverPurpose, pseudonym), base::bytesOf(driver.text()));
    if (!wrapped || !name) {
        return base::fail(JournalFault::sealed, wrapped ? name.error().detail : wrapped.error().detail);
    }
    known.wrapped = std::move(*wrapped);
    if (auto done = m_insert.bind(1, base::ByteView(pseudonym)).bind(2, known.wrapped).bind(3, *name).run();
        !done) {
        return failed(done.error());
    }
    m_pseudonyms[driver] = pseudonym;
    m_known.insert_or_assign(pseudonym, std::move(known));
    m_uncommitted.push_back(pseudonym);
    return {};
}

JournalResult<DriverKeys::Driver> DriverKeys::of(const payment::DriverId &driver)
{
    auto known = m_pseudonyms.find(driver);
    if (known == m_pseudonyms.end()) {
        if (driver.empty()) {
            return base::fail(JournalFault::corrupt, "the car's own data key is missing");
        }
        // Random, not derived from the name: after erasure nothing leads from the one to the other.
        Pseudonym pseudonym{};
        std::ranges::copy(crypto::randomBytes(pseudonym.size()), pseudonym.begin());
        if (auto added = add(pseudonym, driver); !added) {
            return std::unexpected(std::move(added.error()));
        }
        known = m_pseudonyms.find(driver);
    }
    const auto secret = key(known->second);
    if (!secret) {
        return std::unexpected(secret.error());
    }
    return Driver{known->second, *secret};
}

JournalResult<const crypto::Secret *> DriverKeys::key(const Pseudonym &pseudonym)
{
    const auto found = m_known.find(pseudonym);
    if (found == m_known.end()) {
        return nullptr;
    }
    Known &known = found->second;
    if (!known.key) {
        auto unwrapped = crypto::unwrapKey(m_sealingKey, label(kKeyPurpose, pseudonym), known.wrapped);
        if (!unwrapped) {
            return otherKey();
        }
        known.key = std::move(*unwrapped);
    }
    return &*known.key;
}

std::optional<Pseudonym> DriverKeys::pseudonymOf(const payment::DriverId &driver) const
{
    const auto known = m_pseudonyms.find(driver);
    return known == m_pseudonyms.end() ? std::nullopt : std::optional(known->second);
}

JournalResult<void> DriverKeys::erase(const Pseudonym &pseudonym)
{
    if (const auto done = m_remove.bind(1, base::ByteView(pseudonym)).run(); !done) {
        return failed(done.error());
    }
    if (m_remove.changed() != 1) {
        return base::fail(JournalFault::corrupt, "the data key of a driver is missing");
    }
    m_erased.push_back(pseudonym);
    return {};
}

void DriverKeys::forget(const Pseudonym &pseudonym)
{
    const auto found = m_known.find(pseudonym);
    m_pseudonyms.erase(found->second.driver);
    m_known.erase(found); // wipes the key
}

void DriverKeys::settle(bool committed)
{
    for (const Pseudonym &pseudonym : committed ? m_erased : m_uncommitted) {
        forget(pseudonym);
    }
    m_uncommitted.clear();
    m_erased.clear();
}

} // namespace glovebox::journal
