// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cockpit/driver_link.h"
#include "tests/bench/car.h"
#include "tests/bench/report.h"

namespace glovebox::bench
{

/// A line to the daemon of the bench's own, on which the driver has entered the PIN.
class DriverLine
{
public:
    explicit DriverLine(const QString &socket) : link(socket)
    {
        CockpitView view;
        const auto arrived = QObject::connect(&link, &cockpit::DriverLink::viewArrived,
                                              [&view](const CockpitView &now) { view = now; });
        link.start();
        waitFor([&] { return view.driving() == QLatin1String("parked"); }, "the car is parked");
        link.openPin();
        link.enterPin(simulator::kPin);
        waitFor([&] { return view.sessionOpen(); }, "a driver session");
        QObject::disconnect(arrived);
    }

    cockpit::DriverLink link;
};

} // namespace glovebox::bench
