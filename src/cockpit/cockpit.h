// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qml/Glovebox/Theme/display.h"
#include "qml/Glovebox/Theme/style.h"

#include <QString>
#include <functional>
#include <memory>

class QCommandLineParser;
class QQuickItem;
class QQuickWindow;

namespace glovebox::cockpit
{

class CockpitModel;

/// What the command line says; `glovebox-cockpit --socket PATH [--display 1280x480@260mm] [--theme night|day]
/// [--style glovebox|contour] [--locale en] [--desk]`.
struct CockpitOptions
{
    QString socketPath;     // of the daemon's driver socket
    theme::Display display; // default: 1280 x 480 px on 260 mm
    bool night = true;
    QString style = QStringLiteral("glovebox"); // of theme::styleNames()
    QString locale = QStringLiteral("en");      // until the daemon names one
    bool desk = false; // draw a frame where the host's HMI would be and let the window have a title bar
};

/// One cockpit: models, link to the daemon, engine and window. Needs a QGuiApplication; QML files and fonts
/// are compiled in.
class Cockpit
{
public:
    /// Loads the scene and connects; waits a moment for the daemon's first view, so that the first screen is
    /// the right one. show() makes the window appear.
    explicit Cockpit(const CockpitOptions &options);
    ~Cockpit();
    Cockpit(const Cockpit &) = delete;
    Cockpit &operator=(const Cockpit &) = delete;

    /// False: the scene could not be loaded (a defect of ours; the log says which file).
    [[nodiscard]] bool valid() const;
    void show();
    /// Owned by the cockpit; null when not valid. Items that people press have the objectName "primary",
    /// "secondary", "undo", "done", "resume", "pin.0" to "pin.9", "pin.back", "pin.ok" or "unlock"; items
    /// that carry a text of the daemon are "item.<id>".
    [[nodiscard]] QQuickWindow *window() const;
    /// The item with this objectName that is on the screen now; null: there is none. QObject::findChild does
    /// not find them all.
    [[nodiscard]] QQuickItem *item(const QString &objectName) const;
    [[nodiscard]] CockpitModel &model() const;
    /// May be changed at any moment.
    void setNight(bool night);
    void setStyle(const theme::Style &style);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

/// What another main() may add to the same program: the desk's synthesised input and grabs. The shipped
/// main() passes none.
struct CockpitHooks
{
    /// After the window was made and before it is shown. The cockpit outlives the event loop.
    std::function<void(Cockpit &)> ready;
    /// Adds options to the command line; `ready` reads them by itself.
    std::function<void(QCommandLineParser &)> addOptions;
    std::function<void(const QCommandLineParser &)> readOptions;
};

/// Makes the application, reads the command line, runs until the window is closed. The return value is the
/// exit code.
int runCockpit(int argc, char **argv, const CockpitHooks &hooks = {});

} // namespace glovebox::cockpit
