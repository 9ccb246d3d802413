// SPDX-License-Identifier: Apache-2.0
#include "payment/kind.h"

#include "payment/names.h"

#include <algorithm>
#include <array>

namespace glovebox::payment
{

using base::Json;
using base::JsonFault;
using base::ObjectReader;

namespace
{

constexpr std::size_t kText_max = 40;
constexpr std::size_t kStrings_max = 64; // languages, and texts of each
constexpr int kUndo_s_max = 600;
constexpr int kDay_min = 1440;
constexpr int kDistance_m_max = 1'000'000;
constexpr std::array<std::string_view, 5> kUnits = {"l", "kWh", "min", "h", "kTok"};

/// "Pump %1" keeps its place for the label in every language.
bool hasPlaceholder(std::string_view text)
{
    return text.find("%1") != std::string_view::npos;
}

void readPlaces(ObjectReader &reader, Kind &kind)
{
    const Json &places = reader.object("places");
    ObjectReader inner(places, reader.pointerTo("places"));
    for (const PlaceType type : kPlaceTypes) {
        const std::string name(nameOf(type));
        if (type != PlaceType::none && inner.has(name.c_str())) {
            const std::string text = readShowable(inner, name.c_str(), kText_max);
            if (!hasPlaceholder(text)) {
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

void readFulfilments(ObjectReader &reader, Kind &kind)
{
    for (const Json &entry : reader.array("fulfilments", kFulfilments.size())) {
        const auto fulfilment =
            entry.is_string() ? fromName(kFulfilments, entry.get_ref<const std::string &>()) : std::nullopt;
        if (!fulfilment || std::ranges::find(kind.fulfilments, *fulfilment) != kind.fulfilments.end()) {
            reader.refuse("fulfilments", JsonFault::notAllowed, "holds an unknown or repeated fulfilment");
            return;
        }
        kind.fulfilments.push_back(*fulfilment);
    }
    if (kind.fulfilments.empty()) {
        reader.refuse("fulfilments", JsonFault::notAllowed, "must not be empty");
    }
}

void readUnits(ObjectReader &reader, const Kind &kind, Plausibility &plausibility)
{
    for (const Json &entry : reader.array("units", kUnits.size())) {
        const std::string unit = entry.is_string() ? entry.get<std::string>() : std::string();
        if (std::ranges::find(kUnits, unit) == kUnits.end() ||
            std::ranges::find(plausibility.units, unit) != plausibility.units.end()) {
            reader.refuse("units", JsonFault::notAllowed, "holds an unknown or repeated unit");
            return;
        }
        plausibility.units.push_back(unit);
    }
    const bool metered = std::ranges::find(kind.amounts, AmountType::metered) != kind.amounts.end();
    if (metered == plausibility.units.empty()) {
        reader.refuse("units", JsonFault::notAllowed,
                      "must name units where an amount is metered, and only then");
    }
}

void readPlausibility(ObjectReader &reader, Kind &kind)
{
    ObjectReader inner(reader.object("plausibility"), reader.pointerTo("plausibility"));
    Plausibility &plausibility = kind.plausibility;
    plausibility.energy = readName(inner, "energy", kEnergies);
    readUnits(inner, kind, plausibility);
    plausibility.distance_m_max = static_cast<int>(inner.integer("distance_m_max", 0, kDistance_m_max));
    if (const Json *hours = inner.optionalObject("hours")) {
        ObjectReader span(*hours, inner.pointerTo("hours"));
        plausibility.fromMinute = static_cast<int>(span.integer("from_minute", 0, kDay_min - 1));
        plausibility.toMinute = static_cast<int>(span.integer("to_minute", 1, kDay_min));
        if (plausibility.toMinute <= plausibility.fromMinute) {
            span.refuse("to_minute", JsonFault::outOfRange, "must be later than from_minute");
        }
        inner.absorb(span.finish());
    }
    reader.absorb(inner.finish());
}

void readStrings(ObjectReader &reader, Kind &kind)
{
    const Json *languages = reader.optionalObject("strings");
    if (!languages || languages->size() > kStrings_max) {
        if (languages) {
            reader.refuse("strings", JsonFault::tooLarge, "holds too many languages");
        }
        return;
    }
    const std::vector<std::string> texts = kind.texts();
    for (const auto &[language, strings] : languages->items()) {
        ObjectReader inner(strings, reader.pointerTo("strings") + "/" + base::escapePointer(language));
        for (const std::string &source : texts) {
            if (!inner.has(source.c_str())) {
                continue; // whether the car has it otherwise is seen where all languages are known
            }
            const std::string text = readShowable(inner, source.c_str(), kText_max);
            if (hasPlaceholder(source) != hasPlaceholder(text)) {
                inner.refuse(source.c_str(), JsonFault::notAllowed, "must hold %1 where the text does");
            }
            kind.strings[language].insert_or_assign(source, text);
        }
        reader.absorb(inner.finish());
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
    readFulfilments(reader, kind);
    kind.capture = readName(reader, "capture", kCaptureModels);
    readStop(reader, kind);
    if (reader.has("amount_note")) {
        kind.amountNote = readShowable(reader, "amount_note", kText_max);
        // Without a connection the note under an amount says that it is not paid now.
        if (kind.fulfilments != std::vector{Fulfilment::online}) {
            reader.refuse("amount_note", JsonFault::notAllowed, "goes with the fulfilment online alone");
        }
    }
    kind.offerWhileMoving = reader.boolean("offer_while_moving");
    kind.setUpParked = reader.optionalBoolean("set_up_parked").value_or(false);
    if (kind.setUpParked && kind.offerWhileMoving) {
        reader.refuse("offer_while_moving", JsonFault::notAllowed,
                      "must be false where set_up_parked is true");
    }
    readPlausibility(reader, kind);
    readStrings(reader, kind);
    if (auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return kind;
}

std::vector<std::string> Kind::texts() const
{
    std::vector<std::string> all = {title, verb, stopText, undoText};
    for (const auto &[type, text] : placeTexts) {
        all.push_back(text);
    }
    if (!amountNote.empty()) {
        all.push_back(amountNote);
    }
    return all;
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
