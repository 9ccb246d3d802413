// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/scenario/runner.h"

#include "base/time.h"
#include "platform/simulator/bench/wait.h"

namespace glovebox::simulator
{
namespace
{

using base::Json;
using std::chrono::milliseconds;

// A driver looks before pressing. Longer than the 500 ms for which the daemon takes no answer to a new card.
constexpr base::Duration kReaction = milliseconds(700);
constexpr milliseconds kLookLimit(10000);
constexpr milliseconds kStepLimit(20000);
constexpr milliseconds kPause(50); // between two looks at screen and books

std::expected<Json, std::string> done(std::expected<void, std::string> result)
{
    return result ? std::expected<Json, std::string>(Json::object()) : std::unexpected(result.error());
}

} // namespace

std::expected<void, Failure> Runner::play(const Scenario &scenario)
{
    for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
        const Step &step = scenario.steps[i];
        const Played played = std::visit([this](const auto &action) { return play(action); }, step.action);
        const auto at = m_bench.running(Program::daemon) ? m_bench.daemonBootTime_ms()
                                                         : std::unexpected(std::string("no daemon"));
        const auto boot_ms = at ? std::optional(*at) : std::nullopt;
        if (!played) {
            const Failure &failure = played.error();
            m_recorder.note(step, i + 1, boot_ms, {{"failed", failure.sentence}});
            return std::unexpected(
                Failure("step " + std::to_string(i + 1) + " (" + step.what + "): " + failure.sentence,
                        failure.ofDisk));
        }
        m_recorder.note(step, i + 1, boot_ms, *played);
    }
    return {};
}

Runner::Played Runner::play(const step::Signals &step)
{
    Json set = Json::object();
    for (const SignalSetting &setting : step.settings) {
        m_bench.setSignal(setting);
        set[setting.path] = setting.value ? Json(*setting.value) : Json();
    }
    return set;
}

Runner::Played Runner::play(const step::SetNetwork &step)
{
    return done(m_bench.setNetwork(step.network));
}

Runner::Played Runner::play(const step::OpenSession &step)
{
    Condition parked;
    parked.driving = "parked";
    if (auto waited = waitFor(parked, kStepLimit); !waited) {
        return waited;
    }
    Condition open;
    open.sessionOpen = true;
    if (!findDifference(m_bench, m_names, open)) {
        return Json{{"was_open", true}};
    }
    Condition pad;
    pad.screen = "pin";
    if (findDifference(m_bench, m_names, pad)) {
        if (auto pressed = press("touch", "unlock"); !pressed) {
            return pressed;
        }
        if (auto waited = waitFor(pad, kStepLimit); !waited) {
            return waited;
        }
    }
    if (auto pressed = press("touch_pin", step.pin); !pressed) {
        return pressed;
    }
    return waitFor(open, kStepLimit);
}

Runner::Played Runner::play(const step::Propose &step)
{
    const auto assistant = m_bench.assistant();
    if (!assistant) {
        return std::unexpected(assistant.error());
    }
    Json proposal = step.proposal;
    if (!m_requestSuffix.empty() && proposal.contains("request_id") && proposal["request_id"].is_string()) {
        proposal["request_id"] = proposal["request_id"].get<std::string>() + m_requestSuffix;
    }
    auto answer = (*assistant)->callTool("propose_purchase", proposal);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    const auto id = answer->find("purchase_id");
    if (id == answer->end() || !id->is_string()) {
        return std::unexpected("expected a purchase id, found " + answer->dump());
    }
    m_names[step.as] = id->get<std::string>();
    return std::move(*answer);
}

Runner::Played Runner::play(const step::Withdraw &step)
{
    const auto assistant = m_bench.assistant();
    if (!assistant) {
        return std::unexpected(assistant.error());
    }
    return (*assistant)->callTool("withdraw_purchase", {{"purchase_id", m_names[step.purchase]}});
}

Runner::Played Runner::play(const step::PressKey &step)
{
    return press("key", step.key);
}

Runner::Played Runner::play(const step::Touch &step)
{
    return press("touch", step.item);
}

Runner::Played Runner::play(const step::Advance &step)
{
    return done(m_bench.advance(step.by));
}

Runner::Played Runner::play(const step::MerchantEvent &step)
{
    return done(m_bench.merchantEvent(m_names[step.purchase], step.complete_minor));
}

Runner::Played Runner::play(const step::WaitFor &step)
{
    return waitFor(step.condition, step.limit);
}

Runner::Played Runner::play(const step::Expect &step)
{
    const auto difference = findDifference(m_bench, m_names, step.condition);
    if (difference) {
        return std::unexpected("expected " + difference->expected + ", found " + difference->found);
    }
    return Json::object();
}

Runner::Played Runner::play(const step::Picture &step)
{
    const QString path = m_recorder.nextPicture(step.name);
    const auto taken = m_bench.cockpit().call({{"grab", path.toStdString()}});
    if (!taken) {
        return std::unexpected(taken.error());
    }
    if (const auto fault = taken->find("not_written"); fault != taken->end()) {
        return std::unexpected(
            Failure("cannot write " + path.toStdString() + ": " + fault->get<std::string>(), true));
    }
    return Json{{"file", path.section(u'/', -1).toStdString()}};
}

Runner::Played Runner::play(const step::SetTheme &step)
{
    const auto set = m_bench.cockpit().call({{"theme", step.theme}});
    return set ? Played(Json::object()) : std::unexpected(set.error());
}

Runner::Played Runner::play(const step::Kill &step)
{
    m_bench.kill(step.program);
    return Json::object();
}

Runner::Played Runner::play(const step::Restart &step)
{
    return done(m_bench.restart(step.program));
}

Runner::Played Runner::waitFor(const Condition &condition, milliseconds limit)
{
    std::optional<Difference> difference;
    const bool held = waitUntil(
        [&] {
            difference = findDifference(m_bench, m_names, condition);
            return !difference;
        },
        limit, kPause);
    if (!held && difference) {
        return std::unexpected("expected " + difference->expected + " within " +
                               std::to_string(limit.count() / 1000) + " s, found " + difference->found);
    }
    return Json::object();
}

Runner::Played Runner::look()
{
    std::string last;
    base::BootTime since = base::readBootTime();
    const bool still = waitUntil(
        [&] {
            const auto seen = m_bench.cockpit().call({{"items", true}});
            const std::string now = seen ? seen->value("items", Json::array()).dump() : std::string();
            if (now.empty() || now != last) {
                last = now;
                since = base::readBootTime();
            }
            return base::readBootTime() - since >= kReaction;
        },
        kLookLimit, kPause);
    return still ? Played(Json::object()) : std::unexpected(std::string("the screen does not come to rest"));
}

Runner::Played Runner::press(const char *how, const std::string &what)
{
    if (auto looked = look(); !looked) {
        return looked;
    }
    const auto pressed = m_bench.cockpit().call({{how, what}});
    return pressed ? Played(Json::object()) : std::unexpected(pressed.error());
}

} // namespace glovebox::simulator
