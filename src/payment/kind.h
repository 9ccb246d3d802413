// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/merchant.h"
#include "payment/proposal.h"

#include <map>
#include <vector>

namespace glovebox::payment
{

/// When a person can still stop a purchase of this kind after approving it. What was sent to be taken at once
/// cannot be stopped any more: the two moments with "sent" say so.
enum class StopMoment {
    untilFulfilmentStarts,
    untilYouLeave,
    untilShopAccepts,
    undoSeconds,
    untilSent,
    untilYouLeaveOrSent
};

/// Where the money moves: all at once, or held first and completed later.
enum class CaptureModel { direct, authoriseThenComplete };

[[nodiscard]] std::string_view nameOf(CaptureModel model); // "authorise_then_complete"

/// What a car must run on for a purchase of the kind to make sense.
enum class Energy { none, fuel, battery };

[[nodiscard]] std::string_view nameOf(Energy energy); // "battery"

/// What cannot be true of a purchase of the kind, whoever proposes it.
struct Plausibility
{
    Energy energy = Energy::none;
    std::vector<std::string> units; // of a metered amount: "l", "kWh", "min", "h", "kTok"
    int distance_m_max = 0;         // from the car to the merchant; 0: anywhere
    int fromMinute = 0;             // of the day in the car, 0 to 1439 …
    int toMinute = 1440;            // … and where it ends, 1 to 1440, later than `fromMinute`
};

/// A purchase kind: a file in resources/kinds and its strings. Strings are keys of the translation context
/// "Kind".
struct Kind
{
    KindId id;
    std::string icon;                            // a sign of qml/Glovebox/Controls/kind_sign.h: "fuel"
    std::string title;                           // "Fuel"
    std::string verb;                            // text of the primary button: "Pay"
    std::map<PlaceType, std::string> placeTexts; // "Pump %1"
    std::vector<AmountType> amounts;             // the allowed amount models
    std::vector<PlaceType> places;       // the allowed (and, without `none` in it, required) place types
    std::vector<Fulfilment> fulfilments; // how a merchant may fulfil it
    CaptureModel capture = CaptureModel::direct;
    StopMoment stop = StopMoment::undoSeconds;
    std::string stopText; // "until you start fuelling"
    std::string undoText; // label of the undo button: "Undo until you leave"
    int undo_s = 0;       // stop == undoSeconds
    bool offerWhileMoving = true;
    bool setUpParked = false; // asked for while parked alone; then never while moving
    std::string amountNote;   // optional, stands under an exact amount: "one period, then asked again"
    Plausibility plausibility;
    /// language -> text -> its translation: of a kind that is not among those built in.
    std::map<std::string, std::map<std::string, std::string>> strings;

    /// Every text a driver may read of it.
    [[nodiscard]] std::vector<std::string> texts() const;
};

[[nodiscard]] std::expected<Kind, base::JsonError> kindFromJson(const base::Json &json);

/// The moment that is true of one purchase, if it is approved now: an exact amount is captured as soon as it
/// is sent (architecture, "Life of a purchase"), whatever its kind would allow; any other is held first and
/// keeps the moment of its kind. `offline`: it stays in the car for now.
[[nodiscard]] StopMoment stopMoment(const Kind &kind, AmountType amount, bool offline);

/// A kind's file as it was read: its name without the folder ("fuel.json") and its text.
struct KindFile
{
    std::string name;
    std::string text;
};

/// By id. Made once, by the composition root, which reads the files.
class KindCatalogue
{
public:
    /// One bad file refuses the whole catalogue, and is named; so is no file at all.
    [[nodiscard]] static std::expected<KindCatalogue, std::string> parse(const std::vector<KindFile> &files);
    [[nodiscard]] const Kind *find(const KindId &id) const;
    [[nodiscard]] const std::map<KindId, Kind> &all() const { return m_kinds; }

private:
    std::map<KindId, Kind> m_kinds;
};

} // namespace glovebox::payment
