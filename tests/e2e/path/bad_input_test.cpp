// SPDX-License-Identifier: Apache-2.0
// What an assistant may send and a car must survive: every proposal that is not one is refused with pointer
// and reason, through glovebox-mcp and on the bus, and leaves nothing behind.
#include "ipc/bus.h"
#include "ipc/names.h"
#include "platform/simulator/bench/wait.h"
#include "tests/agents/json_compare.h"
#include "tests/e2e/path/whole_car.h"
#include "tests/support/fatal_log.h"

#include <QDBusMessage>
#include <QFile>
#include <QTest>

using namespace glovebox;
using namespace glovebox::testing;

namespace
{

constexpr const char *kExpiredMerchant = "closed-down";

QByteArray text(const Json &json)
{
    return QByteArray::fromStdString(json.dump());
}

QByteArray with(const char *pointer, const Json &value)
{
    Json proposal = garageExit("bad-1");
    proposal[Json::json_pointer(pointer)] = value;
    return text(proposal);
}

/// `from` of a good proposal's text replaced, for what no JSON library would write.
QByteArray twisted(const char *from, const char *to)
{
    QByteArray proposal = text(garageExit("bad-1"));
    Q_ASSERT(proposal.contains(from));
    return proposal.replace(from, to);
}

} // namespace

class BadInputTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<WholeCar> m_car;
    std::unique_ptr<simulator::ChildProcess> m_server;
    std::unique_ptr<simulator::McpClient> m_assistant;
    int m_id = 0;

    /// Null unless the answer is one to this question: a client throws away any other, and waits.
    Json ask(const QByteArray &method, const QByteArray &params)
    {
        QProcess &server = m_server->process();
        server.write(R"({"jsonrpc":"2.0","id":)" + QByteArray::number(++m_id) + R"(,"method":")" + method +
                     R"(","params":)" + params + "}\n");
        if (!simulator::waitUntil([&] { return server.canReadLine() || !m_server->running(); },
                                  std::chrono::minutes(1))) {
            return nullptr;
        }
        const auto answer = base::parseJson(server.readLine().trimmed().toStdString());
        return answer && answer->value("id", Json()) == m_id ? *answer : Json(nullptr);
    }
    /// {"pointer","reason"} of the refusal, wherever MCP puts it; what was answered where it is none.
    Json refusalOverMcp(const QByteArray &proposal)
    {
        const Json answer = ask("tools/call", R"({"name":"propose_purchase","arguments":)" + proposal + "}");
        const auto find = [&answer](const char *pointer) {
            const Json::json_pointer place(pointer);
            return answer.is_object() && answer.contains(place) ? answer.at(place) : Json();
        };
        if (const Json data = find("/error/data"); data.is_object()) {
            return {{"pointer", data.value("pointer", "")}, {"reason", data.value("reason", "")}};
        }
        if (const Json error = find("/result/structuredContent/error"); error.is_object()) {
            return {{"pointer", error.value("pointer", "")}, {"reason", error.value("reason", "")}};
        }
        return answer;
    }
    Json refusalOnTheBus(const QByteArray &proposal)
    {
        const auto bus = ipc::connectToBus(m_car->busAddress(), QStringLiteral("agent"));
        const auto call = [&bus](const char *method, const QVariant &argument) {
            auto message = QDBusMessage::createMethodCall(ipc::kBusName, ipc::kAgentPath,
                                                          ipc::kAgentInterface, QLatin1String(method));
            message << argument;
            return bus.call(message);
        };
        QFile tokenFile(m_car->path("assistant.token"));
        if (!tokenFile.open(QIODevice::ReadOnly)) {
            return nullptr;
        }
        call("OpenSession", tokenFile.readAll().trimmed());
        const QDBusMessage answer = call("Propose", QString::fromUtf8(proposal));
        QDBusConnection::disconnectFromBus(QStringLiteral("agent"));
        if (answer.errorName() != ipc::error::kMalformed) {
            return answer.errorName().toStdString() + answer.errorMessage().toStdString();
        }
        const auto refusal = base::parseJson(answer.errorMessage().toStdString());
        return refusal ? *refusal : Json(nullptr);
    }
    std::size_t purchases()
    {
        const auto list = m_car->books().purchases();
        return list ? list->size() : 999;
    }

private Q_SLOTS:
    void initTestCase()
    {
        WholeCar::Options options;
        options.moreMerchants.push_back({{"v", 1},
                                         {"id", kExpiredMerchant},
                                         {"name", "Closed Down"},
                                         {"category", "7523"},
                                         {"position", {{"latitude_e6", 48775300}, {"longitude_e6", 9178600}}},
                                         {"currency", "EUR"},
                                         {"kinds", {{"parking", {{"fulfilment", "online"}}}}},
                                         {"valid_until_ms", 1700000000000},
                                         {"revision", 1}});
        auto car = WholeCar::start(options);
        QVERIFY_OK(car);
        m_car = std::move(*car);
        auto assistant = m_car->assistant();
        QVERIFY_OK(assistant);
        m_assistant = std::move(*assistant);
        QVERIFY_OK(WholeCar::waitForMerchants(*m_assistant));
        m_server = std::make_unique<simulator::ChildProcess>(
            m_car->command("glovebox-mcp", m_car->mcpArguments(), std::nullopt));
        QVERIFY_OK(m_server->start());
        const Json hello = ask("initialize", R"({"protocolVersion":"2025-11-25"})");
        QVERIFY2(hello.is_object() && hello.contains("result"), hello.dump().c_str());
    }
    void cleanupTestCase()
    {
        m_server.reset();
        m_assistant.reset();
        m_car.reset();
    }

    void whatIsNoProposalIsRefused_data()
    {
        QTest::addColumn<QByteArray>("proposal");
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<bool>("isJson"); // no: the reader of the whole message refuses it, not the tool
        const auto row = [](const char *name, const QByteArray &proposal, const char *pointer,
                            const char *reason) {
            QTest::newRow(name) << proposal << QString::fromLatin1(pointer) << QString::fromUtf8(reason)
                                << true;
        };
        const auto notJson = [](const char *name, const QByteArray &proposal, const char *pointer,
                                const char *reason) {
            QTest::newRow(name) << proposal << QString::fromLatin1(pointer) << QString::fromUtf8(reason)
                                << false;
        };
        notJson("cut off", twisted(R"("place":{)", R"("place":)"), "/place", "not valid JSON");
        notJson("duplicate key", twisted(R"("value":1250)", R"("value":1250,"value":1)"), "/amount/value",
                "twice");
        notJson("duplicate key, escaped", twisted(R"("value":1250)", R"("value":1250,"\u0076alue":1)"),
                "/amount/value", "twice");
        notJson("raw control character", twisted("garage-marktplatz", "garage\tmarktplatz"), "/merchant_id",
                "not valid JSON");
        notJson("lone surrogate", twisted(R"("label":"2")", R"("label":"\ud800")"), "/place/label",
                "not valid JSON");
        notJson("larger than 1 MiB", with("/reason", std::string(1500000, 'x')), "", "than 65536 bytes");
        notJson("larger than 64 KiB", with("/reason", std::string(66000, 'x')), "", "than 65536 bytes");
        row("unknown field", with("/payee", "me"), "/payee", "is not a known field");
        row("unknown inner field", with("/amount/tip", 100), "/amount/tip", "is not a known field");
        row("missing field", text(Json{{"request_id", "bad-1"}}), "/kind", "is required");
        row("an array for the amount", with("/amount", Json::array()), "/amount", "");
        row("negative", with("/amount/value", -1), "/amount/value", "");
        row("zero", with("/amount/value", 0), "/amount/value", "");
        row("a text for a number", with("/amount/value", "1250"), "/amount/value", "");
        row("a fraction", with("/amount/value", 12.5), "/amount/value", "");
        row("an exponent", twisted(":1250", ":1e3"), "/amount/value", "");
        row("above 2^53", twisted(":1250", ":9007199254740992"), "/amount/value", "too large");
        row("above 2^63", twisted(":1250", ":9223372036854775808"), "/amount/value", "too large");
        row("above 2^64", twisted(":1250", ":18446744073709551616"), "/amount/value", "too large");
        notJson("above every double", twisted(":1250", ":1e400"), "/amount/value", "not valid JSON");
        row("no currency", with("/amount/currency", "EUX"), "/amount/currency", "ISO 4217");
        row("lower case", with("/amount/currency", "eur"), "/amount/currency", "");
        row("control character", with("/reason", "Ring\u0007"), "/reason", "control character");
        row("line break", with("/utterance", "Pay\n80 euro"), "/utterance", "line break");
        row("invisible character", with("/utterance", "2\u200b"), "/utterance", "invisible");
        row("an invisible character in a place", with("/place/label", "2\u200b"), "/place/label", "form");
        row("a word for a place", with("/place/label", "PAID"), "/place/label", "form");
        row("an amount for a place", with("/place/label", "0 EUR gratis"), "/place/label", "form");
        row("a number too long for a gate", with("/place/label", "1234"), "/place/label", "at most 3 digits");
        row("an offer", with("/merchant_offer", "YQ.YQ.YQ"), "/merchant_offer", "cannot verify");
        row("turned around", with("/reason", "\u202eorue 08"), "/reason", "direction");
        row("over-long", with("/reason", std::string(281, 'x')), "/reason", "");
        row("a card number", with("/reason", "4111 1111 1111 1111"), "/reason", "card number");
        row("items do not add up", with("/items", Json::array({{{"label", "Exit"}, {"amount", 1}}})),
            "/items", "add up");
        row("items overflow",
            with("/items", Json::array({{{"label", "Exit"}, {"amount", 9007199254740991}},
                                        {{"label", "Exit"}, {"amount", 9007199254740991}}})),
            "/items/1/amount", "too large");
        row("an id with spaces", with("/request_id", "bad 1"), "/request_id", "");
        row("a path for a merchant", with("/merchant_id", "../../etc/passwd"), "/merchant_id", "");
    }
    void whatIsNoProposalIsRefused()
    {
        QFETCH(QByteArray, proposal);
        QFETCH(QString, pointer);
        QFETCH(QString, reason);
        QFETCH(bool, isJson);
        const std::size_t before = purchases();

        const Json onTheBus = refusalOnTheBus(proposal);
        QVERIFY2(onTheBus.is_object(), onTheBus.dump().c_str());
        COMPARE_JSON(onTheBus["pointer"], pointer.toStdString());
        const QString said = QString::fromStdString(onTheBus["reason"].get<std::string>());
        QVERIFY2(!said.isEmpty() && said.contains(reason), onTheBus.dump().c_str());

        const Json overMcp = refusalOverMcp(proposal);
        QVERIFY2(overMcp.is_object() && overMcp.contains("pointer"), overMcp.dump().c_str());
        const bool inMessage = !isJson && !pointer.isEmpty();
        const QString place = inMessage ? QStringLiteral("/params/arguments") + pointer : pointer;
        COMPARE_JSON(overMcp["pointer"], place.toStdString());
        if (isJson) {
            COMPARE_JSON(overMcp["reason"], onTheBus["reason"]);
        } else { // it may count the bytes of the whole message
            QVERIFY2(QString::fromStdString(overMcp["reason"].get<std::string>()).contains(reason),
                     overMcp.dump().c_str());
        }

        QVERIFY(m_car->daemonRuns());
        QCOMPARE(purchases(), before);
    }

    void nestingIsRefusedWhereItIsTooDeep()
    {
        const QByteArray proposal =
            twisted(R"("value":1250)", R"("value":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]])");
        COMPARE_JSON(refusalOnTheBus(proposal)["pointer"],
                     (QStringLiteral("/amount/value") + QStringLiteral("/0").repeated(14)).toStdString());
        const Json overMcp = refusalOverMcp(proposal); // two levels deeper already
        COMPARE_JSON(overMcp["pointer"],
                     (QStringLiteral("/params/arguments/amount/value") + QStringLiteral("/0").repeated(12))
                         .toStdString());
        COMPARE_JSON(overMcp["reason"], "nested deeper than 16 levels");
    }

    void whatTheCarDoesNotAllowIsKeptAsRefused_data()
    {
        QTest::addColumn<QByteArray>("proposal");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("pointer");
        const auto row = [](const char *name, const QByteArray &proposal, const char *rule,
                            const char *pointer) {
            QTest::newRow(name) << proposal << QString::fromLatin1(rule) << QString::fromLatin1(pointer);
        };
        row("unknown merchant", with("/merchant_id", "nobody-knows"), "merchant.unknown", "/merchant_id");
        row("expired merchant", with("/merchant_id", kExpiredMerchant), "merchant.expired", "/merchant_id");
        row("a merchant of something else", with("/merchant_id", "roesterei-nord"),
            "merchant.kind_not_offered", "/kind");
        row("another currency", with("/amount/currency", "USD"), "merchant.currency", "/amount/currency");
        row("above the limit", with("/amount/value", 12001), "limit.per_purchase", "/amount/value");
        row("unknown kind", with("/kind", "yachts"), "kind.unknown", "/kind");
        row("another amount type",
            with("/amount", {{"type", "metered"},
                             {"value", 1250},
                             {"currency", "EUR"},
                             {"unit", "h"},
                             {"unit_price", 250},
                             {"max_quantity", 5000}}),
            "kind.amount_type", "/amount/type");
        row("another place", with("/place/type", "pump"), "kind.place", "/place");
    }
    void whatTheCarDoesNotAllowIsKeptAsRefused()
    {
        QFETCH(QByteArray, proposal);
        QFETCH(QString, rule);
        QFETCH(QString, pointer);
        Json wish = Json::parse(proposal.toStdString());
        wish["request_id"] = "refused-" + rule.toStdString();
        const auto refused = m_assistant->callTool("propose_purchase", wish);
        QVERIFY_OK(refused);
        COMPARE_JSON((*refused)["state"], "refused");
        COMPARE_JSON((*refused)["reason"], rule.toStdString());
        COMPARE_JSON((*refused)["pointer"], pointer.toStdString());
        COMPARE_JSON((*refused)["paid"], false);
        COMPARE_JSON((*refused)["final"], true);
        QVERIFY((*refused)["message"].get<std::string>().starts_with("Refused: "));
        QVERIFY(m_car->daemonRuns());
    }

    void aRequestIdCannotBeUsedForAnotherWish()
    {
        const auto first = m_assistant->callTool("propose_purchase", garageExit("twice"));
        QVERIFY_OK(first);
        Json other = garageExit("twice");
        other["amount"]["value"] = 1251;
        const auto second = m_assistant->callTool("propose_purchase", other);
        QVERIFY(!second);
        QVERIFY2(second.error().find("/request_id") != std::string::npos, second.error().c_str());
        QVERIFY_OK(m_assistant->callTool("withdraw_purchase", {{"purchase_id", (*first)["purchase_id"]}}));
    }
};

GLOVEBOX_TEST_MAIN(BadInputTest)
#include "bad_input_test.moc"
