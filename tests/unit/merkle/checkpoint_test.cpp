// SPDX-License-Identifier: Apache-2.0
#include "merkle/checkpoint.h"

#include "tests/support/fatal_log.h"

#include <QTest>

using namespace glovebox;

class CheckpointTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theExampleOfTheSpecification();
    void otherForms_data();
    void otherForms();
};

void CheckpointTest::theExampleOfTheSpecification()
{
    const std::string text =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    const auto checkpoint = merkle::checkpointFromText(text);
    QVERIFY(checkpoint);
    QCOMPARE(checkpoint->origin, std::string("example.com/behind-the-sofa"));
    QCOMPARE(checkpoint->size, std::uint64_t(20852163));
    QCOMPARE(merkle::textOf(*checkpoint), text);
}

void CheckpointTest::otherForms_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no origin") << QByteArray("\n1\n") + root;
    QTest::newRow("space in the origin") << QByteArray("a b\n1\n") + root;
    QTest::newRow("plus in the origin") << QByteArray("a+b\n1\n") + root;
    QTest::newRow("leading zero") << QByteArray("a\n01\n") + root;
    QTest::newRow("sign") << QByteArray("a\n-1\n") + root;
    QTest::newRow("plus sign") << QByteArray("a\n+1\n") + root;
    QTest::newRow("more than 64 bits") << QByteArray("a\n18446744073709551616\n") + root;
    QTest::newRow("short root") << QByteArray("a\n1\nCsUY\n");
    QTest::newRow("no end") << QByteArray("a\n1\n") + root.chopped(1);
    QTest::newRow("carriage return") << QByteArray("a\r\n1\n") + root;
    QTest::newRow("extension") << QByteArray("a\n1\n") + root + "more\n";
}

void CheckpointTest::otherForms()
{
    QFETCH(QByteArray, text);
    QVERIFY(!merkle::checkpointFromText(text.toStdString()));
}

GLOVEBOX_TEST_MAIN(CheckpointTest)
#include "checkpoint_test.moc"
