// SPDX-License-Identifier: Apache-2.0
#include "gateway/server.h"

#include "base/log.h"
#include "gateway/connection_guard.h"

#include <httplib.h>

#include <atomic>

namespace glovebox::gateway
{

namespace
{

constexpr std::size_t kThreads = 64;
constexpr int kConnectionsMax = 256; // served and waiting; more are closed at once
constexpr std::size_t kBody_max = 128 * 1024;
constexpr int kRead_s = 3; // silent peers: each holds a thread this long at most
constexpr int kWrite_s = 5;
constexpr std::size_t kPem_max = 1 << 20;
constexpr int kRetryAfter_s = 5; // where it is not known better
constexpr char kJson[] = "application/json";
constexpr char kPrometheus[] = "text/plain; version=0.0.4; charset=utf-8";

// What was asked and what came of it; never who asked, about which approval, or how much.
Q_LOGGING_CATEGORY(logRequests, "gateway.request")

/// A field that is there twice shows as one with a comma, which no reader of ours takes.
std::string headerOf(const httplib::Request &request, const std::string &name)
{
    std::string all;
    const auto [first, last] = request.headers.equal_range(name);
    for (auto it = first; it != last; ++it) {
        all += (it == first ? "" : ", ") + it->second;
    }
    return all;
}

void write(httplib::Response &response, const Answer &answer)
{
    response.status = answer.status;
    response.set_header("cache-control", "no-store");
    if (answer.status == 503 || answer.retryAfter_s > 0) {
        const int wait_s = answer.retryAfter_s > 0 ? answer.retryAfter_s : kRetryAfter_s;
        response.set_header("retry-after", std::to_string(wait_s));
    }
    if (answer.text.empty()) {
        response.set_content(base::canonicalJson(answer.body), kJson);
    } else {
        response.set_content(answer.text, kPrometheus);
    }
}

const char *codeOf(int status)
{
    switch (status) {
    case 413:
        return "too_large";
    case 500:
    case 503:
        return "unavailable";
    default:
        return "malformed";
    }
}

/// The library's workers, with an end to the queue before them.
class BoundedQueue final : public httplib::TaskQueue
{
public:
    void enqueue(std::function<void()> serve) override
    {
        if (m_count >= kConnectionsMax) {
            // It must run, since it closes the socket.
            ConnectionGuard::refuseHere(true);
            serve();
            ConnectionGuard::refuseHere(false);
            return;
        }
        ++m_count;
        m_pool.enqueue([this, serve = std::move(serve)] {
            serve();
            --m_count;
        });
    }
    void shutdown() override { m_pool.shutdown(); }

private:
    std::atomic<int> m_count = 0;
    httplib::ThreadPool m_pool{kThreads};
};

class HttpsServer final : public Server
{
public:
    HttpsServer(const Config &config, Service &service)
        : m_service(service), m_server(config.certificate.c_str(), config.key.c_str())
    {
        if (!m_server.is_valid()) {
            return;
        }
        SSL_CTX_set_min_proto_version(m_server.ssl_context(), TLS1_2_VERSION);
        m_guard = std::make_unique<ConnectionGuard>(m_server.ssl_context(), ConnectionGuard::Limits{});
        m_server.set_pre_routing_handler(
            [this](const httplib::Request &request, httplib::Response &response) {
                m_guard->headersArrived();
                // The library would unpack a body to any size, and copy an answer for each of a thousand
                // ranges.
                if (request.has_header("content-encoding") || request.has_header("range")) {
                    write(response,
                          errorAnswer(415, "malformed", "bodies and answers come whole and as they are"));
                    return httplib::Server::HandlerResponse::Handled;
                }
                return httplib::Server::HandlerResponse::Unhandled;
            });
        // Called by the loop once it runs, so before it takes the first request.
        m_server.new_task_queue = [this] {
            begun();
            return new BoundedQueue();
        };
        m_server.set_tcp_nodelay(true);
        // Not the library's SO_REUSEPORT: a second gateway would get half of the cars, over another ledger.
        m_server.set_socket_options([](socket_t socket) {
            const int yes = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        m_server.set_keep_alive_max_count(1);
        m_server.set_read_timeout(kRead_s);
        m_server.set_write_timeout(kWrite_s);
        m_server.set_payload_max_length(kBody_max);
        const auto handler = [this](const httplib::Request &request, httplib::Response &response) {
            serve(request, response);
        };
        m_server.Get("/.*", handler);
        m_server.Post("/.*", handler);
        m_server.set_error_handler([](const httplib::Request &, httplib::Response &response) {
            if (response.body.empty()) {
                write(response,
                      errorAnswer(response.status, codeOf(response.status), "the request was not taken"));
            }
        });
        m_server.set_exception_handler(
            [](const httplib::Request &, httplib::Response &response, const std::exception_ptr &) {
                write(response, errorAnswer(500, "unavailable", "a defect of the gateway"));
            });
    }

    bool valid() const { return m_server.is_valid(); }

    bool bind(const Config &config)
    {
        m_host = config.host;
        if (config.port == 0) {
            m_port = m_server.bind_to_any_port(config.host.c_str());
            return m_port > 0;
        }
        m_port = config.port;
        return m_server.bind_to_port(config.host.c_str(), config.port);
    }

    std::string url() const override
    {
        const bool sixth = m_host.find(':') != std::string::npos; // RFC 3986: IPv6 in brackets
        return "https://" + (sixth ? "[" + m_host + "]" : m_host) + ":" + std::to_string(m_port);
    }
    void run() override
    {
        m_server.listen_after_bind();
        begun(); // it may have ended without beginning
    }
    void stop() override
    {
        m_begun.wait(false); // the library forgets a stop that comes before its loop began
        m_server.stop();
    }

private:
    void begun()
    {
        m_begun = true;
        m_begun.notify_all();
    }

    void serve(const httplib::Request &request, httplib::Response &response)
    {
        // What was signed is the target as it was sent, not what a library decoded.
        const std::size_t mark = request.target.find('?');
        wire::SignedParts parts;
        parts.method = request.method;
        parts.path = request.target.substr(0, mark);
        parts.query = mark == std::string::npos ? "?" : request.target.substr(mark);
        parts.contentType = headerOf(request, "content-type");
        parts.body = request.body;
        const auto begun = std::chrono::steady_clock::now();
        const Answer answer =
            m_service.handle(parts, [&request](const std::string &name) { return headerOf(request, name); });
        write(response, answer);
        log(parts, answer, std::chrono::steady_clock::now() - begun);
        if (!m_service.healthy()) {
            m_server.stop();
        }
    }

    static void log(const wire::SignedParts &parts, const Answer &answer,
                    std::chrono::steady_clock::duration took)
    {
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
        base::Json line{{"route", labelOf(routeOf(parts.method, parts.path, parts.query))},
                        {"status", answer.status},
                        {"ms", ms}};
        if (answer.body.contains("error")) {
            line["error"] = answer.body["error"];
        }
        qCInfo(logRequests, "%s", base::canonicalJson(line).c_str());
    }

    Service &m_service;
    std::unique_ptr<ConnectionGuard> m_guard; // outlives the server, whose connections it knows
    httplib::SSLServer m_server;
    std::string m_host;
    int m_port = 0;
    std::atomic<bool> m_begun = false;
};

} // namespace

Started<std::unique_ptr<Server>> Server::make(const Config &config, Service &service)
{
    // The library would wait for ever at a pipe, and not say what is wrong with a file.
    for (const auto &[what, path] : {std::pair("The certificate ", config.certificate),
                                     std::pair("The certificate's key ", config.key)}) {
        if (const auto text = base::readSmallFile(path, kPem_max); !text) {
            return std::unexpected(fileFailure(text.error(), what + path));
        }
    }
    auto server = std::make_unique<HttpsServer>(config, service);
    if (!server->valid()) {
        return std::unexpected(
            StartFailure{exit_code::kConfiguration,
                         "The files " + config.certificate + " and " + config.key +
                             " are no certificate with its key, both as PEM. Correct \"/tls\"."});
    }
    if (!server->bind(config)) {
        return std::unexpected(
            StartFailure{exit_code::kCannotCreate, "Cannot listen on " + config.host + " at port " +
                                                       std::to_string(config.port) +
                                                       ". Correct \"/listen\", or end what listens there."});
    }
    return server;
}

} // namespace glovebox::gateway
