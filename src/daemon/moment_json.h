// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "base/time.h"
#include "payment/names.h"

namespace glovebox::daemon
{

/// {"boot_id","boot_ms","wall_ms","clock"}, as in the journal (docs/formats.md).
[[nodiscard]] inline base::Json momentJson(const base::Moment &at)
{
    return base::canonicalObject([&at](base::ObjectWriter &out) { payment::putMoment(out, at); }).value();
}

} // namespace glovebox::daemon
