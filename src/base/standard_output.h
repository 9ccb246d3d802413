// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace glovebox::base
{

inline constexpr int kOutputLost = 74; // of the exit codes in docs/formats.md: the disk

/// The exit code of a program whose answer is on standard output: `code`, or kOutputLost, with a sentence on
/// standard error that begins with `program`, where what was printed did not arrive (a full disk behind ">").
/// The last thing that main() does.
[[nodiscard]] int finishOutput(const char *program, int code);

} // namespace glovebox::base
