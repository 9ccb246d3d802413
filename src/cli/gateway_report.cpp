// SPDX-License-Identifier: Apache-2.0
#include "cli/gateway_report.h"

#include "cli/report_parts.h"

namespace glovebox::cli
{

namespace
{

/// What happened, and what to look at.
std::string causeText(const std::string &kind, int status)
{
    if (kind == "unreachable") {
        return "it cannot be reached. Does the gateway run, and is gateway.url of the configuration right?";
    }
    if (kind == "tls") {
        return "its certificate is not one that the car trusts. Compare gateway.ca_file of the "
               "configuration, and "
               "the name in gateway.url, with what your gateway's operator published.";
    }
    if (kind == "broken") {
        return "the connection ended before a whole answer. Look at the gateway's log and at what stands "
               "between.";
    }
    constexpr int kUnauthorized = 401;
    constexpr int kForbidden = 403;
    if (status == kUnauthorized || status == kForbidden) {
        return "it does not accept this car. Give the gateway's operator the key of \"glovebox key show "
               "--jwk\", and "
               "compare gateway.wallet_id and gateway.id of the configuration with what the operator has.";
    }
    constexpr int kNotFound = 404;
    if (status == kNotFound) {
        return "there is no gateway at this address. Compare gateway.url of the configuration.";
    }
    return "it is there, and does not serve now. The gateway's log says why.";
}

} // namespace

std::string troubleText(const base::Json &trouble)
{
    const std::int64_t count = trouble.at("count").get<std::int64_t>();
    return "NO ANSWER of the gateway since " +
           wallText({trouble.at("since").at("wall_ms").get<std::int64_t>()}) + " (" + std::to_string(count) +
           (count == 1 ? " try" : " tries") + ", the last: " + trouble.at("detail").get<std::string>() +
           "): " + causeText(trouble.at("kind").get<std::string>(), trouble.at("status").get<int>()) +
           " What is approved is kept, and the car tries again by itself.";
}

std::string doubtText(const base::Json &doubt)
{
    const std::int64_t count = doubt.at("count").get<std::int64_t>();
    return std::to_string(count) + (count == 1 ? " answer" : " answers") + " NOT BELIEVED, the last at " +
           wallText({doubt.at("last").at("wall_ms").get<std::int64_t>()}) + ": " +
           doubt.at("detail").get<std::string>() +
           ". Nothing was counted as paid. Compare gateway.url and gateway.keys of the configuration with "
           "what your gateway's operator published; if they are right, somebody else answers in its place.";
}

} // namespace glovebox::cli
