// SPDX-License-Identifier: Apache-2.0
#include "platform/viss/config.h"

#include <QUrl>

namespace glovebox::viss
{
namespace
{

constexpr std::array<const char *, kSignalCount> kPathNames = {
    "speed", "gear", "parking_brake", "latitude", "longitude", "ignition", "driver_door",
};

bool isWebSocketUrl(const std::string &text)
{
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QLatin1String("ws") || url.scheme() == QLatin1String("wss"));
}

} // namespace

std::expected<Config, base::JsonError> configFromJson(const base::Json &json, const std::string &pointer)
{
    Config config;
    base::ObjectReader reader(json, pointer);
    config.url = reader.text("url", 512);
    if (!reader.failed() && !isWebSocketUrl(config.url)) {
        reader.refuse("url", base::JsonFault::notAllowed, "not a ws: or wss: URL");
    }
    config.hasParkGear = reader.optionalBoolean("has_park_gear").value_or(true);
    if (const base::Json *paths = reader.optionalObject("paths")) {
        base::ObjectReader pathReader(*paths, reader.pointerTo("paths"));
        for (std::size_t i = 0; i < kSignalCount; ++i) {
            if (auto path = pathReader.optionalText(kPathNames[i], 200)) {
                config.paths[i] = std::move(*path);
            }
        }
        reader.absorb(pathReader.finish());
    }
    if (auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return config;
}

} // namespace glovebox::viss
