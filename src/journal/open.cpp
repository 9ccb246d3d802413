// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "journal/faults.h"
#include "journal/log.h"
#include "journal/raw_entry.h"
#include "journal/schema.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace glovebox::journal
{

namespace
{

constexpr std::size_t kHash = std::tuple_size_v<base::Hash>;
constexpr std::string_view kFrontierPurpose = "glovebox frontier 1";

base::Json toJson(const base::Moment &moment)
{
    return {{"boot_id", moment.bootId},
            {"boot_ms", moment.boot.milliseconds()},
            {"wall_ms", moment.wall.milliseconds},
            {"clock", moment.trust == base::ClockTrust::gatewaySigned ? "gateway_signed" : "untrusted"}};
}

store::Options storeOptions(const Journal::Options &options, const std::string &path,
                            store::Options::Mode mode, const std::string &vfs)
{
    return {.path = path,
            .applicationId = kApplicationId,
            .migrations = migrations(),
            .mode = mode,
            .privateFolder = true,
            .mountInfo = options.mountInfo,
            .vfs = vfs};
}

struct Identity
{
    std::string journalId;
    std::string keyThumbprint;
};

JournalResult<Identity> readIdentity(store::Database &database)
{
    auto rows = database.prepare("SELECT journal_id, key_thumbprint FROM identity");
    if (!rows) {
        return failed(rows.error());
    }
    const auto row = rows->step();
    if (!row) {
        return failed(row.error());
    }
    if (!*row) {
        return base::fail(JournalFault::corrupt, "it has lost its identity");
    }
    return Identity{.journalId = rows->text(0), .keyThumbprint = rows->text(1)};
}

/// Stored frontier, checked against its seal and against the number of entries.
JournalResult<merkle::Frontier> readFrontier(store::Database &database, const crypto::Secret &frontierKey)
{
    auto rows =
        database.prepare("SELECT size, hashes, mac, coalesce((SELECT max(sequence) + 1 FROM entries), 0) "
                         "FROM frontier");
    if (!rows) {
        return failed(rows.error());
    }
    const auto row = rows->step();
    if (!row) {
        return failed(row.error());
    }
    if (!*row) {
        return base::fail(JournalFault::corrupt, "it has lost the edge of its tree");
    }
    const auto size = static_cast<std::uint64_t>(rows->integer(0));
    const base::Bytes bytes = rows->blob(1);
    if (!crypto::equalInConstantTime(frontierMac(frontierKey, size, bytes), rows->blob(2))) {
        return base::fail(JournalFault::corrupt, "the edge of its tree was changed");
    }
    if (size != static_cast<std::uint64_t>(rows->integer(3))) {
        return base::fail(JournalFault::corrupt, "entries at its end are missing or too many");
    }
    std::vector<base::Hash> hashes(bytes.size() / kHash);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * kHash), kHash, hashes[i].begin());
    }
    auto frontier = merkle::Frontier::load(crypto::sha256, size, std::move(hashes));
    if (!frontier || size == 0 || bytes.size() % kHash != 0) {
        return base::fail(JournalFault::corrupt, "the edge of its tree does not fit its size");
    }
    return std::move(*frontier);
}

/// The identity in the clear is only a copy of what the first entry binds into the tree.
JournalResult<void> checkFirstEntry(store::Database &database, DriverKeys &keys, const Identity &identity)
{
    auto rows = database.prepare(
        "SELECT sequence, kind, pseudonym, commitment, sealed FROM entries WHERE sequence = 0");
    if (!rows) {
        return failed(rows.error());
    }
    const auto row = rows->step();
    if (!row) {
        return failed(row.error());
    }
    const auto first = *row ? entryOfRow(*rows, keys) : JournalResult<EntryRecord>(EntryRecord());
    if (!first) {
        return std::unexpected(first.error());
    }
    const bool fits = first->kind == EntryKind::created && first->payload &&
                      first->payload->value("journal_id", "") == identity.journalId &&
                      first->payload->value("key_thumbprint", "") == identity.keyThumbprint;
    if (!fits) {
        return base::fail(JournalFault::corrupt, "its first entry does not fit its identity");
    }
    return {};
}

/// One whose name was damaged would not be missed: the throttle of wrong PINs would begin anew. There are
/// few.
JournalResult<void> checkSettings(store::Database &database, DriverKeys &keys)
{
    const auto car = keys.of({});
    if (!car) {
        return std::unexpected(car.error());
    }
    auto rows = database.prepare("SELECT name, sealed FROM settings");
    if (!rows) {
        return failed(rows.error());
    }
    for (auto row = rows->step(); !row || *row; row = rows->step()) {
        if (!row) {
            return failed(row.error());
        }
        if (!crypto::unseal(*car->key, settingHeader(rows->text(0)), rows->blob(1))) {
            return base::fail(JournalFault::corrupt, "a setting was changed or damaged");
        }
    }
    return {};
}

/// What is known of a journal before anything in it may be written.
struct Known
{
    Identity identity;
    DriverKeys keys;
    merkle::Frontier frontier;
};

JournalResult<Known> readKnown(store::Database &database, const std::string &keyThumbprint,
                               const crypto::Secret &sealingKey)
{
    auto identity = readIdentity(database);
    if (!identity) {
        return std::unexpected(std::move(identity.error()));
    }
    if (identity->keyThumbprint != keyThumbprint) {
        return base::fail(JournalFault::foreign,
                          "it belongs to the key " + identity->keyThumbprint + ", not to " + keyThumbprint);
    }
    auto keys = DriverKeys::load(database, sealingKey);
    if (!keys) {
        return std::unexpected(std::move(keys.error()));
    }
    auto frontier = readFrontier(database, deriveKey(sealingKey, kFrontierPurpose));
    if (!frontier) {
        return std::unexpected(std::move(frontier.error()));
    }
    if (auto first = checkFirstEntry(database, *keys, *identity); !first) {
        return std::unexpected(std::move(first.error()));
    }
    if (auto settings = checkSettings(database, *keys); !settings) {
        return std::unexpected(std::move(settings.error()));
    }
    return Known{std::move(*identity), std::move(*keys), std::move(*frontier)};
}

JournalResult<Log::Parts> assemble(store::Database database, const crypto::Secret &sealingKey, Known known)
{
    auto statements = Statements::prepare(database);
    if (!statements) {
        return std::unexpected(std::move(statements.error()));
    }
    return Log::Parts{.database = std::move(database),
                      .statements = std::move(*statements),
                      .keys = std::move(known.keys),
                      .frontierKey = deriveKey(sealingKey, kFrontierPurpose),
                      .requestKey = deriveKey(sealingKey, "glovebox request index 1"),
                      .frontier = std::move(known.frontier),
                      .journalId = known.identity.journalId,
                      .keyThumbprint = known.identity.keyThumbprint};
}

} // namespace

JournalResult<std::unique_ptr<Log>> Log::open(const Options &options, const crypto::Secret &sealingKey,
                                              const std::string &vfs)
{
    const store::Options how = storeOptions(options, options.path, store::Options::Mode::existing, vfs);
    auto database = store::Database::inspect(how);
    if (!database) {
        return failed(database.error());
    }
    auto known = readKnown(*database, options.keyThumbprint, sealingKey);
    if (!known) {
        return std::unexpected(std::move(known.error()));
    }
    if (auto adopted = database->adopt(how); !adopted) {
        return failed(adopted.error());
    }
    auto parts = assemble(std::move(*database), sealingKey, std::move(*known));
    if (!parts) {
        return std::unexpected(std::move(parts.error()));
    }
    return std::make_unique<Log>(std::move(*parts));
}

JournalResult<std::unique_ptr<Log>> Log::openToRead(const std::string &path, const crypto::Secret &sealingKey,
                                                    const std::string &mountInfo)
{
    auto database = journal::openToRead(path, mountInfo);
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    const auto identity = readIdentity(*database);
    auto known = identity ? readKnown(*database, identity->keyThumbprint, sealingKey)
                          : JournalResult<Known>(std::unexpected(identity.error()));
    auto parts = known ? assemble(std::move(*database), sealingKey, std::move(*known))
                       : JournalResult<Parts>(std::unexpected(known.error()));
    if (!parts) {
        return std::unexpected(std::move(parts.error()));
    }
    return std::make_unique<Log>(std::move(*parts));
}

JournalResult<void> Log::make(const Options &options, const std::string &path,
                              const crypto::Secret &sealingKey)
{
    auto database = store::Database::open(storeOptions(options, path, store::Options::Mode::create, {}));
    if (!database) {
        return failed(database.error());
    }
    const Identity identity{.journalId = crypto::randomId('j'), .keyThumbprint = options.keyThumbprint};
    auto insert =
        database->prepare("INSERT INTO identity (id, journal_id, key_thumbprint) VALUES (0, ?1, ?2)");
    const auto done = insert ? insert->bind(1, identity.journalId).bind(2, identity.keyThumbprint).run()
                             : store::StoreResult<void>(std::unexpected(insert.error()));
    if (!done) {
        return failed(done.error());
    }
    auto keys = DriverKeys::load(*database, sealingKey);
    if (!keys) {
        return std::unexpected(std::move(keys.error()));
    }
    auto parts = assemble(std::move(*database), sealingKey,
                          {identity, std::move(*keys), merkle::Frontier(crypto::sha256)});
    if (!parts) {
        return std::unexpected(std::move(parts.error()));
    }
    if (auto car = parts->keys.makeCar(); !car) {
        return car;
    }
    parts->keys.settle(true);
    Log log(std::move(*parts));
    Batch batch;
    batch.entries.push_back({.kind = EntryKind::created, .driver = {}, .payload = [&](std::uint64_t) {
                                 return base::Json{{"v", 1},
                                                   {"journal_id", identity.journalId},
                                                   {"key_thumbprint", identity.keyThumbprint},
                                                   {"at", toJson(options.now)}};
                             }});
    if (const auto committed = log.append(batch); !committed) {
        return std::unexpected(committed.error());
    }
    return {};
}

JournalResult<std::unique_ptr<Journal>> Journal::open(const Options &options,
                                                      const crypto::Secret &sealingKey)
{
    return Log::open(options, sealingKey);
}

JournalResult<std::unique_ptr<Journal>> Journal::create(const Options &options,
                                                        const crypto::Secret &sealingKey)
{
    if (access(options.path.c_str(), F_OK) == 0 || errno != ENOENT) {
        return base::fail(JournalFault::journalWithoutKey,
                          options.path + " is there already and was not touched");
    }
    // Made beside its place and moved there whole: an interrupted start leaves no half of a journal behind.
    const std::string unfinished = options.path + ".new";
    store::discard(unfinished);
    if (auto made = Log::make(options, unfinished, sealingKey); !made) {
        store::discard(unfinished);
        return std::unexpected(std::move(made.error()));
    }
    if (auto published = store::publish(unfinished, options.path); !published) {
        store::discard(unfinished);
        return failed(published.error());
    }
    return open(options, sealingKey);
}

} // namespace glovebox::journal
