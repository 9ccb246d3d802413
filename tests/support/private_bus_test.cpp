// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"
#include "tests/support/private_bus.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusVirtualObject>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

using glovebox::testing::PrivateBus;

namespace
{
const auto policyFile = QStringLiteral(GLOVEBOX_SOURCE_DIR "/platform/systemd/org.glovebox.Daemon.conf");
const auto serviceName = QStringLiteral("org.glovebox.Daemon");

// An account name that is the one this test runs under, or one that is not.
QString me()
{
    return QString::number(getuid());
}
QString myGroup()
{
    return QString::number(getgid());
}
const auto somebodyElse = QStringLiteral("64000");
} // namespace

/// Answers whatever reaches it.
class Echo : public QDBusVirtualObject
{
    Q_OBJECT

public:
    [[nodiscard]] QString introspect(const QString & /*path*/) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        return connection.send(message.createReply(message.interface()));
    }
};

class PrivateBusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesCallsAndComesBackAfterACrash()
    {
        PrivateBus bus;
        for (const auto *name : {"first", "second"}) {
            QVERIFY2(bus.start(), qPrintable(bus.errorString()));
            const auto connection = QDBusConnection::connectToBus(bus.address(), QString::fromLatin1(name));
            QVERIFY2(connection.isConnected(), qPrintable(connection.lastError().message()));
            QVERIFY(connection.interface()->isServiceRegistered(QStringLiteral("org.freedesktop.DBus")));
            bus.stop();
            QTRY_VERIFY(!QDBusConnection(QString::fromLatin1(name)).isConnected());
            QDBusConnection::disconnectFromBus(QString::fromLatin1(name));
        }
    }

    void otherUsersReachTheSocket()
    {
        PrivateBus bus;
        QVERIFY2(bus.start(), qPrintable(bus.errorString()));
        const auto folder = QFileInfo(bus.address().section(QLatin1Char('='), 1)).path();
        QVERIFY(QFile::permissions(folder).testFlag(QFile::ExeOther));
    }

    void aMissingPolicyFileIsAnError()
    {
        PrivateBus bus;
        QVERIFY(!bus.start({{QStringLiteral("/nowhere/policy.conf")}, {}}));
        QVERIFY(bus.errorString().contains(QStringLiteral("/nowhere/policy.conf")));
    }

    void shippedPolicy_data()
    {
        QTest::addColumn<QString>("daemon");
        QTest::addColumn<QString>("agents");
        QTest::addColumn<QString>("admins");
        QTest::addColumn<bool>("owns");
        QTest::addColumn<QStringList>("reached");
        const QStringList none;
        const QStringList agent{QStringLiteral("Agent1 on Agent1"),
                                QStringLiteral("Introspectable on Agent1")};
        const QStringList admin{QStringLiteral("Admin1 on Admin1")};
        QTest::newRow("an agent") << me() << myGroup() << somebodyElse << true << agent;
        QTest::newRow("an admin") << me() << somebodyElse << myGroup() << true << admin;
        QTest::newRow("both") << me() << myGroup() << myGroup() << true << agent + admin;
        QTest::newRow("neither") << me() << somebodyElse << somebodyElse << true << none;
        QTest::newRow("not the daemon") << somebodyElse << myGroup() << myGroup() << false << none;
    }

    void shippedPolicy()
    {
        QFETCH(QString, daemon);
        QFETCH(QString, agents);
        QFETCH(QString, admins);
        PrivateBus bus;
        QVERIFY2(bus.start({{policyFile},
                            {{QStringLiteral("glovebox"), daemon},
                             {QStringLiteral("glovebox-agents"), agents},
                             {QStringLiteral("glovebox-admins"), admins},
                             {QStringLiteral("root"), somebodyElse}}}),
                 qPrintable(bus.errorString()));
        auto owner = QDBusConnection::connectToBus(bus.address(), QStringLiteral("owner"));
        Echo echo;
        QVERIFY(
            owner.registerVirtualObject(QStringLiteral("/org/glovebox"), &echo, QDBusConnection::SubPath));
        QTEST(owner.registerService(serviceName), "owns");
        QTEST(reachedDoors(bus.address()), "reached");
        QDBusConnection::disconnectFromBus(QStringLiteral("owner"));
    }

private:
    /// Tries both interfaces on both objects, without an interface, and the standard interfaces.
    static QStringList reachedDoors(const QString &address)
    {
        const auto caller = QDBusConnection::connectToBus(address, QStringLiteral("caller"));
        QStringList reached;
        for (const auto *object : {"Agent1", "Admin1"}) {
            for (const auto *interface :
                 {"org.glovebox.Agent1", "org.glovebox.Admin1", "", "org.freedesktop.DBus.Introspectable",
                  "org.freedesktop.DBus.Properties", "org.freedesktop.DBus.Peer"}) {
                const auto path = QStringLiteral("/org/glovebox/") + QLatin1String(object);
                const auto answer = caller.asyncCall(QDBusMessage::createMethodCall(
                    serviceName, path, QLatin1String(interface), QStringLiteral("Status")));
                if (!QTest::qWaitFor([&] { return answer.isFinished(); }, 30'000)) {
                    return {QStringLiteral("no answer")};
                }
                if (answer.reply().type() == QDBusMessage::ReplyMessage) {
                    reached += QString::fromLatin1(interface).section(QLatin1Char('.'), -1) +
                               QStringLiteral(" on ") + QLatin1String(object);
                }
            }
        }
        QDBusConnection::disconnectFromBus(QStringLiteral("caller"));
        return reached;
    }
};

GLOVEBOX_TEST_MAIN(PrivateBusTest)
#include "private_bus_test.moc"
