// SPDX-License-Identifier: Apache-2.0
// glovebox-cockpit-desk: the cockpit with a control socket that presses, looks and takes pictures. Never
// installed.
//   --desk-socket PATH   {"key":"Right"} {"touch":"primary"} {"touch_pin":"123456"} {"grab":"/path.png"}
//   {"items":true}
//                        {"theme":"day"}
#include "cockpit/cockpit.h"
#include "cockpit/cockpit_model.h"
#include "platform/simulator/desk/desk_socket.h"
#include "platform/simulator/desk/finger.h"
#include "platform/simulator/desk/scene.h"

#include <QBuffer>
#include <QCommandLineParser>
#include <QDir>
#include <QMetaEnum>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSaveFile>

#include <memory>

using namespace glovebox;
using namespace glovebox::simulator;

namespace
{

/// The eyes and the hand of the desk.
class Desk
{
public:
    explicit Desk(cockpit::Cockpit &cockpit)
        : m_cockpit(cockpit), m_window(*cockpit.window()), m_finger(m_window)
    {
        using Reply = DeskSocket::Reply;
        m_socket.on("key", [this](const base::Json &value, const Reply &reply) {
            m_finger.pressKey(textOf(value), answer(reply));
        });
        m_socket.on("touch", [this](const base::Json &value, const Reply &reply) {
            m_finger.touch(textOf(value), answer(reply));
        });
        m_socket.on("touch_pin",
                    [this](const base::Json &value, const Reply &reply) { touchPin(value, reply); });
        m_socket.on("grab", [this](const base::Json &value, const Reply &reply) { grab(value, reply); });
        m_socket.on("items", [this](const base::Json &, const Reply &reply) { reply(items()); });
        m_socket.on("theme", [this](const base::Json &value, const Reply &reply) { setTheme(value, reply); });
    }
    void listen(const QString &path)
    {
        if (const auto why = m_socket.listen(path)) {
            qFatal("%s", why->c_str());
        }
        m_window.requestActivate(); // off screen nobody else gives it the keys
    }

private:
    static QString textOf(const base::Json &value)
    {
        return value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
    }
    static Finger::Done answer(const DeskSocket::Reply &reply)
    {
        return [reply](const std::string &why) { reply(why.empty() ? okReply() : errorReply(why)); };
    }

    void touchPin(const base::Json &value, const DeskSocket::Reply &reply)
    {
        std::vector<QString> names;
        for (const QChar digit : textOf(value)) {
            names.push_back(QStringLiteral("pin.") + digit);
        }
        names.push_back(QStringLiteral("pin.ok"));
        m_finger.touchAll(names, answer(reply));
    }
    void grab(const base::Json &value, const DeskSocket::Reply &reply)
    {
        const QString path = textOf(value);
        if (!QDir::isAbsolutePath(path)) {
            reply(errorReply("grab takes an absolute path"));
            return;
        }
        QByteArray picture;
        QBuffer buffer(&picture);
        if (!m_window.grabWindow().save(&buffer, "PNG")) {
            reply(errorReply("there is no picture of the window"));
            return;
        }
        // Whole, or not at all; commit() alone does not notice that what it still held found no room.
        QSaveFile file(path);
        const bool saved = file.open(QIODevice::WriteOnly) && file.write(picture) == picture.size() &&
                           file.flush() && file.commit();
        reply(saved ? okReply() : okReply({{"not_written", file.errorString().toStdString()}}));
    }
    base::Json items()
    {
        const auto screen =
            QMetaEnum::fromType<cockpit::CockpitModel::Screen>().valueToKey(m_cockpit.model().screen());
        const QQuickItem *focus = m_window.activeFocusItem();
        return okReply({{"screen", QString::fromLatin1(screen).toLower().toStdString()},
                        {"exposed", m_window.isExposed()},
                        {"focus", focus ? focus->objectName().toStdString() : std::string()},
                        {"items", seenItems(m_window)}});
    }
    void setTheme(const base::Json &value, const DeskSocket::Reply &reply)
    {
        if (value != base::Json("night") && value != base::Json("day")) {
            reply(errorReply("theme is night or day"));
            return;
        }
        m_cockpit.setNight(value == base::Json("night"));
        reply(okReply());
    }

    cockpit::Cockpit &m_cockpit;
    QQuickWindow &m_window;
    Finger m_finger;
    DeskSocket m_socket;
};

} // namespace

int main(int argc, char **argv)
{
    const QString socketOption = QStringLiteral("desk-socket");
    QString socketPath;
    std::unique_ptr<Desk> desk;
    cockpit::CockpitHooks hooks;
    hooks.addOptions = [&](QCommandLineParser &parser) {
        parser.addOption(
            {socketOption, QStringLiteral("The desk's control socket."), QStringLiteral("PATH")});
    };
    hooks.readOptions = [&](const QCommandLineParser &parser) { socketPath = parser.value(socketOption); };
    hooks.ready = [&](cockpit::Cockpit &cockpit) {
        if (!socketPath.isEmpty()) {
            desk = std::make_unique<Desk>(cockpit);
            desk->listen(socketPath);
        }
    };
    return cockpit::runCockpit(argc, argv, hooks);
}
