// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/config.h"
#include "payment/approval.h"

#include <memory>

namespace glovebox::gateway
{

/// What the issuer answers.
struct Decision
{
    enum class Kind { approved, declined, stepUp };
    Kind kind = Kind::approved;
    std::string declineCode; // declined: "insufficient_funds", "do_not_honour", …
};

/// The way to the card networks. Called once for each approval, before anything is stored: an implementation
/// that talks to a real processor passes the approval id on as its idempotency key.
class Processor
{
public:
    virtual ~Processor() = default;
    [[nodiscard]] virtual Decision authorise(const payment::Approval &approval) = 0;
};

/// Approves everything but what its script names:
/// {"decisions":[{"merchant_id"?,"amount_minor"?,"decline_code"?}]}, first match; without a decline code the
/// issuer asks for more (step up). An empty path: approves everything.
[[nodiscard]] base::Result<std::unique_ptr<Processor>, ConfigFault>
makeSandboxProcessor(const std::string &scriptPath);

} // namespace glovebox::gateway
