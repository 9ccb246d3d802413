// SPDX-License-Identifier: Apache-2.0
#include "daemon/kind_files.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace glovebox;

class KindFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void builtIn()
    {
        const auto kinds = daemon::readKinds();
        QVERIFY2(kinds, kinds ? "" : kinds.error().c_str());
        QCOMPARE(kinds->all().size(), std::size_t(9));
    }

    void aFolder()
    {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        const auto none = daemon::readKinds(path);
        QVERIFY(!none);
        QVERIFY(none.error().starts_with(path));

        QVERIFY(
            QFile::copy(QStringLiteral(":/kinds/fuel.json"), folder.filePath(QStringLiteral("fuel.json"))));
        const auto one = daemon::readKinds(path);
        QVERIFY2(one, one ? "" : one.error().c_str());
        QCOMPARE(one->all().size(), std::size_t(1));

        QVERIFY(QFile::copy(QStringLiteral(GLOVEBOX_SOURCE_DIR "/tests/unit/daemon_edges/dog_wash.json"),
                            folder.filePath(QStringLiteral("dog_wash.json"))));
        QVERIFY(daemon::readKinds(path));
        // Without its German texts a driver would read English, unasked.
        QFile bare(folder.filePath(QStringLiteral("dog_wash.json")));
        QVERIFY(bare.open(QIODevice::ReadWrite));
        const QByteArray whole = bare.readAll();
        QVERIFY(bare.resize(0) && bare.seek(0));
        QVERIFY(bare.write(QByteArray(whole).replace("\"Wash\": \"Waschen\", ", "")) > 0);
        bare.close();
        const auto missing = daemon::readKinds(path);
        QVERIFY(!missing);
        QCOMPARE(missing.error(), std::string("dog_wash.json: /strings/de/Wash is missing"));
        QVERIFY(bare.remove());

        QFile large(folder.filePath(QStringLiteral("large.json")));
        QVERIFY(large.open(QIODevice::WriteOnly));
        QCOMPARE(large.write(QByteArray(65537, ' ')), 65537);
        large.close();
        const auto refused = daemon::readKinds(path);
        QVERIFY(!refused);
        QVERIFY(refused.error().starts_with("large.json"));
    }
};

GLOVEBOX_TEST_MAIN(KindFilesTest)
#include "kind_files_test.moc"
