// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstddef>

namespace glovebox::base
{

enum class FileFault {
    missing,
    notPermitted,
    notAFile, // a folder, a pipe, a device: opening one could wait for ever
    tooLarge,
    io,
};

/// The whole of a small file that a person named (configuration, list, certificate): an ordinary file or a
/// link to one, with at most `bytes_max`. `detail` is why, without the path: "is a folder".
[[nodiscard]] Result<std::string, FileFault> readSmallFile(const std::string &path, std::size_t bytes_max);

} // namespace glovebox::base
