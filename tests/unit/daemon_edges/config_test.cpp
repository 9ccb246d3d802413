// SPDX-License-Identifier: Apache-2.0
#include "daemon/config.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon_edges/example_config.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace glovebox;

namespace
{

/// Where and that the reader refuses the example after `change`; empty where it takes it.
std::string refusedAt(const std::function<void(base::Json &)> &change)
{
    base::Json json = testing::exampleConfig();
    change(json);
    const auto config = daemon::parseConfig(json.dump());
    return config ? std::string() : config.error().pointer;
}

} // namespace

class ConfigTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theExampleIsTaken()
    {
        const auto config = daemon::parseConfig(testing::exampleConfig().dump());
        if (!config) {
            QFAIL((config.error().pointer + " " + config.error().reason).c_str());
        }
        QCOMPARE(config->stateDir, std::string("/var/lib/glovebox"));
        QCOMPARE(config->journalPath(), std::string("/var/lib/glovebox/journal.sqlite"));
        QCOMPARE(config->signingKeyPath(), std::optional<std::string>("/var/lib/glovebox/keys/signing.pem"));
        QCOMPARE(config->uids.cockpit, 991U);
        QCOMPARE(config->uids.agents, std::vector<unsigned>{992});
        QCOMPARE(config->agents.size(), std::size_t{1});
        QCOMPARE(config->agents.front().id.text(), std::string("assistant"));
        QCOMPARE(config->gateway.keys.size(), std::size_t{1});
        QVERIFY(config->gateway.sandbox);
        QCOMPARE(config->permissions.kinds.size(), std::size_t{3});
        QCOMPARE(config->permissions.perPurchase_minor_max, std::int64_t{12000});
        QVERIFY(config->kindsDir.empty());
    }

    void everyFaultIsRefusedWithItsPlace_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("replacement");
        const auto row = [](const char *pointer, const char *replacement) {
            QTest::newRow((std::string(pointer) + " " + replacement).c_str())
                << QString::fromUtf8(pointer) << QString::fromUtf8(replacement);
        };
        row("/state_dir", "\"relative\"");
        row("/state_dir", "7");
        row("/driver_socket", "\"driver.sock\"");
        row("/bus", "null");
        row("/uids/cockpit", "-1");
        row("/uids/cockpit", "4294967295");
        row("/uids/agents", "[\"root\"]");
        row("/uids/admins", "[1.0]");
        row("/agents/0/id", "\"-no\"");
        row("/agents/0/name", "\"\"");
        row("/agents/0/token_sha256", "\"abcd\"");
        row("/signing_key", "\"file:relative.pem\"");
        row("/signing_key", "\"/var/lib/glovebox/keys/signing.pem\"");
        row("/sealing_key", "\"relative\"");
        row("/gateway/url", "\"http://127.0.0.1:8443\"");
        row("/gateway/keys", "[]");
        row("/gateway/keys", "[{\"kty\":\"EC\"}]");
        row("/gateway/wallet_id", "\"\"");
        row("/gateway/sandbox", "\"yes\"");
        row("/driver/id", "\"a b\"");
        row("/instrument/reference", "\"4111 1111\"");
        row("/permissions/currency", "\"EURO\"");
        row("/permissions/currency", "\"XXQ\"");
        row("/permissions/kinds", "[1]");
        row("/permissions/per_purchase_minor_max", "-1");
        row("/permissions/daily_minor_max", "9007199254740992");
        row("/permissions/monthly_minor_max", "\"60000\"");
        row("/permissions/open_proposals_max", "0");
        row("/permissions/proposals/burst", "0");
        row("/permissions/proposals/every_s", "86401");
    }
    void everyFaultIsRefusedWithItsPlace()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, replacement);
        const std::string place = pointer.toStdString();
        QCOMPARE(refusedAt([&](base::Json &json) {
                     json[base::Json::json_pointer(place)] = base::Json::parse(replacement.toStdString());
                 }),
                 place);
        QCOMPARE(refusedAt([&](base::Json &json) {
                     const base::Json::json_pointer at(place);
                     json[at.parent_pointer()].erase(at.back());
                 }),
                 // The only members that may be absent.
                 place == "/gateway/sandbox" ? std::string() : place);
    }

    void whatIsNotKnownIsRefused()
    {
        QCOMPARE(refusedAt([](base::Json &json) { json["payee"] = 1; }), std::string("/payee"));
        QCOMPARE(refusedAt([](base::Json &json) { json["uids"]["root"] = 1; }), std::string("/uids/root"));
    }

    void whatConsentMayBeToldToo()
    {
        const auto with = [](const char *pointer, const base::Json &value) {
            base::Json json = testing::exampleConfig();
            json[base::Json::json_pointer(pointer)] = value;
            return daemon::parseConfig(json.dump());
        };
        const auto plain = daemon::parseConfig(testing::exampleConfig().dump());
        QVERIFY(plain && !plain->permissions.merchants && plain->grant == 0);
        QCOMPARE(plain->permissions.offlineUnsettled_count_max, 5);
        QCOMPARE(plain->permissions.daily_minor_max, std::int64_t{20'000});
        QCOMPARE(with("/permissions/offline_unsettled_count_max", 50)->permissions.offlineUnsettled_count_max,
                 50);
        QCOMPARE(with("/permissions/merchants", {"a"})->permissions.merchants->size(), std::size_t(1));
        QCOMPARE(with("/permissions/grant", 4)->grant, std::int64_t{4});
        QVERIFY(with("/vehicle", {{"energies", {"battery"}}, {"battery_wh", 60'000}})->vehicle.battery_wh ==
                60'000);
        const auto risk = with("/risk", {{"duplicate", {{"action", "off"}}}});
        QVERIFY(risk->risk.of(consent::RiskRule::duplicate).action == consent::RiskAction::off);
        for (const auto &[pointer, value, place] :
             std::initializer_list<std::tuple<const char *, base::Json, const char *>>{
                 {"/permissions/payee", 1, "/permissions/payee"},
                 {"/permissions/area_m_max", 0, "/permissions/area_m_max"},
                 {"/permissions/hours", {{"from_minute", 9}}, "/permissions/hours/to_minute"},
                 {"/permissions/grant", -1, "/permissions/grant"},
                 {"/risk", {{"speed", 1}}, "/risk/speed"},
                 {"/vehicle", {{"energies", {"steam"}}}, "/vehicle/energies"}}) {
            const auto refused = with(pointer, value);
            QVERIFY2(!refused, pointer);
            QCOMPARE(refused.error().pointer, std::string(place));
        }
    }

    void aTpmIsDescribedWholly()
    {
        const auto with = [](const char *member, const base::Json &value) {
            base::Json json = testing::exampleConfig();
            json["signing_key"] = "handle:0x81000010";
            json["tpm"] = {{"tcti", "device:/dev/tpmrm0"},
                           {"counter", "0x01800476"},
                           {"policy_authority", json["gateway"]["keys"][0]},
                           {"policy_file", "/etc/glovebox/policy.json"}};
            json["tpm"][member] = value;
            return daemon::parseConfig(json.dump());
        };
        const auto good = with("tcti", "device:/dev/tpmrm0");
        QVERIFY(good && good->tpm);
        QCOMPARE(good->tpm->counter, 0x01800476U);
        QCOMPARE(good->signingKeyHandle().value(), 0x81000010U);
        QCOMPARE(good->tcti(), std::string("device:/dev/tpmrm0"));
        QVERIFY(!good->signingKeyPath());
        for (const auto &[member, value] :
             std::initializer_list<std::pair<const char *, base::Json>>{{"counter", "0x01C00000"},
                                                                        {"counter", "0x017FFFFF"},
                                                                        {"counter", "25167990"},
                                                                        {"counter", "0x0180047g"},
                                                                        {"counter", 25167990},
                                                                        {"policy_authority", 1},
                                                                        {"policy_file", "policy.json"},
                                                                        {"tcti", 1}}) {
            const auto config = with(member, value);
            QVERIFY2(!config, member);
            QCOMPARE(config.error().pointer, std::string("/tpm/") + member);
        }
        QCOMPARE(with("pcrs", 7).error().pointer, std::string("/tpm/pcrs"));
    }

    void twoAgentsWithOneTokenAreRefused()
    {
        QCOMPARE(refusedAt([](base::Json &json) {
                     base::Json second = json["agents"][0];
                     second["id"] = "other";
                     json["agents"].push_back(second);
                 }),
                 std::string("/agents/1/id"));
    }

    void aMissingFileIsNamed()
    {
        const auto config = daemon::readConfig("/nonexistent/glovebox.json");
        QVERIFY(!config);
        QCOMPARE(config.error().exitCode, 66);
        QVERIFY(config.error().sentence.find("/nonexistent/glovebox.json") != std::string::npos);
    }

    void whatIsNoFileIsRefusedAtOnce()
    {
        const QTemporaryDir folder;
        const std::string pipe = folder.filePath(QStringLiteral("pipe")).toStdString();
        QVERIFY(mkfifo(pipe.c_str(), 0600) == 0); // nobody ever writes into it
        for (const std::string &path : {pipe, folder.path().toStdString()}) {
            const auto config = daemon::readConfig(path);
            QVERIFY(!config);
            QCOMPARE(config.error().exitCode, 78);
            QVERIFY(config.error().sentence.find(path) != std::string::npos);
        }
    }

    void aBadFileIsNamedWithThePlace()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("glovebox.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        base::Json json = testing::exampleConfig();
        json["gateway"]["url"] = "ftp://x";
        file.write(QByteArray::fromStdString(json.dump()));
        file.close();
        const auto config = daemon::readConfig(path.toStdString());
        QVERIFY(!config);
        QCOMPARE(config.error().exitCode, 78);
        QVERIFY(config.error().sentence.find("/gateway/url") != std::string::npos);
        QVERIFY(config.error().sentence.find(path.toStdString()) != std::string::npos);
    }
};

GLOVEBOX_TEST_MAIN(ConfigTest)
#include "config_test.moc"
