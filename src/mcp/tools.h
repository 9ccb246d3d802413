// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/agent.h"
#include "mcp/tool_set.h"

#include <deque>
#include <optional>

namespace glovebox::mcp
{

/// The five tools: checks the arguments that are its own, leaves proposals to the daemon, and puts every
/// answer into words. No tool approves anything.
class Tools final : public ToolSet
{
public:
    /// `agent` outlives the tools. `proposalSchema`: src/payment/proposal.schema.json.
    Tools(Agent &agent, const base::Json &proposalSchema);

    [[nodiscard]] const base::Json &definitions() const override { return m_definitions; }
    [[nodiscard]] bool has(std::string_view name) const override;
    [[nodiscard]] base::Json neededCapabilities(std::string_view /*name*/) const override
    {
        return base::Json::object();
    }
    Pace call(const std::string &name, const base::Json &arguments, Listener listener) override;

private:
    struct Told
    {
        std::string purchaseId;
        std::int64_t version;
    };
    void propose(const base::Json &arguments, const Listener &listener);
    Pace getPurchase(const base::Json &arguments, const Listener &listener);
    void waitAndTell(const std::string &purchaseId, std::int64_t known, unsigned wait_s,
                     const Listener &listener);
    void withdraw(const base::Json &arguments, const Done &done);
    void permissions(const base::Json &arguments, const Done &done);
    void findMerchants(const base::Json &arguments, const Done &done);
    [[nodiscard]] Agent::Reply purchaseReply(const Done &done);
    void tellPurchase(const base::Json &purchase, const Done &done);
    void remember(const base::Json &purchase);
    [[nodiscard]] std::optional<std::int64_t> versionTold(const std::string &purchaseId) const;

    Agent &m_agent;
    base::Json m_definitions;
    std::deque<Told> m_told; // oldest first; at most kTold_count_max
};

/// How often a wait says how it stands, to a client that asked for progress.
inline constexpr unsigned kProgress_s = 5;

/// How many purchases the tools keep the last told version of.
inline constexpr std::size_t kTold_count_max = 64;

} // namespace glovebox::mcp
