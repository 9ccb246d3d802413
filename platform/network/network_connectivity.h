// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/transport.h"

#include <memory>
#include <string>

namespace glovebox::network
{

/// What the operating system says (QNetworkInformation). Where it can say nothing, or only guesses: online,
/// for trying is what finds out. Needs a QCoreApplication.
[[nodiscard]] std::unique_ptr<ports::Connectivity> makeNetworkConnectivity();

/// A file that the telematics unit writes, and a desk by hand: "offline" is offline, everything else, and no
/// file, is online. Its folder must exist; replaced by rename or written in place.
[[nodiscard]] std::unique_ptr<ports::Connectivity> makeFileConnectivity(const std::string &path);

} // namespace glovebox::network
