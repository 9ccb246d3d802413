// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"
#include "base/time.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace glovebox::ports
{

struct HttpRequest
{
    std::string method; // GET or POST
    std::string path;   // with query, below the gateway's base URL; starts with "/v1/"
    std::vector<std::pair<std::string, std::string>> headers; // lower case names
    std::string body;                                         // at most 256 KiB
};

enum class TransportFault {
    unreachable, // nothing was sent: it is safe to try again
    tls,         // the peer is not the pinned gateway: nothing was sent
    broken,      // something may have been sent and no whole answer came: the outcome is unknown
};

struct HttpAnswer
{
    std::optional<TransportFault> fault; // nothing: the fields below are the answer
    int status = 0;
    std::string body; // at most 1 MiB, else broken
    std::optional<int> retryAfter_s;
    std::string detail; // for the log
};

/// HTTPS to the one gateway, CA pinned, no redirects, no resend by itself, every request with a time-out.
class Transport
{
public:
    virtual ~Transport() = default;
    /// Completes exactly once, on the caller's thread, never inside send().
    virtual void send(const HttpRequest &request, std::function<void(const HttpAnswer &)> onAnswer) = 0;
};

/// Whether it is worth trying. A hint only: settlement never takes "online" as proof of anything.
class Connectivity
{
public:
    virtual ~Connectivity() = default;
    [[nodiscard]] virtual bool online() const = 0;
    virtual void start(std::function<void(bool online)> onChange) = 0;
};

} // namespace glovebox::ports
