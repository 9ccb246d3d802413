// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/transport.h"

namespace glovebox::simulator
{

/// What a car's modem would say, by command.
class DeskConnectivity final : public ports::Connectivity
{
public:
    explicit DeskConnectivity(bool online) : m_online(online) {}
    [[nodiscard]] bool online() const override { return m_online; }
    void start(std::function<void(bool)> onChange) override { m_onChange = std::move(onChange); }
    void set(bool online)
    {
        if (online == m_online) {
            return;
        }
        m_online = online;
        if (m_onChange) {
            m_onChange(online);
        }
    }

private:
    bool m_online;
    std::function<void(bool)> m_onChange;
};

} // namespace glovebox::simulator
