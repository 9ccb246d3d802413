// SPDX-License-Identifier: Apache-2.0
#include "cockpit/cockpit.h"

#include "cockpit/cockpit_model.h"
#include "cockpit/driver_link.h"
#include "cockpit/language.h"
#include "cockpit/presentation.h"
#include "qml/Glovebox/Theme/theme.h"

#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <thread>

namespace glovebox::cockpit
{

namespace
{

constexpr int minorVersion = 0;
// A daemon that runs answers in a few milliseconds; for one that hangs the window does not wait longer.
constexpr int firstViewMax_ms = 500;

/// Its type is known once a file that imports it was loaded.
theme::Theme &themeOf(QQmlEngine &engine)
{
    const int id = qmlTypeId("Glovebox.Theme", 1, minorVersion, "Theme");
    auto *theme = engine.singletonInstance<theme::Theme *>(id);
    if (theme == nullptr)
        qFatal("the theme is not registered");
    return *theme;
}

/// Not in QML: naming one member of Qt there builds the whole namespace, 5 ms of a start.
Qt::WindowFlags flagsOf(const CockpitOptions &options)
{
    return options.desk ? Qt::Window : Qt::Window | Qt::FramelessWindowHint;
}

QQuickItem *findVisible(QQuickItem *from, const QString &objectName)
{
    if (!from->isVisible())
        return nullptr;
    if (from->objectName() == objectName)
        return from;
    const QList<QQuickItem *> children = from->childItems();
    for (QQuickItem *child : children) {
        if (QQuickItem *found = findVisible(child, objectName))
            return found;
    }
    return nullptr;
}

} // namespace

struct Cockpit::Parts
{
    Parts(const CockpitOptions &options, const theme::Profile &profile);
    void load(const CockpitOptions &options, const theme::Profile &profile);
    [[nodiscard]] QQuickWindow *makeWindow(const CockpitOptions &options);
    void connectLine();
    void connectScene();

    std::jthread fonts{&theme::loadFonts}; // beside what does not draw
    CockpitModel model;
    DriverLink link;
    Language language;
    QQmlEngine engine;
    theme::Theme *theme = nullptr;
    std::unique_ptr<QQuickWindow> window;
    std::unique_ptr<Presentation> presentation;
};

Cockpit::Parts::Parts(const CockpitOptions &options, const theme::Profile &profile)
    : model(&bootMilliseconds, profile.pressAfterShownMin_ms), link(options.socketPath),
      language(options.locale)
{}

void Cockpit::Parts::load(const CockpitOptions &options, const theme::Profile &profile)
{
    connectLine();
    link.start();
    window.reset(makeWindow(options));
    if (window == nullptr)
        return;
    presentation = std::make_unique<Presentation>(*window, *model.card(), profile.heartbeat_ms);
    presentation->setBounds({theme->display().pixelsForArc(profile.floorArcMin), profile.contrastMin});
    connectScene();
}

QQuickWindow *Cockpit::Parts::makeWindow(const CockpitOptions &options)
{
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    QQmlComponent component(&engine, QUrl(QStringLiteral("qrc:/qt/qml/Glovebox/Screens/CockpitWindow.qml")));
    if (!component.isReady()) {
        qCritical("%s", qPrintable(component.errorString()));
        return nullptr;
    }
    fonts.join();
    theme = &themeOf(engine);
    theme->setDisplay(options.display);
    theme->setNight(options.night);
    theme->setStyle(theme::styleNamed(options.style).value_or(theme::gloveboxStyle()));
    theme->setLanguage(options.locale);
    // Else every text would first load the system's font, which it is given before ours.
    QGuiApplication::setFont(theme->type().text);
    // The daemon answered while the scene was loaded: the first screen is the right one, not "unavailable".
    link.awaitFirstView(firstViewMax_ms);
    QObject *made = component.createWithInitialProperties(
        {{QStringLiteral("cockpit"), QVariant::fromValue(&model)},
         {QStringLiteral("desk"), options.desk},
         {QStringLiteral("flags"), QVariant::fromValue(flagsOf(options))},
         {QStringLiteral("width"), options.display.pixels.width()},
         {QStringLiteral("height"), options.display.pixels.height()}});
    return qobject_cast<QQuickWindow *>(made);
}

/// What does not need the scene.
void Cockpit::Parts::connectLine()
{
    const ResultModel &result = *model.result();
    const PinModel &pin = *model.pin();
    QObject::connect(&link, &DriverLink::viewArrived, &model, &CockpitModel::setView);
    QObject::connect(&link, &DriverLink::lost, &model, &CockpitModel::setUnavailable);
    QObject::connect(&link, &DriverLink::refused, model.card(), &CardModel::markRefused);
    QObject::connect(&link, &DriverLink::pinAnswered, model.pin(), &PinModel::setAnswer);
    QObject::connect(&pin, &PinModel::entered, &link, &DriverLink::enterPin);
    QObject::connect(&pin, &PinModel::closed, &link, &DriverLink::closePin);
    QObject::connect(&model, &CockpitModel::unlockRequested, &link, &DriverLink::openPin);
    QObject::connect(&result, &ResultModel::undoRequested, &link, &DriverLink::undo);
    QObject::connect(&result, &ResultModel::dismissed, &link, &DriverLink::dismiss);
    QObject::connect(&result, &ResultModel::resumeRequested, &link, &DriverLink::resume);
    QObject::connect(&model, &CockpitModel::localeChanged, &engine, [this] {
        if (model.locale().isEmpty() || !language.set(model.locale()))
            return;
        if (theme != nullptr) // else it is told when the scene is made
            theme->setLanguage(model.locale());
        engine.retranslate();
    });
}

void Cockpit::Parts::connectScene()
{
    const CardModel &card = *model.card();
    QObject::connect(presentation.get(), &Presentation::shown, &link, &DriverLink::shown);
    QObject::connect(presentation.get(), &Presentation::alive, &link, &DriverLink::alive);
    QObject::connect(presentation.get(), &Presentation::interrupted, &link, &DriverLink::interrupted);
    QObject::connect(&card, &CardModel::approved, &link, [this](const QString &nonce, const QString &method) {
        link.approve(nonce, presentation->collect(), method);
    });
    QObject::connect(&card, &CardModel::declined, &link, &DriverLink::decline);
}

Cockpit::Cockpit(const CockpitOptions &options)
{
    const theme::Profile profile = theme::strictestProfile();
    m_parts = std::make_unique<Parts>(options, profile);
    m_parts->load(options, profile);
}

Cockpit::~Cockpit() = default;

bool Cockpit::valid() const
{
    return m_parts->window != nullptr;
}

void Cockpit::show()
{
    m_parts->window->show();
}

QQuickWindow *Cockpit::window() const
{
    return m_parts->window.get();
}

QQuickItem *Cockpit::item(const QString &objectName) const
{
    return findVisible(window()->contentItem(), objectName);
}

CockpitModel &Cockpit::model() const
{
    return m_parts->model;
}

void Cockpit::setNight(bool night)
{
    m_parts->theme->setNight(night);
}

void Cockpit::setStyle(const theme::Style &style)
{
    m_parts->theme->setStyle(style);
}

} // namespace glovebox::cockpit
