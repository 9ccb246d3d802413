// SPDX-License-Identifier: Apache-2.0
#include "daemon/start_rules.h"

#include <algorithm>

namespace glovebox::daemon
{

namespace
{

constexpr const char *kRemedy =
    " Use separate users, or --insecure-desk on a desk with development keys and a sandbox gateway.";

std::optional<std::string> sharedUser(const Config &config, unsigned ownUid)
{
    const auto isAgent = [&](unsigned uid) {
        return std::ranges::find(config.uids.agents, uid) != config.uids.agents.end();
    };
    if (isAgent(config.uids.cockpit)) {
        return "An agent and the cockpit share the user " + std::to_string(config.uids.cockpit) + ".";
    }
    if (isAgent(ownUid)) {
        return "An agent and this daemon share the user " + std::to_string(ownUid) + ".";
    }
    if (config.uids.cockpit == ownUid) {
        return "The cockpit and this daemon share the user " + std::to_string(ownUid) + ".";
    }
    return std::nullopt;
}

} // namespace

std::optional<StartFailure> checkStartRules(const Config &config, unsigned ownUid,
                                            std::string_view keyProtection, bool insecureDesk)
{
    if (insecureDesk) {
        if (!config.gateway.sandbox) {
            return StartFailure{exit_code::kConfiguration,
                                "--insecure-desk needs a sandbox gateway: \"/gateway/sandbox\" is not true. "
                                "Start without it, or name a sandbox."};
        }
        if (keyProtection != "development") {
            return StartFailure{
                exit_code::kConfiguration,
                "--insecure-desk needs a development key: \"/signing_key\" lives in hardware. "
                "Start without it, or name a key file."};
        }
        return std::nullopt;
    }
    if (const auto shared = sharedUser(config, ownUid)) {
        return StartFailure{exit_code::kConfiguration, *shared + kRemedy};
    }
    return std::nullopt;
}

} // namespace glovebox::daemon
