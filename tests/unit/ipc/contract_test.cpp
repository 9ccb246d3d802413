// SPDX-License-Identifier: Apache-2.0
#include "ipc/admin1_adaptor.h"
#include "ipc/agent1_adaptor.h"
#include "ipc/bus.h"
#include "ipc/names.h"
#include "ipc/rep_Driver_merged.h"
#include "tests/support/fatal_log.h"
#include "tests/support/private_bus.h"

#include <QSignalSpy>
#include <QTest>

using namespace glovebox;

namespace
{

QStringList slotsOf(const QMetaObject &meta)
{
    QStringList names;
    for (int i = meta.methodOffset(); i < meta.methodCount(); ++i) {
        names << QString::fromLatin1(meta.method(i).name());
    }
    names.sort();
    return names;
}

class Listener : public QObject
{
    Q_OBJECT
Q_SIGNALS:
    void lost();
};

} // namespace

class ContractTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noMethodOfTheBusApproves()
    {
        QCOMPARE(slotsOf(Agent1Adaptor::staticMetaObject),
                 QStringList({QStringLiteral("FindMerchants"), QStringLiteral("GetPurchase"),
                              QStringLiteral("OpenSession"), QStringLiteral("Permissions"),
                              QStringLiteral("Propose"), QStringLiteral("RequestPairing"),
                              QStringLiteral("Withdraw")}));
        QCOMPARE(
            slotsOf(Admin1Adaptor::staticMetaObject),
            QStringList({QStringLiteral("Narrow"), QStringLiteral("Permissions"), QStringLiteral("PublicKey"),
                         QStringLiteral("Purchase"), QStringLiteral("Purchases"), QStringLiteral("Revoke"),
                         QStringLiteral("SimulateVerdict"), QStringLiteral("Status"),
                         QStringLiteral("StopAll")}));
    }

    void theBusObjectsHaveNoProperties()
    {
        // Get and GetAll are answered before the daemon can ask who calls.
        QCOMPARE(Agent1Adaptor::staticMetaObject.propertyCount(),
                 QDBusAbstractAdaptor::staticMetaObject.propertyCount());
        QCOMPARE(Admin1Adaptor::staticMetaObject.propertyCount(),
                 QDBusAbstractAdaptor::staticMetaObject.propertyCount());
    }

    void theInterfaceNamesAreThoseOfTheFiles()
    {
        const auto nameOf = [](const QMetaObject &meta) {
            return QLatin1String(meta.classInfo(meta.indexOfClassInfo("D-Bus Interface")).value());
        };
        QCOMPARE(nameOf(Agent1Adaptor::staticMetaObject), ipc::kAgentInterface);
        QCOMPARE(nameOf(Admin1Adaptor::staticMetaObject), ipc::kAdminInterface);
    }

    void theCockpitCannotWriteTheView()
    {
        const QMetaObject &meta = DriverReplica::staticMetaObject;
        const QMetaProperty view = meta.property(meta.indexOfProperty("view"));
        QVERIFY(view.isValid());
        QVERIFY(!view.isWritable());
        QCOMPARE(meta.indexOfSlot("pushView(CockpitView)"), -1);
    }

    void aLostBusIsNoticed()
    {
        testing::PrivateBus bus;
        QVERIFY2(bus.start(), qPrintable(bus.errorString()));
        QDBusConnection connection = ipc::connectToBus(bus.address(), QStringLiteral("lost"));
        QVERIFY(connection.isConnected());
        Listener listener;
        QSignalSpy lost(&listener, &Listener::lost);
        QVERIFY(ipc::watchBusLoss(connection, &listener, SIGNAL(lost())));
        bus.stop();
        QTRY_COMPARE(lost.size(), 1);
        QDBusConnection::disconnectFromBus(QStringLiteral("lost"));
    }

    void anAbsentBusIsNoConnection()
    {
        const QDBusConnection connection =
            ipc::connectToBus(QStringLiteral("unix:path=/nonexistent/bus"), QStringLiteral("absent"));
        QVERIFY(!connection.isConnected());
        QVERIFY(!connection.lastError().message().isEmpty());
        QDBusConnection::disconnectFromBus(QStringLiteral("absent"));
    }
};

GLOVEBOX_TEST_MAIN(ContractTest)
#include "contract_test.moc"
