// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

class QGuiApplication;

namespace glovebox::cockpit
{

/// Where the display that the environment names cannot be used, Qt aborts. This ends the program with 69 and
/// a sentence that begins with `program` instead.
[[nodiscard]] std::unique_ptr<QGuiApplication> makeGuiApplication(const char *program, int &argc,
                                                                  char **argv);

} // namespace glovebox::cockpit
