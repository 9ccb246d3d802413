// SPDX-License-Identifier: Apache-2.0
#include "mcp/proposal_schema_text.h"
#include "mcp/tool_definitions.h"
#include "mcp/tools.h"
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTest>

using namespace glovebox;
using base::Json;

namespace
{

/// Notes what it is asked; the test answers.
class ScriptedAgent final : public mcp::Agent
{
public:
    Json asked; // the last call
    Reply reply;

    void propose(const std::string &proposal, Reply r) override { note({"propose", proposal}, std::move(r)); }
    void purchase(const std::string &id, std::int64_t since, unsigned wait_s, Reply r) override
    {
        note({"purchase", id, since, wait_s}, std::move(r));
    }
    void withdraw(const std::string &id, Reply r) override { note({"withdraw", id}, std::move(r)); }
    void permissions(Reply r) override { note(Json::array({"permissions"}), std::move(r)); }
    void findMerchants(const std::string &kind, unsigned count, Reply r) override
    {
        note({"find", kind, count}, std::move(r));
    }

private:
    void note(Json call, Reply r)
    {
        asked = std::move(call);
        reply = std::move(r);
    }
};

/// Every schema inside a schema must be an object: several clients choke on `true` and `false` as property
/// schemas.
void checkSchema(const Json &schema)
{
    QVERIFY(schema.is_object());
    QVERIFY2(!schema.contains("$ref") && !schema.contains("$defs"), "clients do not resolve references");
    QVERIFY(!schema.contains("$schema") || schema["$schema"] == "http://json-schema.org/draft-07/schema#");
    const Json properties = schema.value("properties", Json::object());
    for (const Json &property : properties) {
        checkSchema(property);
    }
    if (schema.contains("items")) {
        checkSchema(schema["items"]);
    }
}

const char *const kPurchase =
    R"({"purchase_id":"p1","version":%1,"state":"presented","message":"m","paid":false})";

} // namespace

class McpToolsTest final : public QObject
{
    Q_OBJECT
private:
    ScriptedAgent m_agent;
    std::unique_ptr<mcp::Tools> m_tools;
    Json m_result;
    bool m_listening = true;

    mcp::ToolSet::Pace call(const char *tool, const char *arguments)
    {
        m_result = nullptr;
        return m_tools->call(tool, Json::parse(arguments), [this](Json result) {
            if (m_listening) {
                m_result = std::move(result);
            }
            return m_listening;
        });
    }
    void answerPurchase(int version)
    {
        m_agent.reply(QString::fromLatin1(kPurchase).arg(version).toStdString());
    }

private Q_SLOTS:
    void init()
    {
        m_agent.asked = nullptr;
        m_listening = true;
        m_tools = std::make_unique<mcp::Tools>(m_agent, Json::parse(mcp::kProposalSchemaText));
    }

    void theSchemaIsTheDaemonsFile()
    {
        QFile file(QStringLiteral(GLOVEBOX_SOURCE_DIR "/src/payment/proposal.schema.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        COMPARE_JSON(m_tools->definitions()[0]["inputSchema"], Json::parse(file.readAll().toStdString()));
    }

    void definitionsAreWhatClientsTake()
    {
        QCOMPARE(m_tools->definitions().size(), 5U);
        for (const Json &tool : m_tools->definitions()) {
            for (const char *text : {"name", "title", "description"}) {
                QVERIFY2(tool.contains(text) && !tool[text].get<std::string>().empty(), text);
            }
            for (const char *schema : {"inputSchema", "outputSchema"}) {
                COMPARE_JSON(tool[schema]["type"], "object");
                checkSchema(tool[schema]);
            }
            for (const char *hint : {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}) {
                QVERIFY2(tool["annotations"][hint].is_boolean(), hint);
            }
            QVERIFY(m_tools->has(tool["name"].get<std::string>()));
            QVERIFY2(tool["name"].get<std::string>().find("approve") == std::string::npos,
                     "no tool approves");
        }
        QVERIFY(!m_tools->has("approve_purchase"));
    }

    void passesAProposalOnUnchanged()
    {
        call("propose_purchase", R"({"amount":{"value":1.0},"unknown":[null]})");
        COMPARE_JSON(m_agent.asked, Json({"propose", R"({"amount":{"value":1.0},"unknown":[null]})"}));
    }

    void answersWithStructureAndText()
    {
        call("propose_purchase", "{}");
        answerPurchase(1);
        COMPARE_JSON(m_result["isError"], false);
        COMPARE_JSON(m_result["structuredContent"]["purchase_id"], "p1");
        COMPARE_JSON(Json::parse(m_result["content"][0]["text"].get<std::string>()),
                     m_result["structuredContent"]);
    }

    void waitsForAChangeFromTheVersionThatWasTold()
    {
        QCOMPARE(call("get_purchase", R"({"purchase_id":"p1","wait_s":20})"), mcp::ToolSet::Pace::waits);
        COMPARE_JSON(m_agent.asked, Json({"purchase", "p1", -1, 20}));
        answerPurchase(4);
        call("get_purchase", R"({"purchase_id":"p1","wait_s":20})");
        COMPARE_JSON(m_agent.asked, Json({"purchase", "p1", 4, 20}));
        m_listening = false;
        answerPurchase(5); // nobody got to know
        call("get_purchase", R"({"purchase_id":"p1","wait_s":1})");
        COMPARE_JSON(m_agent.asked, Json({"purchase", "p1", 4, 1}));
        call("get_purchase", R"({"purchase_id":"p1","wait_s":1,"since_version":2})");
        COMPARE_JSON(m_agent.asked, Json({"purchase", "p1", 2, 1}));
    }

    void forgetsTheOldestVersions()
    {
        for (std::size_t i = 0; i <= mcp::kTold_count_max; ++i) {
            call("propose_purchase", "{}");
            m_agent.reply(Json{{"purchase_id", "p" + std::to_string(i)}, {"version", 7}}.dump());
        }
        call("get_purchase", R"({"purchase_id":"p0"})");
        COMPARE_JSON(m_agent.asked, Json({"purchase", "p0", -1, 0}));
        call("get_purchase", R"({"purchase_id":"p1"})");
        COMPARE_JSON(m_agent.asked, Json({"purchase", "p1", 7, 0}));
    }

    void checksItsOwnArguments_data()
    {
        QTest::addColumn<QByteArray>("tool");
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QByteArray>("pointer");
        const auto row = [](const char *name, const char *tool, const char *arguments, const char *pointer) {
            QTest::newRow(name) << QByteArray(tool) << QByteArray(arguments) << QByteArray(pointer);
        };
        row("no id", "get_purchase", "{}", "/purchase_id");
        row("id a number", "get_purchase", R"({"purchase_id":1})", "/purchase_id");
        row("wait too long", "get_purchase", R"({"purchase_id":"p","wait_s":21})", "/wait_s");
        row("wait negative", "get_purchase", R"({"purchase_id":"p","wait_s":-1})", "/wait_s");
        row("wait a fraction", "get_purchase", R"({"purchase_id":"p","wait_s":1.0})", "/wait_s");
        row("version negative", "get_purchase", R"({"purchase_id":"p","since_version":-1})",
            "/since_version");
        row("unknown field", "get_purchase", R"({"purchase_id":"p","approve":true})", "/approve");
        row("withdraw, no id", "withdraw_purchase", "{}", "/purchase_id");
        row("withdraw, unknown field", "withdraw_purchase", R"({"purchase_id":"p","x":1})", "/x");
        row("permissions, unknown field", "get_payment_permissions", R"({"x":1})", "/x");
        row("no kind", "find_merchants", "{}", "/kind");
        row("count 0", "find_merchants", R"({"kind":"fuel","count":0})", "/count");
        row("count 21", "find_merchants", R"({"kind":"fuel","count":21})", "/count");
    }
    void checksItsOwnArguments()
    {
        QFETCH(QByteArray, tool);
        QFETCH(QByteArray, arguments);
        QFETCH(QByteArray, pointer);
        call(tool.constData(), arguments.constData());
        COMPARE_JSON(m_agent.asked, Json(nullptr));
        COMPARE_JSON(m_result["isError"], true);
        COMPARE_JSON(m_result["structuredContent"]["error"]["code"], "malformed");
        COMPARE_JSON(m_result["structuredContent"]["error"]["pointer"], pointer.toStdString());
        QVERIFY(!m_result["structuredContent"]["error"]["reason"].get<std::string>().empty());
        COMPARE_JSON(m_result["content"][0]["text"], m_result["structuredContent"]["message"]);
    }

    void putsFaultsIntoWords_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](mcp::AgentFault fault, const char *message, const char *code, const char *says) {
            QTest::newRow(code) << static_cast<int>(fault) << QByteArray(message) << QByteArray(code)
                                << QByteArray(says);
        };
        row(mcp::AgentFault::unavailable, "org.freedesktop…", "unavailable", "Payments unavailable");
        row(mcp::AgentFault::noAnswer, "", "no_answer", "same request_id");
        row(mcp::AgentFault::notPermitted, "", "not_permitted", "may not use payments");
        row(mcp::AgentFault::refused, "Payments are switched off.", "refused", "Payments are switched off.");
        row(mcp::AgentFault::notFound, "", "not_found", "no such purchase");
        row(mcp::AgentFault::rateLimited, "", "rate_limited", "Wait");
        row(mcp::AgentFault::malformed, R"({"pointer":"/amount/value","reason":"is required"})", "malformed",
            "/amount/value: is required");
    }
    void putsFaultsIntoWords()
    {
        QFETCH(int, fault);
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, says);
        call("propose_purchase", "{}");
        m_agent.reply(
            std::unexpected(mcp::AgentError{static_cast<mcp::AgentFault>(fault), message.toStdString()}));
        COMPARE_JSON(m_result["isError"], true);
        COMPARE_JSON(m_result["structuredContent"]["error"]["code"], code.toStdString());
        const auto text = m_result["content"][0]["text"].get<std::string>();
        QVERIFY2(text.find(says.toStdString()) != std::string::npos, text.c_str());
    }

    void anAnswerThatIsNoObjectIsNoAnswer()
    {
        QTest::ignoreMessage(QtWarningMsg,
                             "The daemon's answer is not a JSON object; do both come from one release?");
        call("get_payment_permissions", "{}");
        m_agent.reply(std::string("[]"));
        COMPARE_JSON(m_result["structuredContent"]["error"]["code"], "no_answer");
    }
};

GLOVEBOX_TEST_MAIN(McpToolsTest)
#include "mcp_tools_test.moc"
