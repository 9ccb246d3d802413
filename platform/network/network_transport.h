// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "ports/transport.h"

#include <chrono>
#include <functional>
#include <memory>

namespace glovebox::network
{

struct TransportOptions
{
    std::string url;    // "https://host:port", nothing behind it
    std::string caFile; // PEM: the only CA that counts; the system's are not looked at
    std::chrono::milliseconds silence_max{10'000}; // without any progress
    std::chrono::milliseconds total_max{30'000};   // from send() to the whole answer
    /// Whether the wall clock can judge a certificate's dates. While it cannot, the dates are not looked at;
    /// CA and name are.
    std::function<bool()> clockTrusted;
};

enum class TransportOptionFault { url, caMissing, caMalformed };

/// HTTPS/1.1 over QSslSocket: pinned CA, peer name checked, TLS 1.2 or later, one connection per request, no
/// redirects, no proxy, no cookies, no cache, no compression, and never sent twice. Answers carry
/// Content-Length; another form is broken.
[[nodiscard]] base::Result<std::unique_ptr<ports::Transport>, TransportOptionFault>
makeNetworkTransport(TransportOptions options);

} // namespace glovebox::network
