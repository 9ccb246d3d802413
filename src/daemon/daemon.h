// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/admin_desk.h"
#include "daemon/agent_desk.h"
#include "daemon/card_desk.h"
#include "daemon/life_notes.h"
#include "daemon/log_checkpoints.h"
#include "settlement/settlement.h"

namespace glovebox::daemon
{

/// The daemon without its edges: no bus, no socket, no file is opened here. Everything it needs is handed in
/// by the composition root and outlives it.
class Daemon
{
public:
    using MakeSettlement =
        std::function<std::unique_ptr<settlement::Settlement>(settlement::Book &, settlement::Checkpoints &)>;

    struct Parts
    {
        Settings settings;
        ports::Clock &clock;
        JournalThread &journal;
        PurchaseBook::Loaded loaded; // PurchaseBook::load() before the journal went to its thread
        const crypto::SigningKey &key;
        const payment::KindCatalogue &kinds;
        const payment::TextCatalogue &texts;
        ports::VehicleSignals &signals;
        ports::Connectivity &connectivity;
        std::shared_ptr<crypto::PinLock> pin; // null: none was enrolled
        QString deskNotice;                   // translated; empty in a car
        MakeSettlement makeSettlement;
    };
    explicit Daemon(Parts parts);
    ~Daemon();

    /// Notes the boot in the log, ends what a restart ended, and begins to listen and to settle.
    void start();
    /// Notes the orderly end in the log; `done` when it is on disk.
    void stop(std::function<void()> done);
    /// After a suspend: cards and the driver session belong to another drive (the caller drops the signals).
    void resumed();

    [[nodiscard]] AgentService &agents() { return m_agents; }
    [[nodiscard]] AdminService &admins() { return m_admins; }
    [[nodiscard]] DriverDesk &driver() { return m_cards; }

    /// The outcome of a write is unknown: end the process with 74, and let the next one read what the log
    /// says.
    std::function<void(const std::string &detail)> onUnknownOutcome;

private:
    void restoreTime();
    void recover();
    void changed(const payment::Purchase &purchase);

    Settings m_settings;
    PurchaseBook m_book;
    DrivingMonitor m_driving;
    DriverSession m_session;
    MerchantDirectory m_directory;
    GatewayContact m_contact;
    World m_world;
    LifeNotes m_life;
    AgentDesk m_agents;
    PermissionDesk m_permissions;
    AdminDesk m_admins;
    CardDesk m_cards;
    LogCheckpoints m_checkpoints;
    std::unique_ptr<settlement::Settlement> m_settlement;
};

} // namespace glovebox::daemon
