// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <QString>

#include <chrono>
#include <expected>
#include <string>

namespace glovebox::simulator
{

/// The other end of a desk program's control socket. One call is one connection: a program that was killed
/// and started again needs nothing from us.
class Control
{
public:
    explicit Control(QString socketPath) : m_path(std::move(socketPath)) {}
    /// The answer without its "ok", or why there is none.
    [[nodiscard]] std::expected<base::Json, std::string>
    call(const base::Json &command, std::chrono::milliseconds limit = std::chrono::seconds(20)) const;

private:
    QString m_path;
};

} // namespace glovebox::simulator
