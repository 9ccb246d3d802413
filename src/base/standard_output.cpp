// SPDX-License-Identifier: Apache-2.0
#include "base/standard_output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace glovebox::base
{

int finishOutput(const char *program, int code)
{
    const bool lostBefore = std::ferror(stdout) != 0;
    if (std::fflush(stdout) == 0 && !lostBefore) {
        return code;
    }
    std::fprintf(stderr, "%s: the answer could not be written to standard output: %s\n", program,
                 lostBefore ? "a write failed" : std::strerror(errno));
    return kOutputLost;
}

} // namespace glovebox::base
