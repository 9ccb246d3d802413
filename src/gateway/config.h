// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"
#include "gateway/start_failure.h"
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
    struct Rate
    {
        int burst = 600; // requests at once
        int perSecond = 60;
    };
    Rate rate;                      // for each key that signs requests
    std::string metricsTokenSha256; // hex; empty: nobody gets the counters
};

[[nodiscard]] Started<Config> readConfig(const std::string &path);
[[nodiscard]] std::expected<Config, base::JsonError> parseConfig(std::string_view text);

/// A whole small file of JSON that the configuration names. `what`: "The merchants file".
[[nodiscard]] Started<base::Json> readJsonFile(const std::string &path, const char *what);

} // namespace glovebox::gateway
