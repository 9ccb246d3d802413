// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/walker/scene.h"

#include "cockpit/cockpit_model.h"

#include <QCoreApplication>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

namespace glovebox::walker
{

namespace
{

constexpr int exposed_ms = 30'000;

void collect(QQuickItem *item, QList<QQuickItem *> &into)
{
    if (!item->isVisible())
        return;
    into.append(item);
    for (QQuickItem *child : item->childItems())
        collect(child, into);
}

} // namespace

QString Scene::DrawnOut::translate(const char *context, const char *source, const char *, int) const
{
    // Qt's own texts stay as they are.
    const QByteArray from(context);
    return from.startsWith('Q') ? QString() : drawnOut(QString::fromUtf8(source));
}

Scene::Scene(const QString &display)
    : m_display(theme::parseDisplay(display).value()), m_profile(theme::strictestProfile())
{
    m_display.distance_mm = m_profile.distance_mm;
    cockpit::CockpitOptions options;
    options.display = m_display;
    m_cockpit = std::make_unique<cockpit::Cockpit>(options);
    if (!m_cockpit->valid())
        qFatal("the cockpit's scene cannot be loaded");
    m_cockpit->show();
    if (!QTest::qWaitForWindowExposed(m_cockpit->window(), exposed_ms))
        qFatal("the cockpit's window does not appear");
}

Scene::~Scene()
{
    QCoreApplication::removeTranslator(&m_drawnOut);
}

void Scene::enter(const Situation &situation)
{
    m_situation = situation;
    m_cockpit->setNight(situation.night);
    m_cockpit->setStyle(theme::styleNamed(situation.style).value());
    m_view = situation.screen->compose(situation.locale);
    cockpit::CockpitModel &model = m_cockpit->model();
    model.setUnavailable(); // nothing of the screen before is kept
    model.setView(m_view);
    if (!situation.screen->pinAnswer.isEmpty())
        model.pin()->setAnswer(situation.screen->pinAnswer);
    const bool drawnOutNow = situation.locale == pseudoLocale;
    if (drawnOutNow != m_isDrawnOut) {
        m_isDrawnOut = drawnOutNow;
        if (drawnOutNow)
            QCoreApplication::installTranslator(&m_drawnOut);
        else
            QCoreApplication::removeTranslator(&m_drawnOut);
        qmlEngine(m_cockpit->window())->retranslate();
    }
    grab(); // what changed has its place only after a frame
}

bool Scene::driving() const
{
    return m_view.driving() != QLatin1String("parked");
}

QList<QQuickItem *> Scene::items() const
{
    QList<QQuickItem *> all;
    collect(m_cockpit->window()->contentItem(), all);
    return all;
}

QList<QQuickItem *> Scene::texts() const
{
    QList<QQuickItem *> all = items();
    all.removeIf([](const QQuickItem *item) {
        return !item->inherits("QQuickText") || item->property("text").toString().isEmpty();
    });
    return all;
}

QList<QQuickItem *> Scene::targets() const
{
    QList<QQuickItem *> all = items();
    all.removeIf([](const QQuickItem *item) { return !item->inherits("glovebox::controls::PressArea"); });
    return all;
}

QQuickItem *Scene::item(const QString &objectName) const
{
    return m_cockpit->item(objectName);
}

QImage Scene::grab()
{
    m_frame = m_cockpit->window()->grabWindow().convertToFormat(QImage::Format_RGB32);
    return m_frame;
}

bool isPrimary(const QQuickItem &text)
{
    for (const QQuickItem *item = &text; item != nullptr; item = item->parentItem()) {
        if (item->inherits("glovebox::controls::PressArea"))
            return true;
    }
    return text.property("itemId").toString() == QLatin1String("amount");
}

} // namespace glovebox::walker
