// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/scenario/condition.h"

namespace glovebox::simulator
{
namespace
{

using base::Json;
using Found = std::optional<Difference>;

std::string words(const Json &value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

Found compare(const std::string &what, const Json &expected, const Json &found)
{
    if (expected == found) {
        return std::nullopt;
    }
    return Difference{what + ' ' + words(expected), found.is_null() ? "nothing" : words(found)};
}

Found differsInPurchase(Bench &bench, const PurchaseNames &names, const Condition &condition)
{
    if (condition.purchase.empty()) {
        return std::nullopt;
    }
    const std::string what = "purchase " + condition.purchase;
    const auto id = names.find(condition.purchase);
    if (id == names.end()) {
        return Difference{what, "it was not taken"};
    }
    const auto record = bench.books().purchase(id->second);
    if (!record) {
        return Difference{what, record.error()};
    }
    Found found;
    if (condition.state) {
        found = compare(what + " in state", *condition.state, record->value("state", Json()));
    }
    if (!found && condition.reason) {
        found = compare(what + " with the reason", *condition.reason, record->value("reason", Json()));
    }
    if (!found && condition.captured_minor) {
        const Json settlement = record->value("settlement", Json::object());
        found = compare(what + " captured", *condition.captured_minor,
                        settlement.value("captured_minor", Json()));
    }
    return found;
}

Found differsOnScreen(Bench &bench, const Condition &condition)
{
    if (!condition.screen && !condition.text && !condition.noText) {
        return std::nullopt;
    }
    const auto seen = bench.cockpit().call({{"items", true}});
    if (!seen) {
        return Difference{"a cockpit", seen.error()};
    }
    if (condition.screen) {
        if (auto found = compare("screen", *condition.screen, seen->value("screen", Json()))) {
            return found;
        }
    }
    bool shown = false;
    bool forbidden = false;
    std::string all;
    for (const Json &item : seen->value("items", Json::array())) {
        const std::string text = item.value("text", std::string());
        if (!text.empty()) {
            all += (all.empty() ? "“" : ", “") + text + "”";
        }
        shown = shown || (condition.text && text.find(*condition.text) != std::string::npos);
        forbidden = forbidden || (condition.noText && text.find(*condition.noText) != std::string::npos);
    }
    if (condition.text && !shown) {
        return Difference{"the text “" + *condition.text + "”", all};
    }
    if (condition.noText && forbidden) {
        return Difference{"no text “" + *condition.noText + "”", all};
    }
    return std::nullopt;
}

Found differsInStatus(Bench &bench, const Condition &condition)
{
    if (!condition.driving && !condition.sessionOpen) {
        return std::nullopt;
    }
    const auto status = bench.books().status();
    if (!status) {
        return Difference{"a daemon", status.error()};
    }
    Found found;
    if (condition.driving) {
        found = compare("driving state", *condition.driving, status->value("driving", Json()));
    }
    if (!found && condition.sessionOpen) {
        found =
            compare("driver session open:", *condition.sessionOpen, status->value("session_open", Json()));
    }
    return found;
}

Found differsAtGateway(Bench &bench, const Condition &condition)
{
    if (!condition.charges && !condition.holds) {
        return std::nullopt;
    }
    const auto report = bench.gatewayReport();
    if (!report) {
        return Difference{"the gateway's report", report.error()};
    }
    Found found;
    if (condition.charges) {
        found = compare("charges at the gateway:", *condition.charges, report->value("charges", Json()));
    }
    if (!found && condition.holds) {
        found = compare("holds at the gateway:", *condition.holds, report->value("holds", Json()));
    }
    return found;
}

} // namespace

std::optional<Difference> findDifference(Bench &bench, const PurchaseNames &names, const Condition &condition)
{
    if (auto found = differsInPurchase(bench, names, condition)) {
        return found;
    }
    if (auto found = differsOnScreen(bench, condition)) {
        return found;
    }
    if (auto found = differsInStatus(bench, condition)) {
        return found;
    }
    return differsAtGateway(bench, condition);
}

} // namespace glovebox::simulator
