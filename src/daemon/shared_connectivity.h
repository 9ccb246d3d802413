// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/transport.h"

#include <memory>
#include <utility>
#include <vector>

namespace glovebox::daemon
{

/// One source of the hint, several who listen: the adapter below has a place for one of them only.
class SharedConnectivity final : public ports::Connectivity
{
public:
    explicit SharedConnectivity(std::unique_ptr<ports::Connectivity> source) : m_source(std::move(source)) {}

    [[nodiscard]] bool online() const override { return m_source->online(); }
    void start(std::function<void(bool)> onChange) override
    {
        m_listeners.push_back(std::move(onChange));
        if (m_listeners.size() == 1) {
            m_source->start([this](bool online) {
                for (const auto &listener : m_listeners) {
                    listener(online);
                }
            });
        }
    }

private:
    std::vector<std::function<void(bool)>> m_listeners;
    std::unique_ptr<ports::Connectivity> m_source; // last: it calls the listeners
};

} // namespace glovebox::daemon
