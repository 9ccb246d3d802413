// SPDX-License-Identifier: Apache-2.0
// A car for assistants to try: the real daemon, cockpit and gateway, parked and unlocked. Prints one line of
// JSON, {"mcp","bus", "token_file"}, when it is ready. Then "approve PURCHASE" on standard input presses Pay
// on the card, and prints {"state"} or
// {"error"}. Ends with its input. Exit codes: 0 done, 64 wrong use, 69 the car did not start.
#include "tests/e2e/path/whole_car.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>
#include <iostream>

using namespace glovebox;
using namespace glovebox::testing;

namespace
{

void print(const Json &value)
{
    std::cout << value.dump() << std::endl;
}

Maybe<std::unique_ptr<WholeCar>> ready()
{
    auto car = WholeCar::start();
    if (!car) {
        return car;
    }
    auto assistant = (*car)->assistant();
    if (!assistant) {
        return std::unexpected(assistant.error());
    }
    for (const Done &step : {(*car)->unlock(), WholeCar::waitForMerchants(**assistant)}) {
        if (!step) {
            return std::unexpected(step.error());
        }
    }
    return car;
}

void obey(WholeCar &car)
{
    const std::string approve = "approve ";
    std::string line;
    if (!std::getline(std::cin, line)) {
        QCoreApplication::exit(0);
        return;
    }
    if (!line.starts_with(approve)) {
        QCoreApplication::exit(64);
        return;
    }
    const auto state = car.approve(line.substr(approve.size()));
    print(state ? Json{{"state", *state}} : Json{{"error", state.error()}});
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const auto car = ready();
    if (!car) {
        std::fprintf(stderr, "client car: %s\n", car.error().c_str());
        return 69;
    }
    print({{"mcp", (*car)->program("glovebox-mcp").toStdString()},
           {"bus", (*car)->busAddress().toStdString()},
           {"token_file", (*car)->path("assistant.token").toStdString()}});
    QSocketNotifier commands(0, QSocketNotifier::Read);
    QObject::connect(&commands, &QSocketNotifier::activated, &app, [&] { obey(**car); });
    return QCoreApplication::exec();
}
