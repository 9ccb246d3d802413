// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/e2e/path/whole_car.h"

namespace glovebox::testing
{

/// Whether scripts/setup has installed the npm packages of tests/agents.
[[nodiscard]] bool npmPackagesThere();

/// The official MCP client (tests/agents/propose.mjs) with glovebox-mcp behind it.
class SdkClient
{
public:
    explicit SdkClient(const WholeCar &car);
    ~SdkClient();
    Q_DISABLE_COPY_MOVE(SdkClient)

    [[nodiscard]] Done open();
    /// The structured content of the tool's result; an error of the tool or of the protocol is an error.
    [[nodiscard]] Maybe<Json> call(const char *tool, const Json &arguments);
    /// Ends the session as a host does, by closing standard input. The exit code.
    [[nodiscard]] Maybe<int> close();

private:
    [[nodiscard]] Maybe<Json> nextLine();
    simulator::ChildProcess m_process;
};

} // namespace glovebox::testing
