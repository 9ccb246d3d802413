// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/daemon/logged_car.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace glovebox::testing
{

LoggedCar::LoggedCar(World &world)
    : m_world(world), m_sealingKey(std::make_shared<crypto::Secret>(crypto::Secret::random(32)))
{
    if (!journal::Journal::create(options(), *m_sealingKey)) {
        qFatal("the journal could not be made");
    }
}

LoggedCar::LoggedCar(World &world, const LoggedCar &original)
    : m_world(world), m_sealingKey(original.m_sealingKey)
{
    if (!QFile::copy(original.path(), path())) {
        qFatal("the journal could not be copied");
    }
}

LoggedCar::~LoggedCar()
{
    stop();
}

journal::Journal::Options LoggedCar::options() const
{
    return {path().toStdString(), m_world.sample.car.publicKey().thumbprint(), m_world.clock.now()};
}

void LoggedCar::start()
{
    stop();
    auto opened =
        journal::withoutCounter(std::move(journal::Journal::open(options(), *m_sealingKey).value()));
    rollback = opened->rollback;
    entriesAtStart = static_cast<int>(opened->journal->identity().size);
    auto loaded = daemon::PurchaseBook::load(*opened->journal).value();
    m_thread = std::make_unique<daemon::JournalThread>(std::move(opened->journal));
    m_book = std::make_unique<daemon::PurchaseBook>(*m_thread, std::move(loaded));
    m_checkpoints =
        std::make_unique<daemon::LogCheckpoints>(*m_book, m_world.sample.car, rollback.has_value());
    m_checkpoints->onRollback = [this](const journal::Rollback &found) { rollback = found; };
    note();
    m_world.checkpoints = this;
    m_world.restart();
    settle();
}

void LoggedCar::stop()
{
    if (!m_thread) {
        return;
    }
    m_world.settlement.reset(); // it may hold on to this
    m_checkpoints.reset();
    m_book.reset();
    m_thread.reset();
    m_pending = 0;
}

void LoggedCar::settle()
{
    for (int quiet = 0; quiet < 4;) {
        m_world.settle();
        ask<int>([](journal::Journal &) { return 0; });
        quiet = m_pending == 0 && m_world.transport.pending == 0 ? quiet + 1 : 0;
    }
}

void LoggedCar::wait()
{
    for (int i = 0; i < 12; ++i) {
        m_world.clock.advance(std::chrono::seconds(1));
        settle();
    }
}

void LoggedCar::note()
{
    m_book->note({journal::EntryKind::session, {}, {{"v", 1}, {"type", "session"}}, {}});
    ask<int>([](journal::Journal &) { return 0; });
}

void LoggedCar::upload(const std::string &id)
{
    note(); // its approval, as far as this log is concerned
    m_world.approve(m_world.sample.approval(id));
    settle();
}

std::vector<journal::EntryRecord> LoggedCar::log()
{
    using Entries = journal::JournalResult<std::vector<journal::EntryRecord>>;
    return ask<Entries>([](journal::Journal &journal) { return journal.entries(0, 10'000); }).value();
}

std::size_t LoggedCar::count(const char *type)
{
    const auto entries = log();
    return static_cast<std::size_t>(std::ranges::count_if(entries, [type](const auto &entry) {
        return entry.kind == journal::EntryKind::checkpoint && entry.payload->value("type", "") == type;
    }));
}

std::optional<journal::Cosigned> LoggedCar::cosigned()
{
    using Kept = journal::JournalResult<std::optional<journal::Cosigned>>;
    return ask<Kept>([](journal::Journal &journal) { return journal::readCosigned(journal); }).value();
}

void LoggedCar::sign(std::function<void(std::optional<std::string>)> done)
{
    ++m_pending;
    m_checkpoints->sign([this, done = std::move(done)](std::optional<std::string> note) {
        --m_pending;
        m_world.book.log.emplace_back(note ? "signed" : "not signed");
        done(std::move(note));
    });
}

void LoggedCar::prove(const std::string &note,
                      std::function<void(std::optional<wire::CheckpointRequest>)> done)
{
    ++m_pending;
    m_checkpoints->prove(note,
                         [this, done = std::move(done)](std::optional<wire::CheckpointRequest> request) {
                             --m_pending;
                             done(std::move(request));
                         });
}

void LoggedCar::keep(const std::string &note, std::function<void(bool)> done)
{
    ++m_pending;
    m_checkpoints->keep(note, [this, done = std::move(done)](bool ok) {
        --m_pending;
        m_world.book.log.emplace_back(ok ? "kept" : "not kept");
        done(ok);
    });
}

void LoggedCar::compare(const std::string &note, std::function<void(Compared)> done)
{
    ++m_pending;
    m_checkpoints->compare(note, [this, done = std::move(done)](Compared compared) {
        --m_pending;
        m_world.book.log.emplace_back("compared");
        done(compared);
    });
}

} // namespace glovebox::testing
