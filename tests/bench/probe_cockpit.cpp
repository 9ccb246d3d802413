// SPDX-License-Identifier: Apache-2.0
// probe_cockpit: the cockpit's own main(), which reports the first frame of its connected idle screen. Takes
// the cockpit's options.
#include "cockpit/cockpit.h"
#include "cockpit/cockpit_model.h"
#include "tests/bench/first_frame.h"

#include <memory>

int main(int argc, char *argv[])
{
    using namespace glovebox;
    std::unique_ptr<bench::FrameWatch> watch;
    cockpit::CockpitHooks hooks;
    hooks.ready = [&watch](cockpit::Cockpit &cockpit) {
        watch = std::make_unique<bench::FrameWatch>(
            *cockpit.window(), [&cockpit] { return cockpit.model().screen() == cockpit::CockpitModel::Idle; },
            &bench::reportAndEnd);
    };
    return cockpit::runCockpit(argc, argv, hooks);
}
