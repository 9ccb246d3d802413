// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ipc/rep_Driver_merged.h"

#include <QObject>
#include <QTimer>
#include <memory>

class QLocalSocket;
class QRemoteObjectNode;

namespace glovebox::cockpit
{

/// The line to the daemon: connects to its socket, and again by itself when the daemon restarts. Every call
/// is dropped while there is no line; the view that follows a new line says what is true then.
class DriverLink : public QObject
{
    Q_OBJECT
public:
    /// Wait before the next try: doubles from the first to the last.
    static constexpr int retryFirst_ms = 50;
    static constexpr int retryLast_ms = 500;

    explicit DriverLink(QString socketPath, QObject *parent = nullptr);
    ~DriverLink() override;

    void start();
    /// Handles what comes over the line until the first view is there, the line cannot be had, or `limit_ms`
    /// passed. No input is taken meanwhile.
    void awaitFirstView(int limit_ms);
    /// There is a line, and a view came over it.
    [[nodiscard]] bool available() const { return m_available; }

    void shown(const QString &nonce);
    void alive(const QString &nonce);
    void approve(const QString &nonce, const QList<ShownItem> &items, const QString &method);
    void decline(const QString &nonce);
    void interrupted(const QString &nonce);
    /// Serialised before it returns; the caller wipes.
    void enterPin(const QByteArray &pin);
    void openPin();
    void closePin();
    void undo(const QString &purchaseId);
    void dismiss(const QString &purchaseId);
    void resume(const QString &purchaseId);

Q_SIGNALS:
    void viewArrived(const CockpitView &view);
    void lost();
    void refused(const QString &nonce, const QString &reason);
    void pinAnswered(const QString &outcome);

private:
    void connectSocket();
    void connected();
    void dropLine();
    void takeView();
    [[nodiscard]] bool awaitsFirstView() const;

    QString m_socketPath;
    QTimer m_retry;
    int m_retry_ms = retryFirst_ms;
    bool m_available = false;
    std::unique_ptr<QLocalSocket> m_socket;
    std::unique_ptr<QRemoteObjectNode> m_node;
    std::unique_ptr<DriverReplica> m_replica;
};

} // namespace glovebox::cockpit
