// SPDX-License-Identifier: Apache-2.0
// Texts of a hostile assistant as a proposal: what is accepted keeps to every bound of the schema, and reads
// back as itself.
#include "payment/proposal.h"

#include <cstdint>
#include <cstdlib>

using namespace glovebox;

namespace
{

void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const auto proposal = payment::parseProposal(text);
    if (!proposal) {
        require(!proposal.error().reason.empty());
        return 0;
    }
    require(proposal->amount.value.minor > 0);
    require(proposal->items.size() <= 12);
    require(proposal->expiresIn_s >= 10 && proposal->expiresIn_s <= 3600);
    require(proposal->place.label.size() <= 8);
    require(!proposal->requestId.text().empty() && proposal->requestId.text().size() <= 64);
    const auto again = payment::proposalFromJson(proposal->canonical.value());
    require(again.has_value());
    require(again->canonical == proposal->canonical);
    return 0;
}
