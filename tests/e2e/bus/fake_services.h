// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/services.h"

#include <vector>

namespace glovebox::testing
{

/// Notes who asked what. Long polls stay open until the test answers them.
class FakeServices : public daemon::AgentService, public daemon::AdminService
{
public:
    void propose(const daemon::AgentCaller &caller, const std::string &proposal, daemon::Reply reply) override
    {
        note(caller, "propose " + std::to_string(proposal.size()));
        reply(R"({"state":"proposed"})");
    }
    void purchase(const daemon::AgentCaller &caller, const std::string &purchaseId, std::int64_t sinceVersion,
                  unsigned wait_s, daemon::Reply reply) override
    {
        note(caller,
             "purchase " + purchaseId + " " + std::to_string(sinceVersion) + " " + std::to_string(wait_s));
        if (wait_s > 0) {
            parked.push_back(std::move(reply));
        } else {
            reply(std::unexpected(daemon::CallError{daemon::CallFault::notFound, "no such purchase"}));
        }
    }
    void withdraw(const daemon::AgentCaller &caller, const std::string &purchaseId,
                  daemon::Reply reply) override
    {
        note(caller, "withdraw " + purchaseId);
        reply(R"({"state":"withdrawn"})");
    }
    void callerGone() override { calls.emplace_back("gone"); }
    [[nodiscard]] daemon::Answer permissions(const daemon::AgentCaller &caller) const override
    {
        note(caller, "permissions");
        return R"({"asks":"every_time"})";
    }
    [[nodiscard]] daemon::Answer findMerchants(const daemon::AgentCaller &caller, const std::string &kind,
                                               unsigned count_max) const override
    {
        note(caller, "merchants " + kind + " " + std::to_string(count_max));
        return R"({"merchants":[]})";
    }

    void status(daemon::Reply reply) override { answer("status", reply); }
    void purchases(unsigned count_max, daemon::Reply reply) override
    {
        answer("purchases " + std::to_string(count_max), reply);
    }
    void purchase(const std::string &purchaseId, daemon::Reply reply) override
    {
        answer("purchase " + purchaseId, reply);
    }
    [[nodiscard]] daemon::Answer publicKey() const override
    {
        calls.emplace_back("admin: publicKey");
        return R"({"kty":"EC"})";
    }

    [[nodiscard]] daemon::Answer permissions() const override
    {
        calls.emplace_back("admin: permissions");
        return R"({"agents":[]})";
    }
    void revoke(const std::string &agent, daemon::Reply reply) override { answer("revoke " + agent, reply); }
    void narrow(const std::string &agent, const std::string &narrowing, daemon::Reply reply) override
    {
        answer("narrow " + agent + " " + narrowing, reply);
    }
    void stopAll(daemon::Reply reply) override { answer("stop all", reply); }
    [[nodiscard]] daemon::Answer simulateVerdict(const std::string &question) const override
    {
        calls.emplace_back("admin: simulate " + std::to_string(question.size()));
        return R"({"verdict":"confirm"})";
    }

    mutable std::vector<std::string> calls;
    std::vector<daemon::Reply> parked;

private:
    void note(const daemon::AgentCaller &caller, const std::string &call) const
    {
        calls.push_back(caller.agent.text() + ": " + call);
    }
    void answer(const std::string &call, const daemon::Reply &reply)
    {
        calls.push_back("admin: " + call);
        reply("{}");
    }
};

} // namespace glovebox::testing
