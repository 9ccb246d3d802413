// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"
#include "daemon/purchase_book.h"
#include "journal/checkpoints.h"
#include "settlement/checkpoints.h"

namespace glovebox::daemon
{

/// The journal's checkpoints: signed on the journal's thread, where nothing can come between what is signed
/// and the entry that keeps it, and compared with what the witness says.
class LogCheckpoints final : public settlement::Checkpoints
{
public:
    /// `stopped`: the log contradicts what others remember, and is never signed for again.
    LogCheckpoints(PurchaseBook &book, const crypto::SigningKey &key, bool stopped);

    // settlement::Checkpoints
    void sign(std::function<void(std::optional<std::string>)> done) override;
    void prove(const std::string &note,
               std::function<void(std::optional<wire::CheckpointRequest>)> done) override;
    void keep(const std::string &note, std::function<void(bool)> done) override;
    void compare(const std::string &note, std::function<void(Compared)> done) override;

    /// Adds "checkpoint" of all before it to an entry that is about to be written, where the log may be
    /// signed for.
    [[nodiscard]] std::function<base::Result<base::Json, std::string>(journal::Journal &)>
    withCheckpoint(base::Json payload) const;

    /// What the witness knows contradicts the log, and that is on disk.
    std::function<void(const journal::Rollback &)> onRollback;

private:
    void stop(const std::string &note, const journal::Rollback &rollback, std::function<void(Compared)> done);

    PurchaseBook &m_book;
    const crypto::SigningKey &m_key;
    bool m_stopped;
    std::optional<merkle::Frontier> m_from; // what the witness said that it knows; else what is kept on disk
    /// By size: signed, and perhaps on the way to the witness. The newest of them.
    static constexpr std::size_t kSigned_max = 8;
    std::map<std::uint64_t, merkle::Frontier> m_signed;
};

} // namespace glovebox::daemon
