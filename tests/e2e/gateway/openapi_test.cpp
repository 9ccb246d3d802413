// SPDX-License-Identifier: Apache-2.0
// docs/gateway-openapi.json against the program: every request that the gateway answers is in it, every one
// in it is answered with a status that it lists, and what goes on is logged and counted without naming
// anybody.
#include "crypto/hash.h"
#include "gateway/routes.h"
#include "platform/network/network_transport.h"
#include "tests/e2e/gateway/gateway_program.h"
#include "tests/support/fatal_log.h"
#include "wire/http_signature.h"

#include <QFile>
#include <QTest>

#include <set>

using namespace glovebox;
using base::Json;

class OpenApiTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void everyRouteIsInTheDocumentAndNoOther();
    void everyReferenceLeadsSomewhere();
    void everyOneIsAnsweredAsItSays_data();
    void everyOneIsAnsweredAsItSays();
    void logsSayWhatHappenedAndNameNobody();

private:
    struct Question
    {
        std::string method;
        std::string target; // path and query
        std::string body;
        std::string authorization;
    };
    ports::HttpAnswer ask(const Question &question, const crypto::SigningKey *key);
    [[nodiscard]] static std::string pathOf(const std::string &path);

    testing::GatewayProgram m_program;
    QProcess m_gateway;
    std::string m_url;
    Json m_document;
};

void OpenApiTest::initTestCase()
{
    QFile file(QStringLiteral(GLOVEBOX_SOURCE_DIR "/docs/gateway-openapi.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto document = base::parseJson(file.readAll().toStdString(), {1 << 20, 32});
    QVERIFY2(document.has_value(), document ? "" : document.error().reason.c_str());
    m_document = *document;

    QVERIFY(m_program.prepare());
    Json config = m_program.config();
    config["metrics"] = {{"token_sha256", base::toHex(crypto::sha256(base::bytesOf(std::string_view("t"))))}};
    config["rate"] = {{"burst", 100}, {"per_s", 100}};
    m_program.writeConfig(config);
    QCOMPARE(m_program.run(m_program.arguments({QStringLiteral("--init")})).code, 0);
    m_gateway.start(m_program.program(), m_program.arguments());
    QTRY_VERIFY_WITH_TIMEOUT(m_gateway.canReadLine() || m_gateway.state() == QProcess::NotRunning, 20'000);
    const auto line = base::parseJson(m_gateway.readLine().toStdString()).value_or(Json::object());
    QVERIFY2(line.contains("listening"), m_gateway.readAllStandardError().constData());
    m_url = line["listening"].get<std::string>();
}

void OpenApiTest::cleanupTestCase()
{
    m_gateway.kill();
    m_gateway.waitForFinished();
}

std::string OpenApiTest::pathOf(const std::string &path)
{
    const std::string id = "{approval_id}";
    const std::size_t at = path.find(id);
    return at == std::string::npos ? path : path.substr(0, at) + "a1" + path.substr(at + id.size());
}

ports::HttpAnswer OpenApiTest::ask(const Question &question, const crypto::SigningKey *key)
{
    const std::size_t mark = question.target.find('?');
    const wire::SignedParts parts{question.method, question.target.substr(0, mark),
                                  mark == std::string::npos ? "?" : question.target.substr(mark),
                                  question.body.empty() ? "" : "application/json", question.body};
    auto headers = key == nullptr ? std::vector<std::pair<std::string, std::string>>()
                                  : wire::signRequest(*key, parts, 1, "a1").value();
    if (!question.body.empty()) {
        headers.emplace_back("content-type", "application/json");
    }
    if (!question.authorization.empty()) {
        headers.emplace_back("authorization", question.authorization);
    }
    network::TransportOptions options;
    options.url = m_url;
    options.caFile = m_program.path("tls/ca.pem");
    const auto transport = network::makeNetworkTransport(options).value_or(nullptr);
    std::optional<ports::HttpAnswer> answer;
    transport->send({question.method, question.target, headers, question.body},
                    [&answer](const ports::HttpAnswer &said) { answer = said; });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 30'000); }();
    return answer.value_or(ports::HttpAnswer{});
}

void OpenApiTest::everyRouteIsInTheDocumentAndNoOther()
{
    std::set<std::string> documented;
    for (const auto &[path, operations] : m_document["paths"].items()) {
        for (const auto &[method, operation] : operations.items()) {
            if (method != "parameters") {
                documented.insert(QString::fromStdString(method).toUpper().toStdString() + " " + path);
            }
        }
    }
    std::set<std::string> answered;
    for (const gateway::RouteEntry &entry : gateway::kRoutes) {
        answered.insert(std::string(entry.method) + " " + entry.path);
        const Json &operation =
            m_document["paths"][entry.path][QString::fromLatin1(entry.method).toLower().toStdString()];
        const bool takesQuery = operation.contains("parameters");
        QVERIFY2(takesQuery == entry.query, entry.path);
        const bool open = operation.contains("security") && operation["security"].empty();
        QVERIFY2(open == (entry.asker == gateway::Asker::anybody), entry.path);
    }
    QCOMPARE(documented, answered);
}

void OpenApiTest::everyReferenceLeadsSomewhere()
{
    const std::function<void(const Json &)> look = [&](const Json &json) {
        if (json.is_object() && json.contains("$ref")) {
            const std::string pointer = json["$ref"].get<std::string>().substr(1);
            QVERIFY2(m_document.contains(Json::json_pointer(pointer)), pointer.c_str());
        }
        if (json.is_structured()) {
            std::ranges::for_each(json, look);
        }
    };
    look(m_document);
}

void OpenApiTest::everyOneIsAnsweredAsItSays_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    for (const auto &[path, operations] : m_document["paths"].items()) {
        for (const auto &[method, operation] : operations.items()) {
            if (method != "parameters") {
                QTest::newRow((method + " " + path).c_str())
                    << QString::fromStdString(method) << QString::fromStdString(path);
            }
        }
    }
}

void OpenApiTest::everyOneIsAnsweredAsItSays()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    const Json &operation = m_document["paths"][path.toStdString()][method.toStdString()];
    Question question{method.toUpper().toStdString(), pathOf(path.toStdString()), {}, {}};
    if (operation.contains("parameters")) {
        const auto name = operation["parameters"][0]["name"].get<std::string>();
        question.target += "?" + name + "=" + (name == "after" ? "0" : "n");
    }
    const bool ofMerchant =
        operation.contains("security") && operation["security"].dump().find("merchant") != std::string::npos;
    const bool ofToken = operation["security"].dump().find("Token") != std::string::npos;
    const bool open = operation["security"].empty();
    question.body = operation.contains("requestBody") ? R"({"approval_id":"a1"})" : "";
    question.authorization = ofToken ? "Bearer t" : "";
    const testing::Sample &sample = m_program.sample;
    const crypto::SigningKey *key = open || ofToken ? nullptr : ofMerchant ? &sample.merchant : &sample.car;

    const auto answer = ask(question, key);
    QVERIFY2(operation["responses"].contains(std::to_string(answer.status)),
             (std::to_string(answer.status) + " " + answer.body).c_str());
    // Nobody knows this approval, no witness is configured, and a body may be another request's.
    const bool mayBeNothing = ofMerchant || path == QLatin1String("/v1/checkpoints");
    QVERIFY2(answer.status != 404 || mayBeNothing, answer.body.c_str());
    if (question.body.empty()) {
        QCOMPARE(answer.status, 200);
    }
    if (!open) {
        question.authorization.clear();
        QCOMPARE(ask(question, nullptr).status, 401);
        QVERIFY(operation["responses"].contains("401"));
    }
}

void OpenApiTest::logsSayWhatHappenedAndNameNobody()
{
    QCOMPARE(ask({"GET", "/v1/approvals/a-secret-id", {}, {}}, &m_program.sample.car).status, 200);
    QByteArray log;
    const auto logged = [&] {
        log += m_gateway.readAllStandardError();
        return log.contains(R"("route":"GET /v1/approvals/{approval_id}","status":200)");
    };
    QTRY_VERIFY_WITH_TIMEOUT(logged(), 20'000);
    QVERIFY(log.contains(" glovebox-gateway info gateway.request {\"ms\":"));
    for (const char *secret : {"a-secret-id", "w-1", "garage", "tok_demo"}) {
        QVERIFY2(!log.contains(secret), log.constData());
    }
}

GLOVEBOX_TEST_MAIN(OpenApiTest)
#include "openapi_test.moc"
