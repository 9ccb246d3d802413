// SPDX-License-Identifier: Apache-2.0
// What an operator sees of the gateway and how it keeps its ground: counters, limits, and that nobody waits
// for a processor that is asked about another one's approval.
#include "crypto/hash.h"
#include "gateway/rate_limit.h"
#include "gateway/routes.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/settlement/world.h"

#include <QTest>

#include <future>

using namespace glovebox;
using gateway::Decision;
using gateway::Route;

namespace
{

constexpr auto kPatience = std::chrono::seconds(60);

/// Answers once it is let go.
class HeldProcessor final : public gateway::Processor
{
public:
    Decision authorise(const payment::Approval &) override
    {
        asked.set_value();
        go.get_future().wait_for(kPatience);
        return {};
    }
    std::optional<Decision> lookup(const payment::Approval &) override { return std::nullopt; }

    std::promise<void> asked;
    std::promise<void> go;
};

struct Desk
{
    explicit Desk(std::unique_ptr<gateway::Processor> processor,
                  gateway::Config::Rate rate = gateway::Config::Rate())
    {
        gateway::Ledger::create(sample.path("gateway.sqlite")).value();
        auto ledger = std::move(gateway::Ledger::open(sample.path("gateway.sqlite")).value());
        auto merchants = testing::gatewayMerchants(sample, *ledger);
        auto config = testing::gatewayConfig(sample, {sample.car.publicKey()});
        config.rate = rate;
        config.metricsTokenSha256 = base::toHex(crypto::sha256(base::bytesOf(std::string_view("secret"))));
        service = std::make_unique<gateway::Service>(gateway::Service::Parts{
            config, std::move(crypto::SigningKey::open("file:" + sample.path("gateway.pem")).value()),
            std::move(ledger), std::move(processor), std::move(merchants), [this] { return now; }});
    }
    [[nodiscard]] ports::HttpAnswer ask(const crypto::KeyResult<wire::CarRequest> &request) const
    {
        return testing::askGateway(*service,
                                   {request->method, request->path, request->headers, request->body});
    }
    [[nodiscard]] gateway::Answer counters(const std::string &authorization) const
    {
        return service->handle({"GET", "/metrics", "?", {}, {}}, [&](const std::string &name) {
            return name == "authorization" ? authorization : std::string();
        });
    }

    testing::Sample sample;
    base::WallTime now{testing::Sample::now_ms};
    std::unique_ptr<gateway::Service> service;
};

Desk sandbox(gateway::Config::Rate rate = gateway::Config::Rate())
{
    return Desk(std::move(gateway::makeSandboxProcessor({}).value()), rate);
}

} // namespace

class ObservationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void othersAreServedWhileTheProcessorIsAsked()
    {
        auto held = std::make_unique<HeldProcessor>();
        HeldProcessor &processor = *held;
        const Desk desk(std::move(held));
        const auto channel = desk.sample.channel();
        const auto approval = desk.sample.approval("a1");
        const std::string jws = desk.sample.signApproval(approval);
        const auto submit = channel.submit(approval.id, jws, 1);
        auto first = std::async(std::launch::async, [&] { return desk.ask(submit); });
        QVERIFY(processor.asked.get_future().wait_for(kPatience) == std::future_status::ready);

        QCOMPARE(desk.ask(channel.directory(1)).status, 200);
        QCOMPARE(desk.ask(channel.events(0, 1)).status, 200);
        const auto other = desk.sample.approval("a2");
        QCOMPARE(desk.ask(channel.status(other.id, 1)).status, 200);
        // About this one nothing is known yet, and nobody asks the processor a second time.
        QCOMPARE(desk.ask(submit).status, 503);
        QCOMPARE(desk.ask(channel.status(approval.id, 1)).status, 503);
        QCOMPARE(desk.ask(channel.cancel(approval.id, 1)).status, 503);

        processor.go.set_value();
        const auto answer = first.get();
        const auto said = channel.readAnswer(answer.status, answer.body, jws);
        QVERIFY(said.receipt.outcome == wire::Outcome::captured);
        QCOMPARE(desk.ask(submit).body, answer.body);
    }

    void aKeyThatAsksTooOftenWaits()
    {
        Desk desk = sandbox({.burst = 2, .perSecond = 1});
        const auto channel = desk.sample.channel();
        QCOMPARE(desk.ask(channel.directory(1)).status, 200);
        QCOMPARE(desk.ask(channel.directory(1)).status, 200);
        const auto limited = desk.ask(channel.directory(1));
        QCOMPARE(limited.status, 429);
        QVERIFY(limited.body.find("rate_limited") != std::string::npos);
        desk.now.milliseconds += 1000;
        QCOMPARE(desk.ask(channel.directory(1)).status, 200);
        QCOMPARE(desk.ask(channel.directory(1)).status, 429);
    }

    void eachKeyHasItsOwnShareWhateverTheClockDoes()
    {
        gateway::RateLimit limit({.burst = 3, .perSecond = 2});
        const base::WallTime begin{1'000'000};
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(limit.take("a", begin), 0);
        }
        QCOMPARE(limit.take("a", begin), 1);
        QCOMPARE(limit.take("b", begin), 0);
        QCOMPARE(limit.take("a", base::WallTime{begin.milliseconds + 499}), 1);
        QCOMPARE(limit.take("a", base::WallTime{begin.milliseconds + 500}), 0);
        QCOMPARE(limit.take("a", base::WallTime{0}), 1); // it stepped back: nothing is gained
        QCOMPARE(limit.take("a", base::WallTime{500}), 0);
        const base::WallTime farAhead{begin.milliseconds * 1'000'000};
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(limit.take("a", farAhead), 0);
        }
        QCOMPARE(limit.take("a", farAhead), 1);
    }

    void theCountersAreForTheirTokenAlone()
    {
        const Desk desk = sandbox();
        QCOMPARE(desk.counters({}).status, 401);
        QCOMPARE(desk.counters("Bearer other").status, 401);
        QCOMPARE(desk.counters("secret").status, 401);
        QCOMPARE(desk.counters("Bearer secret").status, 200);
    }

    void theyCountWhatHappenedAndNameNobody()
    {
        const Desk desk = sandbox();
        const auto channel = desk.sample.channel();
        const auto approval = desk.sample.approval("a1");
        const std::string jws = desk.sample.signApproval(approval);
        QCOMPARE(desk.ask(channel.submit(approval.id, jws, 1)).status, 200);
        QCOMPARE(desk.ask(channel.submit(approval.id, jws, 1)).status, 200); // the stored receipt
        QCOMPARE(desk.ask(channel.status(approval.id, 1)).status, 200);
        const std::string text = desk.counters("Bearer secret").text;
        for (const char *line :
             {"glovebox_gateway_healthy 1\n",
              "glovebox_gateway_requests_total{route=\"POST /v1/approvals\",status=\"200\"} 2\n",
              "glovebox_gateway_requests_total{route=\"GET /v1/approvals/{approval_id}\",status=\"200\"} 1\n",
              "glovebox_gateway_receipts_total{outcome=\"captured\"} 1\n",
              "glovebox_gateway_processor_answers_total{answer=\"approved\"} 1\n",
              "glovebox_gateway_processor_seconds_bucket{le=\"+Inf\"} 1\n",
              "glovebox_gateway_request_seconds_bucket{le=\"0.005\"} ",
              "glovebox_gateway_request_seconds_count 3\n", "glovebox_gateway_ledger_failures_total 0\n"}) {
            QVERIFY2(text.find(line) != std::string::npos, (line + ("\n" + text)).c_str());
        }
        for (const char *secret : {"w-1", "a1", "garage", "1200"}) {
            QVERIFY2(text.find(secret) == std::string::npos, secret);
        }
    }

    void aPathIsOfOneRouteOrNone()
    {
        const auto routeOf = [](const char *method, const char *path, const char *query = "?") {
            const auto match = gateway::routeOf(method, path, query);
            return match ? std::optional(match->entry->route) : std::nullopt;
        };
        QVERIFY(routeOf("POST", "/v1/approvals") == Route::submit);
        QVERIFY(routeOf("GET", "/v1/approvals/a1") == Route::status);
        QVERIFY(routeOf("POST", "/v1/approvals/a1/void") == Route::cancel);
        QVERIFY(routeOf("GET", "/v1/approvals/void") == Route::status); // an id like any other
        QVERIFY(routeOf("POST", "/v1/merchant/approvals/a1/release") == Route::release);
        QVERIFY(routeOf("GET", "/v1/events", "?after=0") == Route::events);
        for (const char *path : {"/v1/approvals/", "/v1/approvals/a1/", "/v1/approvals//void", "/v1/approval",
                                 "/v1/approvals/a1/b/void", "/", "/v1/approvals/%61"}) {
            QVERIFY2(!routeOf("GET", path) && !routeOf("POST", path), path);
        }
        QVERIFY(!routeOf("GET", "/v1/approvals"));
        QVERIFY(!routeOf("GET", "/v1/directory", "?x=1"));
    }
};

GLOVEBOX_TEST_MAIN(ObservationTest)
#include "observation_test.moc"
