// SPDX-License-Identifier: Apache-2.0
#include "payment/kind.h"

#include "payment/names.h"

#include <algorithm>

namespace glovebox::payment
{

using base::Json;
using base::JsonFault;
using base::ObjectReader;

namespace
{

constexpr std::size_t kText_max = 40;
constexpr int kUndo_s_max = 600;

void readPlaces(ObjectReader &reader, Kind &kind)
{
    const Json &places = reader.object("places");
    ObjectReader inner(places, reader.pointerTo("places"));
    for (const PlaceType type : kPlaceTypes) {
        const std::string name(nameOf(type));
        if (type != PlaceType::none && inner.has(name.c_str())) {
            const std::string text = readShowable(inner, name.c_str(), kText_max);
            if (text.find("%1") == std::string::npos) {
                inner.refuse(name.c_str(), JsonFault::notAllowed, "must hold %1");
            }
            kind.placeTexts.emplace(type, text);
            kind.places.push_back(type);
        }
    }
    reader.absorb(inner.finish());
    if (!reader.boolean("place_required")) {
        kind.places.push_back(PlaceType::none);
    } else if (kind.places.empty()) {
        reader.refuse("places", JsonFault::notAllowed, "must name a place type where one is required");
    }
}

void readAmounts(ObjectReader &reader, Kind &kind)
{
    for (const Json &entry : reader.array("amounts", kAmountTypes.size())) {
        const auto type =
            entry.is_string() ? fromName(kAmountTypes, entry.get_ref<const std::string &>()) : std::nullopt;
        if (!type || std::find(kind.amounts.begin(), kind.amounts.end(), *type) != kind.amounts.end()) {
            reader.refuse("amounts", JsonFault::notAllowed, "holds an unknown or repeated amount type");
            return;
        }
        kind.amounts.push_back(*type);
    }
    if (kind.amounts.empty()) {
        reader.refuse("amounts", JsonFault::notAllowed, "must not be empty");
    }
}

void readStop(ObjectReader &reader, Kind &kind)
{
    ObjectReader inner(reader.object("stop"), reader.pointerTo("stop"));
    kind.stop = readName(inner, "moment", kStopMoments);
    kind.stopText = readShowable(inner, "text", kText_max);
    kind.undoText = readShowable(inner, "undo", kText_max);
    if (kind.stop == StopMoment::undoSeconds) {
        kind.undo_s = static_cast<int>(inner.integer("undo_s", 1, kUndo_s_max));
    }
    reader.absorb(inner.finish());
}

std::expected<Kind, std::string> parseFile(const KindFile &file)
{
    const auto json = base::parseJson(file.text);
    if (!json) {
        return std::unexpected(file.name + ": " + json.error().pointer + ' ' + json.error().reason);
    }
    auto kind = kindFromJson(*json);
    if (!kind) {
        return std::unexpected(file.name + ": " + kind.error().pointer + ' ' + kind.error().reason);
    }
    if (kind->id.text() + ".json" != file.name) {
        return std::unexpected(file.name + ": /id must be the name of the file");
    }
    return std::move(*kind);
}

} // namespace

std::expected<Kind, base::JsonError> kindFromJson(const Json &json)
{
    ObjectReader reader(json);
    Kind kind;
    reader.optionalText("$comment");
    kind.id = readId<KindId>(reader, "id");
    kind.icon = readId<Id<struct IconTag>>(reader, "icon").text(); // no folder can be in it
    kind.title = readShowable(reader, "title", kText_max);
    kind.verb = readShowable(reader, "verb", kText_max);
    readPlaces(reader, kind);
    readAmounts(reader, kind);
    kind.capture = readName(reader, "capture", kCaptureModels);
    readStop(reader, kind);
    kind.offerWhileMoving = reader.boolean("offer_while_moving");
    if (auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return kind;
}

StopMoment stopMoment(const Kind &kind, AmountType amount, bool offline)
{
    if (amount != AmountType::exact) {
        return kind.stop;
    }
    // A merchant who takes approvals offline lets the car go on its word: leaving ends the undo too.
    const bool leavingEndsIt = kind.stop == StopMoment::untilYouLeave && offline;
    return leavingEndsIt ? StopMoment::untilYouLeaveOrSent : StopMoment::untilSent;
}

std::expected<KindCatalogue, std::string> KindCatalogue::parse(const std::vector<KindFile> &files)
{
    if (files.empty()) {
        return std::unexpected(std::string("there is no purchase kind"));
    }
    KindCatalogue catalogue;
    for (const KindFile &file : files) {
        auto kind = parseFile(file);
        if (!kind) {
            return std::unexpected(kind.error());
        }
        const KindId id = kind->id;
        catalogue.m_kinds.emplace(id, std::move(*kind));
    }
    return catalogue;
}

const Kind *KindCatalogue::find(const KindId &id) const
{
    const auto it = m_kinds.find(id);
    return it == m_kinds.end() ? nullptr : &it->second;
}

} // namespace glovebox::payment
