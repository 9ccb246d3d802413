// SPDX-License-Identifier: Apache-2.0
// A dispute bundle out of the journal of a car that paid, its check offline by `glovebox` and by a program
// that shares no code with it, and each part of it damaged.
#include "platform/simulator/bench/settings.h"
#include "tests/agents/json_compare.h"
#include "tests/e2e/path/sdk_client.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>

using namespace glovebox;
using namespace glovebox::testing;

class DisputeTest final : public QObject
{
    Q_OBJECT
private:
    struct Said
    {
        int code = -1;
        QByteArray out;
        QByteArray error;
        [[nodiscard]] Json json() const { return base::parseJson(out.toStdString()).value_or(Json()); }
    };
    std::unique_ptr<WholeCar> m_car;
    std::string m_purchase;
    Json m_bundle;

    static Said run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        if (!process.waitForFinished(60000)) {
            return {};
        }
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    [[nodiscard]] Said dispute(const QStringList &arguments) const
    {
        return run(m_car->program("glovebox"), QStringList{QStringLiteral("dispute")} + arguments);
    }
    [[nodiscard]] Said verify(const QStringList &more = {}) const
    {
        return dispute(QStringList{QStringLiteral("verify"), file()} + more);
    }
    [[nodiscard]] Said otherReader() const
    {
        return run(QStringLiteral("node"),
                   {QStringLiteral(GLOVEBOX_SOURCE_DIR "/tests/agents/verify_dispute.mjs"), file()});
    }
    [[nodiscard]] QString file() const { return m_car->path("bundle.json"); }
    [[nodiscard]] QStringList bundleArguments(const QString &id) const
    {
        return {QStringLiteral("bundle"), id,    QStringLiteral("--config"), m_car->path("gloveboxd.json"),
                QStringLiteral("--out"),  file()};
    }
    Done write(const Json &json, const QString &path) const
    {
        QFile target(path);
        const QByteArray text = QByteArray::fromStdString(json.dump());
        const bool written =
            target.open(QIODevice::WriteOnly | QIODevice::Truncate) && target.write(text) > 0;
        return written ? Done() : std::unexpected("not written");
    }
    Done pay()
    {
        auto assistant = m_car->assistant();
        if (!assistant) {
            return std::unexpected(assistant.error());
        }
        if (auto known = WholeCar::waitForMerchants(**assistant); !known) {
            return known;
        }
        const auto proposed = (*assistant)->callTool("propose_purchase", garageExit("exit-1"));
        if (!proposed) {
            return std::unexpected(proposed.error());
        }
        m_purchase = (*proposed)["purchase_id"].get<std::string>();
        if (auto decided = m_car->approve(m_purchase); !decided) {
            return std::unexpected(decided.error());
        }
        return m_car->waitForState(m_purchase, "captured");
    }
    /// Another letter in the middle, every bit of which counts.
    static void bend(Json &value)
    {
        auto &text = value.get_ref<std::string &>();
        const auto isPlain = [](char c) { return c > ' ' && c < 0x7F; };
        auto character = std::find_if(text.begin() + std::ptrdiff_t(text.size() / 2), text.end(), isPlain);
        QVERIFY(character != text.end());
        *character = *character == 'A' ? 'B' : 'A';
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto car = WholeCar::start();
        QVERIFY_OK(car);
        m_car = std::move(*car);
        QVERIFY_OK(m_car->unlock());
        QVERIFY_OK(pay());
        QCOMPARE(dispute(bundleArguments(QString::fromStdString(m_purchase))).code, 75); // the daemon runs
        m_car->stopDaemon();
        const Said made = dispute(bundleArguments(QString::fromStdString(m_purchase)));
        QVERIFY2(made.code == 0, made.error.constData());
        QCOMPARE(made.out.trimmed(), file().toUtf8());
        QFile bundle(file());
        QVERIFY(bundle.open(QIODevice::ReadOnly));
        QCOMPARE(bundle.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        m_bundle = Json::parse(bundle.readAll().toStdString());
    }
    void init() { QVERIFY_OK(write(m_bundle, file())); }
    void cleanupTestCase() { m_car.reset(); }

    void itSaysWhoApprovedWhatWhenHowAndUntilWhenItCouldBeStopped()
    {
        const Said said = verify({QStringLiteral("--json")});
        QVERIFY2(said.code == 0, said.out.constData());
        const Json json = said.json();
        COMPARE_JSON(json["ok"], true);
        COMPARE_JSON(json["purchase_id"], m_purchase);
        COMPARE_JSON(json["who"]["agent"], "assistant");
        COMPARE_JSON(json["what"]["amount"],
                     Json({{"type", "exact"}, {"cap_minor", 1250}, {"currency", "EUR"}}));
        COMPARE_JSON(json["how"]["method"], "touch");
        COMPARE_JSON(json["authority"]["permission_revision"], 1);
        QVERIFY(!json["authority"]["permissions"].empty() && !json["shown"]["items"].empty());
        COMPARE_JSON(json["stop"]["moment"], "until_sent");
        COMPARE_JSON(json["receipts"].back()["outcome"], "captured");
        COMPARE_JSON(json["receipts"].back()["captured_minor"], 1250);
        QVERIFY2(json["history"].dump().find(R"("event":"present")") != std::string::npos,
                 said.out.constData());
        COMPARE_JSON(json["history"].back()["event"], "captured");
        QVERIFY(json["journal"]["cosigned_s"].is_number_integer());
        COMPARE_JSON(json["keys"]["gateway"]["known"], false);

        const Said words = verify();
        QCOMPARE(words.code, 0);
        for (const char *part :
             {"Approved by", "by touch", "12.50", "Could be stopped", "permission revision 1",
              "Verdict confirm", "captured, paid", "Every part holds."}) {
            QVERIFY2(words.out.contains(part), (QByteArray(part) + "\n" + words.out).constData());
        }
    }

    void keysFromElsewhereAreTaken()
    {
        QVERIFY_OK(write(m_bundle["keys"]["gateway"][0], m_car->path("gateway.jwk")));
        QVERIFY_OK(write(m_bundle["keys"]["car"][0], m_car->path("car.jwk")));
        const QString gateway = QStringLiteral("--gateway-key");
        const Said good = verify({gateway, m_car->path("gateway.jwk"), QStringLiteral("--json")});
        QCOMPARE(good.code, 0);
        COMPARE_JSON(good.json()["keys"]["gateway"]["known"], true);
        QVERIFY(!verify({gateway, m_car->path("gateway.jwk")}).out.contains("nothing vouches"));
        const Said ofCar = verify({QStringLiteral("--public-key"), m_car->path("car.jwk")});
        QVERIFY(!ofCar.out.contains("vouches for the car's key"));
        QVERIFY(ofCar.out.contains("vouches for the gateway's key"));
        QVERIFY(verify().out.contains("vouches for the car's key"));
        const Said foreign = verify({gateway, m_car->path("car.jwk"), QStringLiteral("--json")});
        QCOMPARE(foreign.code, 1);
        COMPARE_JSON(foreign.json()["findings"][0]["part"], "keys/gateway");
    }

    void theSameBundleForTheIdOfTheApproval()
    {
        const auto approval = m_bundle["proof"]["opening"]["payload"]["approval_id"].get<std::string>();
        QCOMPARE(dispute(bundleArguments(QString::fromStdString(approval))).code, 73); // the file is there
        QVERIFY(QFile::remove(file()));
        QCOMPARE(dispute(bundleArguments(QString::fromStdString(approval))).code, 0);
        QFile again(file());
        QVERIFY(again.open(QIODevice::ReadOnly));
        COMPARE_JSON(Json::parse(again.readAll().toStdString()), m_bundle);
        QVERIFY(QFile::remove(file()));
        QCOMPARE(dispute(bundleArguments(QStringLiteral("nobody"))).code, 66);
    }

    void wrongUseHasItsCodes()
    {
        QCOMPARE(dispute({}).code, 64);
        QCOMPARE(dispute({QStringLiteral("verify")}).code, 64);
        QCOMPARE(dispute({QStringLiteral("bundle"), QStringLiteral("p"), QStringLiteral("--file"),
                          m_car->path("state/journal.sqlite")})
                     .code,
                 64);
        QCOMPARE(dispute({QStringLiteral("verify"), m_car->path("none.json")}).code, 66);
        QCOMPARE(dispute({QStringLiteral("verify"), m_car->path("gloveboxd.json")}).code, 65);
    }

    void theOtherReaderAgrees()
    {
        if (!npmPackagesThere()) {
            QVERIFY(qEnvironmentVariableIsEmpty("GLOVEBOX_REQUIRE_NPM"));
            QSKIP("node or the npm packages of tests/agents are missing");
        }
        const Said said = otherReader();
        QVERIFY2(said.code == 0, (said.out + said.error).constData());
        COMPARE_JSON(said.json()["approved"]["method"], "touch");
    }

    void eachDamagedPartIsNamed_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("part");
        const std::vector<std::pair<const char *, const char *>> all{
            {"/approval", "approval"},
            {"/shown/items/0/text", "shown"},
            {"/verdict/verdict", "verdict"},
            {"/merchant_entry", "merchant_entry"},
            {"/receipts/0", "receipts/0"},
            {"/proof/leaf/commitment", "proof"},
            {"/proof/hashes/0", "proof"},
            {"/proof/opening/payload/approval", "proof"},
            {"/permission/0/opening/salt", "permission/0"},
            {"/permission/0/opening/payload/type", "permission/0"},
            {"/history/0/opening/payload/event", "history/0"},
            {"/history/0/hashes/0", "history/0"},
            {"/purchase_id", "purchase_id"},
            {"/checkpoint", "checkpoint"}};
        for (const auto &[pointer, part] : all) {
            QTest::newRow(pointer) << QString::fromLatin1(pointer) << QString::fromLatin1(part);
        }
    }
    void eachDamagedPartIsNamed()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, part);
        Json bent = m_bundle;
        bend(bent[Json::json_pointer(pointer.toStdString())]);
        QVERIFY_OK(write(bent, file()));
        const Said said = verify({QStringLiteral("--json")});
        QVERIFY2(said.code == 1, (said.out + said.error).constData());
        const Json json = said.json();
        bool named = false;
        for (const Json &finding : json["findings"]) {
            named = named || finding["part"] == part.toStdString();
        }
        QVERIFY2(named, said.out.constData());
        QVERIFY(verify().out.contains("DAMAGED " + part.toUtf8()));
        if (npmPackagesThere()) {
            const Said other = otherReader();
            QVERIFY2(other.code == 1 && other.out.contains('"' + part.toUtf8() + '"'),
                     (other.out + other.error).constData());
        }
    }

    void whatIsTakenOutIsMissed_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<int>("code");
        QTest::newRow("permission") << QStringLiteral("/permission") << 1;
        QTest::newRow("hashes") << QStringLiteral("/proof/hashes") << 1;
        QTest::newRow("keys") << QStringLiteral("/keys/car") << 65;
    }
    void whatIsTakenOutIsMissed()
    {
        QFETCH(QString, pointer);
        QFETCH(int, code);
        Json bent = m_bundle;
        bent[Json::json_pointer(pointer.toStdString())] = Json::array();
        QVERIFY_OK(write(bent, file()));
        QCOMPARE(verify().code, code);
    }
};

GLOVEBOX_TEST_MAIN(DisputeTest)
#include "dispute_test.moc"
