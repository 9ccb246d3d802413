// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/universe.h"

#include "payment/settle_window.h"

#include <QLoggingCategory>

#include <array>

namespace glovebox::simulation
{

using namespace std::chrono_literals;

namespace
{

constexpr int kPurchases = 22;
constexpr base::Duration kTrouble = 60min; // for so long things go wrong …
constexpr base::Duration kHealed = 35min;  // … and for so long they do not: longer than any waiting
constexpr std::chrono::milliseconds kActive = 50min;

class Universe
{
public:
    Universe(const Bench &bench, std::uint64_t seed, Planted planted)
        : m_bench(bench), m_dice(seed), m_gateway(bench, m_timeline, m_dice),
          m_network(m_timeline, m_dice,
                    [this](const ports::HttpRequest &request) { return m_gateway.handle(request); }),
          m_car(bench, m_timeline, m_network, m_dice)
    {
        if (planted == Planted::noUniqueKey) {
            m_gateway.dropUniqueKey();
        }
        if (planted == Planted::noLookup) {
            m_gateway.loseProcessorIndex();
        }
        if (planted == Planted::noStatusQuery) {
            m_network.swallowed = [](const ports::HttpRequest &request) {
                return request.method == "GET" && request.path.starts_with("/v1/approvals/");
            };
        }
    }

    Ending live()
    {
        plan();
        m_car.start();
        runUntil(kTrouble);
        heal();
        runUntil(kTrouble + kHealed);
        m_car.kill("the end of the story");
        Ending ending;
        ending.violations = violationsOf(m_bench, m_car, m_gateway);
        ending.story = m_timeline.story();
        ending.purchases = static_cast<int>(m_car.acknowledged().size());
        ending.faults = m_timeline.faults() - 1; // the end is none
        return ending;
    }

private:
    void plan()
    {
        for (int i = 1; i <= kPurchases; ++i) {
            m_timeline.in(m_dice.between(1s, kActive), [this, i] { buy(i); });
        }
        m_timeline.in(0ms, [this] { changeWeather(); });
        const std::uint64_t crashes = 2 + m_dice.below(4);
        for (std::uint64_t i = 0; i < crashes; ++i) {
            m_timeline.in(m_dice.between(1min, kActive), [this] { hitCar(); });
        }
        m_timeline.in(m_dice.between(1min, kActive), [this] { suspend(); });
    }

    void buy(int number)
    {
        if (!m_car.running() || m_car.asleep() || m_car.now().trust != base::ClockTrust::gatewaySigned) {
            m_timeline.in(m_dice.between(5s, 60s), [this, number] { buy(number); });
            return;
        }
        const bool fuel = m_dice.percent(50);
        const auto cap_minor = static_cast<std::int64_t>(100 + m_dice.below(9900));
        auto approval = m_bench.approval("a" + std::to_string(number), fuel, cap_minor);
        constexpr std::array<std::int64_t, 4> kSettleWithin_s = {300, 3600, 86'400, 259'200};
        const std::int64_t drawn_s = kSettleWithin_s[m_dice.below(kSettleWithin_s.size())];
        const payment::FulfilmentTerms &garage = m_bench.garage.kinds.at("parking");
        const std::int64_t most_s = fuel ? drawn_s : payment::settleWindow(garage, cap_minor).count();
        approval.settleBy.milliseconds = approval.at.wall.milliseconds + 1000 * std::min(drawn_s, most_s);
        const payment::ApprovalId id = approval.id;
        m_timeline.tell("driver approves " + id.text() + (fuel ? " up to " : " of ") +
                        std::to_string(cap_minor));
        m_car.approve(std::move(approval), fuel);
        m_timeline.in(30s, [this, id, number] {
            if (!m_car.acknowledged().contains(id)) {
                buy(number + kPurchases); // the car said nothing: once more, whatever became of the first
            }
        });
        if (m_dice.percent(25)) {
            m_timeline.in(m_dice.percent(50) ? m_dice.between(0ms, 5s) : m_dice.between(1s, 20min),
                          [this, id] {
                              if (!m_car.asleep()) {
                                  m_timeline.tell("driver undoes " + id.text());
                                  m_car.undo(id);
                              }
                          });
        }
        if (fuel && m_dice.percent(85)) {
            planMerchant(id, cap_minor);
        }
    }

    /// The pump says what it cost, or that it was not used, until it is told how it stands.
    void planMerchant(const payment::ApprovalId &id, std::int64_t cap_minor)
    {
        const bool completes = m_dice.percent(75);
        const bool tooMuch = m_dice.percent(10);
        base::Json body{{"approval_id", id.text()}};
        if (completes) {
            const auto within =
                static_cast<std::int64_t>(1 + m_dice.below(static_cast<std::uint64_t>(cap_minor)));
            body["amount_minor"] = tooMuch ? cap_minor + 1 : within;
            body["currency"] = "EUR";
        }
        const auto request =
            testing::merchantRequest(m_bench.sample, id, completes ? "complete" : "release", body);
        m_timeline.in(m_dice.between(5s, 10min), [this, request] { askAsMerchant(request, 40); });
    }

    void askAsMerchant(const ports::HttpRequest &request, int tries)
    {
        const auto told = std::make_shared<bool>(false);
        m_network.sendForMerchant(request, [told](const ports::HttpAnswer &answer) {
            *told = *told || (!answer.fault && (answer.status < 500 && answer.status != 404));
        });
        m_timeline.in(m_dice.between(30s, 4min), [this, request, tries, told] {
            if (!*told && tries > 0) {
                askAsMerchant(request, tries - 1);
            }
        });
    }

    void changeWeather()
    {
        if (m_healed) {
            return;
        }
        const auto some = [this](std::uint64_t most) { return m_dice.percent(50) ? m_dice.below(most) : 0; };
        m_network.weather = {
            m_dice.percent(20) ? 100 : some(30), some(25), some(25), some(15), some(30), some(40)};
        m_gateway.setTrouble(some(35));
        m_timeline.tell("the weather changes");
        if (m_car.running() && !m_car.asleep()) {
            m_car.setHint(!m_dice.percent(10)); // right or wrong
        }
        m_timeline.in(m_dice.between(30s, 8min), [this] { changeWeather(); });
    }

    void hitCar()
    {
        if (!m_car.running() || m_car.asleep() || m_healed) {
            return;
        }
        switch (m_dice.below(4)) {
        case 0:
            m_car.kill("killed");
            break;
        case 1:
            m_timeline.tellFault("the disk of the car is full for one write");
            m_car.fillDiskForWrite(static_cast<int>(1 + m_dice.below(4)));
            break;
        default:
            m_car.dieInWrite(static_cast<int>(1 + m_dice.below(6)),
                             m_dice.percent(50) ? JournalFate::Death::before : JournalFate::Death::after);
            break;
        }
    }

    void suspend()
    {
        if (!m_car.running() || m_healed) {
            return;
        }
        m_timeline.tellFault("the car is suspended");
        m_car.suspend(true);
        m_network.suspend(true);
        m_timeline.in(m_dice.between(10s, 40min), [this] { wake(); });
    }

    void wake()
    {
        m_timeline.tell("the car resumes");
        m_car.suspend(false);
        m_network.suspend(false);
    }

    /// Whoever looks after the process starts it again, sometimes with the whole machine.
    void planRestart()
    {
        m_restartPlanned = true;
        m_timeline.in(m_healed ? 1s : m_dice.between(1s, 4min), [this] {
            m_restartPlanned = false;
            if (m_dice.percent(40)) {
                constexpr std::int64_t kTenYears_ms = 315'360'000'000;
                m_car.reboot(m_dice.percent(50)
                                 ? 0
                                 : static_cast<std::int64_t>(m_dice.below(2 * kTenYears_ms)) - kTenYears_ms);
            }
            m_car.start();
        });
    }

    void heal()
    {
        m_timeline.tell("from here on everything works");
        m_healed = true;
        m_network.weather = {};
        m_gateway.setTrouble(0);
        m_car.dieInWrite(0, JournalFate::Death::before);
        m_car.fillDiskForWrite(0);
        if (m_car.asleep()) {
            wake();
        }
        m_car.setHint(true);
    }

    void runUntil(base::Duration end)
    {
        while (true) {
            settleNow();
            base::Duration next = end;
            for (const auto due : {m_timeline.next(), m_car.nextAlarm()}) {
                next = due ? std::min(next, *due) : next;
            }
            const base::Duration span = next - m_timeline.now();
            m_timeline.moveTo(next); // first: what an alarm sends is sent now
            m_car.passTime(span);
            if (next >= end) {
                return;
            }
        }
    }

    /// All that is due now, each thing with what follows from it.
    void settleNow()
    {
        std::function<void()> what;
        do {
            if (!m_car.asleep()) {
                m_car.drain();
            }
            if (!m_car.running() && !m_restartPlanned) {
                planRestart();
            }
            what = m_timeline.take();
            if (what) {
                what();
            }
        } while (what);
    }

    const Bench &m_bench;
    Dice m_dice;
    Timeline m_timeline;
    GatewayPair m_gateway;
    Network m_network;
    Car m_car;
    bool m_healed = false;
    bool m_restartPlanned = false;
};

} // namespace

void silenceWhatStoriesTell()
{
    QLoggingCategory::setFilterRules(QStringLiteral("glovebox.settlement=false\nglovebox.book=false"));
}

Ending live(const Bench &bench, std::uint64_t seed, Planted planted)
{
    bench.reset();
    return Universe(bench, seed, planted).live();
}

} // namespace glovebox::simulation
