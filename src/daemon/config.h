// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "consent/verdict.h"
#include "crypto/cosigner.h"
#include "daemon/proposal_limits.h"
#include "daemon/start_failure.h"
#include "payment/approval.h"
#include "platform/viss/config.h"

#include <optional>
#include <string>
#include <vector>

namespace glovebox::daemon
{

/// An assistant that the owner configured; until pairing exists the only way in.
struct ConfiguredAgent
{
    payment::AgentId id;
    std::string name; // 1 to 40 code points
    base::Hash tokenHash{};
};

/// The configuration file of gloveboxd, checked; docs/formats.md, "Configuration".
struct Config
{
    std::string stateDir;     // absolute
    std::string driverSocket; // absolute, at most 100 bytes
    std::string bus;          // "system", "session" or a D-Bus address
    struct Uids
    {
        unsigned cockpit = 0;
        std::vector<unsigned> agents;
        std::vector<unsigned> admins;
    } uids;
    std::vector<ConfiguredAgent> agents;
    std::string signingKey; // URI
    std::string sealingKey; // path; sealed to the TPM where there is one
    struct Tpm
    {
        std::string tcti;            // "device:/dev/tpmrm0"
        std::uint32_t counter = 0;   // index of the journal's NV counter
        crypto::PublicKey authority; // signs for the states of the machine in which the sealing key opens
        std::string policyFile;      // what it has signed
    };
    std::optional<Tpm> tpm;
    struct Gateway
    {
        std::string id;
        std::string url; // https://
        std::string caFile;
        payment::WalletId walletId;
        std::vector<crypto::PublicKey> keys;
        std::optional<crypto::CosignerKey> witness; // of the journal's checkpoints; nothing: nobody cosigns
        bool sandbox = false;
    } gateway;
    viss::Config viss;
    payment::DriverId driver;
    std::string locale;
    payment::Instrument instrument;
    consent::Permissions permissions; // of every agent
    std::int64_t grant = 0;           // a higher one ends what was restricted since
    consent::RiskSettings risk;
    consent::VehicleFacts vehicle;
    ProposalBounds proposals;
    std::string kindsDir; // empty: built in

    [[nodiscard]] std::string journalPath() const { return stateDir + "/journal.sqlite"; }
    [[nodiscard]] std::string pinPath() const { return stateDir + "/pin.json"; }
    /// The file of a development key; nothing where the key lives in hardware.
    [[nodiscard]] std::optional<std::string> signingKeyPath() const;
    /// The handle of a key that a TPM keeps; nothing where it is a file.
    [[nodiscard]] std::optional<std::uint32_t> signingKeyHandle() const;
    [[nodiscard]] std::string tcti() const { return tpm ? tpm->tcti : std::string(); }
};

[[nodiscard]] std::expected<Config, base::JsonError> parseConfig(std::string_view text);

/// 66 where the file is missing, 77 where it cannot be read, 78 where it is wrong (with the JSON pointer).
[[nodiscard]] std::expected<Config, StartFailure> readConfig(const std::string &path);

} // namespace glovebox::daemon
