// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"
#include "tests/unit/settlement/world.h"

#include <QFile>
#include <QTest>

using namespace glovebox;
using testing::World;

class ServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachConstraintIsRefusedForGood_data();
    void eachConstraintIsRefusedForGood();
    void anotherApprovalUnderTheSameIdIsAConflict();
    void theNonceMustBeTheApproval();
    void aVoidThatComesFirstWins();
    void merchantsReachTheirOwnApprovalsOnly();
    void theProcessorDoesAsItsScriptSays();

private:
    static ports::HttpAnswer post(World &world, const payment::ApprovalId &nonce, const std::string &jws)
    {
        const auto request = world.sample.channel().submit(nonce, jws, 1).value();
        return world.transport.gateway({request.method, request.path, request.headers, request.body});
    }
    static std::string errorOf(const ports::HttpAnswer &answer)
    {
        return base::parseJson(answer.body).value_or(base::Json::object()).value("error", "");
    }
};

void ServiceTest::eachConstraintIsRefusedForGood_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("code");
    for (const char *what : {"gateway", "wallet", "instrument", "merchant", "fulfilment"}) {
        QTest::newRow(what) << QString::fromLatin1(what) << QStringLiteral("constraint");
    }
    QTest::newRow("admit_by") << QStringLiteral("admit_by") << QStringLiteral("expired");
    QTest::newRow("settle_by") << QStringLiteral("settle_by") << QStringLiteral("expired");
}

void ServiceTest::eachConstraintIsRefusedForGood()
{
    QFETCH(QString, what);
    QFETCH(QString, code);
    World world;
    auto approval = world.sample.approval("a1");
    if (what == QLatin1String("gateway")) {
        approval.gateway = "other";
    } else if (what == QLatin1String("wallet")) {
        approval.wallet = payment::WalletId::fromText("w-2").value();
    } else if (what == QLatin1String("instrument")) {
        approval.instrument.reference = "tok_other";
    } else if (what == QLatin1String("merchant")) {
        approval.merchantEntryHash = world.sample.fuelApproval("a1").merchantEntryHash;
    } else if (what == QLatin1String("fulfilment")) {
        approval.fulfilment = payment::Fulfilment::online;
    } else if (what == QLatin1String("admit_by")) {
        approval.admitBy.milliseconds = approval.at.wall.milliseconds - 1;
    } else {
        approval.settleBy.milliseconds = world.clock.now().wall.milliseconds - 1;
    }
    const std::string jws = world.sample.signApproval(approval);
    const auto answer = post(world, approval.id, jws);
    QCOMPARE(answer.status, 422);
    QCOMPARE(errorOf(answer), code.toStdString());
    const auto json = base::parseJson(answer.body).value_or(base::Json::object());
    const auto refusal = wire::readRefusal(json.value("refusal", ""), {&world.sample.gateway.publicKey(), 1});
    QVERIFY(refusal.has_value());
    QCOMPARE(refusal->code, code.toStdString());
    // Still no when it comes again, and a status query says so.
    QCOMPARE(post(world, approval.id, jws).status, 422);
    const auto query = world.sample.channel().status(approval.id, 1).value();
    const auto status = world.transport.gateway({query.method, query.path, query.headers, query.body});
    QVERIFY(status.status == 200);
    const auto said = base::parseJson(status.body).value_or(base::Json::object());
    const auto receipt = wire::readReceipt(said.value("receipt", ""), {&world.sample.gateway.publicKey(), 1});
    QVERIFY(receipt.has_value() && receipt->outcome == wire::Outcome::neverAcceptedNowRefused);
    QCOMPARE(world.report()["charges"].get<int>(), 0);
}

void ServiceTest::anotherApprovalUnderTheSameIdIsAConflict()
{
    World world;
    const auto approval = world.sample.approval("a1");
    QCOMPARE(post(world, approval.id, world.sample.signApproval(approval)).status, 200);
    // The same claims under a new signature are another JWS.
    const auto second = post(world, approval.id, world.sample.signApproval(approval));
    QCOMPARE(second.status, 409);
    QCOMPARE(errorOf(second), std::string("conflict"));
    QCOMPARE(world.report()["charges"].get<int>(), 1);
}

void ServiceTest::theNonceMustBeTheApproval()
{
    World world;
    const std::string jws = world.sample.signApproval(world.sample.approval("a1"));
    const auto answer = post(world, payment::ApprovalId::fromText("a2").value(), jws);
    QCOMPARE(errorOf(answer), std::string("signature"));
    QCOMPARE(world.report()["approvals"].size(), std::size_t{0});
}

void ServiceTest::aVoidThatComesFirstWins()
{
    World world;
    const auto approval = world.sample.approval("a1");
    const auto channel = world.sample.channel();
    const std::string jws = world.sample.signApproval(approval);
    const auto cancel = channel.cancel(approval.id, 1).value();
    const auto first = world.transport.gateway({cancel.method, cancel.path, cancel.headers, cancel.body});
    QVERIFY(channel.readAnswer(first.status, first.body, jws).receipt.outcome == wire::Outcome::voided);
    const auto late = post(world, approval.id, jws);
    QVERIFY(channel.readAnswer(late.status, late.body, jws).receipt.outcome == wire::Outcome::voided);
    QCOMPARE(world.report()["charges"].get<int>(), 0);
}

void ServiceTest::merchantsReachTheirOwnApprovalsOnly()
{
    World world;
    const auto parking = world.approve(world.sample.approval("a1"));
    world.settle();
    const base::Json body{{"approval_id", "a1"}, {"amount_minor", 100}, {"currency", "EUR"}};
    QCOMPARE(world.merchantPost(parking, "complete", body).status, 404); // it is the garage's
    QCOMPARE(world.merchantPost(parking, "release", {{"approval_id", "a1"}}).status, 404);
}

void ServiceTest::theProcessorDoesAsItsScriptSays()
{
    testing::Sample sample;
    QFile file(sample.dir.filePath(QStringLiteral("script.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"decisions":[{"merchant_id":"garage-marktplatz","decline_code":"do_not_honour"},{"amount_minor":8000}]})");
    file.close();
    const auto processor = gateway::makeSandboxProcessor(sample.path("script.json"));
    QVERIFY(processor.has_value());
    using Kind = gateway::Decision::Kind;
    const auto declined = (*processor)->authorise(sample.approval("a1"));
    QVERIFY(declined.kind == Kind::declined);
    QCOMPARE(declined.declineCode, std::string("do_not_honour"));
    QVERIFY((*processor)->authorise(sample.fuelApproval("a2")).kind == Kind::stepUp);
}

GLOVEBOX_TEST_MAIN(ServiceTest)
#include "service_test.moc"
