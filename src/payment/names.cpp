// SPDX-License-Identifier: Apache-2.0
// The names that enums have in records and on the wire. They are for ever.
#include "payment/approval.h"

namespace glovebox::payment
{

std::string_view nameOf(Fulfilment fulfilment)
{
    switch (fulfilment) {
    case Fulfilment::online:
        return "online";
    case Fulfilment::offlineAccepted:
        return "offline_accepted";
    case Fulfilment::deferred:
        return "deferred";
    }
    return {};
}

std::string_view nameOf(ConsentMethod method)
{
    switch (method) {
    case ConsentMethod::touch:
        return "touch";
    case ConsentMethod::key:
        return "key";
    case ConsentMethod::voice:
        return "voice";
    case ConsentMethod::standing:
        return "standing";
    }
    return {};
}

std::string_view nameOf(DrivingState state)
{
    switch (state) {
    case DrivingState::parked:
        return "parked";
    case DrivingState::idling:
        return "idling";
    case DrivingState::moving:
        return "moving";
    }
    return {};
}

std::string_view nameOf(Surface surface)
{
    switch (surface) {
    case Surface::reserved:
        return "reserved";
    case Surface::embedded:
        return "embedded";
    case Surface::desk:
        return "desk";
    }
    return {};
}

std::string_view nameOf(AmountType type)
{
    switch (type) {
    case AmountType::exact:
        return "exact";
    case AmountType::upTo:
        return "up_to";
    case AmountType::metered:
        return "metered";
    }
    return {};
}

std::string_view nameOf(ScaStatus status)
{
    switch (status) {
    case ScaStatus::performed:
        return "performed";
    case ScaStatus::exempt:
        return "exempt";
    case ScaStatus::none:
        return "none";
    }
    return {};
}

std::string_view nameOf(StopMoment moment)
{
    switch (moment) {
    case StopMoment::untilFulfilmentStarts:
        return "until_fulfilment_starts";
    case StopMoment::untilYouLeave:
        return "until_you_leave";
    case StopMoment::untilShopAccepts:
        return "until_shop_accepts";
    case StopMoment::undoSeconds:
        return "undo_seconds";
    case StopMoment::untilSent:
        return "until_sent";
    case StopMoment::untilYouLeaveOrSent:
        return "until_you_leave_or_sent";
    }
    return {};
}

std::string_view nameOf(PlaceType type)
{
    switch (type) {
    case PlaceType::none:
        return "none";
    case PlaceType::pump:
        return "pump";
    case PlaceType::zone:
        return "zone";
    case PlaceType::pickup:
        return "pickup";
    case PlaceType::gate:
        return "gate";
    }
    return {};
}

std::string_view nameOf(Energy energy)
{
    switch (energy) {
    case Energy::none:
        return "none";
    case Energy::fuel:
        return "fuel";
    case Energy::battery:
        return "battery";
    }
    return {};
}

std::string_view nameOf(CaptureModel model)
{
    switch (model) {
    case CaptureModel::direct:
        return "direct";
    case CaptureModel::authoriseThenComplete:
        return "authorise_then_complete";
    }
    return {};
}

} // namespace glovebox::payment
