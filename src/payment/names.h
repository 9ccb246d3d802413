// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/canonical_text.h"
#include "payment/approval.h"

#include <initializer_list>

namespace glovebox::payment
{

/// The value of a list whose name it is; nothing for a name that is not in it. The lists below are complete.
template<class Enum>
[[nodiscard]] std::optional<Enum> fromName(std::initializer_list<Enum> all, std::string_view name)
{
    for (const Enum value : all) {
        if (nameOf(value) == name) {
            return value;
        }
    }
    return std::nullopt;
}

inline constexpr std::initializer_list<AmountType> kAmountTypes = {AmountType::exact, AmountType::upTo,
                                                                   AmountType::metered};
inline constexpr std::initializer_list<PlaceType> kPlaceTypes = {
    PlaceType::none, PlaceType::pump, PlaceType::zone, PlaceType::pickup, PlaceType::gate};
inline constexpr std::initializer_list<Fulfilment> kFulfilments = {
    Fulfilment::online, Fulfilment::offlineAccepted, Fulfilment::deferred};
inline constexpr std::initializer_list<ConsentMethod> kConsentMethods = {
    ConsentMethod::touch, ConsentMethod::key, ConsentMethod::voice, ConsentMethod::standing};
inline constexpr std::initializer_list<DrivingState> kDrivingStates = {
    DrivingState::parked, DrivingState::idling, DrivingState::moving};
inline constexpr std::initializer_list<Surface> kSurfaces = {Surface::reserved, Surface::embedded,
                                                             Surface::desk};
inline constexpr std::initializer_list<ScaStatus> kScaStatuses = {ScaStatus::performed, ScaStatus::exempt,
                                                                  ScaStatus::none};
inline constexpr std::initializer_list<StopMoment> kStopMoments = {
    StopMoment::untilFulfilmentStarts, StopMoment::untilYouLeave, StopMoment::untilShopAccepts,
    StopMoment::undoSeconds,           StopMoment::untilSent,     StopMoment::untilYouLeaveOrSent};
inline constexpr std::initializer_list<CaptureModel> kCaptureModels = {CaptureModel::direct,
                                                                       CaptureModel::authoriseThenComplete};
inline constexpr std::initializer_list<Energy> kEnergies = {Energy::none, Energy::fuel, Energy::battery};

/// A required field that holds one of the names; the first of the list where it does not.
template<class Enum>
Enum readName(base::ObjectReader &reader, const char *field, std::initializer_list<Enum> all)
{
    const std::string name = reader.text(field, 40);
    const std::optional<Enum> value = fromName(all, name);
    if (!value) {
        reader.refuse(field, base::JsonFault::notAllowed, "is not a known name");
    }
    return value.value_or(*all.begin());
}

/// A required identifier.
template<class IdType> IdType readId(base::ObjectReader &reader, const char *field)
{
    const std::optional<IdType> id = IdType::fromText(reader.text(field, 64));
    if (!id) {
        reader.refuse(field, base::JsonFault::notAllowed,
                      "must be 1 to 64 of A-Z a-z 0-9 . _ - and start with a letter or digit");
    }
    return id.value_or(IdType());
}

/// A required text that may be shown: see base::findTextFault().
std::string readShowable(base::ObjectReader &reader, const char *field, std::size_t codePoints_max);
base::Currency readCurrency(base::ObjectReader &reader, const char *field);

/// Moments as docs/formats.md says.
void putMoment(base::ObjectWriter &out, const base::Moment &moment);
base::Moment readMoment(base::ObjectReader &reader, const char *field);

[[nodiscard]] std::expected<ShownTexts, base::JsonError> shownTextsFromJson(const base::Json &json,
                                                                            std::string pointer);

} // namespace glovebox::payment
