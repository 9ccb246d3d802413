// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/keys.h"
#include "payment/ids.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace glovebox::gateway
{

struct Wallet
{
    payment::WalletId id;
    std::vector<crypto::PublicKey> keys;
    std::set<std::string> instruments;
};

/// `glovebox-gateway --config FILE`; docs/formats.md.
struct Config
{
    std::string id;
    std::string host;
    int port = 0; // 0: any free one, which is printed
    std::string certificate;
    std::string key;
    std::string signingKey; // URI
    std::string database;   // path
    std::map<payment::WalletId, Wallet> wallets;
    std::string merchantsFile;
    std::map<payment::MerchantId, crypto::PublicKey> merchantKeys;
    struct Witness
    {
        std::string name; // of the key in cosignatures
        std::string key;  // path
    };
    std::optional<Witness> witness; // nothing: checkpoints of cars are not cosigned
    std::string processorScript;    // empty: everything is approved
};

enum class ConfigFault { missing, malformed };
[[nodiscard]] base::Result<Config, ConfigFault> readConfig(const std::string &path);
[[nodiscard]] base::Result<Config, ConfigFault> parseConfig(std::string_view text);

/// A whole small file; missing where it cannot be read, malformed where it is not strict JSON.
[[nodiscard]] base::Result<base::Json, ConfigFault> readJsonFile(const std::string &path);

} // namespace glovebox::gateway
