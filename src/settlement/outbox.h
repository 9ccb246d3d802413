// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settlement/witness.h"

#include <map>

namespace glovebox::settlement
{

/// Brings each approval to the gateway, one request in flight for each. What to do next follows from the
/// state alone: queued -> submit, once the journal up to here was signed for and the gateway is known to be
/// in reach; submitted and nobody waits for it -> unknown; unknown, too_late -> ask; cancel_requested ->
/// void. What nobody can accept any more ends by itself: queued and step_up_required -> lapsed,
/// quarantined -> abandoned.
class Outbox
{
public:
    Outbox(Line &line, Witness &witness);
    /// Starts everything that is due. True: something is to be sent that was not there before.
    bool pump();
    /// The hint says online again: nothing waits any longer.
    void forgetBackoff();
    /// When pump() should be called again; nothing: only after an answer.
    [[nodiscard]] std::optional<base::BootTime> nextDue() const;
    /// A queued approval waits for nothing but a proof that the gateway can be reached.
    [[nodiscard]] bool wantsContact() const;

private:
    enum class Request { submit, status, cancel };
    struct Job
    {
        bool busy = false;
        bool known = false;   // seen by an earlier pump()
        bool covered = false; // by a checkpoint of the journal
        Backoff backoff;
        int unverifiable = 0; // answers in a row whose signature or content did not hold
    };
    static bool wantsGateway(payment::State state);
    static bool endsAtSettleBy(payment::State state);
    [[nodiscard]] bool mayUseGateway() const;
    [[nodiscard]] int requestsInFlight() const;
    [[nodiscard]] bool full() const { return requestsInFlight() >= m_line.settings.parallel_max; }
    [[nodiscard]] bool waitsForCheckpoint(const payment::Purchase &purchase) const;
    /// One for all that wait: a batch costs one signature.
    void coverQueued(const std::vector<payment::Purchase> &purchases);
    void begin(const payment::Purchase &purchase);
    void record(const payment::ApprovalId &id, payment::State expected, payment::PurchaseEvent event,
                Recorder::Done done);
    void lapse(const payment::Purchase &purchase);
    void submit(const payment::Purchase &purchase);
    void request(Request what, const payment::ApprovalId &id, const std::string &approvalJws);
    void answered(Request what, const payment::ApprovalId &id, const std::string &approvalJws,
                  const ports::HttpAnswer &answer);
    void apply(Request what, const payment::ApprovalId &id, const std::string &approvalJws,
               const wire::Receipt &receipt);
    void refused(const payment::ApprovalId &id, const std::string &code);
    void failed(Request what, const payment::ApprovalId &id, std::optional<int> retryAfter_s);
    void markUnknown(const payment::ApprovalId &id);
    void release(const payment::ApprovalId &id);
    void backOff(const payment::ApprovalId &id, std::optional<int> retryAfter_s = std::nullopt);

    Line &m_line;
    Witness &m_witness;
    bool m_covering = false; // a checkpoint is being made
    bool m_coverWanted = false;
    std::map<payment::ApprovalId, Job> m_jobs;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace glovebox::settlement
