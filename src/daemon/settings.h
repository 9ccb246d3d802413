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
    consent::Permissions permissions;
    ProposalBounds proposals;
    payment::Surface surface = payment::Surface::reserved;
    bool insecureDesk = false;
    std::optional<journal::Rollback> rollback; // found at start: nothing is approved any more
    std::string version;
};

} // namespace glovebox::daemon
