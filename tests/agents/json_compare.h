// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <QString>

namespace glovebox::testing
{

inline QString jsonText(const base::Json &value)
{
    return QString::fromStdString(value.dump());
}

} // namespace glovebox::testing

/// QCOMPARE of two JSON values, printed as JSON.
#define COMPARE_JSON(actual, expected)                                                                       \
    QCOMPARE(glovebox::testing::jsonText(actual), glovebox::testing::jsonText(glovebox::base::Json(expected)))
