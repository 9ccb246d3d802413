// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settlement/line.h"

namespace glovebox::settlement
{

/// Sees to it that the journal is signed for before anything is uploaded, and brings each checkpoint to the
/// gateway, which remembers it: once after a start, and after each upload. Nothing waits for the gateway's
/// answer.
class Witness
{
public:
    explicit Witness(Line &line);
    /// `done` when a checkpoint of all that is in the log now is on disk, or cannot be made.
    void checkpoint(std::function<void()> done);
    void pump();
    [[nodiscard]] std::optional<base::BootTime> nextDue() const;

private:
    [[nodiscard]] bool mayAsk() const;
    void sign();
    void send();
    void send(const wire::CheckpointRequest &sent);
    void answered(const wire::CheckpointRequest &sent, const ports::HttpAnswer &answer);
    void cosigned(const std::string &note);
    void conflict(const std::string &note);
    void finish(bool ok, std::optional<int> retryAfter_s = std::nullopt);

    Line &m_line;
    std::vector<std::function<void()>> m_waiting; // for the next one to be signed
    bool m_signing = false;
    bool m_busy = false;                 // a request is on its way
    bool m_greeted = false;              // since the start
    std::optional<std::string> m_newest; // signed, and not yet cosigned
    Backoff m_backoff;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace glovebox::settlement
