// SPDX-License-Identifier: Apache-2.0
#include "cockpit/gui_application.h"

#include <QGuiApplication>
#include <cstdio>
#include <cstdlib>

namespace glovebox::cockpit
{

namespace
{

constexpr int exitNoDisplay = 69;

const char *programName = ""; // of the application that is being made
QtMessageHandler usualHandler = nullptr;

void endOnFatal(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (type != QtFatalMsg) {
        usualHandler(type, context, message);
        return;
    }
    std::fprintf(stderr, "%s: no display can be used; QT_QPA_PLATFORM, WAYLAND_DISPLAY and DISPLAY name it\n",
                 programName);
    // No destructor has anything to say yet, and Qt would abort after this function returns.
    std::_Exit(exitNoDisplay);
}

} // namespace

std::unique_ptr<QGuiApplication> makeGuiApplication(const char *program, int &argc, char **argv)
{
    programName = program;
    usualHandler = qInstallMessageHandler(&endOnFatal);
    auto application = std::make_unique<QGuiApplication>(argc, argv);
    qInstallMessageHandler(usualHandler);
    return application;
}

} // namespace glovebox::cockpit
