// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/scenario/scenario_reader.h"

#include "payment/lifecycle.h"
#include "qml/Glovebox/Theme/display.h"

#include <QLocale>

#include <algorithm>
#include <map>
#include <set>

namespace glovebox::simulator
{
namespace
{

using base::Json;
using base::JsonFault;
using base::ObjectReader;

constexpr std::size_t kStepsMax = 200;
constexpr std::int64_t kDay_s = 86400;
constexpr int kWait_s_default = 20;
constexpr int kWait_s_max = 120;

template<class Value>
std::optional<Value> oneOf(ObjectReader &reader, const char *name, const std::string &word,
                           const std::map<std::string, Value> &words)
{
    const auto known = words.find(word);
    if (known != words.end()) {
        return known->second;
    }
    if (!reader.failed()) {
        std::string list;
        for (const auto &[one, value] : words) {
            list += list.empty() ? one : ", " + one;
        }
        reader.refuse(name, JsonFault::notAllowed, "must be one of: " + list);
    }
    return std::nullopt;
}

const std::map<std::string, Network> kNetworks = {
    {"on", Network::on}, {"off", Network::off}, {"drops_answers", Network::dropsAnswers}};
const std::map<std::string, Program> kPrograms = {{"gloveboxd", Program::daemon},
                                                  {"glovebox-cockpit", Program::cockpit},
                                                  {"glovebox-gateway", Program::gateway}};

std::map<std::string, std::string> same(std::initializer_list<const char *> words)
{
    std::map<std::string, std::string> map;
    for (const char *word : words) {
        map[word] = word;
    }
    return map;
}

std::map<std::string, payment::State> stateNames()
{
    std::map<std::string, payment::State> names;
    for (int i = 0; i < payment::kStateCount; ++i) {
        const auto state = static_cast<payment::State>(i);
        names.emplace(payment::nameOf(state), state);
    }
    return names;
}

/// Reads the steps in their order; later ones may name the purchases of earlier ones.
class StepReader
{
public:
    std::optional<base::JsonError> read(const Json &json, const std::string &pointer, Step &step)
    {
        ObjectReader reader(json, pointer);
        step.note = reader.optionalText("note", 400).value_or(std::string());
        for (const auto &[name, read] : kActions) {
            if (!reader.has(name)) {
                continue;
            }
            if (!step.what.empty()) {
                reader.refuse(name, JsonFault::notAllowed,
                              "a step has one action, this one has " + step.what + " too");
                break;
            }
            step.what = name;
            (this->*read)(reader, name, step.action);
        }
        if (step.what.empty() && !reader.failed()) {
            if (auto unknown = reader.finish()) {
                return unknown;
            }
            return base::JsonError{JsonFault::missing, pointer, "a step needs an action"};
        }
        return reader.finish();
    }

private:
    using Read = void (StepReader::*)(ObjectReader &, const char *, step::Any &);
    static const std::vector<std::pair<const char *, Read>> kActions;

    void signals(ObjectReader &reader, const char *name, step::Any &action);
    void network(ObjectReader &reader, const char *name, step::Any &action);
    void openSession(ObjectReader &reader, const char *name, step::Any &action);
    void propose(ObjectReader &reader, const char *name, step::Any &action);
    void withdraw(ObjectReader &reader, const char *name, step::Any &action);
    void key(ObjectReader &reader, const char *name, step::Any &action);
    void touch(ObjectReader &reader, const char *name, step::Any &action);
    void advance(ObjectReader &reader, const char *name, step::Any &action);
    void merchantEvent(ObjectReader &reader, const char *name, step::Any &action);
    void waitFor(ObjectReader &reader, const char *name, step::Any &action);
    void expect(ObjectReader &reader, const char *name, step::Any &action);
    void picture(ObjectReader &reader, const char *name, step::Any &action);
    void theme(ObjectReader &reader, const char *name, step::Any &action);
    void kill(ObjectReader &reader, const char *name, step::Any &action);
    void restart(ObjectReader &reader, const char *name, step::Any &action);

    std::string purchase(ObjectReader &reader, const char *name);
    Condition condition(ObjectReader &reader);

    std::set<std::string> m_proposed;
};

const std::vector<std::pair<const char *, StepReader::Read>> StepReader::kActions = {
    {"signals", &StepReader::signals},
    {"network", &StepReader::network},
    {"open_session", &StepReader::openSession},
    {"propose", &StepReader::propose},
    {"withdraw", &StepReader::withdraw},
    {"key", &StepReader::key},
    {"touch", &StepReader::touch},
    {"advance_s", &StepReader::advance},
    {"merchant_event", &StepReader::merchantEvent},
    {"wait_for", &StepReader::waitFor},
    {"expect", &StepReader::expect},
    {"picture", &StepReader::picture},
    {"theme", &StepReader::theme},
    {"kill", &StepReader::kill},
    {"restart", &StepReader::restart},
};

std::vector<SignalSetting> readSignals(ObjectReader &outer, const char *name, const Json &json)
{
    std::vector<SignalSetting> settings;
    if (!json.is_object() || json.empty()) {
        outer.refuse(name, JsonFault::wrongType, "must be an object of signals");
        return settings;
    }
    for (const auto &[signal, value] : json.items()) {
        auto setting = settingFromName(signal, value);
        if (!setting) {
            outer.refuse(name, JsonFault::notAllowed, signal + ": " + setting.error());
            return settings;
        }
        settings.push_back(std::move(*setting));
    }
    return settings;
}

bool isFileName(const std::string &text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

void StepReader::signals(ObjectReader &reader, const char *name, step::Any &action)
{
    action = step::Signals{readSignals(reader, name, reader.object(name))};
}

void StepReader::network(ObjectReader &reader, const char *name, step::Any &action)
{
    action = step::SetNetwork{oneOf(reader, name, reader.text(name), kNetworks).value_or(Network::on)};
}

void StepReader::openSession(ObjectReader &reader, const char *name, step::Any &action)
{
    ObjectReader inner(reader.object(name), reader.pointerTo(name));
    step::OpenSession session{inner.text("pin", 6)};
    if (session.pin.size() != 6 || session.pin.find_first_not_of("0123456789") != std::string::npos) {
        inner.refuse("pin", JsonFault::notAllowed, "must be six digits");
    }
    reader.absorb(inner.finish());
    action = session;
}

void StepReader::propose(ObjectReader &reader, const char *name, step::Any &action)
{
    ObjectReader inner(reader.object(name), reader.pointerTo(name));
    step::Propose propose{inner.text("as", 40), inner.object("proposal")};
    if (!inner.failed() && !isFileName(propose.as)) {
        inner.refuse("as", JsonFault::notAllowed, "must be a name of small letters, digits and hyphens");
    }
    reader.absorb(inner.finish());
    m_proposed.insert(propose.as);
    action = std::move(propose);
}

void StepReader::withdraw(ObjectReader &reader, const char *name, step::Any &action)
{
    action = step::Withdraw{purchase(reader, name)};
}

void StepReader::key(ObjectReader &reader, const char *name, step::Any &action)
{
    static const auto keys = same({"Left", "Right", "Up", "Down", "Enter", "Escape"});
    action = step::PressKey{oneOf(reader, name, reader.text(name), keys).value_or(std::string())};
}

void StepReader::touch(ObjectReader &reader, const char *name, step::Any &action)
{
    action = step::Touch{reader.text(name, 64)};
}

void StepReader::advance(ObjectReader &reader, const char *name, step::Any &action)
{
    action = step::Advance{std::chrono::seconds(reader.integer(name, 1, kDay_s))};
}

void StepReader::merchantEvent(ObjectReader &reader, const char *name, step::Any &action)
{
    ObjectReader inner(reader.object(name), reader.pointerTo(name));
    step::MerchantEvent event{purchase(inner, "purchase"), std::nullopt};
    const std::string what = inner.text("event");
    if (what == "complete") {
        event.complete_minor = inner.integer("amount_minor", 1, 1'000'000'000);
    } else if (what != "release" && !inner.failed()) {
        inner.refuse("event", JsonFault::notAllowed, "must be one of: complete, release");
    }
    reader.absorb(inner.finish());
    action = event;
}

Condition StepReader::condition(ObjectReader &reader)
{
    static const auto screens = same({"unavailable", "idle", "card", "pin", "result"});
    static const auto drivings = same({"parked", "idling", "moving"});
    Condition condition;
    condition.purchase = reader.has("purchase") ? purchase(reader, "purchase") : std::string();
    condition.state = reader.optionalText("state", 40);
    if (condition.state) {
        (void)oneOf(reader, "state", *condition.state, stateNames());
    }
    condition.captured_minor = reader.optionalInteger("captured_minor", 0, 1'000'000'000);
    condition.reason = reader.optionalText("reason", 80);
    condition.screen = reader.optionalText("screen", 40);
    condition.text = reader.optionalText("text", 200);
    condition.noText = reader.optionalText("no_text", 200);
    condition.driving = reader.optionalText("driving", 40);
    condition.sessionOpen = reader.optionalBoolean("session_open");
    condition.charges = reader.optionalInteger("charges", 0, 1000);
    condition.holds = reader.optionalInteger("holds", 0, 1000);
    if (condition.screen) {
        (void)oneOf(reader, "screen", *condition.screen, screens);
    }
    if (condition.driving) {
        (void)oneOf(reader, "driving", *condition.driving, drivings);
    }
    const bool aboutPurchase = condition.state || condition.captured_minor || condition.reason;
    if (aboutPurchase && condition.purchase.empty()) {
        reader.refuse("purchase", JsonFault::missing, "is needed to say whose state is meant");
    }
    const bool anything = aboutPurchase || condition.screen || condition.text || condition.noText ||
                          condition.driving || condition.sessionOpen || condition.charges || condition.holds;
    if (!anything) {
        reader.refuse("state", JsonFault::missing, "nothing is expected");
    }
    return condition;
}

void StepReader::waitFor(ObjectReader &reader, const char *name, step::Any &action)
{
    ObjectReader inner(reader.object(name), reader.pointerTo(name));
    step::WaitFor wait{condition(inner), {}};
    wait.limit =
        std::chrono::seconds(inner.optionalInteger("within_s", 1, kWait_s_max).value_or(kWait_s_default));
    reader.absorb(inner.finish());
    action = std::move(wait);
}

void StepReader::expect(ObjectReader &reader, const char *name, step::Any &action)
{
    ObjectReader inner(reader.object(name), reader.pointerTo(name));
    action = step::Expect{condition(inner)};
    reader.absorb(inner.finish());
}

void StepReader::picture(ObjectReader &reader, const char *name, step::Any &action)
{
    const std::string picture = reader.text(name, 40);
    if (!reader.failed() && !isFileName(picture)) {
        reader.refuse(name, JsonFault::notAllowed, "must be a name of small letters, digits and hyphens");
    }
    action = step::Picture{picture};
}

void StepReader::theme(ObjectReader &reader, const char *name, step::Any &action)
{
    static const auto themes = same({"night", "day"});
    action = step::SetTheme{oneOf(reader, name, reader.text(name), themes).value_or(std::string())};
}

void StepReader::kill(ObjectReader &reader, const char *name, step::Any &action)
{
    action = step::Kill{oneOf(reader, name, reader.text(name), kPrograms).value_or(Program::daemon)};
}

void StepReader::restart(ObjectReader &reader, const char *name, step::Any &action)
{
    action = step::Restart{oneOf(reader, name, reader.text(name), kPrograms).value_or(Program::daemon)};
}

std::string StepReader::purchase(ObjectReader &reader, const char *name)
{
    std::string purchase = reader.text(name, 40);
    if (!reader.failed() && !m_proposed.contains(purchase)) {
        reader.refuse(name, JsonFault::notAllowed, "no earlier step proposes it");
    }
    return purchase;
}

void readStart(ObjectReader &reader, Scenario &scenario)
{
    const Json *start = reader.optionalObject("start");
    if (!start) {
        return;
    }
    ObjectReader inner(*start, reader.pointerTo("start"));
    scenario.display = inner.optionalText("display", 40).value_or(scenario.display);
    scenario.theme = inner.optionalText("theme", 5).value_or(scenario.theme);
    scenario.locale = inner.optionalText("locale", 35).value_or(scenario.locale);
    if (auto network = inner.optionalText("network", 20)) {
        scenario.network = oneOf(inner, "network", *network, kNetworks).value_or(Network::on);
    }
    if (scenario.theme != "night" && scenario.theme != "day") {
        inner.refuse("theme", JsonFault::notAllowed, "must be one of: day, night");
    }
    if (!theme::parseDisplay(QString::fromStdString(scenario.display))) {
        inner.refuse("display", JsonFault::notAllowed,
                     "must be WIDTHxHEIGHT@WIDTHmm, for example 1280x480@260mm");
    }
    if (QLocale(QString::fromStdString(scenario.locale)).language() == QLocale::C) {
        inner.refuse("locale", JsonFault::notAllowed, "must be a language, for example de or zh_CN");
    }
    if (const Json *signals = inner.optionalObject("signals")) {
        scenario.car = readSignals(inner, "signals", *signals);
    }
    reader.absorb(inner.finish());
}

} // namespace

std::expected<Scenario, base::JsonError> readScenario(std::string_view text)
{
    const auto json = base::parseJson(text);
    if (!json) {
        return std::unexpected(json.error());
    }
    Scenario scenario;
    ObjectReader reader(*json);
    (void)reader.optionalText("$comment");
    scenario.title = reader.text("title", 120);
    scenario.about = reader.optionalText("about", 800).value_or(std::string());
    readStart(reader, scenario);
    const Json &steps = reader.array("steps", kStepsMax);
    if (!reader.failed() && steps.empty()) {
        reader.refuse("steps", JsonFault::missing, "there is nothing to do");
    }
    StepReader stepReader;
    for (std::size_t i = 0; i < steps.size() && !reader.failed(); ++i) {
        Step step;
        reader.absorb(stepReader.read(steps[i], "/steps/" + std::to_string(i), step));
        scenario.steps.push_back(std::move(step));
    }
    if (auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return scenario;
}

} // namespace glovebox::simulator
