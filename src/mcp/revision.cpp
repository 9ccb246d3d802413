// SPDX-License-Identifier: Apache-2.0
#include "mcp/revision.h"

#include <algorithm>

namespace glovebox::mcp
{

namespace
{

constexpr const char *kVersionKey = "io.modelcontextprotocol/protocolVersion";
constexpr const char *kCapabilitiesKey = "io.modelcontextprotocol/clientCapabilities";
constexpr const char *kClientInfoKey = "io.modelcontextprotocol/clientInfo";

/// Null where there is none.
const Json *metaOf(const Json &params)
{
    if (!params.is_object()) {
        return nullptr;
    }
    const auto meta = params.find("_meta");
    return meta != params.end() && meta->is_object() ? &*meta : nullptr;
}

std::unexpected<Fault> missing(const char *key)
{
    const std::string pointer = std::string("/params/_meta") + (key ? "/" + base::escapePointer(key) : "");
    return std::unexpected(Fault{RpcError::invalidParams,
                                 "The request does not say which revision it is of",
                                 nullptr,
                                 {{"pointer", pointer}, {"reason", "is required"}}});
}

} // namespace

std::string_view negotiate(std::string_view asked)
{
    const auto known = std::ranges::find(kHandshakeRevisions, asked);
    return known == kHandshakeRevisions.end() ? kHandshakeRevisions.back() : *known;
}

Json supportedRevisions()
{
    Json all = Json::array({kStatelessRevision});
    for (auto revision = kHandshakeRevisions.rbegin(); revision != kHandshakeRevisions.rend(); ++revision) {
        all.push_back(*revision);
    }
    return all;
}

bool claimsEnvelope(const Json &params)
{
    const Json *meta = metaOf(params);
    return meta && meta->contains(kVersionKey);
}

std::expected<Envelope, Fault> readEnvelope(const Json &params)
{
    const Json *meta = metaOf(params);
    if (!meta) {
        return missing(nullptr);
    }
    const auto revision = meta->find(kVersionKey);
    if (revision == meta->end() || !revision->is_string()) {
        return missing(kVersionKey);
    }
    const auto &name = revision->get_ref<const std::string &>();
    if (name != kStatelessRevision) { // before what another revision may not have
        return std::unexpected(unsupportedRevision(name));
    }
    const auto capabilities = meta->find(kCapabilitiesKey);
    if (capabilities == meta->end() || !capabilities->is_object()) {
        return missing(kCapabilitiesKey);
    }
    if (const auto info = meta->find(kClientInfoKey); info != meta->end() && !info->is_object()) {
        return missing(kClientInfoKey);
    }
    return Envelope{name, *capabilities};
}

Fault unsupportedRevision(std::string_view revision)
{
    return {RpcError::unsupportedVersion,
            "Unsupported protocol version",
            nullptr,
            {{"supported", supportedRevisions()}, {"requested", revision}}};
}

} // namespace glovebox::mcp
