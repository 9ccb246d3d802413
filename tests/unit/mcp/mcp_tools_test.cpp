// SPDX-License-Identifier: Apache-2.0
#include "mcp/proposal_schema_text.h"
#include "mcp/tool_definitions.h"
#include "mcp/tools.h"
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/mcp/scripted_agent.h"

#include <QFile>
#include <QTest>

using namespace glovebox;
using base::Json;

namespace
{

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
    testing::ScriptedAgent m_agent;
    std::unique_ptr<mcp::Tools> m_tools;
    Json m_result;
    bool m_listening = true;

    std::vector<Json> m_told;

    mcp::ToolSet::Pace call(const char *tool, const char *arguments, bool withProgress = false)
    {
        m_result = nullptr;
        m_told.clear();
        mcp::ToolSet::Listener listener;
        listener.done = [this](Json result) {
            if (m_listening) {
                m_result = std::move(result);
            }
            return m_listening;
        };
        listener.wanted = [this] { return m_listening; };
        if (withProgress) {
            listener.progress = [this](std::int64_t progress, std::int64_t total,
                                       const std::string &message) {
                m_told.push_back({progress, total, message});
                return m_listening;
            };
        }
        return m_tools->call(tool, Json::parse(arguments), listener);
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

    void withdrawsAProposalThatWasCancelled()
    {
        QCOMPARE(call("propose_purchase", "{}"), mcp::ToolSet::Pace::takesBack);
        m_listening = false;
        answerPurchase(1);
        COMPARE_JSON(m_agent.asked, Json({"withdraw", "p1"}));
        m_agent.reply(std::string(R"({"purchase_id":"p1","version":2,"state":"withdrawn"})"));
        m_listening = true; // what nobody got to know is not known
        call("get_purchase", R"({"purchase_id":"p1","wait_s":1})");
        COMPARE_JSON(m_agent.asked, Json({"purchase", "p1", -1, 1}));
    }

    void saysThatACancelledProposalStands()
    {
        call("propose_purchase", "{}");
        m_listening = false;
        answerPurchase(1);
        QTest::ignoreMessage(QtWarningMsg,
                             "A cancelled proposal was not withdrawn; the driver may still see it");
        m_agent.reply(std::unexpected(mcp::AgentError{mcp::AgentFault::noAnswer, ""}));
    }

    void tellsHowAWaitStandsWhereThatIsAsked()
    {
        call("propose_purchase", "{}");
        answerPurchase(4);
        QCOMPARE(call("get_purchase", R"({"purchase_id":"p1","wait_s":20})", true),
                 mcp::ToolSet::Pace::waits);
        COMPARE_JSON(m_agent.asked, Json({"purchase", "p1", -1, 0})); // it looks first
        answerPurchase(4);
        COMPARE_JSON(m_told.at(0), Json({0, 20, "m"}));
        COMPARE_JSON(m_agent.asked, Json({"purchase", "p1", 4, 20}));
        answerPurchase(5);
        COMPARE_JSON(m_result["structuredContent"]["version"], 5);
        QCOMPARE(m_told.size(), 1U);
    }

    void answersAWaitForWhatChangedAlready_data()
    {
        QTest::addColumn<QByteArray>("purchase");
        QTest::newRow("another version") << QByteArray(R"({"purchase_id":"p1","version":5})");
        QTest::newRow("final") << QByteArray(R"({"purchase_id":"p1","version":4,"final":true})");
    }
    void answersAWaitForWhatChangedAlready()
    {
        QFETCH(QByteArray, purchase);
        call("get_purchase", R"({"purchase_id":"p1","wait_s":20,"since_version":4})", true);
        m_agent.reply(purchase.toStdString());
        COMPARE_JSON(m_result["structuredContent"], Json::parse(purchase.toStdString()));
        QVERIFY(m_told.empty());
    }

    void aWaitThatNobodyWantsIsNotBegun()
    {
        call("get_purchase", R"({"purchase_id":"p1","wait_s":20,"since_version":4})", true);
        m_listening = false;
        answerPurchase(4);
        COMPARE_JSON(m_agent.asked, Json({"purchase", "p1", -1, 0}));
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
