// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/scenario/library.h"

#include "platform/simulator/scenario/scenario_reader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

// A static library's resources are only there when somebody asks for them, and the macro wants no namespace.
static void initScenarios()
{
    Q_INIT_RESOURCE(scenarios);
}

namespace glovebox::simulator
{

QStringList shippedScenarios()
{
    initScenarios();
    QStringList names;
    for (const QString &file : QDir(QStringLiteral(":/scenarios")).entryList(QDir::Files, QDir::Name)) {
        names.append(QFileInfo(file).completeBaseName());
    }
    return names;
}

std::expected<Scenario, ScenarioFailure> loadScenario(const QString &nameOrFile)
{
    const bool isShipped = shippedScenarios().contains(nameOrFile);
    QFile file(isShipped ? QStringLiteral(":/scenarios/") + nameOrFile + QStringLiteral(".json")
                         : nameOrFile);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(ScenarioFailure{true, "there is no scenario and no file called " +
                                                         nameOrFile.toStdString() +
                                                         "; --list names the scenarios"});
    }
    constexpr qint64 kFileBytesMax = 65537; // one more than is read as JSON
    auto scenario = readScenario(file.read(kFileBytesMax).toStdString());
    if (!scenario) {
        return std::unexpected(ScenarioFailure{false, nameOrFile.toStdString() + ": \"" +
                                                          scenario.error().pointer +
                                                          "\": " + scenario.error().reason});
    }
    return std::move(*scenario);
}

} // namespace glovebox::simulator
