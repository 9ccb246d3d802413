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
};

constexpr std::array kSentences = {
    Sentence{"service.needed", QT_TRANSLATE_NOOP("Rules", "Payments paused, service needed")},
    Sentence{"kind.unknown", QT_TRANSLATE_NOOP("Rules", "This car cannot pay for that.")},
    Sentence{"kind.not_permitted", QT_TRANSLATE_NOOP("Rules", "You have not allowed this kind of purchase.")},
    Sentence{"kind.amount_type", QT_TRANSLATE_NOOP("Rules", "The assistant's request was not complete.")},
    Sentence{"kind.place", QT_TRANSLATE_NOOP("Rules", "The assistant did not say where.")},
    Sentence{"proposal.expired", QT_TRANSLATE_NOOP("Rules", "The offer is too old.")},
    Sentence{"merchant.unknown", QT_TRANSLATE_NOOP("Rules", "This merchant is not known.")},
    Sentence{"merchant.expired", QT_TRANSLATE_NOOP("Rules", "What is known of this merchant is too old.")},
    Sentence{"clock.unconfirmed",
             QT_TRANSLATE_NOOP("Rules", "The car does not know the time yet. Pay at the till.")},
    Sentence{"merchant.kind_not_offered", QT_TRANSLATE_NOOP("Rules", "This merchant does not offer that.")},
    Sentence{"merchant.currency", QT_TRANSLATE_NOOP("Rules", "This merchant takes another currency.")},
    Sentence{"permission.currency", QT_TRANSLATE_NOOP("Rules", "You have not allowed this currency.")},
    Sentence{"limit.per_purchase", QT_TRANSLATE_NOOP("Rules", "More than your limit for one purchase.")},
    Sentence{"limit.open_proposals", QT_TRANSLATE_NOOP("Rules", "The assistant has too many open requests.")},
    Sentence{"fulfilment.offline", QT_TRANSLATE_NOOP("Rules", "No connection. Pay at the till.")},
    Sentence{"fulfilment.offline_floor",
             QT_TRANSLATE_NOOP("Rules", "Too much without a connection. Pay at the till.")},
    Sentence{"limit.offline_unsettled",
             QT_TRANSLATE_NOOP("Rules", "Too much is waiting for a connection. Pay at the till.")},
    Sentence{"session.closed", QT_TRANSLATE_NOOP("Rules", "Enter your PIN when parked.")},
    Sentence{"driving.kind_parked_only", QT_TRANSLATE_NOOP("Rules", "Details when parked.")},
    Sentence{"consent.every_time", QT_TRANSLATE_NOOP("Rules", "You decide every time.")},
};

} // namespace

const char *driverSentence(std::string_view rule)
{
    for (const Sentence &sentence : kSentences) {
        if (sentence.rule == rule) {
            return sentence.text;
        }
    }
    return QT_TRANSLATE_NOOP("Rules", "This purchase is not possible.");
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
