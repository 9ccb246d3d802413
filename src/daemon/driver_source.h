// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/driver_desk.h"
#include "ipc/rep_Driver_merged.h"

namespace glovebox::daemon
{

/// Driver.rep in front of DriverDesk: turns values into PODs and back, and drops whatever is larger than it
/// can rightly be. The texts of a consent are handed on unchanged: one that cannot be a text of ours is a
/// consent that does not count.
class DriverSourceObject : public DriverSimpleSource
{
    Q_OBJECT
public:
    static constexpr int kItems_max = 32;
    static constexpr int kText_max = 1024; // UTF-16 units
    static constexpr int kId_max = 64;     // nonce, purchase, item

    explicit DriverSourceObject(DriverDesk &desk);
    ~DriverSourceObject() override;

    /// A cockpit is there; the present view is set when it returns.
    void attach();
    /// It is gone.
    void detach();

public Q_SLOTS:
    void shown(const QString &nonce) override;
    void alive(const QString &nonce) override;
    void approve(const QString &nonce, const QList<ShownItem> &items, const QString &method) override;
    void decline(const QString &nonce) override;
    void interrupted(const QString &nonce) override;
    void enterPin(const QByteArray &pin) override;
    void openPin() override;
    void closePin() override;
    void undo(const QString &purchaseId) override;
    void dismiss(const QString &purchaseId) override;
    void resume(const QString &purchaseId) override;

private:
    void show(const ViewState &state);

    DriverDesk &m_desk;
    qint64 m_revision = 0;
};

} // namespace glovebox::daemon
