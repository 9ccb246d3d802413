// SPDX-License-Identifier: Apache-2.0
#include "mcp/kind_texts.h"
#include "mcp/resources.h"
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/mcp/scripted_agent.h"

#include <QFile>
#include <QTest>

using namespace glovebox;
using base::Json;

class McpResourcesTest final : public QObject
{
    Q_OBJECT
private:
    testing::ScriptedAgent m_agent;
    mcp::Resources m_resources{m_agent, mcp::kKindTexts};

    std::optional<mcp::ResourceSet::Contents> read(const std::string &uri)
    {
        std::optional<mcp::ResourceSet::Contents> got;
        m_resources.read(uri, [&](mcp::ResourceSet::Contents contents) { got = std::move(contents); });
        return got;
    }

private Q_SLOTS:
    void offersEveryKindAndThePermissions()
    {
        QStringList uris;
        for (const Json &resource : m_resources.definitions()) {
            for (const char *text : {"uri", "name", "title", "description", "mimeType"}) {
                QVERIFY2(resource.contains(text) && !resource[text].get<std::string>().empty(), text);
            }
            uris << QString::fromStdString(resource["uri"]);
            QVERIFY(m_resources.has(resource["uri"]));
        }
        uris.sort();
        QStringList wanted;
        for (const char *kind : {"assistant_credit", "car_wash", "charging", "coffee", "drive_through",
                                 "fuel", "membership", "parking", "toll"}) {
            wanted << QStringLiteral("glovebox://kinds/") + QLatin1String(kind);
        }
        QCOMPARE(uris, wanted << QStringLiteral("glovebox://permissions"));
        QVERIFY(!m_resources.has("glovebox://kinds/"));
        QVERIFY(!m_resources.has("glovebox://kinds/rent"));
    }

    void aKindSaysWhatItNeeds()
    {
        const auto fuel = read("glovebox://kinds/fuel");
        QVERIFY(fuel && *fuel);
        const Json text = Json::parse((**fuel)[0]["text"].get<std::string>());
        COMPARE_JSON((**fuel)[0]["uri"], "glovebox://kinds/fuel");
        COMPARE_JSON(text["kind"], "fuel");
        COMPARE_JSON(text["amount_types"], Json({"up_to", "metered"}));
        COMPARE_JSON(text["place_types"], Json::array({"pump"}));
        COMPARE_JSON(text["place_required"], true);
        COMPARE_JSON(text["example"]["amount"],
                     Json::parse(R"({"type":"up_to","value":8000,"currency":"EUR"})"));
        COMPARE_JSON(text["example"]["place"], Json::parse(R"({"type":"pump","label":"4"})"));
    }

    void thePermissionsAreTheDaemons()
    {
        std::optional<mcp::ResourceSet::Contents> got;
        const auto keep = [&](mcp::ResourceSet::Contents contents) { got = std::move(contents); };
        m_resources.read("glovebox://permissions", keep);
        COMPARE_JSON(m_agent.asked, Json::array({"permissions"}));
        m_agent.reply(std::string(R"({"agent_id":"a"})"));
        QVERIFY(got && *got);
        COMPARE_JSON((**got)[0]["text"], R"({"agent_id":"a"})");
        m_resources.read("glovebox://permissions", keep);
        m_agent.reply(std::unexpected(mcp::AgentError{mcp::AgentFault::unavailable, "org.freedesktop"}));
        QVERIFY(got && !*got);
        QVERIFY(got->error().starts_with("Payments unavailable"));
    }

    void aKindThatCannotBeReadIsLeftOut()
    {
        QTest::ignoreMessage(QtCriticalMsg, "A built-in kind of purchase cannot be read");
        const std::array<std::string_view, 1> broken = {R"({"id":"x"})"};
        const mcp::Resources resources(m_agent, broken);
        QCOMPARE(resources.definitions().size(), 1U);
    }
};

GLOVEBOX_TEST_MAIN(McpResourcesTest)
#include "mcp_resources_test.moc"
