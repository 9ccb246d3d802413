// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/log_checkpoints.h"
#include "journal/counted.h"
#include "tests/unit/settlement/world.h"

#include <QCoreApplication>
#include <QTemporaryDir>

namespace glovebox::testing
{

/// A car's journal with its checkpoints, under a settlement that speaks with the real gateway of a World.
/// What is to be uploaded comes from the World's book; the journal gets other entries.
class LoggedCar final : public settlement::Checkpoints
{
public:
    explicit LoggedCar(World &world);
    /// The same journal and keys in another car.
    LoggedCar(World &world, const LoggedCar &original);
    ~LoggedCar() override;

    /// Opens the journal, as a start of the daemon does, and lets this car speak with the gateway.
    void start();
    void stop();
    /// Runs events until nobody waits for anything but time.
    void settle();
    /// Time goes on, in steps, for what waits to be tried again.
    void wait();
    /// One entry, as anything else in the log is.
    void note();
    /// An approval that waits for its upload; settled as far as the gateway answers.
    void upload(const std::string &id);

    [[nodiscard]] std::vector<journal::EntryRecord> log();
    [[nodiscard]] std::size_t count(const char *type); // entries of kind checkpoint of this type
    [[nodiscard]] std::optional<journal::Cosigned> cosigned();
    template<class T> T ask(std::function<T(journal::Journal &)> job)
    {
        std::optional<T> answer;
        if (m_thread->ask<T>(std::move(job), [&answer](T value) { answer.emplace(std::move(value)); })) {
            while (!answer) {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            }
        }
        return std::move(answer.value());
    }
    [[nodiscard]] journal::Journal::Options options() const;
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("journal.sqlite")); }
    [[nodiscard]] const crypto::Secret &sealingKey() const { return *m_sealingKey; }

    // settlement::Checkpoints: passed on, with "signed", "kept" and "compared" in the World's log.
    void sign(std::function<void(std::optional<std::string>)> done) override;
    void prove(const std::string &note,
               std::function<void(std::optional<wire::CheckpointRequest>)> done) override;
    void keep(const std::string &note, std::function<void(bool)> done) override;
    void compare(const std::string &note, std::function<void(Compared)> done) override;

    std::optional<journal::Rollback> rollback; // of the start, or found since
    int entriesAtStart = 0;

private:
    World &m_world;
    QTemporaryDir m_folder;
    std::shared_ptr<crypto::Secret> m_sealingKey;
    std::unique_ptr<daemon::JournalThread> m_thread;
    std::unique_ptr<daemon::PurchaseBook> m_book;
    std::unique_ptr<daemon::LogCheckpoints> m_checkpoints;
    int m_pending = 0;
};

} // namespace glovebox::testing
