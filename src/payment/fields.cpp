// SPDX-License-Identifier: Apache-2.0
#include "payment/names.h"

#include "base/text.h"

namespace glovebox::payment
{

using base::Json;
using base::JsonFault;
using base::ObjectReader;
using base::ObjectWriter;

namespace
{

constexpr std::int64_t kWall_ms_max = 253'402'300'799'999; // the end of the year 9999

} // namespace

std::string readShowable(ObjectReader &reader, const char *field, std::size_t codePoints_max)
{
    std::string text = reader.text(field);
    if (const auto fault = base::findTextFault(text, codePoints_max)) {
        reader.refuse(field, JsonFault::notAllowed, std::string(base::sentence(*fault)));
        return {};
    }
    return text;
}

base::Currency readCurrency(ObjectReader &reader, const char *field)
{
    const auto currency = base::Currency::fromCode(reader.text(field, 3));
    if (!currency) {
        reader.refuse(field, JsonFault::notAllowed, "is not a currency in use (ISO 4217)");
    }
    return currency.value_or(base::Currency());
}

void putMoment(ObjectWriter &out, const base::Moment &moment)
{
    out.text("boot_id", moment.bootId)
        .integer("boot_ms", moment.boot.milliseconds())
        .text("clock", moment.trust == base::ClockTrust::gatewaySigned ? "gateway_signed" : "untrusted")
        .integer("wall_ms", moment.wall.milliseconds);
}

base::Moment readMoment(ObjectReader &reader, const char *field)
{
    ObjectReader inner(reader.object(field), reader.pointerTo(field));
    base::Moment moment;
    moment.bootId = inner.text("boot_id", 36);
    moment.boot = {
        std::chrono::milliseconds(inner.integer("boot_ms", 0, base::Money::kMinorMax / 1'000'000))};
    moment.wall = {inner.integer("wall_ms", 0, kWall_ms_max)};
    const std::string clock = inner.text("clock", 16);
    if (clock != "gateway_signed" && clock != "untrusted") {
        inner.refuse("clock", JsonFault::notAllowed, "is not a known name");
    }
    moment.trust = clock == "gateway_signed" ? base::ClockTrust::gatewaySigned : base::ClockTrust::untrusted;
    reader.absorb(inner.finish());
    return moment;
}

base::CanonicalText toCanonical(const ShownTexts &shown)
{
    return base::canonicalObject([&shown](ObjectWriter &out) {
        out.objects("items", shown.items,
                    [](ObjectWriter &item, const ShownText &text) {
                        item.text("id", text.id).text("text", text.text);
                    })
            .text("locale", shown.locale)
            .text("surface", nameOf(shown.surface))
            .text("template", shown.templateId);
    });
}

std::expected<ShownTexts, base::JsonError> shownTextsFromJson(const Json &json, std::string pointer)
{
    constexpr std::size_t kItems_max = 32;
    ObjectReader reader(json, std::move(pointer));
    ShownTexts shown;
    shown.templateId = reader.text("template", 64);
    shown.locale = reader.text("locale", 35); // RFC 5646, 4.4.1
    shown.surface = readName(reader, "surface", kSurfaces);
    const Json &items = reader.array("items", kItems_max);
    for (std::size_t i = 0; i < items.size(); ++i) {
        ObjectReader inner(items[i], reader.pointerTo("items") + '/' + std::to_string(i));
        shown.items.push_back({inner.text("id", 64), inner.text("text", 1024)});
        reader.absorb(inner.finish());
    }
    if (auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return shown;
}

} // namespace glovebox::payment
