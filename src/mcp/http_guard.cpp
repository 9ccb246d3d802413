// SPDX-License-Identifier: Apache-2.0
#include "mcp/http_guard.h"

#include "mcp/revision.h"

#include <QByteArray>
#include <QList>

#include <algorithm>
#include <optional>

namespace glovebox::mcp
{

namespace
{

std::string lowerCase(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size())).toLower().toStdString();
}

/// "text/html;q=0.8, application/json" -> its media types, in lower case and without parameters.
std::vector<std::string> mediaTypes(std::string_view field)
{
    std::vector<std::string> types;
    const QByteArray all = QByteArray(field.data(), static_cast<qsizetype>(field.size())).toLower();
    for (const QByteArray &entry : all.split(',')) {
        types.push_back(entry.split(';').front().trimmed().toStdString());
    }
    return types;
}

bool holds(const std::vector<std::string> &types, std::string_view type)
{
    return std::ranges::find(types, type) != types.end();
}

/// A value that HTTP could not carry comes as =?base64?…?=. Nothing where that cannot be read.
std::optional<std::string> decoded(std::string_view value)
{
    constexpr std::string_view before = "=?base64?";
    constexpr std::string_view after = "?=";
    if (!value.starts_with(before) || !value.ends_with(after) ||
        value.size() < before.size() + after.size()) {
        return std::string(value);
    }
    const std::string_view text = value.substr(before.size(), value.size() - before.size() - after.size());
    const auto bytes =
        QByteArray::fromBase64Encoding(QByteArray(text.data(), static_cast<qsizetype>(text.size())),
                                       QByteArray::AbortOnBase64DecodingErrors);
    return bytes ? std::optional(bytes.decoded.toStdString()) : std::nullopt;
}

std::unexpected<Fault> mismatch(const char *field)
{
    return fault(RpcError::headerMismatch,
                 std::string("The field ") + field + " is missing or does not say what the body says");
}

/// The member that Mcp-Name repeats; null where the method has none.
const char *namingMember(const std::string &method)
{
    if (method == "tools/call" || method == "prompts/get") {
        return "name";
    }
    return method == "resources/read" ? "uri" : nullptr;
}

} // namespace

AllowedHosts::AllowedHosts(std::uint16_t port, const std::vector<std::string> &more)
{
    for (const char *name : {"127.0.0.1", "localhost", "[::1]"}) {
        m_names.insert(name + (':' + std::to_string(port)));
    }
    for (const std::string &name : more) {
        m_names.insert(lowerCase(name));
    }
}

bool AllowedHosts::admits(const HttpRequest &request) const
{
    if (!m_names.contains(lowerCase(request.field("host")))) {
        return false;
    }
    if (!request.fields.contains("origin")) {
        return true;
    }
    std::string origin = lowerCase(request.field("origin"));
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (origin.starts_with(scheme)) {
            return m_names.contains(origin.substr(scheme.size()));
        }
    }
    return false;
}

std::string_view bearerToken(const HttpRequest &request)
{
    constexpr std::size_t scheme_bytes = 7; // "Bearer "
    const std::string_view value = request.field("authorization");
    if (value.size() <= scheme_bytes || lowerCase(value.substr(0, scheme_bytes)) != "bearer ") {
        return {};
    }
    return value.substr(scheme_bytes);
}

Accepted acceptedBy(const HttpRequest &request)
{
    if (!request.fields.contains("accept")) {
        return {.json = true, .events = false};
    }
    const auto types = mediaTypes(request.field("accept"));
    const bool any = holds(types, "*/*");
    return {.json = any || holds(types, "application/json") || holds(types, "application/*"),
            .events = holds(types, "text/event-stream")};
}

bool isJson(const HttpRequest &request)
{
    return mediaTypes(request.field("content-type")) == std::vector<std::string>{"application/json"};
}

std::expected<void, Fault> compareFields(const HttpRequest &request, const Message &message)
{
    const Json meta = message.params.is_object() ? message.params.value("_meta", Json()) : Json();
    const Json claimed =
        meta.is_object() ? meta.value("io.modelcontextprotocol/protocolVersion", Json()) : Json();
    const std::string_view revision = request.field("mcp-protocol-version");
    if (claimed.is_string() && claimed.get_ref<const std::string &>() != revision) {
        return mismatch("MCP-Protocol-Version");
    }
    if (const auto envelope = readEnvelope(message.params); !envelope) {
        return std::unexpected(envelope.error());
    }
    if (request.field("mcp-method") != message.method) {
        return mismatch("Mcp-Method");
    }
    const char *member = namingMember(message.method);
    if (!member || !message.params.contains(member) || !message.params[member].is_string()) {
        return {}; // what is wrong with the params is said by whoever reads them
    }
    const auto name = decoded(request.field("mcp-name"));
    if (!name || *name != message.params[member].get_ref<const std::string &>()) {
        return mismatch("Mcp-Name");
    }
    return {};
}

} // namespace glovebox::mcp
