// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/kind.h"
#include "payment/purchase.h"

#include <fstream>
#include <functional>
#include <iterator>

namespace glovebox::payment::samples
{

/// A file of resources/kinds.
inline KindFile kindFile(const std::string &name)
{
    std::ifstream file(GLOVEBOX_SOURCE_DIR "/resources/kinds/" + name);
    return {name, std::string(std::istreambuf_iterator<char>(file), {})};
}

inline KindCatalogue shippedKinds()
{
    std::vector<KindFile> files;
    for (const char *id : {"assistant_credit", "car_wash", "charging", "coffee", "drive_through", "fuel",
                           "membership", "parking", "toll"}) {
        files.push_back(kindFile(std::string(id) + ".json"));
    }
    return KindCatalogue::parse(files).value();
}

inline base::Json fuelJson()
{
    return {{"request_id", "fuel-1"},
            {"kind", "fuel"},
            {"merchant_id", "tankhof"},
            {"amount", {{"type", "up_to"}, {"value", 8000}, {"currency", "EUR"}}},
            {"place", {{"type", "pump"}, {"label", "4"}}}};
}

inline Proposal fuel()
{
    return proposalFromJson(fuelJson()).value();
}

inline MerchantEntry merchant(Fulfilment fulfilment = Fulfilment::online, const char *kind = "fuel")
{
    base::Json terms = {{"fulfilment", nameOf(fulfilment)}};
    if (fulfilment == Fulfilment::offlineAccepted) {
        terms["offline_floor_minor"] = 10000;
        terms["offline_age_s_max"] = 86400;
    } else if (fulfilment == Fulfilment::deferred) {
        terms["settle_within_s"] = 1200;
    }
    return merchantFromJson({{"v", 1},
                             {"id", "tankhof"},
                             {"name", "Tankhof Königstraße"},
                             {"category", "5541"},
                             {"position", {{"latitude_e6", 48776000}, {"longitude_e6", 9183000}}},
                             {"currency", "EUR"},
                             {"kinds", {{kind, terms}}},
                             {"valid_until_ms", 1'900'000'000'000},
                             {"revision", 7}})
        .value();
}

inline base::Moment moment(std::int64_t boot_ms = 1000)
{
    return {"3c9b4c1e-0000-4000-8000-000000000001",
            {std::chrono::milliseconds(boot_ms)},
            {1'772'000'000'000 + boot_ms},
            base::ClockTrust::gatewaySigned};
}

/// Not SHA-256, which payment does not know: any function of the RFC 8785 form tells two values apart.
inline std::string hash(const base::CanonicalText &value)
{
    base::Bytes bytes;
    std::uint64_t state = 1469598103934665603u;
    for (int i = 0; i < 4; ++i) {
        for (const char c : value.text()) {
            state = (state ^ static_cast<unsigned char>(c)) * 1099511628211u;
        }
        base::appendBigEndian(bytes, state, 8);
    }
    return base::toBase64Url(bytes);
}

inline Approval approval()
{
    Approval approval;
    approval.id = *ApprovalId::fromText("a1");
    approval.purchase = *PurchaseId::fromText("p1");
    approval.wallet = *WalletId::fromText("w-1");
    approval.gateway = "sandbox";
    approval.proposal = fuelJson();
    approval.merchantEntryHash = hash(merchant().canonical);
    approval.merchant = *MerchantId::fromText("tankhof");
    approval.kind = *KindId::fromText("fuel");
    approval.amountType = AmountType::upTo;
    approval.cap = fuel().amount.value;
    approval.instrument = {"tok_demo", "Visa ·· 42"};
    approval.shown = {
        "card.moving.1", "en", Surface::desk, {{"title", "Fuel · Pump 4"}, {"amount", "€80.00"}}};
    approval.driver = *DriverId::fromText("mia");
    approval.nonce = "n1";
    approval.shownAt = {std::chrono::milliseconds(900)};
    approval.answeredAt = {std::chrono::milliseconds(1500)};
    approval.session = *SessionId::fromText("s1");
    approval.vehicle = {DrivingState::parked, "park", 0, 120};
    approval.verdict = "confirm";
    approval.rules = {"consent.every_time"};
    approval.permissionRevision = 3;
    approval.agent = *AgentId::fromText("assistant");
    approval.agentAuthentication = "token";
    approval.sequence = 12;
    approval.at = moment(1500);
    approval.admitBy = {1'772'000'300'000};
    approval.settleBy = {1'772'000'600'000};
    approval.stop = StopMoment::untilFulfilmentStarts;
    return approval;
}

} // namespace glovebox::payment::samples
