// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/purchase.h"

#include <string_view>
#include <vector>

namespace glovebox::payment
{

/// The sentence that tells the driver what a rule of consent means for the purchase: source text, translation
/// context "Rules". A rule that is not in the table gets the general sentence.
[[nodiscard]] const char *driverSentence(std::string_view rule);
[[nodiscard]] std::vector<std::string_view> rulesWithSentence();
/// The field of the proposal that a rule blames, as an RFC 6901 pointer; empty where it blames none.
[[nodiscard]] std::string_view faultyField(std::string_view rule);

/// Whether an expired purchase ended because a rule said no after it was asked (the connection went away
/// under the card), and not because nobody answered.
[[nodiscard]] bool endedByRule(const Purchase &purchase);

} // namespace glovebox::payment
