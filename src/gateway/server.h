// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/service.h"

#include <memory>

namespace glovebox::gateway
{

/// HTTPS (TLS 1.2 and later) in front of a Service. One request per connection: a kept connection would hold
/// a thread.
class Server
{
public:
    [[nodiscard]] static Started<std::unique_ptr<Server>> make(const Config &config, Service &service);
    virtual ~Server() = default;
    [[nodiscard]] virtual std::string url() const = 0; // with the port that was bound
    /// Serves until stop(), or until the service is not healthy any more.
    virtual void run() = 0;
    /// From any thread. Requests that were begun are answered.
    virtual void stop() = 0;
};

} // namespace glovebox::gateway
