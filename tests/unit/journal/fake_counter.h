// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/tpm.h"

#include <atomic>

namespace glovebox::testing
{

/// A chip's counter that a test can read, wind on and switch off.
class FakeCounter final : public crypto::Counter
{
public:
    std::atomic<std::uint64_t> value{100};
    std::atomic<bool> alive{true};
    std::atomic<bool> steps{true}; // false: the power goes before the step

    crypto::TpmResult<std::uint64_t> read() override
    {
        return alive ? crypto::TpmResult<std::uint64_t>(value.load()) : dead();
    }
    crypto::TpmResult<std::uint64_t> step() override
    {
        if (!alive || !steps) {
            return dead();
        }
        return ++value;
    }

private:
    static crypto::TpmResult<std::uint64_t> dead()
    {
        return base::fail(crypto::TpmFault::unreachable, "the chip does not answer");
    }
};

} // namespace glovebox::testing
