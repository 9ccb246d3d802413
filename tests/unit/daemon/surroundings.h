// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/driver_desk.h"
#include "journal/journal.h"
#include "ports/transport.h"
#include "ports/vehicle_signals.h"
#include "settlement/settlement.h"

#include <atomic>

namespace glovebox::testing
{

class FakeSignals final : public ports::VehicleSignals
{
public:
    void start(std::function<void(const ports::VehicleReadings &)> onChange) override
    {
        m_onChange = std::move(onChange);
    }
    void clear() override { send({}); }
    /// From a thread of its own, as the adapter does.
    void send(const ports::VehicleReadings &now);

    ports::VehicleReadings readings;

private:
    std::function<void(const ports::VehicleReadings &)> m_onChange;
};

class FakeConnectivity final : public ports::Connectivity
{
public:
    [[nodiscard]] bool online() const override { return m_online; }
    void start(std::function<void(bool)> onChange) override { m_onChange = std::move(onChange); }
    void set(bool online);

private:
    bool m_online = true;
    std::function<void(bool)> m_onChange;
};

/// What the driver's display got.
struct FakeCockpit
{
    std::vector<daemon::ViewState> views;
    std::vector<std::pair<std::string, std::string>> refusals; // nonce, reason
    std::vector<std::string> pinAnswers;
    std::string shownNonce;
    [[nodiscard]] daemon::DriverDesk::Listener listener();
};

/// Does nothing by itself; a test plays the gateway through it.
class ScriptedSettlement final : public settlement::Settlement
{
public:
    ScriptedSettlement(settlement::Book &itsBook, std::string directory)
        : book(itsBook), m_directory(std::move(directory))
    {}
    void start() override;
    void wake() override { ++wakes; }
    /// One event about a purchase.
    void record(const std::string &purchase, payment::Event event, const base::Moment &at,
                const std::optional<payment::SettlementFacts> &facts = std::nullopt);

    settlement::Book &book;
    int wakes = 0;
    std::vector<bool> recorded;

private:
    std::string m_directory;
};

/// What goes wrong with the next write; set from the test's thread, read on the journal's.
struct Disturbance
{
    std::atomic<int> fault{-1};    // a JournalFault; -1: none
    std::atomic<int> failAfter{0}; // writes that still succeed before it
    std::atomic<bool> lasting{false};
    std::atomic<int> calls{0};
};

/// The real journal, with a disk that a test can fill.
[[nodiscard]] std::unique_ptr<journal::Journal> disturbed(std::unique_ptr<journal::Journal> journal,
                                                          Disturbance &disturbance);

} // namespace glovebox::testing
