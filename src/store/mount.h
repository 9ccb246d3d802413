// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store_fault.h"

#include <string>

/// Inside src/store only.
namespace glovebox::store
{

/// Whether what is synced on the file system of `path` survives a power cut: `noBarriers` where it is mounted
/// without write barriers (ext4 and btrfs "nobarrier", ext4 "barrier=0", f2fs "fsync_mode=nobarrier"),
/// `readOnly` where it cannot be written at all. The mount is the last one in `mountInfo` (proc(5)) whose
/// mount point holds the file's folder. `io` where that cannot be told.
[[nodiscard]] StoreResult<void> checkMount(const std::string &path, const std::string &mountInfo);

} // namespace glovebox::store
