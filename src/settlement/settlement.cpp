// SPDX-License-Identifier: Apache-2.0
#include "settlement/feed.h"
#include "settlement/outbox.h"
#include "settlement/receipt_path.h"
#include "settlement/witness.h"

#include <QObject>

namespace glovebox::settlement
{

Q_LOGGING_CATEGORY(logSettlement, "glovebox.settlement")

Trouble troubleOf(const ports::HttpAnswer &answer)
{
    if (!answer.fault) {
        return {Trouble::Kind::status, answer.status, "status " + std::to_string(answer.status)};
    }
    switch (*answer.fault) {
    case ports::TransportFault::unreachable:
        return {Trouble::Kind::unreachable, 0, answer.detail};
    case ports::TransportFault::tls:
        return {Trouble::Kind::tls, 0, answer.detail};
    case ports::TransportFault::broken:
        break;
    }
    return {Trouble::Kind::broken, 0, answer.detail};
}

std::vector<payment::PurchaseEvent> eventsOf(const payment::Purchase &purchase, const wire::Receipt &receipt)
{
    const std::int64_t known = wire::CarChannel::revisionOf(purchase.settlement.receipt);
    const bool repeatedRefund = purchase.state == payment::State::refunded && receipt.revision == known;
    if (receipt.revision < known || repeatedRefund) {
        qCInfo(logSettlement, "an older or repeated receipt about %s is ignored",
               receipt.approval.text().c_str());
        return {};
    }
    std::vector<payment::PurchaseEvent> events;
    for (const payment::Event step : pathTo(purchase.state, receipt)) {
        payment::PurchaseEvent event;
        event.event = step;
        if (step == payment::Event::queryFoundNothing) {
            event.attempt = purchase.attempts + 1; // from here on it counts as sent again
        } else if (step != payment::Event::submit && step != payment::Event::outcomeUnknown) {
            event.settlement = mergeFacts(purchase.settlement, receipt);
        }
        events.push_back(std::move(event));
    }
    return events;
}

namespace
{

class StoreAndForward final : public Settlement
{
public:
    StoreAndForward(ports::Clock &clock, ports::Transport &transport, ports::Connectivity &connectivity,
                    Book &book, wire::CarChannel channel, Settings settings, RandomSource random,
                    Checkpoints *checkpoints)
        : m_line{clock,
                 transport,
                 connectivity,
                 book,
                 checkpoints,
                 std::move(channel),
                 settings,
                 std::move(random),
                 Recorder(book, clock),
                 [this](base::WallTime at) {
                     if (onContact) {
                         onContact(at);
                     }
                 },
                 [this](const payment::ApprovalId &about, const std::string &detail) {
                     if (onDoubt) {
                         onDoubt(about, detail);
                     }
                 },
                 [this](const std::optional<Trouble> &trouble) {
                     if (onTrouble) {
                         onTrouble(trouble);
                     }
                 },
                 [this] { wake(); }},
          m_witness(m_line), m_outbox(m_line, m_witness), m_feed(m_line),
          m_alarm(clock.makeAlarm([this] { pump(); }))
    {
        m_feed.onDirectory = [this](const std::string &jws) {
            if (onDirectory) {
                onDirectory(jws);
            }
        };
    }

    void start() override
    {
        m_started = true;
        m_line.connectivity.start([this, alive = std::weak_ptr(m_alive)](bool online) {
            if (alive.expired()) {
                return;
            }
            m_line.lastContact.reset(); // it was proven over the network of before
            m_line.endTrouble();
            if (online) {
                m_outbox.forgetBackoff();
                m_feed.onlineAgain();
            }
            wake();
        });
        wake();
    }

    void wake() override
    {
        if (m_started && !m_pumpQueued) {
            m_pumpQueued = true;
            QMetaObject::invokeMethod(&m_context, [this] { pump(); }, Qt::QueuedConnection);
        }
    }

private:
    void pump()
    {
        m_pumpQueued = false;
        if (m_outbox.pump()) {
            m_feed.hurry();
        }
        m_feed.pump(m_outbox.wantsContact());
        m_witness.pump();
        std::optional<base::BootTime> next;
        for (const auto &due :
             {m_outbox.nextDue(), m_feed.nextDue(m_outbox.wantsContact()), m_witness.nextDue()}) {
            if (due && (!next || *due < *next)) {
                next = due;
            }
        }
        if (next) {
            m_alarm->set(*next);
        } else {
            m_alarm->clear();
        }
    }

    Line m_line;
    Witness m_witness;
    Outbox m_outbox;
    Feed m_feed;
    std::unique_ptr<ports::Alarm> m_alarm;
    bool m_started = false;
    bool m_pumpQueued = false;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    QObject m_context; // ends first: nothing queued arrives later
};

} // namespace

std::unique_ptr<Settlement> makeSettlement(ports::Clock &clock, ports::Transport &transport,
                                           ports::Connectivity &connectivity, Book &book,
                                           wire::CarChannel channel, Settings settings, RandomSource random,
                                           Checkpoints *checkpoints)
{
    return std::make_unique<StoreAndForward>(clock, transport, connectivity, book, std::move(channel),
                                             settings, std::move(random), checkpoints);
}

} // namespace glovebox::settlement
