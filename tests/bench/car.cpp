// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/car.h"

#include "platform/simulator/bench/wait.h"
#include "tests/bench/report.h"

namespace glovebox::bench
{

Car::Car()
{
    simulator::Bench::Options options;
    options.places = {QStringLiteral(GLOVEBOX_BIN_DIR),
                      QStringLiteral(GLOVEBOX_SOURCE_DIR "/scripts/make-test-ca"),
                      QStringLiteral(GLOVEBOX_SOURCE_DIR "/resources/sandbox/merchants.json")};
    options.logFolder = m_logs.path();
    auto started = simulator::Bench::start(std::move(options));
    require(started.has_value(), started ? "" : started.error().c_str());
    m_bench = std::move(*started);
    m_bench->kill(simulator::Program::cockpit);
}

void waitFor(const std::function<bool()> &done, const char *what)
{
    using namespace std::chrono_literals;
    require(simulator::waitUntil(done, 20s, 1ms), what);
}

} // namespace glovebox::bench
