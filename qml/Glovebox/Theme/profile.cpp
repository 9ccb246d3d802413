// SPDX-License-Identifier: Apache-2.0
#include "qml/Glovebox/Theme/profile.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace glovebox::theme
{

namespace
{

double numberIn(const QJsonObject &json, const char *key)
{
    const QJsonValue value = json.value(QLatin1String(key));
    if (!value.isDouble() || value.toDouble() <= 0)
        qFatal("the distraction profile lacks %s", key);
    return value.toDouble();
}

} // namespace

double Profile::targetMin_mm() const
{
    constexpr double millimetresPerDp = 25.4 / 160.0;
    return std::max(target_mm, targetDp * millimetresPerDp);
}

Profile strictestProfile()
{
    QFile file(QStringLiteral(":/glovebox/profiles/strictest.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the distraction profile is not compiled in");
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    const auto number = [&json](const char *key) { return numberIn(json, key); };
    const auto light = [&json](const char *key) {
        const QJsonObject part = json.value(QLatin1String(key)).toObject();
        return Light{numberIn(part, "white_cd_m2"), numberIn(part, "reflected_cd_m2")};
    };
    const auto count = [&number](const char *key) { return static_cast<int>(number(key)); };
    Profile profile;
    profile.id = json.value(QLatin1String("id")).toString();
    profile.distance_mm = number("viewing_distance_mm");
    profile.primaryArcMin = number("cap_height_arc_min_primary");
    profile.textArcMin = number("cap_height_arc_min_text");
    profile.floorArcMin = number("cap_height_arc_min_floor");
    profile.targetDp = number("target_dp");
    profile.target_mm = number("target_mm");
    profile.targetGap_mm = number("target_gap_mm");
    profile.latinCharactersMax = count("text_latin_characters_max");
    profile.wideCharactersMax = count("text_cjk_characters_max");
    profile.linesMax = count("text_lines_max");
    profile.contrastMin = number("contrast_min");
    profile.contrastNightMin = number("contrast_night_min");
    profile.contrastDayMin = number("contrast_day_min");
    profile.contrastSunMin = number("contrast_sun_min");
    profile.night = light("light_night");
    profile.day = light("light_day");
    profile.sun = light("light_sun");
    profile.pressAfterShownMin_ms = count("press_after_shown_ms_min");
    profile.heartbeat_ms = count("heartbeat_ms");
    return profile;
}

} // namespace glovebox::theme
