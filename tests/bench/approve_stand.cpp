// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/approve_stand.h"

#include "crypto/pin.h"
#include "daemon/daemon.h"
#include "daemon/kind_files.h"
#include "tests/bench/filled_journal.h"
#include "tests/support/fake_clock.h"
#include "wire/messages.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

#include <array>

namespace glovebox::bench
{
namespace
{

using Steady = std::chrono::steady_clock;
constexpr const char *kGateway = "sandbox";
constexpr auto kHang = std::chrono::seconds(20);
constexpr auto kSpeedPeriod = std::chrono::milliseconds(250); // a silent car would count as moving

class ParkedCar final : public ports::VehicleSignals
{
public:
    void start(std::function<void(const ports::VehicleReadings &)> onChange) override
    {
        m_onChange = std::move(onChange);
    }
    void clear() override {}
    void say(base::BootTime now) const
    {
        ports::VehicleReadings readings;
        readings.speed_kmh = 0;
        readings.speedAt = now;
        readings.gear = ports::Gear::park;
        readings.parkingBrake = true;
        readings.ignitionOn = true;
        readings.driverDoorOpen = false;
        m_onChange(readings);
    }

private:
    std::function<void(const ports::VehicleReadings &)> m_onChange;
};

class AlwaysOnline final : public ports::Connectivity
{
public:
    [[nodiscard]] bool online() const override { return true; }
    void start(std::function<void(bool)>) override {}
};

/// Settles nothing. It is woken by the callback of the commit, before anything else happens with it.
class WokenSettlement final : public settlement::Settlement
{
public:
    explicit WokenSettlement(settlement::Book &approvals) : book(approvals) {}
    void start() override {}
    void wake() override { wokenAt = Steady::now(); }

    settlement::Book &book;
    std::optional<Steady::time_point> wokenAt;
};

/// When the journal's thread took up the newest batch, and when it was on the disk. Read once the answer has
/// come over to the thread that asked.
struct Append
{
    Steady::time_point began;
    Steady::time_point durable;
};

class TimedJournal final : public journal::Journal
{
public:
    TimedJournal(std::unique_ptr<journal::Journal> real, Append &newest)
        : m_real(std::move(real)), m_newest(newest)
    {}
    [[nodiscard]] journal::JournalResult<journal::Committed> append(const journal::Batch &batch) override
    {
        m_newest.began = Steady::now();
        auto committed = m_real->append(batch);
        m_newest.durable = Steady::now();
        return committed;
    }
    [[nodiscard]] journal::JournalIdentity identity() const override { return m_real->identity(); }
    [[nodiscard]] journal::JournalResult<std::optional<payment::Purchase>>
    purchase(const payment::PurchaseId &id) override
    {
        return m_real->purchase(id);
    }
    [[nodiscard]] journal::JournalResult<std::vector<payment::Purchase>> purchases(int count_max) override
    {
        return m_real->purchases(count_max);
    }
    [[nodiscard]] journal::JournalResult<std::vector<payment::Purchase>> unfinished() override
    {
        return m_real->unfinished();
    }
    [[nodiscard]] journal::JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfRequest(const payment::AgentId &agent, const payment::RequestId &request) override
    {
        return m_real->purchaseOfRequest(agent, request);
    }
    journal::JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfApproval(const payment::ApprovalId &approval) override
    {
        return m_real->purchaseOfApproval(approval);
    }
    [[nodiscard]] journal::JournalResult<std::vector<journal::OutboxRow>> outbox() override
    {
        return m_real->outbox();
    }
    [[nodiscard]] journal::JournalResult<std::optional<std::string>> setting(const std::string &name) override
    {
        return m_real->setting(name);
    }
    [[nodiscard]] journal::JournalResult<std::vector<journal::EntryRecord>> entries(std::uint64_t from,
                                                                                    int count) override
    {
        return m_real->entries(from, count);
    }
    [[nodiscard]] journal::JournalResult<std::vector<base::Hash>> leaves(std::uint64_t from,
                                                                         int count) override
    {
        return m_real->leaves(from, count);
    }

private:
    std::unique_ptr<journal::Journal> m_real;
    Append &m_newest;
};

std::string directory(const crypto::SigningKey &gatewayKey, base::WallTime now)
{
    const base::Json garage = {{"v", 1},
                               {"id", "garage-marktplatz"},
                               {"name", "Garage Marktplatz"},
                               {"category", "7523"},
                               {"position", {{"latitude_e6", 48775300}, {"longitude_e6", 9178600}}},
                               {"currency", "EUR"},
                               {"kinds",
                                {{"parking",
                                  {{"fulfilment", "offline_accepted"},
                                   {"offline_floor_minor", 5000},
                                   {"offline_age_s_max", 604800}}}}},
                               {"valid_until_ms", now.milliseconds + 86'400'000},
                               {"revision", 1}};
    const auto entry = wire::signPayload(gatewayKey, wire::kMerchantType, garage);
    require(entry.has_value(), "signing a merchant entry");
    const auto whole = wire::signPayload(gatewayKey, wire::kDirectoryType,
                                         wire::directoryPayload(kGateway, 1, now, {*entry}));
    require(whole.has_value(), "signing a directory");
    return *whole;
}

std::string proposal(int number)
{
    return base::Json{{"request_id", "bench-" + std::to_string(number)},
                      {"kind", "parking"},
                      {"merchant_id", "garage-marktplatz"},
                      {"amount", {{"type", "exact"}, {"value", 850}, {"currency", "EUR"}}},
                      {"place", {{"type", "gate"}, {"label", "2"}}},
                      {"utterance", "Pay for the garage when we drive out."},
                      {"reason", "The car stands at the exit of the garage."}}
        .dump();
}

crypto::SigningKey makeKey(const std::filesystem::path &file)
{
    auto key = crypto::SigningKey::createDevelopmentKey(file);
    require(key.has_value(), "making a key");
    return std::move(*key);
}

crypto::Secret pin()
{
    std::array<std::uint8_t, 6> digits = {'1', '2', '3', '4', '5', '6'};
    return crypto::Secret::take(digits);
}

daemon::Settings settingsFor(const crypto::SigningKey &gatewayKey)
{
    daemon::Settings settings;
    settings.wallet = *payment::WalletId::fromText("w-1");
    settings.gateway = kGateway;
    settings.gatewayKeys = {gatewayKey.publicKey()};
    settings.driver = *payment::DriverId::fromText("mia");
    settings.instrument = {"tok_demo", "Visa ·· 42"};
    settings.permissions.kinds = {*payment::KindId::fromText("parking")};
    settings.permissions.currency = "EUR";
    settings.permissions.perPurchase_minor_max = 12000;
    settings.permissions.daily_minor_max = base::Money::kMinorMax;
    settings.permissions.monthly_minor_max = base::Money::kMinorMax;
    settings.permissions.offlineUnsettled_minor_max = 15000;
    settings.permissions.offlineUnsettled_count_max = 1000;
    settings.permissions.offlineUnsettled_age_s_max = 86'400;
    settings.permissions.openProposals_max = 3;
    settings.proposals.burst = 1'000'000;
    settings.risk.of(consent::RiskRule::duplicate).action = consent::RiskAction::note;
    settings.risk.of(consent::RiskRule::velocity).action = consent::RiskAction::note;
    settings.surface = payment::Surface::desk;
    settings.version = "bench";
    return settings;
}

/// The one that is there, or a new one.
std::unique_ptr<journal::Journal> journalIn(const std::filesystem::path &folder,
                                            const crypto::SigningKey &key, const base::Moment &now)
{
    const journal::Journal::Options options{folder / "journal.sqlite", key.publicKey().thumbprint(), now};
    auto journal = std::filesystem::exists(options.path)
                       ? journal::Journal::open(options, sealingKeyIn(folder))
                       : journal::Journal::create(options, sealingKeyIn(folder));
    require(journal.has_value(), "opening a journal");
    return std::move(*journal);
}

daemon::PurchaseBook::Loaded load(journal::Journal &journal)
{
    auto loaded = daemon::PurchaseBook::load(journal);
    require(loaded.has_value(), "reading the journal");
    return std::move(*loaded);
}

payment::KindCatalogue builtInKinds()
{
    auto kinds = daemon::readKinds();
    require(kinds.has_value(), "reading the purchase kinds");
    return std::move(*kinds);
}

} // namespace

struct ApproveStand::Parts
{
    explicit Parts(const std::filesystem::path &folder);

    void openSession();
    void pass(std::chrono::milliseconds time);
    template<class Done> void waitFor(Done done, const char *what);

    testing::FakeClock clock;
    ParkedCar car;
    AlwaysOnline network;
    crypto::SigningKey key;
    crypto::SigningKey gatewayKey;
    payment::KindCatalogue kinds = builtInKinds();
    payment::TextCatalogue texts = payment::TextCatalogue(QStringLiteral("en"));
    std::unique_ptr<journal::Journal> made;
    daemon::PurchaseBook::Loaded loaded;
    Append newest;
    daemon::JournalThread journal;
    WokenSettlement *settlement = nullptr; // the daemon's
    std::unique_ptr<daemon::Daemon> daemon;
    daemon::ViewState view;
    std::string refusal;
    QTimer watchdog; // wakes the event loop, so that a hang is seen
    int count = 0;
};

ApproveStand::Parts::Parts(const std::filesystem::path &folder)
    : key(signingKeyIn(folder)), gatewayKey(makeKey(folder / "gateway.pem")),
      made(journalIn(folder, key, clock.now())), loaded(load(*made)),
      journal(std::make_unique<TimedJournal>(std::move(made), newest))
{
    watchdog.start(kHang / 10);
    daemon = std::make_unique<daemon::Daemon>(
        daemon::Daemon::Parts{settingsFor(gatewayKey), clock, journal, std::move(loaded), key, kinds, texts,
                              car, network, crypto::pinLockOf(crypto::enrolPin(pin()).value()), QString(),
                              [this](settlement::Book &book, settlement::Checkpoints &) {
                                  auto woken = std::make_unique<WokenSettlement>(book);
                                  settlement = woken.get();
                                  return woken;
                              }});
    clock.setSignedWallTime(clock.now().wall);
    daemon->start();
    settlement->onDirectory(directory(gatewayKey, clock.now().wall));
    daemon->driver().attach({[this](const daemon::ViewState &now) { view = now; },
                             [this](const std::string &, const std::string &reason) { refusal = reason; },
                             {}});
    openSession();
}

void ApproveStand::Parts::openSession()
{
    pass(std::chrono::seconds(3)); // until standing still counts as parked
    waitFor([this] { return view.driving == payment::DrivingState::parked; }, "the car is parked");
    daemon->driver().openPin();
    std::array<std::uint8_t, 6> digits = {'1', '2', '3', '4', '5', '6'};
    daemon->driver().enterPin(digits);
    waitFor([this] { return view.sessionOpen; }, "the PIN opens a driver session");
}

void ApproveStand::Parts::pass(std::chrono::milliseconds time)
{
    for (; time.count() > 0; time -= kSpeedPeriod) {
        clock.advance(std::min(time, kSpeedPeriod));
        car.say(clock.now().boot);
        QCoreApplication::processEvents();
    }
}

template<class Done> void ApproveStand::Parts::waitFor(Done done, const char *what)
{
    const QDeadlineTimer deadline(kHang);
    while (!done()) {
        require(!deadline.hasExpired() && refusal.empty(), what);
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

ApproveStand::ApproveStand(const std::filesystem::path &folder) : m(std::make_unique<Parts>(folder)) {}

ApproveStand::~ApproveStand() = default;

ApproveStand::Times ApproveStand::approve()
{
    daemon::DriverDesk &driver = m->daemon->driver();
    bool proposed = false;
    m->daemon->agents().propose({*payment::AgentId::fromText("assistant"), "Assistant", "token", 0},
                                proposal(++m->count), [&proposed](const daemon::Answer &answer) {
                                    require(answer.has_value(), "a proposal is taken");
                                    proposed = true;
                                });
    m->waitFor([&] { return proposed && m->view.screen == "card"; }, "a card is shown");
    const daemon::ViewState::Card card = m->view.card;
    driver.shown(card.nonce);
    m->pass(std::chrono::milliseconds(750));
    driver.alive(card.nonce);
    m->settlement->wokenAt.reset();
    const auto pressed = Steady::now();
    driver.approve(card.nonce, card.texts.items, payment::ConsentMethod::touch);
    m->waitFor([this] { return m->settlement->wokenAt.has_value(); }, "an approval is committed");
    const Times times{m->newest.began - pressed, m->newest.durable - pressed,
                      *m->settlement->wokenAt - pressed};
    m->waitFor([this] { return m->view.screen == "result"; }, "its result is shown");
    return times;
}

void ApproveStand::putAway()
{
    const std::string purchase = m->view.result.purchaseId;
    m->daemon->driver().undo(purchase);
    m->waitFor([this] { return !m->view.result.undoPossible; }, "a purchase is stopped");
    m->daemon->driver().dismiss(purchase);
    m->waitFor([this] { return m->view.screen == "idle"; }, "the idle screen comes back");
}

std::string ApproveStand::approval() const
{
    const auto approvals = m->settlement->book.unsettled();
    require(approvals.size() == 1 && !approvals.front().approvalJws.empty(), "one approval waits");
    return approvals.front().approvalJws;
}

} // namespace glovebox::bench
