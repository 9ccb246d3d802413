// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "platform/simulator/bench/parts.h"
#include "platform/simulator/car/vehicle.h"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace glovebox::simulator
{

/// What a step waits for or expects; everything that is set must hold. docs/scenarios.md describes each
/// field.
struct Condition
{
    std::string purchase; // the name a `propose` gave; needed by the next three
    std::optional<std::string> state;
    std::optional<std::int64_t> captured_minor;
    std::optional<std::string> reason;
    std::optional<std::string> screen;
    std::optional<std::string> text;   // some item shows it, or contains it
    std::optional<std::string> noText; // no item contains it
    std::optional<std::string> driving;
    std::optional<bool> sessionOpen;
    std::optional<std::int64_t> charges; // at the gateway
    std::optional<std::int64_t> holds;   // at the gateway, ever made
};

namespace step
{
struct Signals
{
    std::vector<SignalSetting> settings;
};
struct SetNetwork
{
    Network network;
};
struct OpenSession
{
    std::string pin;
};
struct Propose
{
    std::string as;
    base::Json proposal; // the tool's arguments, as the assistant writes them
};
struct Withdraw
{
    std::string purchase;
};
struct PressKey
{
    std::string key;
};
struct Touch
{
    std::string item;
};
struct Advance
{
    std::chrono::milliseconds by;
};
struct MerchantEvent
{
    std::string purchase;
    std::optional<std::int64_t> complete_minor; // nothing: released
};
struct WaitFor
{
    Condition condition;
    std::chrono::milliseconds limit; // of real time
};
struct Expect
{
    Condition condition;
};
struct Picture
{
    std::string name;
};
struct SetTheme
{
    std::string theme;
};
struct Kill
{
    Program program;
};
struct Restart
{
    Program program;
};
using Any = std::variant<Signals, SetNetwork, OpenSession, Propose, Withdraw, PressKey, Touch, Advance,
                         MerchantEvent, WaitFor, Expect, Picture, SetTheme, Kill, Restart>;
} // namespace step

struct Step
{
    std::string what; // the step's key in the file
    std::string note;
    step::Any action;
};

struct Scenario
{
    std::string title;
    std::string about;
    std::string display = "1280x480@260mm";
    std::string theme = "night";
    std::string locale = "en";
    std::vector<SignalSetting> car; // over the parked car
    Network network = Network::on;
    std::vector<Step> steps; // 1 to 200
};

} // namespace glovebox::simulator
