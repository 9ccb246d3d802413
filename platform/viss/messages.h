// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <string>
#include <variant>
#include <vector>

namespace glovebox::viss
{

inline constexpr const char *kSubprotocol = "VISSv2";
inline constexpr std::size_t kMessage_bytes_max = 16384;

/// The peer took a subscription.
struct Subscribed
{
    std::string requestId;
    std::string subscriptionId;
};
/// The peer refused a request; nothing will come for it.
struct Refused
{
    std::string requestId;
    int number = 0; // as an HTTP status
};
/// One value, or null where the car does not know it.
struct DataPoint
{
    std::string path;
    base::Json value;
};
struct Update
{
    std::string subscriptionId;
    std::vector<DataPoint> points; // at most 16
};
/// A well-formed message that does not concern a subscriber.
struct Other
{};
using Message = std::variant<Subscribed, Refused, Update, Other>;

/// W3C VISS version 2, messages from the server. Fields that are not known are ignored, as the specification
/// wants; everything else that is not exactly of its form is refused. Time stamps are not read: a reading is
/// as old as its arrival, because the peer's wall clock proves nothing.
[[nodiscard]] std::expected<Message, base::JsonError> readMessage(std::string_view text);

[[nodiscard]] std::string subscribeRequest(const std::string &path, const std::string &requestId);

} // namespace glovebox::viss
