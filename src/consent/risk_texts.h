// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/proposal.h"

namespace glovebox::consent
{

/// Signs in an assistant's free texts (utterance, reason, labels of items) that they were written to mislead,
/// by a person or by a page that the assistant read. None of these texts is ever part of a money text.

/// A sum of money stands in the utterance or the reason, and none that does is the proposal's.
[[nodiscard]] bool contradictsAmount(const payment::Proposal &proposal);
/// An account (IBAN, ISO 13616), an address of the web or of mail: who is paid comes from the merchant entry
/// alone.
[[nodiscard]] bool namesPayee(const payment::Proposal &proposal);
/// Words that tell somebody to approve, or not to ask.
[[nodiscard]] bool instructs(const payment::Proposal &proposal);
/// Letters that look like others: scripts mixed in one word, letters of mathematics, wide letters (Unicode
/// UTS #39).
[[nodiscard]] bool isConfusable(std::string_view text);
[[nodiscard]] bool hasConfusableText(const payment::Proposal &proposal);

} // namespace glovebox::consent
