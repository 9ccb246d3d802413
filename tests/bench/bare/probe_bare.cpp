// SPDX-License-Identifier: Apache-2.0
// probe_bare: shows a window with one Text and reports its first frame.
#include "tests/bench/first_frame.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

int main(int argc, char *argv[])
{
    const QGuiApplication application(argc, argv);
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Glovebox/Bare/BareWindow.qml")));
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().value(0));
    if (!window) {
        return 70;
    }
    const glovebox::bench::FrameWatch watch(*window, [] { return true; }, &glovebox::bench::reportAndEnd);
    window->show();
    return QGuiApplication::exec();
}
