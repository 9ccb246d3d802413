// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"
#include "daemon/world.h"

namespace glovebox::daemon
{

/// What the driver did on the surface, as the daemon measured it.
struct Consent
{
    payment::ConsentMethod method = payment::ConsentMethod::touch;
    std::string nonce;
    payment::ShownTexts shown;
    base::BootTime shownAt;
    base::BootTime answeredAt;
};

/// Everything that the approval will say, except the sequence that its journal entry gets.
[[nodiscard]] payment::Approval makeApproval(const World &world, const payment::Purchase &purchase,
                                             const Consent &consent, const consent::Verdict &verdict);

/// The approval as one turn of the book: approved and queued in one transaction, signed inside it.
[[nodiscard]] Change approvalChange(const crypto::SigningKey &key, payment::Approval approval);

} // namespace glovebox::daemon
