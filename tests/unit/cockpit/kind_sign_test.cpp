// SPDX-License-Identifier: Apache-2.0
#include "qml/Glovebox/Controls/kind_sign.h"
#include "tests/support/gui_test_main.h"

#include <QDir>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QTest>

using glovebox::controls::KindSign;

namespace
{

QImage drawn(const QString &name)
{
    KindSign sign;
    sign.setSize(QSizeF(48, 48));
    sign.setName(name);
    QImage image(48, 48, QImage::Format_RGB32);
    image.fill(Qt::black);
    QPainter painter(&image);
    sign.paint(&painter);
    return image;
}

} // namespace

class KindSignTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyShippedKindHasASignOfItsOwn()
    {
        const QDir folder(QStringLiteral(GLOVEBOX_SOURCE_DIR "/resources/kinds"));
        const QStringList files = folder.entryList({QStringLiteral("*.json")}, QDir::Files);
        QVERIFY(files.size() >= 9);
        QList<QImage> seen = {drawn({}), drawn(QStringLiteral("dog_wash"))};
        QVERIFY(seen[0] != seen[1]); // a kind from elsewhere has at least a tag
        for (const QString &name : files) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString icon =
                QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("icon")).toString();
            QVERIFY2(KindSign::names().contains(icon), qPrintable(name));
            const QImage image = drawn(icon);
            QVERIFY2(!seen.contains(image), qPrintable(name));
            seen.append(image);
        }
    }

    void anotherNameSaysSoOnce()
    {
        KindSign sign;
        int changes = 0;
        connect(&sign, &KindSign::nameChanged, this, [&changes] { ++changes; });
        sign.setName(QStringLiteral("toll"));
        sign.setName(QStringLiteral("toll"));
        QCOMPARE(changes, 1);
    }
};

GLOVEBOX_GUI_TEST_MAIN(KindSignTest)
#include "kind_sign_test.moc"
