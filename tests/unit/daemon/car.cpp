// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/daemon/car.h"

#include "crypto/hash.h"
#include "daemon/kind_files.h"
#include "journal/check.h"
#include "journal/counted.h"
#include "journal/log.h"

#include <algorithm>

namespace glovebox::testing
{

namespace
{

using namespace std::chrono_literals;

const crypto::PinRecord &pinRecord()
{
    static const crypto::PinRecord record = [] {
        std::string digits = "246810";
        const crypto::Secret pin =
            crypto::Secret::take({reinterpret_cast<std::uint8_t *>(digits.data()), digits.size()});
        return crypto::enrolPin(pin).value();
    }();
    return record;
}

daemon::AgentCaller agentNamed(const char *id)
{
    return {payment::AgentId::fromText(id).value(), id, "token", 1000};
}

} // namespace

Car::Car(std::string vfs, const std::string &kindsFolder, const QString &locale)
    : caller(agentNamed("assistant")), otherCaller(agentNamed("stranger")), m_vfs(std::move(vfs)),
      m_kinds(daemon::readKinds(kindsFolder).value()),
      m_texts(locale.isEmpty() ? QStringLiteral("en") : locale, &m_kinds), m_ownKinds(!kindsFolder.empty())
{
    const journal::Journal::Options options{m_folder.filePath(QStringLiteral("journal.sqlite")).toStdString(),
                                            sample.car.publicKey().thumbprint(), clock.now()};
    auto created = journal::Journal::create(options, m_sealingKey);
    if (!created || !journal::tieToCounter(**created, counter)) {
        qFatal("the journal could not be made");
    }
    created->reset();
    begin();
}

Car::~Car()
{
    end();
}

void Car::end()
{
    core.reset();
    settlement = nullptr;
    m_journal.reset();
    cockpit.shownNonce.clear();
}

void Car::begin()
{
    const journal::Journal::Options options{m_folder.filePath(QStringLiteral("journal.sqlite")).toStdString(),
                                            sample.car.publicKey().thumbprint(), clock.now()};
    auto counted =
        journal::underCounter(std::move(journal::Log::open(options, m_sealingKey, m_vfs).value()), counter)
            .value();
    m_rollback = counted.rollback;
    std::unique_ptr<journal::Journal> journal = std::move(counted.journal);
    auto loaded = daemon::PurchaseBook::load(*journal).value();
    m_journal = std::make_unique<daemon::JournalThread>(disturbed(std::move(journal), disturbance));
    core = std::make_unique<daemon::Daemon>(daemon::Daemon::Parts{
        settings(), clock, *m_journal, std::move(loaded), sample.car, m_kinds, m_texts, signals, connectivity,
        crypto::pinLockOf(pinRecord()), QString(), [this](settlement::Book &book, settlement::Checkpoints &) {
            auto made = std::make_unique<ScriptedSettlement>(book, directory());
            settlement = made.get();
            return made;
        }});
    core->onUnknownOutcome = [this](const std::string &detail) { unknownOutcomes.push_back(detail); };
    clock.setSignedWallTime(clock.now().wall); // settlement is played: it asks nobody for the time
    core->start();
    if (m_cockpitThere) {
        attach();
    }
    speak();
    settle();
}

void Car::restart()
{
    end();
    begin();
}

daemon::Settings Car::settings() const
{
    daemon::Settings settings;
    settings.wallet = payment::WalletId::fromText("w-1").value();
    settings.gateway = "sandbox";
    settings.gatewayKeys = {sample.gateway.publicKey()};
    settings.driver = payment::DriverId::fromText("mia").value();
    settings.instrument = {"tok_demo", "Visa 42"};
    settings.permissions.kinds = {payment::KindId::fromText("parking").value(),
                                  payment::KindId::fromText("fuel").value()};
    for (const auto &[id, kind] : m_ownKinds ? m_kinds.all() : std::map<payment::KindId, payment::Kind>()) {
        settings.permissions.kinds.push_back(id);
    }
    settings.permissions.perPurchase_minor_max = 10'000;
    settings.permissions.offlineUnsettled_minor_max = 8'000;
    settings.permissions.offlineUnsettled_count_max = 1000;
    settings.permissions.offlineUnsettled_age_s_max = 31'536'000;
    settings.permissions.daily_minor_max = 1'000'000;
    settings.permissions.monthly_minor_max = 2'000'000;
    settings.permissions.openProposals_max = 3;
    // The tests buy the same again and again.
    settings.risk.of(consent::RiskRule::duplicate).action = consent::RiskAction::note;
    settings.risk.of(consent::RiskRule::velocity).action = consent::RiskAction::note;
    if (adjust) {
        adjust(settings);
    }
    settings.agents = {caller.agent, otherCaller.agent};
    settings.rollback = m_rollback;
    settings.proposals = proposals;
    settings.version = "test";
    return settings;
}

std::string Car::directory() const
{
    std::vector<std::string> entries;
    base::Json garage = sample.entry("garage-marktplatz", "parking");
    for (const auto &[id, kind] : m_ownKinds ? m_kinds.all() : std::map<payment::KindId, payment::Kind>()) {
        garage["kinds"][id.text()] = {{"fulfilment", "online"}};
    }
    for (const base::Json &entry : {garage, sample.entry("tankhof-koenigstrasse", "fuel")}) {
        entries.push_back(wire::signPayload(sample.gateway, wire::kMerchantType, entry).value());
    }
    const base::Json payload = wire::directoryPayload("sandbox", 1, {Sample::now_ms}, entries);
    return wire::signPayload(sample.gateway, wire::kDirectoryType, payload).value();
}

void Car::settle()
{
    // One answer leads to the next question; a few quiet rounds mean that only time can go on.
    for (int quiet = 0; quiet < 4;) {
        const int before = disturbance.calls;
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        ask<int>([](journal::Journal &) { return 0; });
        quiet = disturbance.calls == before ? quiet + 1 : 0;
    }
}

void Car::advance(base::Duration span)
{
    while (span > 0ms) {
        const base::Duration step = std::min<base::Duration>(span, 500ms);
        clock.advance(step);
        settle();
        speak();
        settle();
        span -= step;
    }
}

void Car::speak()
{
    if (carSpeaks && signals.readings.speed_kmh) {
        signals.readings.speedAt = clock.now().boot;
        signals.send(signals.readings);
    }
    if (m_cockpitThere && cockpitLives) {
        core->driver().alive(cockpit.shownNonce);
    }
}

ports::VehicleReadings Car::standing() const
{
    ports::VehicleReadings readings;
    readings.speed_kmh = 0.0;
    readings.speedAt = clock.now().boot;
    readings.gear = ports::Gear::park;
    readings.parkingBrake = true;
    readings.ignitionOn = true;
    readings.driverDoorOpen = false;
    readings.peer = 1;
    return readings;
}

void Car::setReadings(const ports::VehicleReadings &readings)
{
    signals.send(readings);
    settle();
}

void Car::park()
{
    setReadings(standing());
    advance(2500ms);
}

void Car::drive()
{
    ports::VehicleReadings readings = standing();
    readings.speed_kmh = 30.0;
    readings.gear = ports::Gear::drive;
    readings.parkingBrake = false;
    setReadings(readings);
}

void Car::attach()
{
    m_cockpitThere = true;
    core->driver().attach(cockpit.listener());
    settle();
}

void Car::detach()
{
    m_cockpitThere = false;
    cockpit.shownNonce.clear();
    core->driver().detach();
    settle();
}

void Car::enterPin(std::string pin)
{
    core->driver().enterPin({reinterpret_cast<std::uint8_t *>(pin.data()), pin.size()});
    settle();
}

void Car::makeReady()
{
    park();
    attach();
    core->driver().openPin();
    enterPin();
    if (!view().sessionOpen) {
        qFatal("the driver session did not open");
    }
}

base::Json Car::parking(const std::string &request, std::int64_t minor)
{
    return {{"request_id", request},
            {"kind", "parking"},
            {"merchant_id", "garage-marktplatz"},
            {"amount", {{"type", "exact"}, {"value", minor}, {"currency", "EUR"}}},
            {"place", {{"type", "gate"}, {"label", "2"}}},
            {"expires_in_s", 300}};
}

base::Json Car::fuel(const std::string &request, std::int64_t minor)
{
    return {{"request_id", request},
            {"kind", "fuel"},
            {"merchant_id", "tankhof-koenigstrasse"},
            {"amount", {{"type", "up_to"}, {"value", minor}, {"currency", "EUR"}}},
            {"place", {{"type", "pump"}, {"label", "4"}}},
            {"expires_in_s", 300}};
}

daemon::Answer Car::call(const std::function<void(daemon::AgentService &, daemon::Reply)> &what)
{
    std::optional<daemon::Answer> answer;
    what(core->agents(), [&answer](const daemon::Answer &got) { answer = got; });
    settle();
    return answer ? *answer
                  : daemon::Answer(
                        std::unexpected(daemon::CallError{daemon::CallFault::unavailable, "no answer yet"}));
}

std::string Car::propose(const base::Json &proposal)
{
    const daemon::Answer answer = call([&](daemon::AgentService &agents, const daemon::Reply &reply) {
        agents.propose(caller, proposal.dump(), reply);
    });
    return answer ? base::Json::parse(*answer).at("purchase_id").get<std::string>() : std::string();
}

base::Json Car::look(const std::string &purchase)
{
    const daemon::Answer answer = call([&](daemon::AgentService &agents, const daemon::Reply &reply) {
        agents.purchase(caller, purchase, 0, 0, reply);
    });
    return answer ? base::Json::parse(*answer) : base::Json{{"error", answer.error().message}};
}

void Car::showCard()
{
    cockpit.shownNonce = view().card.nonce;
    core->driver().shown(cockpit.shownNonce);
    advance(500ms);
}

void Car::press(const std::string &nonce, const std::vector<payment::ShownText> &items)
{
    core->driver().approve(nonce, items, payment::ConsentMethod::touch);
    settle();
}

void Car::press()
{
    press(view().card.nonce, view().card.texts.items);
}

void Car::approve()
{
    showCard();
    press();
}

std::string Car::lastRefusal() const
{
    return cockpit.refusals.empty() ? std::string() : cockpit.refusals.back().second;
}

std::shared_ptr<std::promise<void>> Car::stall()
{
    auto gate = std::make_shared<std::promise<void>>();
    const bool asked = m_journal->ask<int>(
        [gate](journal::Journal &) {
            gate->get_future().wait();
            return 0;
        },
        [](int) {});
    return asked ? gate : nullptr;
}

payment::Purchase Car::stored(const std::string &purchase)
{
    using Stored = journal::JournalResult<std::optional<payment::Purchase>>;
    const auto id = payment::PurchaseId::fromText(purchase);
    if (!id) {
        qFatal("no purchase: \"%s\"", purchase.c_str());
    }
    return ask<Stored>([id](journal::Journal &journal) { return journal.purchase(*id); }).value().value();
}

std::vector<journal::EntryRecord> Car::log()
{
    using Entries = journal::JournalResult<std::vector<journal::EntryRecord>>;
    return ask<Entries>([](journal::Journal &journal) { return journal.entries(0, 10'000); }).value();
}

int Car::count(journal::EntryKind kind)
{
    return static_cast<int>(
        std::ranges::count_if(log(), [kind](const auto &entry) { return entry.kind == kind; }));
}

std::vector<std::string> Car::differences()
{
    using Check = journal::JournalResult<journal::ProjectionCheck>;
    return ask<Check>([](journal::Journal &journal) { return journal::checkProjections(journal); })
        .value()
        .differences;
}

} // namespace glovebox::testing
