// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/service.h"
#include "journal/journal.h"
#include "tests/unit/wire/sample.h"

#include <QTemporaryDir>

namespace glovebox::simulation
{

/// What all seeds share, made once: keys, the merchants' entries, an empty journal and an empty ledger to
/// begin with, and a folder in memory.
class Bench
{
public:
    Bench();
    /// Begins anew with the empty files.
    void reset() const;
    [[nodiscard]] journal::Journal::Options journalOptions(const base::Moment &now) const;
    [[nodiscard]] std::string ledgerPath() const { return path("gateway.sqlite"); }
    [[nodiscard]] crypto::SigningKey gatewayKey() const;
    /// `cap_minor` in EUR cents; fuel is held first, parking is captured at once.
    [[nodiscard]] payment::Approval approval(const std::string &id, bool fuel, std::int64_t cap_minor) const;

    testing::Sample sample;
    crypto::Secret sealingKey = crypto::Secret::random(32);
    gateway::Config config;
    gateway::Merchants merchants;
    payment::MerchantEntry garage;
    payment::MerchantEntry station;

private:
    [[nodiscard]] std::string path(const char *name) const;
    QTemporaryDir m_folder;
};

} // namespace glovebox::simulation
