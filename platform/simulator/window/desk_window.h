// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/window/desk_model.h"

#include <QQmlApplicationEngine>

namespace glovebox::simulator
{

/// The vehicle panel. Closing it ends the program.
class DeskWindow
{
public:
    DeskWindow(Bench &bench, const QString &outFolder);
    /// False: the scene could not be loaded, which is a defect of ours; the log says where.
    [[nodiscard]] bool valid() const { return !m_engine.rootObjects().isEmpty(); }

private:
    DeskModel m_model;
    QQmlApplicationEngine m_engine; // goes first: it uses the model
};

} // namespace glovebox::simulator
