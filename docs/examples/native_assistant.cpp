// SPDX-License-Identifier: Apache-2.0
// An assistant inside the car, without MCP: proposes a garage exit over D-Bus and says what became of it.
//   native_assistant BUS-ADDRESS TOKEN-FILE MERCHANT-ID REQUEST-ID
#include <QCoreApplication>
#include <QDBusInterface>
#include <QDBusReply>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

namespace
{

/// The JSON object of an answer; ends the program with the daemon's error.
QJsonObject objectOf(const QDBusReply<QString> &reply)
{
    if (!reply.isValid()) {
        QTextStream(stderr) << reply.error().name() << ": " << reply.error().message() << '\n';
        std::exit(1);
    }
    return QJsonDocument::fromJson(reply.value().toUtf8()).object();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    QFile token(arguments.value(2));
    const auto bus = QDBusConnection::connectToBus(arguments.value(1), QStringLiteral("native-assistant"));
    if (arguments.size() != 5 || !token.open(QIODevice::ReadOnly) || !bus.isConnected()) {
        QTextStream(stderr) << "usage: native_assistant BUS-ADDRESS TOKEN-FILE MERCHANT-ID REQUEST-ID\n";
        return 64;
    }
    QDBusInterface agent(QStringLiteral("org.glovebox.Daemon"), QStringLiteral("/org/glovebox/Agent1"),
                         QStringLiteral("org.glovebox.Agent1"), bus);
    // The token makes this bus connection the assistant's; the daemon forgets it with the connection.
    objectOf(agent.call(QStringLiteral("OpenSession"), token.readAll().trimmed()));
    const QJsonObject proposal{
        {QStringLiteral("request_id"), arguments[4]}, // the same again is the same purchase
        {QStringLiteral("kind"), QStringLiteral("parking")},
        {QStringLiteral("merchant_id"), arguments[3]}, // one that FindMerchants gave
        {QStringLiteral("amount"), QJsonObject{{QStringLiteral("type"), QStringLiteral("exact")},
                                               {QStringLiteral("value"), 1250}, // 12.50 euro
                                               {QStringLiteral("currency"), QStringLiteral("EUR")}}},
        {QStringLiteral("place"), QJsonObject{{QStringLiteral("type"), QStringLiteral("gate")},
                                              {QStringLiteral("label"), QStringLiteral("2")}}}};
    const QString text = QString::fromUtf8(QJsonDocument(proposal).toJson(QJsonDocument::Compact));
    QJsonObject purchase = objectOf(agent.call(QStringLiteral("Propose"), text));
    while (!purchase[QStringLiteral("final")].toBool()) { // each call waits until something changes, 20 s at most
        QTextStream(stdout) << purchase[QStringLiteral("message")].toString() << Qt::endl;
        purchase = objectOf(agent.call(QStringLiteral("GetPurchase"), purchase[QStringLiteral("purchase_id")].toString(),
                                       purchase[QStringLiteral("version")].toInteger(), 20U));
    }
    QTextStream(stdout) << (purchase[QStringLiteral("paid")].toBool() ? "paid" : "not paid") << Qt::endl;
    return 0;
}
