// SPDX-License-Identifier: Apache-2.0
#include "cli/permission_command.h"

#include "base/money.h"
#include "base/small_file.h"

namespace glovebox::cli
{

namespace
{

using base::Json;

constexpr int kData = 65;
constexpr int kMissing = 66;
constexpr std::size_t kFile_bytes_max = 65'536;

std::expected<std::string, Failure> readFile(const QString &path)
{
    auto text = base::readSmallFile(path.toStdString(), kFile_bytes_max);
    if (!text) {
        const bool unread = text.error().code == base::FileFault::missing ||
                            text.error().code == base::FileFault::notPermitted;
        return std::unexpected(
            Failure{unread ? kMissing : kData,
                    "The file " + path.toStdString() + " cannot be read: " + text.error().detail + "."});
    }
    return std::move(*text);
}

std::string money(const Json &json, const char *name, const base::Currency &currency)
{
    return base::plainText({json.at(name).get<std::int64_t>(), currency});
}

std::string list(const Json &names)
{
    std::string text;
    for (const Json &name : names) {
        text += (text.empty() ? "" : ", ") + name.get<std::string>();
    }
    return text.empty() ? "none" : text;
}

std::string stateOf(const Json &agent)
{
    if (agent.at("stopped").get<bool>()) {
        return "stopped, with all agents";
    }
    return agent.at("revoked").get<bool>() ? "revoked" : "in force";
}

std::string agentText(const Json &agent)
{
    const auto currency = base::Currency::fromCode(agent.at("currency").get<std::string>());
    if (!currency) {
        return {};
    }
    std::string text = agent.at("agent_id").get<std::string>() + ": " + stateOf(agent) + "\n";
    const auto line = [&text](const std::string &label, const std::string &value) {
        constexpr std::size_t width = 20;
        text.append("  ").append(label).append(width - label.size(), ' ').append(value).append("\n");
    };
    line("Kinds", list(agent.at("kinds")));
    line("Merchants",
         agent.contains("merchants") ? list(agent.at("merchants")) : "any that the gateway signs");
    if (agent.contains("area_m_max")) {
        line("Within", std::to_string(agent.at("area_m_max").get<std::int64_t>()) + " m of the car");
    }
    line("One purchase", "at most " + money(agent, "per_purchase_minor_max", *currency));
    line("A day",
         money(agent, "spent_today_minor", *currency) + " of " + money(agent, "daily_minor_max", *currency));
    line("A month", money(agent, "spent_month_minor", *currency) + " of " +
                        money(agent, "monthly_minor_max", *currency));
    line("Offline, unsettled",
         "at most " + money(agent, "offline_unsettled_minor_max", *currency) + " in " +
             std::to_string(agent.at("offline_unsettled_count_max").get<std::int64_t>()) + " purchases");
    return text;
}

} // namespace

bool isPermissionCommand(const QStringList &words)
{
    if (words.value(0) != QLatin1String("permissions")) {
        return false;
    }
    const QString what = words.value(1);
    return ((what == QLatin1String("list") || what == QLatin1String("stop-all")) && words.size() == 2) ||
           (what == QLatin1String("revoke") && words.size() == 3) ||
           (what == QLatin1String("narrow") && words.size() == 4);
}

JsonAnswer runPermissionCommand(DaemonClient &daemon, const QStringList &words)
{
    const QString what = words.value(1);
    if (what == QLatin1String("list")) {
        return daemon.permissions();
    }
    if (what == QLatin1String("stop-all")) {
        return daemon.stopAll();
    }
    if (what == QLatin1String("revoke")) {
        return daemon.revoke(words.value(2));
    }
    const auto narrowing = readFile(words.value(3));
    if (!narrowing) {
        return std::unexpected(narrowing.error());
    }
    return daemon.narrow(words.value(2), QString::fromStdString(*narrowing));
}

JsonAnswer simulateVerdict(DaemonClient &daemon, const QString &file, const QString &agent)
{
    const auto text = readFile(file);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto proposal = base::parseJson(*text);
    if (!proposal) {
        return std::unexpected(Failure{kData, "The file " + file.toStdString() + " is no proposal, at \"" +
                                                  proposal.error().pointer +
                                                  "\": " + proposal.error().reason + "."});
    }
    const Json question = {{"agent_id", agent.toStdString()}, {"proposal", *proposal}};
    return daemon.simulateVerdict(QString::fromStdString(question.dump()));
}

ReportResult permissionsReport(const Json &permissions)
try {
    std::string text = "Driver " + permissions.at("driver").get<std::string>() + ", revision " +
                       std::to_string(permissions.at("revision").get<std::int64_t>()) + "\n";
    for (const Json &agent : permissions.at("agents")) {
        text += agentText(agent);
    }
    return Report{text};
} catch (const Json::exception &) {
    return std::unexpected("The daemon's permissions have another form: is it of another version?");
}

ReportResult verdictReport(const Json &verdict)
try {
    const std::string outcome = verdict.at("verdict").get<std::string>();
    std::string text = "Verdict " + outcome + ", under permission revision " +
                       std::to_string(verdict.at("permission_revision").get<std::int64_t>()) +
                       ". Nothing was proposed.\n";
    for (const Json &rule : verdict.at("rules")) {
        text +=
            "  " + rule.at("rule").get<std::string>() + ": " + rule.at("auditor").get<std::string>() + "\n";
    }
    return Report{text, outcome == "refuse" ? 1 : 0};
} catch (const Json::exception &) {
    return std::unexpected("The daemon's verdict has another form: is it of another version?");
}

} // namespace glovebox::cli
