// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/walker/plants.h"

#include "cockpit/cockpit_model.h"

#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>

namespace glovebox::walker
{

namespace
{

QQuickItem &itemOf(Scene &scene, const char *name)
{
    QQuickItem *item = scene.item(QLatin1String(name));
    if (item == nullptr)
        qFatal("no item %s to spoil", name);
    return *item;
}

std::function<void(Scene &)> set(const char *name, const char *property, const QVariant &value)
{
    return [name, property, value](Scene &scene) {
        if (!itemOf(scene, name).setProperty(property, value))
            qFatal("%s has no %s", name, property);
    };
}

/// Puts an item into the scene, where the named one is.
std::function<void(Scene &)> over(const char *name, const QByteArray &qml)
{
    return [name, qml](Scene &scene) {
        const QPointF at = name != nullptr ? itemOf(scene, name).mapToScene(QPointF(0, 0)) : QPointF();
        QQuickWindow *window = scene.cockpit().window();
        QQmlComponent component(qmlEngine(window));
        component.setData("import QtQuick\n" + qml, QUrl());
        auto *item = qobject_cast<QQuickItem *>(component.create());
        if (item == nullptr)
            qFatal("%s", qPrintable(component.errorString()));
        item->setParent(window);
        item->setParentItem(window->contentItem());
        item->setPosition(at);
    };
}

std::function<void(Scene &)> add(const QByteArray &qml)
{
    return over(nullptr, qml);
}

/// Another view of the same screen.
std::function<void(Scene &)> change(const std::function<void(ResultView &)> &how)
{
    return [how](Scene &scene) {
        CockpitView view = scene.view();
        ResultView result = view.result();
        how(result);
        view.setResult(result);
        scene.cockpit().model().setView(view);
    };
}

void say(ResultView &result, const QString &id, const QString &text)
{
    QList<ShownItem> items = result.items();
    for (ShownItem &item : items) {
        if (item.id() == id)
            item.setText(text);
    }
    result.setItems(items);
}

} // namespace

QList<Plant> plants()
{
    const QString card = QStringLiteral("card.moving.fuel");
    const QString saved = QStringLiteral("result.undo.fuel.online");
    const QString words = QStringLiteral("thirty six characters are in this. ");
    return {
        {"TARGET", "a low button", card, set("primary", "height", 20)},
        {"TARGET", "buttons side by side", card, set("primary", "scale", 1.2)},
        {"TARGET", "a button at the edge", card, set("primary", "scale", 4)},
        {"SIZE", "a small text", card, set("item.merchant", "scale", 0.5)},
        {"SIZE", "a small sum", card, set("item.amount", "scale", 0.2)},
        {"TEXT", "a long text", card, set("item.merchant", "text", words.repeated(4))},
        {"TEXT", "a narrow place", card, set("item.title", "width", 40)},
        {"TEXT", "a sign that no font has", card, set("item.merchant", "text", QString(QChar(u'\uE123')))},
        {"TEXT", "texts over each other", card,
         over("item.title", "Text { color: 'white'; font.pixelSize: 26; text: 'over' }")},
        {"CONTRAST", "a faint text", card, set("item.merchant", "color", QColor(0x60, 0x66, 0x6c))},
        {"CONTRAST", "a veil", card,
         add("Rectangle { color: '#161b21'; height: 480; opacity: 0.75; width: 1280 }")},
        {"CONTRAST", "red on blue", card,
         add("Rectangle { color: '#0000ff'; width: 200; height: 60;"
             "Text { text: 'stop'; color: '#ff4040'; font.pixelSize: 40 } }")},
        {"STILL", "a spinner", card,
         add("Item { RotationAnimator on rotation { from: 0; to: 360; loops: -1; running: true } }")},
        {"STILL", "a countdown", card, add("Item { Timer { running: true; repeat: true } }")},
        {"FEEDBACK", "a button that looks the same", card, set("primary", "held", true)},
        {"NOSETUP", "a keyboard", card, add("TextInput { width: 100; height: 40; text: 'name' }")},
        {"NOSETUP", "a long list", card,
         add("ListView { width: 100; height: 100; model: 9; delegate: Item { width: 9; height: 9 } }")},
        {"EYESFREE", "a button without a key", card, set("primary", "activeFocusOnTab", false)},
        {"EYESFREE", "the focus on the yes", card,
         [](Scene &scene) { itemOf(scene, "primary").forceActiveFocus(); }},
        {"HONEST", "saved called paid", saved, change([](ResultView &result) {
             say(result, QStringLiteral("headline"), QStringLiteral("Paid €80.00"));
         })},
        {"HONEST", "a hold drawn as paid", saved,
         change([](ResultView &result) { result.setTone(QStringLiteral("paid")); })},
        {"HONEST", "a sum that is covered", card,
         over("item.amount", "Rectangle { color: '#161b21'; height: 90; width: 400 }")},
        {"UNDO", "no undo", saved, set("undo", "visible", false)},
        {"UNDO", "an undo that does not say until when", saved, set("item.undo", "text", QString())},
        {"UNDO", "too late, and not a word of it", QStringLiteral("result.submitted"),
         change([](ResultView &result) { say(result, QStringLiteral("detail"), QStringLiteral("Sent.")); })},
        {"SYMBOL", "red for decoration", card, add("Rectangle { width: 30; height: 30; color: '#e02020' }")},
    };
}

} // namespace glovebox::walker
