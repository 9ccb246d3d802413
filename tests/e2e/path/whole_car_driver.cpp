// SPDX-License-Identifier: Apache-2.0
// What a driver does in a WholeCar, and what becomes of it.
#include "base/time.h"
#include "platform/simulator/bench/settings.h"
#include "platform/simulator/bench/wait.h"
#include "tests/e2e/path/whole_car.h"

namespace glovebox::testing
{

using simulator::waitUntil;
using std::chrono::milliseconds;

namespace
{

constexpr milliseconds kLimit(60000);
constexpr milliseconds kPause(20);
// A driver looks before pressing: longer than the 500 ms for which the daemon takes no answer to a new card.
constexpr base::Duration kReaction = milliseconds(700);

} // namespace

Json garageExit(const std::string &requestId)
{
    return {{"request_id", requestId},
            {"kind", "parking"},
            {"merchant_id", "garage-marktplatz"},
            {"amount", {{"type", "exact"}, {"value", 1250}, {"currency", "EUR"}}},
            {"place", {{"type", "gate"}, {"label", "2"}}}};
}

Done WholeCar::unlock()
{
    std::string found;
    const auto status = [&](const char *field, const Json &value) {
        const auto answer = m_books->status();
        found = answer ? answer->dump() : answer.error();
        return answer && answer->value(field, Json()) == value;
    };
    if (!waitUntil([&] { return status("driving", "parked"); }, kLimit, kPause)) {
        return std::unexpected("not parked: " + found);
    }
    if (auto pressed = touch("unlock"); !pressed) {
        return pressed;
    }
    if (auto there = waitForScreen("pin"); !there) {
        return there;
    }
    if (auto pressed = press("touch_pin", simulator::kPin); !pressed) {
        return pressed;
    }
    return waitUntil([&] { return status("session_open", true); }, kLimit, kPause)
               ? Done()
               : std::unexpected("no driver session: " + found);
}

Done WholeCar::look() const
{
    std::string last;
    base::BootTime since = base::readBootTime();
    const bool still = waitUntil(
        [&] {
            const auto seen = m_cockpitControl->call({{"items", true}});
            const std::string now = seen ? seen->value("items", Json::array()).dump() : std::string();
            if (now.empty() || now != last) {
                last = now;
                since = base::readBootTime();
            }
            return base::readBootTime() - since >= kReaction;
        },
        kLimit, kPause);
    return still ? Done() : std::unexpected("the screen does not come to rest");
}

Done WholeCar::press(const char *how, const char *what) const
{
    if (auto looked = look(); !looked) {
        return looked;
    }
    const auto pressed = m_cockpitControl->call({{how, what}});
    return pressed ? Done() : std::unexpected(std::string(how) + ' ' + what + ": " + pressed.error());
}

Done WholeCar::touch(const char *item)
{
    return press("touch", item);
}

Done WholeCar::key(const char *name)
{
    return press("key", name);
}

Done WholeCar::waitForScreen(const std::string &screen)
{
    std::string found;
    const auto there = [&] {
        const auto items = m_cockpitControl->call({{"items", true}});
        found = items ? items->value("screen", std::string()) : items.error();
        return found == screen;
    };
    return waitUntil(there, kLimit, kPause)
               ? Done()
               : std::unexpected("expected the screen " + screen + ", found " + found);
}

Maybe<std::string> WholeCar::approve(const std::string &purchaseId)
{
    if (auto there = waitForScreen("card"); !there) {
        return std::unexpected(there.error());
    }
    if (auto pressed = touch("primary"); !pressed) {
        return std::unexpected(pressed.error());
    }
    std::string state;
    const auto decided = [&] {
        state = stateOf(purchaseId).value_or("unknown to the daemon");
        return state != "held" && state != "presented";
    };
    return waitUntil(decided, kLimit, kPause) ? Maybe<std::string>(state)
                                              : std::unexpected("nothing was decided: " + state);
}

Maybe<std::string> WholeCar::stateOf(const std::string &purchaseId) const
{
    const auto record = m_books->purchase(purchaseId);
    return record ? Maybe<std::string>(record->value("state", std::string()))
                  : std::unexpected(record.error());
}

Done WholeCar::waitForState(const std::string &purchaseId, const std::string &state) const
{
    std::string found;
    const auto there = [&] {
        found = stateOf(purchaseId).value_or("no answer");
        return found == state;
    };
    return waitUntil(there, kLimit, kPause)
               ? Done()
               : std::unexpected("expected the state " + state + ", found " + found);
}

} // namespace glovebox::testing
