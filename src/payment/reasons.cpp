// SPDX-License-Identifier: Apache-2.0
#include "payment/reasons.h"

#include <algorithm>

#include <QtGlobal>

#include <array>

namespace glovebox::payment
{

namespace
{

struct Sentence
{
    std::string_view rule;
    const char *text;
    const char *pointer = ""; // into the proposal, where one of its fields is to blame (RFC 6901)
};

constexpr std::array kSentences = {
    Sentence{"service.needed", QT_TRANSLATE_NOOP("Rules", "Payments paused, service needed")},
    Sentence{"permission.stopped", QT_TRANSLATE_NOOP("Rules", "You have stopped all assistants.")},
    Sentence{"permission.revoked", QT_TRANSLATE_NOOP("Rules", "You have stopped this assistant.")},
    Sentence{"kind.unknown", QT_TRANSLATE_NOOP("Rules", "This car cannot pay for that."), "/kind"},
    Sentence{"kind.not_permitted", QT_TRANSLATE_NOOP("Rules", "You have not allowed this kind of purchase."),
             "/kind"},
    Sentence{"permission.expired", QT_TRANSLATE_NOOP("Rules", "What you allowed has ended.")},
    Sentence{"permission.merchant", QT_TRANSLATE_NOOP("Rules", "You have not allowed this merchant."),
             "/merchant_id"},
    Sentence{"permission.hours", QT_TRANSLATE_NOOP("Rules", "You have not allowed it at this time.")},
    Sentence{"kind.amount_type", QT_TRANSLATE_NOOP("Rules", "The assistant's request was not complete."),
             "/amount/type"},
    Sentence{"kind.place", QT_TRANSLATE_NOOP("Rules", "The assistant did not say where."), "/place"},
    Sentence{"kind.unit", QT_TRANSLATE_NOOP("Rules", "The assistant's request was not complete."),
             "/amount/unit"},
    Sentence{"kind.fulfilment", QT_TRANSLATE_NOOP("Rules", "This merchant does not offer that."), "/kind"},
    Sentence{"proposal.expired", QT_TRANSLATE_NOOP("Rules", "The offer is too old."), "/expires_in_s"},
    Sentence{"merchant.no_directory", QT_TRANSLATE_NOOP("Rules", "No contact with the payment service yet."),
             "/merchant_id"},
    Sentence{"merchant.unknown", QT_TRANSLATE_NOOP("Rules", "This merchant is not known."), "/merchant_id"},
    Sentence{"merchant.expired", QT_TRANSLATE_NOOP("Rules", "What is known of this merchant is too old."),
             "/merchant_id"},
    Sentence{"clock.unconfirmed",
             QT_TRANSLATE_NOOP("Rules", "The car does not know the time yet. Pay at the till.")},
    Sentence{"merchant.kind_not_offered", QT_TRANSLATE_NOOP("Rules", "This merchant does not offer that."),
             "/kind"},
    Sentence{"merchant.currency", QT_TRANSLATE_NOOP("Rules", "This merchant takes another currency."),
             "/amount/currency"},
    Sentence{"permission.area", QT_TRANSLATE_NOOP("Rules", "You have not allowed it this far away."),
             "/merchant_id"},
    Sentence{"permission.currency", QT_TRANSLATE_NOOP("Rules", "You have not allowed this currency."),
             "/amount/currency"},
    Sentence{"limit.per_purchase", QT_TRANSLATE_NOOP("Rules", "More than your limit for one purchase."),
             "/amount/value"},
    Sentence{"limit.daily", QT_TRANSLATE_NOOP("Rules", "More than your limit for a day."), "/amount/value"},
    Sentence{"limit.monthly", QT_TRANSLATE_NOOP("Rules", "More than your limit for a month."),
             "/amount/value"},
    Sentence{"limit.open_proposals", QT_TRANSLATE_NOOP("Rules", "The assistant has too many open requests.")},
    Sentence{"fulfilment.offline", QT_TRANSLATE_NOOP("Rules", "No connection. Pay at the till.")},
    Sentence{"fulfilment.offline_floor",
             QT_TRANSLATE_NOOP("Rules", "Too much without a connection. Pay at the till."), "/amount/value"},
    Sentence{"limit.offline_unsettled",
             QT_TRANSLATE_NOOP("Rules", "Too much is waiting for a connection. Pay at the till.")},
    Sentence{"limit.offline_count",
             QT_TRANSLATE_NOOP("Rules", "Too much is waiting for a connection. Pay at the till.")},
    Sentence{"limit.offline_age",
             QT_TRANSLATE_NOOP("Rules", "Too long without a connection. Pay at the till.")},
    Sentence{"session.closed", QT_TRANSLATE_NOOP("Rules", "Enter your PIN when parked.")},
    Sentence{"driving.kind_parked_only", QT_TRANSLATE_NOOP("Rules", "Details when parked.")},
    Sentence{"driving.set_up_parked", QT_TRANSLATE_NOOP("Rules", "Set it up when parked.")},
    Sentence{"risk.amount_unusual",
             QT_TRANSLATE_NOOP("Rules", "Much more than you usually pay. Please check.")},
    Sentence{"risk.velocity", QT_TRANSLATE_NOOP("Rules", "Many purchases in a short time. Please check.")},
    Sentence{"risk.duplicate", QT_TRANSLATE_NOOP("Rules", "You just paid the same here. Please check.")},
    Sentence{"risk.far_from_car", QT_TRANSLATE_NOOP("Rules", "The merchant is far from the car."),
             "/merchant_id"},
    Sentence{"risk.wrong_energy", QT_TRANSLATE_NOOP("Rules", "Your car cannot use that."), "/kind"},
    Sentence{"risk.tank_full", QT_TRANSLATE_NOOP("Rules", "Your car is almost full. Please check.")},
    Sentence{"risk.more_than_fits", QT_TRANSLATE_NOOP("Rules", "More than fits into your car."),
             "/amount/value"},
    Sentence{"risk.impossible_journey",
             QT_TRANSLATE_NOOP("Rules", "Too far from your last purchase. Please check.")},
    Sentence{"risk.unusual_time", QT_TRANSLATE_NOOP("Rules", "An unusual time for this.")},
    Sentence{"risk.new_agent", QT_TRANSLATE_NOOP("Rules", "A new assistant.")},
    Sentence{"risk.new_merchant", QT_TRANSLATE_NOOP("Rules", "You have not paid here before.")},
    Sentence{"risk.often_declined",
             QT_TRANSLATE_NOOP("Rules", "You often said no to this assistant. Please check.")},
    Sentence{"risk.text_contradicts_amount",
             QT_TRANSLATE_NOOP("Rules", "The assistant spoke of another sum. Please check.")},
    Sentence{"risk.text_names_payee",
             QT_TRANSLATE_NOOP("Rules", "The assistant named another payee. Please check.")},
    Sentence{"risk.text_instructs",
             QT_TRANSLATE_NOOP("Rules", "The assistant's words look forged. Please check.")},
    Sentence{"risk.confusable_text",
             QT_TRANSLATE_NOOP("Rules", "The assistant's words look forged. Please check.")},
    Sentence{"consent.every_time", QT_TRANSLATE_NOOP("Rules", "You decide every time.")},
};

} // namespace

const char *driverSentence(std::string_view rule)
{
    const auto sentence = std::ranges::find(kSentences, rule, &Sentence::rule);
    return sentence != kSentences.end() ? sentence->text
                                        : QT_TRANSLATE_NOOP("Rules", "This purchase is not possible.");
}

std::string_view faultyField(std::string_view rule)
{
    const auto sentence = std::ranges::find(kSentences, rule, &Sentence::rule);
    return sentence != kSentences.end() ? sentence->pointer : "";
}

std::vector<std::string_view> rulesWithSentence()
{
    std::vector<std::string_view> rules;
    for (const Sentence &sentence : kSentences) {
        rules.push_back(sentence.rule);
    }
    return rules;
}

bool endedByRule(const Purchase &purchase)
{
    const auto rules = rulesWithSentence();
    return purchase.state == State::expired && purchase.reason != "proposal.expired" &&
           std::find(rules.begin(), rules.end(), purchase.reason) != rules.end();
}

} // namespace glovebox::payment
