// SPDX-License-Identifier: Apache-2.0
#include "mcp/caller.h"
#include "mcp/http_guard.h"
#include "mcp/http_server.h"
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"

#include <QTest>

using namespace glovebox;
using base::Json;
using Fields = std::map<std::string, std::string>;

namespace
{

mcp::HttpRequest with(Fields fields)
{
    return {.method = "POST", .target = "/mcp", .fields = std::move(fields), .body = {}};
}

mcp::Message request(const char *method, Json params)
{
    params["_meta"] = {{"io.modelcontextprotocol/protocolVersion", "2026-07-28"},
                       {"io.modelcontextprotocol/clientCapabilities", Json::object()}};
    return {mcp::MessageKind::request, 1, method, std::move(params)};
}

} // namespace

class McpHttpGuardTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void admitsItsOwnNamesOnly_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("origin");
        QTest::addColumn<bool>("admitted");
        const auto row = [](const char *host, const char *origin, bool admitted) {
            QTest::addRow("%s from %s", host, origin)
                << QString::fromLatin1(host) << QString::fromLatin1(origin) << admitted;
        };
        row("127.0.0.1:80", "", true);
        row("localhost:80", "", true);
        row("LocalHost:80", "", true);
        row("[::1]:80", "", true);
        row("car.example", "", true);
        row("localhost", "", false);
        row("localhost:81", "", false);
        row("evil.example:80", "", false);
        row("car.example:80", "", false);
        row("", "", false);
        row("localhost:80", "http://localhost:80", true);
        row("localhost:80", "HTTP://127.0.0.1:80", true);
        row("localhost:80", "https://car.example", true);
        row("localhost:80", "http://evil.example", false);
        row("localhost:80", "http://localhost:80.evil.example", false);
        row("localhost:80", "null", false);
        row("localhost:80", "localhost:80", false);
        row("localhost:80", "file://localhost:80", false);
    }
    void admitsItsOwnNamesOnly()
    {
        QFETCH(QString, host);
        QFETCH(QString, origin);
        QFETCH(bool, admitted);
        Fields fields = {{"host", host.toStdString()}};
        if (!origin.isEmpty()) {
            fields["origin"] = origin.toStdString();
        }
        QCOMPARE(mcp::AllowedHosts(80, {"Car.Example"}).admits(with(fields)), admitted);
    }

    void anEmptyOriginIsAnOrigin()
    {
        QVERIFY(!mcp::AllowedHosts(80, {}).admits(with({{"host", "localhost:80"}, {"origin", ""}})));
    }

    void findsTheToken()
    {
        QCOMPARE(mcp::bearerToken(with({{"authorization", "Bearer abc"}})), std::string_view("abc"));
        QCOMPARE(mcp::bearerToken(with({{"authorization", "bEARER abc"}})), std::string_view("abc"));
        for (const char *other : {"", "Bearer", "Bearer ", "Basic abc", "abc"}) {
            QVERIFY(mcp::bearerToken(with({{"authorization", other}})).empty());
        }
        QVERIFY(mcp::bearerToken(with({})).empty());
    }

    void readsWhatTheClientTakes_data()
    {
        QTest::addColumn<QString>("accept");
        QTest::addColumn<bool>("json");
        QTest::addColumn<bool>("events");
        const auto row = [](const char *accept, bool json, bool events) {
            QTest::newRow(accept) << QString::fromLatin1(accept) << json << events;
        };
        row("application/json, text/event-stream", true, true);
        row("Application/JSON;q=0.5,Text/Event-Stream; q=1", true, true);
        row("text/event-stream", false, true);
        row("application/json", true, false);
        row("*/*", true, false);
        row("text/html", false, false);
        row("", false, false);
    }
    void readsWhatTheClientTakes()
    {
        QFETCH(QString, accept);
        QFETCH(bool, json);
        QFETCH(bool, events);
        const auto accepted = mcp::acceptedBy(with({{"accept", accept.toStdString()}}));
        QCOMPARE(accepted.json, json);
        QCOMPARE(accepted.events, events);
        QVERIFY(mcp::acceptedBy(with({})).json);
    }

    void knowsJson()
    {
        QVERIFY(mcp::isJson(with({{"content-type", "application/json"}})));
        QVERIFY(mcp::isJson(with({{"content-type", "Application/Json; charset=utf-8"}})));
        QVERIFY(!mcp::isJson(with({{"content-type", "text/plain"}})));
        QVERIFY(!mcp::isJson(with({{"content-type", "text/plain, application/json"}})));
        QVERIFY(!mcp::isJson(with({})));
    }

    void theFieldsSayWhatTheBodySays_data()
    {
        QTest::addColumn<QString>("revision");
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("same");
        const auto row = [](const char *what, const char *revision, const char *method, const char *name,
                            bool same) {
            QTest::newRow(what) << QString::fromLatin1(revision) << QString::fromLatin1(method)
                                << QString::fromLatin1(name) << same;
        };
        row("all the same", "2026-07-28", "tools/call", "x", true);
        row("encoded", "2026-07-28", "tools/call", "=?base64?eA==?=", true);
        row("encoded, another", "2026-07-28", "tools/call", "=?base64?eQ==?=", false);
        row("encoded, broken", "2026-07-28", "tools/call", "=?base64?%?=", false);
        row("another name", "2026-07-28", "tools/call", "y", false);
        row("no name", "2026-07-28", "tools/call", "", false);
        row("another method", "2026-07-28", "tools/list", "x", false);
        row("another case", "2026-07-28", "Tools/Call", "x", false);
        row("no method", "2026-07-28", "", "x", false);
        row("another revision", "2025-11-25", "tools/call", "x", false);
        row("no revision", "", "tools/call", "x", false);
    }
    void theFieldsSayWhatTheBodySays()
    {
        QFETCH(QString, revision);
        QFETCH(QString, method);
        QFETCH(QString, name);
        QFETCH(bool, same);
        const auto compared = mcp::compareFields(with({{"mcp-protocol-version", revision.toStdString()},
                                                       {"mcp-method", method.toStdString()},
                                                       {"mcp-name", name.toStdString()}}),
                                                 request("tools/call", {{"name", "x"}}));
        QCOMPARE(compared.has_value(), same);
        if (!same) {
            QCOMPARE(compared.error().code, mcp::RpcError::headerMismatch);
        }
    }

    void aResourceIsNamedByItsUri()
    {
        const Fields fields = {
            {"mcp-protocol-version", "2026-07-28"}, {"mcp-method", "resources/read"}, {"mcp-name", "a:b"}};
        QVERIFY(mcp::compareFields(with(fields), request("resources/read", {{"uri", "a:b"}})));
        QVERIFY(!mcp::compareFields(with(fields), request("resources/read", {{"uri", "a:c"}})));
        QVERIFY(mcp::compareFields(with(fields), request("resources/read", {{"uri", 7}})));
    }

    void readsAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        const auto row = [](const char *text, const char *host, int port) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(host) << port;
        };
        row("127.0.0.1:8080", "127.0.0.1", 8080);
        row("[::1]:0", "::1", 0);
        for (const char *wrong : {"", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                                  "::1:80", "127.0.0.1:80x"}) {
            row(wrong, "", -1);
        }
    }
    void readsAddresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, host);
        QFETCH(int, port);
        const auto options = mcp::readHttpAddress(text.toStdString());
        QCOMPARE(options.has_value(), port >= 0);
        if (options) {
            QCOMPARE(options->host, host.toStdString());
            QCOMPARE(options->port, port);
        }
    }

    void anAllowanceGivesABurstAndThenOnePerPeriod()
    {
        const auto start = mcp::Allowance::Clock::now();
        mcp::Allowance allowance(3, std::chrono::seconds(1));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(allowance.take(start));
        }
        QVERIFY(!allowance.take(start));
        QVERIFY(!allowance.take(start + std::chrono::milliseconds(999)));
        QVERIFY(allowance.take(start + std::chrono::seconds(1)));
        QVERIFY(!allowance.take(start + std::chrono::seconds(1)));
        const auto later = start + std::chrono::hours(1); // never more than the burst
        for (int i = 0; i < 3; ++i) {
            QVERIFY(allowance.take(later));
        }
        QVERIFY(!allowance.take(later));
    }
};

GLOVEBOX_TEST_MAIN(McpHttpGuardTest)
#include "mcp_http_guard_test.moc"
