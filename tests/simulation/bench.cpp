// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/bench.h"

#include "tests/unit/settlement/world.h"

#include <QDir>

#include <filesystem>

namespace glovebox::simulation
{

namespace
{

namespace fs = std::filesystem;

constexpr const char *kFiles[] = {"journal.sqlite", "gateway.sqlite"};

/// In memory where the system has such a folder: nothing here is about a disk.
QString folderTemplate()
{
    const QString memory = QStringLiteral("/dev/shm");
    return (QDir(memory).exists() ? memory : QDir::tempPath()) +
           QStringLiteral("/glovebox-simulation-XXXXXX");
}

} // namespace

Bench::Bench()
    : config(testing::gatewayConfig(sample, {sample.car.publicKey()})),
      garage(payment::merchantFromJson(sample.entry("garage-marktplatz", "parking")).value()),
      station(payment::merchantFromJson(sample.entry("tankhof-koenigstrasse", "fuel")).value()),
      m_folder(folderTemplate())
{
    {
        gateway::Ledger::create(ledgerPath()).value();
        const auto ledger = std::move(gateway::Ledger::open(ledgerPath()).value());
        merchants = testing::gatewayMerchants(sample, *ledger);
        base::Moment now;
        now.wall.milliseconds = testing::Sample::now_ms;
        (void)journal::Journal::create(journalOptions(now), sealingKey).value();
    }
    for (const char *name : kFiles) {
        fs::copy_file(path(name), path(name) + ".empty");
    }
}

void Bench::reset() const
{
    for (const char *name : kFiles) {
        fs::remove(path(name) + "-wal");
        fs::copy_file(path(name) + ".empty", path(name), fs::copy_options::overwrite_existing);
    }
}

std::string Bench::path(const char *name) const
{
    return m_folder.filePath(QString::fromLatin1(name)).toStdString();
}

journal::Journal::Options Bench::journalOptions(const base::Moment &now) const
{
    return {.path = path("journal.sqlite"), .keyThumbprint = sample.car.publicKey().thumbprint(), .now = now};
}

crypto::SigningKey Bench::gatewayKey() const
{
    return std::move(crypto::SigningKey::open("file:" + sample.path("gateway.pem")).value());
}

payment::Approval Bench::approval(const std::string &id, bool fuel, std::int64_t cap_minor) const
{
    payment::Approval approval = fuel ? sample.fuelApproval(id) : sample.approval(id);
    approval.cap.minor = cap_minor;
    base::Json proposal = approval.proposal.value();
    proposal["amount"]["value"] = cap_minor;
    approval.proposal = proposal;
    return approval;
}

} // namespace glovebox::simulation
