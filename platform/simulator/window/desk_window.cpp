// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/window/desk_window.h"

namespace glovebox::simulator
{

DeskWindow::DeskWindow(Bench &bench, const QString &outFolder) : m_model(bench, outFolder)
{
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_engine.setInitialProperties({{QStringLiteral("desk"), QVariant::fromValue(&m_model)}});
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Glovebox/Simulator/VehiclePanel.qml")));
}

} // namespace glovebox::simulator
