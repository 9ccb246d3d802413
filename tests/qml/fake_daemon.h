// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ipc/rep_Driver_merged.h"

#include <QLocalServer>
#include <QRemoteObjectHost>
#include <QTemporaryDir>
#include <memory>

namespace glovebox::testing
{

/// What the cockpit asked for, in order.
struct DriverCall
{
    QString name; // as in Driver.rep
    QString argument;
    QString method;
    QList<ShownItem> items;
};

/// The daemon's end of Driver.rep, without a daemon: a test sets the view and reads the calls.
class FakeDaemon : public DriverSimpleSource
{
    Q_OBJECT
public:
    explicit FakeDaemon(QString socketPath);
    ~FakeDaemon() override;

    void show(const CockpitView &view) { setView(view); }
    [[nodiscard]] QList<DriverCall> calls(const QString &name) const;
    [[nodiscard]] QByteArray pin() const { return m_pin; }

    void shown(const QString &nonce) override { note({QStringLiteral("shown"), nonce, {}, {}}); }
    void alive(const QString &nonce) override { note({QStringLiteral("alive"), nonce, {}, {}}); }
    void approve(const QString &nonce, const QList<ShownItem> &items, const QString &method) override
    {
        note({QStringLiteral("approve"), nonce, method, items});
    }
    void decline(const QString &nonce) override { note({QStringLiteral("decline"), nonce, {}, {}}); }
    void interrupted(const QString &nonce) override { note({QStringLiteral("interrupted"), nonce, {}, {}}); }
    void enterPin(const QByteArray &pin) override;
    void openPin() override { note({QStringLiteral("openPin"), {}, {}, {}}); }
    void closePin() override { note({QStringLiteral("closePin"), {}, {}, {}}); }
    void undo(const QString &purchaseId) override { note({QStringLiteral("undo"), purchaseId, {}, {}}); }
    void dismiss(const QString &purchaseId) override
    {
        note({QStringLiteral("dismiss"), purchaseId, {}, {}});
    }
    void resume(const QString &purchaseId) override { note({QStringLiteral("resume"), purchaseId, {}, {}}); }

Q_SIGNALS:
    void called();

private:
    void note(const DriverCall &call);

    QLocalServer m_server;
    QRemoteObjectHost m_host;
    QList<DriverCall> m_calls;
    QByteArray m_pin;
};

/// Views as the daemon composes them, in English or German.
[[nodiscard]] CockpitView idleView(const QString &locale, bool sessionOpen, const QString &driving);
[[nodiscard]] CockpitView cardView(const QString &locale, const QString &layout, const QString &nonce);
[[nodiscard]] CockpitView resultView(const QString &locale, const QString &tone);
[[nodiscard]] CockpitView pinView(const QString &locale);

} // namespace glovebox::testing
