// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/fake_daemon.h"

#include <QLocalSocket>

namespace glovebox::testing
{

FakeDaemon::FakeDaemon(QString socketPath)
{
    m_host.setHostUrl(QUrl(QStringLiteral("custom:driver")), QRemoteObjectHost::AllowExternalRegistration);
    m_host.enableRemoting(this, QStringLiteral("Driver"));
    QLocalServer::removeServer(socketPath);
    if (!m_server.listen(socketPath))
        qFatal("no socket at %s", qPrintable(socketPath));
    connect(&m_server, &QLocalServer::newConnection, this,
            [this] { m_host.addHostSideConnection(m_server.nextPendingConnection()); });
}

FakeDaemon::~FakeDaemon()
{
    m_server.close();
}

QList<DriverCall> FakeDaemon::calls(const QString &name) const
{
    QList<DriverCall> found;
    for (const DriverCall &call : m_calls) {
        if (call.name == name)
            found.append(call);
    }
    return found;
}

void FakeDaemon::enterPin(const QByteArray &pin)
{
    m_pin = QByteArray(pin.constData(), pin.size());
    note({QStringLiteral("enterPin"), {}, {}, {}});
}

void FakeDaemon::note(const DriverCall &call)
{
    m_calls.append(call);
    Q_EMIT called();
}

namespace
{

QList<ShownItem> items(std::initializer_list<std::pair<const char *, const char *>> texts)
{
    QList<ShownItem> list;
    for (const auto &[id, text] : texts)
        list.append(ShownItem(QString::fromLatin1(id), QString::fromUtf8(text)));
    return list;
}

CockpitView viewOf(const QString &screen, const QString &driving, const QString &locale)
{
    static qint64 revision = 0;
    CockpitView view;
    view.setRevision(++revision);
    view.setScreen(screen);
    view.setDriving(driving);
    view.setSessionOpen(true);
    view.setOnline(true);
    view.setLocale(locale);
    return view;
}

QList<ShownItem> cardItems(bool german, bool details)
{
    QList<ShownItem> list = german ? items({{"title", "Tanken · Säule 4"},
                                            {"merchant", "Tankhof Königstraße"},
                                            {"amount", "80,00 €"},
                                            {"amount_note", "höchstens"},
                                            {"primary", "Bezahlen"},
                                            {"secondary", "Jetzt nicht"}})
                                   : items({{"title", "Fuel · Pump 4"},
                                            {"merchant", "Tankhof Königstraße"},
                                            {"amount", "€80.00"},
                                            {"amount_note", "at most"},
                                            {"primary", "Pay"},
                                            {"secondary", "Not now"}});
    if (details) {
        list += german ? items({{"paid_with_label", "Bezahlt mit"},
                                {"paid_with", "Visa ·· 42"},
                                {"stop_label", "Stoppen möglich"},
                                {"stop", "bis es gesendet wird oder Sie losfahren"}})
                       : items({{"paid_with_label", "Paid with"},
                                {"paid_with", "Visa ·· 42"},
                                {"stop_label", "You can stop it"},
                                {"stop", "until it is sent or you leave"}});
    }
    return list;
}

QList<ShownItem> resultItems(bool german, const QString &tone)
{
    if (tone == QLatin1String("saved"))
        return german ? items({{"headline", "Genehmigt, nicht bezahlt"},
                               {"detail", "Im Auto gespeichert. Zahlung folgt."},
                               {"amount", "12,50 €"},
                               {"merchant", "Garage Marktplatz"},
                               {"undo", "Rückgängig bis Senden/Abfahrt"},
                               {"done", "Fertig"}})
                      : items({{"headline", "Approved, not paid yet"},
                               {"detail", "Saved in the car. Paid when back online."},
                               {"amount", "€12.50"},
                               {"merchant", "Garage Marktplatz"},
                               {"undo", "Undo until sent or leaving"},
                               {"done", "Done"}});
    if (tone == QLatin1String("paid"))
        return german ? items({{"headline", "63,18 € bezahlt"},
                               {"detail", "Genehmigt bis 80,00 €. Der Rest wird freigegeben."},
                               {"amount", "63,18 €"},
                               {"merchant", "Tankhof Königstraße"},
                               {"done", "Fertig"}})
                      : items({{"headline", "Paid €63.18"},
                               {"detail", "You approved up to €80.00. The rest is released."},
                               {"amount", "€63.18"},
                               {"merchant", "Tankhof Königstraße"},
                               {"done", "Done"}});
    return german ? items({{"headline", "Nicht bezahlt"},
                           {"detail", "Keine Verbindung. Bitte an der Kasse bezahlen."},
                           {"amount", "80,00 €"},
                           {"merchant", "Tankhof Königstraße"},
                           {"done", "Fertig"}})
                  : items({{"headline", "Not paid"},
                           {"detail", "No connection. Pay at the till."},
                           {"amount", "€80.00"},
                           {"merchant", "Tankhof Königstraße"},
                           {"done", "Done"}});
}

} // namespace

CockpitView idleView(const QString &locale, bool sessionOpen, const QString &driving)
{
    CockpitView view = viewOf(QStringLiteral("idle"), driving, locale);
    view.setSessionOpen(sessionOpen);
    return view;
}

CockpitView cardView(const QString &locale, const QString &layout, const QString &nonce)
{
    const bool details = layout == QLatin1String("details");
    CockpitView view =
        viewOf(QStringLiteral("card"), details ? QStringLiteral("parked") : QStringLiteral("moving"), locale);
    CardView card;
    card.setNonce(nonce);
    card.setPurchaseId(QStringLiteral("p-1"));
    card.setPurpose(QStringLiteral("purchase"));
    card.setLayout(layout);
    card.setLocale(locale);
    card.setItems(cardItems(locale == QLatin1String("de"), details));
    view.setCard(card);
    return view;
}

CockpitView resultView(const QString &locale, const QString &tone)
{
    CockpitView view = viewOf(QStringLiteral("result"), QStringLiteral("moving"), locale);
    ResultView result;
    result.setPurchaseId(QStringLiteral("p-1"));
    result.setTone(tone);
    result.setUndoPossible(tone == QLatin1String("saved"));
    result.setResumable(tone == QLatin1String("stopped"));
    result.setItems(resultItems(locale == QLatin1String("de"), tone));
    view.setResult(result);
    return view;
}

CockpitView pinView(const QString &locale)
{
    CockpitView view = viewOf(QStringLiteral("pin"), QStringLiteral("parked"), locale);
    view.setSessionOpen(false);
    view.setPin(PinView(true, 5, 0));
    return view;
}

} // namespace glovebox::testing
