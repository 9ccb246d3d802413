// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/cosigner.h"
#include "platform/simulator/bench/run_folder.h"

namespace glovebox::simulator
{

/// The simulated driver's PIN.
inline constexpr const char *kPin = "123456";
inline constexpr const char *kGatewayId = "sandbox";
inline constexpr const char *kWalletId = "w-1";
inline constexpr const char *kWitness = "glovebox-gateway.example/sandbox";
/// Merchants of the sandbox that complete what they authorised.
inline constexpr const char *kMerchants[] = {"tankhof-koenigstrasse", "garage-marktplatz", "roesterei-nord"};

/// Where the programs and the files of the source tree are.
struct Places
{
    QString programs;      // folder of the built programs
    QString makeTestCa;    // scripts/make-test-ca
    QString merchantsFile; // resources/sandbox/merchants.json
};

/// Makes the folders, the keys of gateway and merchants, the assistant's token and the bus configuration of
/// one run.
[[nodiscard]] std::expected<void, std::string> prepareRun(const RunFolder &run);

/// gloveboxd.json: the daemon reaches the gateway on `gatewayPort` (of the forwarder) and the car on
/// `vissUrl`.
[[nodiscard]] std::expected<void, std::string>
writeDaemonConfig(const RunFolder &run, quint16 gatewayPort, const QString &vissUrl, const QString &locale);
/// gateway.json; the daemon's keys must be there already.
[[nodiscard]] std::expected<void, std::string> writeGatewayConfig(const RunFolder &run, const Places &places);

/// gateway-copy.json: the same gateway on a copy of its database, which is made new here. The original
/// belongs to the running gateway alone.
[[nodiscard]] std::expected<void, std::string> copyGatewayBooks(const RunFolder &run);

/// A key of the run, "keys/NAME".
[[nodiscard]] std::expected<crypto::SigningKey, std::string> openKey(const RunFolder &run,
                                                                     const std::string &name);
/// Of the gateway as the witness of journals.
[[nodiscard]] std::string witnessKeyPath(const RunFolder &run);
/// Each merchant has its own: the gateway knows a merchant by its key.
[[nodiscard]] std::string merchantKeyName(const std::string &merchantId);
[[nodiscard]] QString busAddress(const RunFolder &run);

} // namespace glovebox::simulator
