// SPDX-License-Identifier: Apache-2.0
#include "platform/viss/messages.h"

#include <charconv>

namespace glovebox::viss
{
namespace
{

constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kPathBytesMax = 200;
constexpr std::size_t kPointsMax = 16;

using Read = std::expected<Message, base::JsonError>;

/// Of a reader that has failed.
Read refusal(base::ObjectReader &reader)
{
    return std::unexpected(
        reader.finish().value_or(base::JsonError{base::JsonFault::syntax, "", "cannot be read"}));
}

/// "404" and 404: version 2 writes a string, its successor a number.
int errorNumber(const base::Json &error)
{
    const auto it = error.find("number");
    if (it == error.end()) {
        return 0;
    }
    if (it->is_number_integer()) {
        return it->is_number_unsigned() && it->get<std::uint64_t>() < 1000 ? it->get<int>() : 0;
    }
    int number = 0;
    if (it->is_string()) {
        const auto &text = it->get_ref<const std::string &>();
        const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
        if (result.ec != std::errc() || result.ptr != text.data() + text.size()) {
            return 0;
        }
    }
    return number;
}

void readPoint(const base::Json &json, const std::string &pointer, base::ObjectReader &outer, Update &update)
{
    if (!json.is_object()) {
        outer.refuse("data", base::JsonFault::wrongType, "a data point is an object");
        return;
    }
    base::ObjectReader reader(json, pointer);
    DataPoint point;
    point.path = reader.text("path", kPathBytesMax);
    const base::Json &dp = reader.object("dp");
    if (!reader.failed()) {
        const auto value = dp.find("value");
        if (value == dp.end()) {
            reader.refuse("dp", base::JsonFault::missing, "a data point has a value");
        } else {
            point.value = *value;
        }
    }
    if (reader.failed()) {
        outer.absorb(reader.finish());
        return;
    }
    update.points.push_back(std::move(point));
}

Read readUpdate(base::ObjectReader &reader, const base::Json &json)
{
    Update update;
    update.subscriptionId = reader.text("subscriptionId", kIdBytesMax);
    const auto data = json.find("data");
    if (data != json.end() && data->is_array()) {
        const base::Json &points = reader.array("data", kPointsMax);
        for (std::size_t i = 0; i < points.size() && !reader.failed(); ++i) {
            readPoint(points[i], "/data/" + std::to_string(i), reader, update);
        }
    } else {
        const base::Json &point = reader.object("data");
        if (!reader.failed()) {
            readPoint(point, "/data", reader, update);
        }
    }
    if (reader.failed()) {
        return refusal(reader);
    }
    return update;
}

} // namespace

Read readMessage(std::string_view text)
{
    const auto json = base::parseJson(text, {.bytes_max = kMessage_bytes_max, .depth_max = 8});
    if (!json) {
        return std::unexpected(json.error());
    }
    if (!json->is_object()) {
        return std::unexpected(base::JsonError{base::JsonFault::wrongType, "", "a message is an object"});
    }
    base::ObjectReader reader(*json);
    const std::string action = reader.text("action", 32);
    if (!reader.failed() && reader.has("error")) {
        const base::Json &error = reader.object("error");
        Refused refused{reader.optionalText("requestId", kIdBytesMax).value_or(std::string()), 0};
        if (!reader.failed()) {
            refused.number = errorNumber(error);
            return refused;
        }
    }
    if (!reader.failed() && action == "subscribe") {
        Subscribed subscribed{reader.text("requestId", kIdBytesMax),
                              reader.text("subscriptionId", kIdBytesMax)};
        if (!reader.failed()) {
            return subscribed;
        }
    }
    if (reader.failed()) {
        return refusal(reader);
    }
    if (action == "subscription") {
        return readUpdate(reader, *json);
    }
    return Other{};
}

std::string subscribeRequest(const std::string &path, const std::string &requestId)
{
    return base::Json{{"action", "subscribe"}, {"path", path}, {"requestId", requestId}}.dump();
}

} // namespace glovebox::viss
