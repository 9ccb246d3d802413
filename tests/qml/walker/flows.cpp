// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/walker/flows.h"

#include "tests/qml/walker/rules.h"

#include <algorithm>

namespace glovebox::walker
{

QList<Flow> flows()
{
    const QString primary = QStringLiteral("primary");
    const QString secondary = QStringLiteral("secondary");
    const QString done = QStringLiteral("done");
    QStringList digits{QStringLiteral("pin.1"), QStringLiteral("pin.2"), QStringLiteral("pin.3"),
                       QStringLiteral("pin.4"), QStringLiteral("pin.5"), QStringLiteral("pin.6"),
                       QStringLiteral("pin.ok")};
    return {
        {QStringLiteral("approve while moving"),
         true,
         {{QStringLiteral("card.moving.fuel"), {primary}}, {QStringLiteral("result.submitted"), {}}}},
        {QStringLiteral("approve while moving, and close the result"),
         true,
         {{QStringLiteral("card.moving.fuel"), {primary}}, {QStringLiteral("result.submitted"), {done}}}},
        {QStringLiteral("approve without a connection, while idling"),
         true,
         {{QStringLiteral("card.idling.parking.offline"), {primary}},
          {QStringLiteral("result.undo.parking.offline"), {}}}},
        {QStringLiteral("say not now while moving"),
         true,
         {{QStringLiteral("card.moving.fuel"), {secondary}}, {QStringLiteral("result.declined"), {}}}},
        {QStringLiteral("undo"),
         true,
         {{QStringLiteral("result.undo.fuel.online"), {QStringLiteral("undo")}},
          {QStringLiteral("result.cancelled"), {}}}},
        {QStringLiteral("see what became of it"), true, {{QStringLiteral("result.captured"), {done}}}},
        {QStringLiteral("take a declined card back"),
         true,
         {{QStringLiteral("result.declined"), {QStringLiteral("resume")}},
          {QStringLiteral("card.moving.fuel"), {}}}},
        {QStringLiteral("approve while parked"),
         false,
         {{QStringLiteral("card.parked.fuel"), {primary}}, {QStringLiteral("result.submitted"), {done}}}},
        {QStringLiteral("unlock for the drive, parked"),
         false,
         {{QStringLiteral("idle.locked.parked"), {QStringLiteral("unlock")}},
          {QStringLiteral("pin.open"), digits}}},
    };
}

Estimate checkFlow(Scene &scene, const QList<Screen> &screens, const Flow &flow, Record &record)
{
    Estimate estimate;
    for (const Step &step : flow.steps) {
        scene.enter({&screenNamed(screens, step.screen), QStringLiteral("en"),
                     QStringLiteral("1280x480@260mm"), true});
        const QList<QQuickItem *> texts = scene.texts();
        // The labels of a key pad are not read: they are where everybody knows them.
        const auto read = step.screen.startsWith(QLatin1String("pin")) ? 2 : static_cast<int>(texts.size());
        estimate.eyesOn_s += search_s + read * read_s;
        for (const QString &press : step.presses) {
            if (scene.item(press) == nullptr)
                record.violation("STEPS", flow.name, 0, press + QStringLiteral(" is not there"));
            estimate.eyesOn_s += reach_s + press_s;
            ++estimate.presses;
        }
    }
    estimate.steps = static_cast<int>(flow.steps.size()) - 1;
    if (!flow.whileDriving)
        return estimate;
    if (estimate.eyesOn_s > flowMax_s)
        record.violation("GLANCE", flow.name, estimate.eyesOn_s, QStringLiteral("seconds of eyes on"));
    if (estimate.steps > stepsMax || estimate.presses > pressesMax)
        record.violation("STEPS", flow.name, estimate.presses, QStringLiteral("presses"));
    return estimate;
}

} // namespace glovebox::walker
