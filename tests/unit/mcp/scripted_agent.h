// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "mcp/agent.h"

namespace glovebox::testing
{

/// Notes what it is asked; the test answers.
class ScriptedAgent final : public mcp::Agent
{
public:
    base::Json asked; // the last call
    Reply reply;

    void propose(const std::string &proposal, Reply r) override { note({"propose", proposal}, std::move(r)); }
    void purchase(const std::string &id, std::int64_t since, unsigned wait_s, Reply r) override
    {
        note({"purchase", id, since, wait_s}, std::move(r));
    }
    void withdraw(const std::string &id, Reply r) override { note({"withdraw", id}, std::move(r)); }
    void permissions(Reply r) override { note(base::Json::array({"permissions"}), std::move(r)); }
    void findMerchants(const std::string &kind, unsigned count, Reply r) override
    {
        note({"find", kind, count}, std::move(r));
    }

private:
    void note(base::Json call, Reply r)
    {
        asked = std::move(call);
        reply = std::move(r);
    }
};

} // namespace glovebox::testing
