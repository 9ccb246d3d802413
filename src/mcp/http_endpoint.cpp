// SPDX-License-Identifier: Apache-2.0
#include "mcp/http_endpoint.h"

#include "mcp/revision.h"

#include <algorithm>

namespace glovebox::mcp
{

namespace
{

constexpr const char *kJsonType = "application/json";
constexpr const char *kSessionField = "mcp-session-id";

HttpAnswer jsonAnswer(int status, const Json &message)
{
    return {.status = status, .contentType = kJsonType, .body = message.dump()};
}

HttpAnswer refusal(int status, RpcError code, std::string message, Json id = nullptr)
{
    return jsonAnswer(status, errorMessage({code, std::move(message), std::move(id), nullptr}));
}

HttpAnswer refusalOf(CallerFault fault)
{
    switch (fault) {
    case CallerFault::unknownToken: {
        HttpAnswer answer = refusal(401, RpcError::invalidRequest, "A token of this car's is needed");
        answer.fields["WWW-Authenticate"] = "Bearer";
        return answer;
    }
    case CallerFault::rateLimited: {
        HttpAnswer answer =
            refusal(429, RpcError::busy, "Too many attempts or calls. Wait before the next one");
        answer.fields["Retry-After"] = "1";
        return answer;
    }
    case CallerFault::unavailable: {
        HttpAnswer answer = refusal(503, RpcError::internal, "The car's payment service does not run");
        answer.fields["Retry-After"] = "1";
        return answer;
    }
    }
    return refusal(503, RpcError::internal, "");
}

/// What a request is refused for before anybody asks who sent it; nothing where it is fit.
std::optional<HttpAnswer> unfit(const HttpRequest &request, const AllowedHosts &hosts)
{
    if (!hosts.admits(request)) {
        return refusal(403, RpcError::invalidRequest, "This server is not called so, or not from there");
    }
    if (request.target != kMcpPath) {
        return HttpAnswer{.status = 404};
    }
    if (request.method == "DELETE") {
        return std::nullopt;
    }
    if (request.method != "POST") {
        return HttpAnswer{.status = 405, .fields = {{"Allow", "POST, DELETE"}}};
    }
    if (!isJson(request)) {
        return refusal(415, RpcError::invalidRequest, "Content-Type must be application/json");
    }
    const Accepted accepted = acceptedBy(request);
    if (!accepted.json && !accepted.events) {
        return refusal(406, RpcError::invalidRequest,
                       "Accept must name application/json or text/event-stream");
    }
    return std::nullopt;
}

/// Of a stateless request (specification 2026-07-28, streamable-http); the earlier revisions know only 200.
int statusOf(const Json &message)
{
    if (!message.contains("error")) {
        return 200;
    }
    switch (static_cast<RpcError>(message["error"]["code"].get<int>())) {
    case RpcError::methodNotFound:
        return 404;
    case RpcError::parse:
    case RpcError::invalidRequest:
    case RpcError::headerMismatch:
    case RpcError::missingCapability:
    case RpcError::unsupportedVersion:
        return 400;
    default:
        return 200;
    }
}

bool isAnswer(const Json &message)
{
    return message.is_array() || !message.contains("method");
}

} // namespace

/// One request of HTTP and what becomes of it. Alive until it is answered and nothing of it is under way.
struct HttpEndpoint::Exchange
{
    QPointer<HttpConnection> connection; // null: nobody listens any more
    HttpRequest request;                 // without the token
    Accepted accepted{};
    std::shared_ptr<Caller> caller = nullptr;
    std::shared_ptr<Session> session = nullptr;
    bool opens = false; // a session
    bool stateless = false;
    bool streams = false;
    bool answered = false;
    std::map<std::string, std::string> fields = {};

    void answer(HttpAnswer answer)
    {
        if (connection && !answered) {
            answer.fields.insert(fields.begin(), fields.end());
            connection->answer(answer);
        }
        answered = true;
    }
};

HttpEndpoint::HttpEndpoint(Callers &callers, AllowedHosts hosts)
    : m_callers(callers), m_hosts(std::move(hosts))
{}

void HttpEndpoint::serve(HttpConnection *connection)
{
    connect(connection, &HttpConnection::requested, this,
            [this, connection](const HttpRequest &request) { begin(connection, request); });
    connect(connection, &HttpConnection::closed, this, [this, connection] { left(connection); });
}

/// A client that goes away gives up what it asked for by a request that stands for itself (specification
/// 2026-07-28, streamable-http, "Cancellation"); in a session it may come back.
void HttpEndpoint::left(HttpConnection *connection)
{
    const auto current = m_current.extract(connection);
    const ExchangePointer exchange = current.empty() ? nullptr : current.mapped().lock();
    if (!exchange) {
        return;
    }
    exchange->connection = nullptr;
    if (exchange->stateless && !exchange->answered) {
        exchange->session->cancelAll();
    }
}

void HttpEndpoint::begin(HttpConnection *connection, const HttpRequest &request)
{
    if (const auto answer = unfit(request, m_hosts)) {
        connection->answer(*answer);
        return;
    }
    auto exchange = std::make_shared<Exchange>(
        Exchange{.connection = connection, .request = {}, .accepted = acceptedBy(request)});
    exchange->request.method = request.method;
    exchange->request.body = request.body;
    for (const char *name : {kSessionField, "mcp-protocol-version", "mcp-method", "mcp-name"}) {
        if (const auto field = request.fields.find(name); field != request.fields.end()) {
            exchange->request.fields.insert(*field);
        }
    }
    m_current[connection] = exchange;
    m_callers.find(bearerToken(request), [this, exchange](const auto &caller) {
        if (!caller) {
            exchange->answer(refusalOf(caller.error()));
        } else if (!(*caller)->admit()) {
            exchange->answer(refusalOf(CallerFault::rateLimited));
        } else {
            exchange->caller = *caller;
            exchange->request.method == "DELETE" ? endSession(exchange) : post(exchange);
        }
    });
}

void HttpEndpoint::endSession(const ExchangePointer &exchange)
{
    const bool ended = exchange->caller->end(std::string(exchange->request.field(kSessionField)));
    exchange->answer({.status = ended ? 200 : 404});
}

void HttpEndpoint::post(const ExchangePointer &exchange)
{
    const auto value = readText(exchange->request.body);
    exchange->request.body.clear();
    if (!value) {
        exchange->answer(jsonAnswer(400, errorMessage(value.error())));
        return;
    }
    const std::string_view revision = exchange->request.field("mcp-protocol-version");
    const bool handshake =
        revision.empty() || std::ranges::find(kHandshakeRevisions, revision) != kHandshakeRevisions.end();
    if (value->is_array()) {
        handshake ? postInSession(exchange, *value)
                  : exchange->answer(refusal(400, RpcError::invalidRequest, "There are no batches"));
        return;
    }
    const auto message = readMessage(*value);
    if (!message) {
        exchange->answer(jsonAnswer(400, errorMessage(message.error())));
    } else if (claimsEnvelope(message->params) || revision == kStatelessRevision) {
        postStateless(exchange, *value, *message);
    } else if (!handshake) {
        Fault unsupported = unsupportedRevision(revision);
        unsupported.id = message->id;
        exchange->answer(jsonAnswer(400, errorMessage(unsupported)));
    } else {
        postInSession(exchange, *value);
    }
}

void HttpEndpoint::postStateless(const ExchangePointer &exchange, const Json &value, const Message &message)
{
    if (message.kind != MessageKind::request) { // there is none that means anything here
        exchange->answer({.status = message.kind == MessageKind::notification ? 202 : 400});
        return;
    }
    if (auto same = compareFields(exchange->request, message); !same) {
        same.error().id = message.id;
        exchange->answer(jsonAnswer(400, errorMessage(same.error())));
        return;
    }
    exchange->stateless = true;
    exchange->session = std::make_shared<Session>(exchange->caller->offer());
    run(exchange, value);
}

void HttpEndpoint::postInSession(const ExchangePointer &exchange, const Json &value)
{
    if (value.is_object() && value.value("method", Json()) == "initialize") {
        exchange->opens = true;
        exchange->session = std::make_shared<Session>(exchange->caller->offer());
        run(exchange, value);
        return;
    }
    if (!exchange->request.fields.contains(kSessionField)) {
        exchange->answer(refusal(400, RpcError::invalidRequest,
                                 "Mcp-Session-Id is missing: send initialize first",
                                 value.is_object() ? value.value("id", Json()) : Json()));
        return;
    }
    exchange->session = exchange->caller->session(std::string(exchange->request.field(kSessionField)));
    if (!exchange->session) {
        exchange->answer(refusal(404, RpcError::invalidRequest, "There is no such session",
                                 value.is_object() ? value.value("id", Json()) : Json()));
        return;
    }
    run(exchange, value);
}

void HttpEndpoint::run(const ExchangePointer &exchange, const Json &value)
{
    const bool owed =
        exchange->session->receive(value, [this, exchange](const Json &message) { send(exchange, message); });
    if (!owed) {
        exchange->answer({.status = 202});
    }
}

void HttpEndpoint::send(const ExchangePointer &exchange, const Json &message)
{
    const bool last = isAnswer(message);
    if (exchange->opens && last && message.contains("result")) {
        exchange->fields["Mcp-Session-Id"] = exchange->caller->keep(exchange->session);
    }
    const bool begins =
        !exchange->streams && exchange->accepted.events && (!last || !exchange->accepted.json);
    if (exchange->connection && begins) {
        exchange->connection->beginStream(exchange->fields);
        exchange->streams = true;
    }
    if (exchange->streams) {
        if (exchange->connection) {
            exchange->connection->event(message.dump());
        }
        if (last && exchange->connection) {
            exchange->connection->endStream();
        }
        exchange->answered = last;
    } else if (last) { // progress is for those who take events
        exchange->answer(jsonAnswer(exchange->stateless ? statusOf(message) : 200, message));
    }
}

} // namespace glovebox::mcp
