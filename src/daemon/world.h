// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/verdict.h"
#include "daemon/driver_session.h"
#include "daemon/driving_monitor.h"
#include "daemon/gateway_contact.h"
#include "daemon/merchant_directory.h"
#include "daemon/settings.h"
#include "payment/texts.h"
#include "ports/transport.h"

namespace glovebox::daemon
{

/// The world as the daemon sees it now, and the verdict on it. Every use case asks here, so that a proposal,
/// its card and its approval are judged by the same facts.
class World
{
public:
    const Settings &settings;
    ports::Clock &clock;
    const payment::KindCatalogue &kinds;
    const payment::TextCatalogue &texts;
    ports::Connectivity &connectivity;
    PurchaseBook &book;
    DrivingMonitor &driving;
    DriverSession &session;
    MerchantDirectory &directory;
    GatewayContact &contact;
    consent::Restrictions restrictions; // as on disk, or about to be: they only take away
    bool cockpitThere = false;

    [[nodiscard]] consent::Permissions permissionsOf(const payment::AgentId &agent) const
    {
        return restrictions.inForce(settings.permissions, agent);
    }

    /// `purchase`: the one that is judged, where it exists already; it does not count against itself.
    [[nodiscard]] consent::Verdict judge(const payment::Proposal &proposal, const payment::AgentId &agent,
                                         base::BootTime proposedAt,
                                         const payment::PurchaseId &purchase) const;
    [[nodiscard]] consent::Verdict judge(const payment::Purchase &purchase) const;
    /// Whether what waits for the gateway is on its way, as far as anybody knows.
    [[nodiscard]] bool sendsNow() const { return connectivity.online() && contact.reachable(); }
    /// Whether a press on "undo" can still do something, and is allowed at this moment of the purchase's
    /// kind.
    [[nodiscard]] bool canBeStopped(const payment::Purchase &purchase) const;
    /// For people and agents to read: a refused purchase keeps no merchant entry, the directory may still
    /// know its name.
    [[nodiscard]] payment::Purchase named(payment::Purchase purchase) const;
    /// Whether the proposal's own time is over.
    [[nodiscard]] bool isOver(const payment::Purchase &purchase) const;
};

[[nodiscard]] std::vector<std::string> ruleIds(const consent::Verdict &verdict);

} // namespace glovebox::daemon
