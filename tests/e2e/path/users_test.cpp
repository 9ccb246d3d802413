// SPDX-License-Identifier: Apache-2.0
// The whole path as a car runs it: daemon, cockpit and assistant are three users, without --insecure-desk and
// under the shipped bus policy. Then what becomes of a user who reaches for what is another one's.
#include "ipc/names.h"
#include "tests/agents/json_compare.h"
#include "tests/e2e/path/whole_car.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTest>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace glovebox;
using namespace glovebox::testing;

namespace
{

// System users that every Debian has (base-passwd); they stand for the product's own.
constexpr const char *kDaemonUser = "games";
constexpr const char *kCockpitUser = "news";
constexpr const char *kAgentUser = "mail";
constexpr const char *kStranger = "nobody";

std::optional<Account> find(const char *name)
{
    const passwd *entry = ::getpwnam(name);
    return entry ? std::optional(Account{entry->pw_uid, entry->pw_gid}) : std::nullopt;
}

} // namespace

class UsersTest final : public QObject
{
    Q_OBJECT
private:
    std::optional<Accounts> m_accounts;
    std::optional<Account> m_stranger;
    std::unique_ptr<WholeCar> m_car;

    /// The shipped policy, with the product's users and groups replaced by those of this test.
    static PrivateBus::Policy shippedPolicy()
    {
        return {{QStringLiteral(GLOVEBOX_SOURCE_DIR "/platform/systemd/org.glovebox.Daemon.conf")},
                {{QStringLiteral("glovebox"), QLatin1String(kDaemonUser)},
                 {QStringLiteral("glovebox-agents"), QLatin1String(kAgentUser)},
                 {QStringLiteral("glovebox-admins"), QStringLiteral("root")}}};
    }
    [[nodiscard]] Done start(const PrivateBus::Policy &policy)
    {
        m_car.reset();
        auto car = WholeCar::start({m_accounts, policy, Json::array()});
        if (!car) {
            return std::unexpected(car.error());
        }
        m_car = std::move(*car);
        const QString copy = m_car->path("bin/foreign_user_probe");
        return QFile::copy(QStringLiteral(FOREIGN_USER_PROBE), copy) &&
                       ::chmod(copy.toLocal8Bit().constData(), 0755) == 0
                   ? Done()
                   : std::unexpected("cannot copy the probe");
    }
    [[nodiscard]] QByteArray probe(const Account &account, const QStringList &words) const
    {
        simulator::ChildProcess process(m_car->command("foreign_user_probe", words, account));
        const auto code = process.run({}, std::chrono::minutes(1));
        if (!code || *code != 0) {
            return QByteArray("no probe: ") + (code ? process.logTail() : code.error()).c_str();
        }
        return process.process().readAllStandardOutput().trimmed();
    }
    [[nodiscard]] QByteArray askAgent1(const Account &account) const
    {
        return probe(account, {QStringLiteral("bus"), m_car->busAddress(), ipc::kAgentPath,
                               ipc::kAgentInterface, QStringLiteral("Permissions")});
    }
    [[nodiscard]] QByteArray askAdmin1(const Account &account) const
    {
        return probe(account, {QStringLiteral("bus"), m_car->busAddress(), ipc::kAdminPath,
                               ipc::kAdminInterface, QStringLiteral("Status")});
    }
    [[nodiscard]] QByteArray reachForDriver(const Account &account) const
    {
        return probe(account, {QStringLiteral("socket"), m_car->path("driver/driver.sock")});
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (::geteuid() != 0) {
            QSKIP("Running processes as separate users needs root");
        }
        const auto daemon = find(kDaemonUser);
        const auto cockpit = find(kCockpitUser);
        const auto agent = find(kAgentUser);
        m_stranger = find(kStranger);
        if (!daemon || !cockpit || !agent || !m_stranger) {
            QSKIP("The system users games, news, mail and nobody are not all there");
        }
        m_accounts = Accounts{*daemon, *cockpit, *agent};
    }
    void cleanup() { m_car.reset(); }

    void threeUsersPay()
    {
        QVERIFY_OK(start(shippedPolicy()));
        const auto status = m_car->books().status();
        QVERIFY_OK(status);
        COMPARE_JSON((*status)["insecure_desk"], false);
        QVERIFY_OK(m_car->unlock());
        const auto assistant = m_car->assistant();
        QVERIFY_OK(assistant);
        QVERIFY_OK(WholeCar::waitForMerchants(**assistant));

        const auto proposed = (*assistant)->callTool("propose_purchase", garageExit("exit-1"));
        QVERIFY_OK(proposed);
        const auto id = (*proposed)["purchase_id"].get<std::string>();
        QVERIFY_OK(m_car->approve(id));
        QVERIFY_OK(m_car->waitForState(id, "captured"));
        const auto paid = (*assistant)->callTool("get_purchase", {{"purchase_id", id}});
        QVERIFY_OK(paid);
        COMPARE_JSON((*paid)["paid"], true);

        const auto record = m_car->books().purchase(id);
        QVERIFY_OK(record);
        COMPARE_JSON((*record)["shown"]["surface"], "reserved");
        m_car->stopGateway();
        const auto report = m_car->gatewayReport();
        QVERIFY_OK(report);
        COMPARE_JSON((*report)["charges"], 1);
    }

    void theBusRefusesWhoIsNotNamed()
    {
        QVERIFY_OK(start(shippedPolicy()));
        const QByteArray denied = "org.freedesktop.DBus.Error.AccessDenied";
        // An agent is let through, and told by the daemon to show its token.
        QCOMPARE(askAgent1(m_accounts->agent), ipc::error::kNoSession.data());
        QCOMPARE(askAgent1(m_accounts->cockpit), denied);
        QCOMPARE(askAgent1(*m_stranger), denied);
        QCOMPARE(askAdmin1(m_accounts->agent), denied);
        QCOMPARE(askAdmin1(m_accounts->cockpit), denied);
        QCOMPARE(askAdmin1(*m_stranger), denied);
        QCOMPARE(askAdmin1({0, 0}), QByteArray("answered"));
    }

    void theDaemonRefusesWhoIsNotConfigured()
    {
        QVERIFY_OK(start({})); // a bus on which everybody may call everything
        const QByteArray refused = ipc::error::kNotPermitted.data();
        QCOMPARE(askAgent1(m_accounts->agent), ipc::error::kNoSession.data());
        QCOMPARE(askAgent1(m_accounts->cockpit), refused);
        QCOMPARE(askAgent1(*m_stranger), refused);
        QCOMPARE(askAgent1({0, 0}), refused);
        QCOMPARE(askAdmin1(m_accounts->agent), refused);
        QCOMPARE(askAdmin1(m_accounts->cockpit), refused);
        QCOMPARE(askAdmin1(*m_stranger), refused);
        QCOMPARE(askAdmin1({0, 0}), QByteArray("answered"));
    }

    void theDriversSocketIsTheCockpitsAlone()
    {
        QVERIFY_OK(start(shippedPolicy()));
        m_car->stopCockpit(); // one that lives is the only one
        QCOMPARE(reachForDriver(m_accounts->agent), QByteArray("unreachable"));
        QCOMPARE(reachForDriver(*m_stranger), QByteArray("unreachable"));
        QCOMPARE(reachForDriver(m_accounts->cockpit), QByteArray("served"));
        // Where somebody opened the folder, the daemon itself looks at who comes.
        QCOMPARE(::chmod(m_car->path("driver").toLocal8Bit().constData(), 0755), 0);
        QCOMPARE(::chmod(m_car->path("driver/driver.sock").toLocal8Bit().constData(), 0777), 0);
        QCOMPARE(reachForDriver(m_accounts->agent), QByteArray("closed"));
        QCOMPARE(reachForDriver(*m_stranger), QByteArray("closed"));
        QCOMPARE(reachForDriver({0, 0}), QByteArray("closed"));
        QCOMPARE(reachForDriver(m_accounts->cockpit), QByteArray("served"));
        QVERIFY(m_car->daemonRuns());
    }
};

GLOVEBOX_TEST_MAIN(UsersTest)
#include "users_test.moc"
