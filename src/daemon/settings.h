// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/verdict.h"
#include "crypto/keys.h"
#include "daemon/proposal_limits.h"
#include "journal/counted.h"
#include "payment/approval.h"

#include <string>

namespace glovebox::daemon
{

/// What the use cases need of the configuration.
struct Settings
{
    payment::WalletId wallet;
    std::string gateway;
    std::vector<crypto::PublicKey> gatewayKeys;
    payment::DriverId driver;
    payment::Instrument instrument;
    std::vector<payment::AgentId> agents; // those of the configuration
    consent::Permissions permissions;     // what it grants to each of them
    std::int64_t grant = 0;               // and the number of that grant
    consent::RiskSettings risk;
    consent::VehicleFacts vehicle;
    ProposalBounds proposals;
    payment::Surface surface = payment::Surface::reserved;
    bool insecureDesk = false;
    std::optional<journal::Rollback> rollback; // found at start: nothing is approved any more
    std::string version;
};

} // namespace glovebox::daemon
