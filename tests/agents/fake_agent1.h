// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

namespace glovebox::testing
{

/// An Agent1 without a daemon behind it: sessions, purchases by request_id, waits. The test moves the
/// purchases.
class FakeAgent1 final : public QObject, protected QDBusContext
{
    Q_OBJECT
public:
    FakeAgent1(const QDBusConnection &bus, QByteArray token);
    ~FakeAgent1() override;

    /// Appears on the bus, under the daemon's name.
    [[nodiscard]] bool appear();
    void vanish();
    /// As after a restart.
    void forgetSessions() { m_sessions.clear(); }
    /// The next call but OpenSession answers with this error.
    void failNext(const QString &name, const QString &message);
    /// The next call is never answered.
    void swallowNext() { m_swallow = true; }

    /// The answer to the next proposal is kept until release().
    void holdNext() { m_hold = true; }
    [[nodiscard]] bool holds() const { return m_held.has_value(); }
    void release();
    void changeToken(QByteArray token) { m_token = std::move(token); }

    void move(const std::string &purchaseId, const std::string &state, bool paid, bool final);
    /// Method names in the order of arrival.
    [[nodiscard]] const QStringList &calls() const { return m_calls; }
    [[nodiscard]] int waits() const { return static_cast<int>(m_waits.size()); }
    [[nodiscard]] int purchases() const { return static_cast<int>(m_purchases.size()); }
    [[nodiscard]] const std::string &lastProposal() const { return m_lastProposal; }
    [[nodiscard]] qlonglong lastSince() const { return m_lastSince; }

public Q_SLOTS:
    QString OpenSession(const QByteArray &token);
    QString RequestPairing(const QString &request);
    QString Propose(const QString &proposal);
    QString GetPurchase(const QString &purchaseId, qlonglong since, uint wait_s);
    QString Withdraw(const QString &purchaseId);
    QString Permissions();
    QString FindMerchants(const QString &kind, uint count_max);

private:
    struct Wait
    {
        QDBusMessage call;
        std::string purchaseId;
    };
    /// Whether the call may go on; else its error is on the way.
    bool admit(const char *method);

    QDBusConnection m_bus;
    QByteArray m_token;
    QSet<QString> m_sessions;
    std::map<std::string, base::Json> m_purchases;
    std::vector<Wait> m_waits;
    QStringList m_calls;
    std::string m_lastProposal;
    qlonglong m_lastSince = 0;
    std::pair<QString, QString> m_failure;
    bool m_swallow = false;
    bool m_hold = false;
    std::optional<QDBusMessage> m_held; // the answer
};

} // namespace glovebox::testing
