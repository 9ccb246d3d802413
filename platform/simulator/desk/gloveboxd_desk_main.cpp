// SPDX-License-Identifier: Apache-2.0
// gloveboxd-desk: the daemon with a clock, a network and a car that a control socket moves. Never installed.
//   --desk-socket PATH        where it listens: {"advance_ms":N} {"now":true} {"online":true}
//   --desk-advanced-ms N      the clock starts so much ahead (as far as the desk was moved before a restart)
//   --desk-offline            the modem says "no network" from the start
#include "daemon/program.h"
#include "platform/simulator/desk/desk_clock.h"
#include "platform/simulator/desk/desk_connectivity.h"
#include "platform/simulator/desk/desk_signals.h"
#include "platform/simulator/desk/desk_socket.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

using namespace glovebox;
using namespace glovebox::simulator;

namespace
{

constexpr int kWrongUse = 64;
constexpr std::int64_t kAdvanceMax_ms = 24LL * 3600 * 1000;

struct DeskOptions
{
    const char *socket = nullptr;
    std::int64_t advanced_ms = 0;
    bool offline = false;
};

/// Takes the desk's own options out of the command line; the rest is the daemon's.
bool takeOptions(int argc, char **argv, DeskOptions &options, std::vector<char *> &rest)
{
    for (int i = 0; i < argc; ++i) {
        const bool hasValue = i + 1 < argc;
        if (std::strcmp(argv[i], "--desk-socket") == 0 && hasValue) {
            options.socket = argv[++i];
        } else if (std::strcmp(argv[i], "--desk-advanced-ms") == 0 && hasValue) {
            char *end = nullptr;
            options.advanced_ms = std::strtoll(argv[++i], &end, 10);
            if (*end != '\0' || options.advanced_ms < 0) {
                return false;
            }
        } else if (std::strcmp(argv[i], "--desk-offline") == 0) {
            options.offline = true;
        } else {
            rest.push_back(argv[i]);
        }
    }
    return options.socket != nullptr;
}

/// What the control socket moves. The daemon owns clock, signals and connectivity, and lives as long as they
/// are used.
struct Desk
{
    DeskClock *clock = nullptr;
    DeskSignals *car = nullptr;
    DeskConnectivity *connectivity = nullptr;
    std::unique_ptr<DeskSocket> socket;

    void advance(const base::Json &value, const DeskSocket::Reply &reply) const
    {
        if (!value.is_number_integer() || value < 0 || value > kAdvanceMax_ms) {
            reply(errorReply("advance_ms is an integer from 0 to a day"));
            return;
        }
        clock->advance(std::chrono::milliseconds(value.get<std::int64_t>()), [reply] { reply(okReply()); });
    }
    void now(const base::Json &, const DeskSocket::Reply &reply) const
    {
        const base::Moment now = clock->now();
        reply(
            okReply({{"boot_ms", now.boot.milliseconds()},
                     {"wall_ms", now.wall.milliseconds},
                     {"clock", now.trust == base::ClockTrust::untrusted ? "untrusted" : "gateway_signed"}}));
    }
    void setOnline(const base::Json &value, const DeskSocket::Reply &reply) const
    {
        if (!value.is_boolean() || !connectivity) {
            reply(errorReply("online is true or false"));
            return;
        }
        connectivity->set(value.get<bool>());
        reply(okReply());
    }
    void listen(const char *path)
    {
        socket = std::make_unique<DeskSocket>();
        const auto bind = [this](auto handler) {
            return [this, handler](const base::Json &value, const DeskSocket::Reply &reply) {
                (this->*handler)(value, reply);
            };
        };
        socket->on("advance_ms", bind(&Desk::advance));
        socket->on("now", bind(&Desk::now));
        socket->on("online", bind(&Desk::setOnline));
        if (const auto why = socket->listen(QString::fromLocal8Bit(path))) {
            qFatal("%s", why->c_str());
        }
    }
};

} // namespace

int main(int argc, char **argv)
{
    DeskOptions options;
    std::vector<char *> rest;
    if (!takeOptions(argc, argv, options, rest)) {
        std::fputs("gloveboxd-desk: --desk-socket PATH is needed; --desk-advanced-ms takes a number\n",
                   stderr);
        return kWrongUse;
    }
    rest.push_back(nullptr);
    Desk desk;
    daemon::Outside outside;
    outside.makeClock = [&] {
        auto clock = std::make_unique<DeskClock>(std::chrono::milliseconds(options.advanced_ms));
        desk.clock = clock.get();
        clock->setOnStep([&desk](base::Duration by) {
            if (desk.car) {
                desk.car->follow(by);
            }
        });
        desk.listen(options.socket);
        return clock;
    };
    outside.wrapSignals = [&](std::unique_ptr<ports::VehicleSignals> car) {
        auto signals = std::make_unique<DeskSignals>(std::move(car));
        desk.car = signals.get();
        return signals;
    };
    outside.makeConnectivity = [&] {
        auto connectivity = std::make_unique<DeskConnectivity>(!options.offline);
        desk.connectivity = connectivity.get();
        return connectivity;
    };
    return daemon::runDaemon(static_cast<int>(rest.size()) - 1, rest.data(), outside);
}
