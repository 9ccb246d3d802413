// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "crypto/jws.h"
#include "platform/simulator/scenario/library.h"
#include "tests/support/gui_test_main.h"
#include "wire/messages.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace glovebox;

namespace
{

constexpr int kScenarioLimit_ms = 200'000;
constexpr int kColoursOfAPicture = 16; // a blank window has one, text alone has more

struct Run
{
    int exitCode = -1;
    QByteArray errors;
};

Run simulate(const QString &scenario, const QString &out)
{
    QProcess process;
    process.start(
        QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-simulator"),
        {QStringLiteral("--headless"), QStringLiteral("--scenario"), scenario, QStringLiteral("--out"), out});
    if (!process.waitForFinished(kScenarioLimit_ms) || process.exitStatus() != QProcess::NormalExit) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardError()};
    }
    return {process.exitCode(), process.readAllStandardError()};
}

base::Json readJson(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return base::parseJson(file.readAll().toStdString(), {.bytes_max = 4 << 20, .depth_max = 32})
        .value_or(base::Json());
}

int coloursOf(const QImage &image)
{
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            colours.insert(image.pixel(x, y));
        }
    }
    return static_cast<int>(colours.size());
}

/// Why a record does not prove what it says; empty where it does.
std::string faultOfRecord(const base::Json &record, const crypto::PublicKey &wallet,
                          const crypto::PublicKey &gateway)
{
    const std::string jws = record.value("approval", std::string());
    if (jws.empty()) {
        return {};
    }
    const auto verified = crypto::verifyJws(jws, wire::kApprovalType, {&wallet, 1});
    if (!verified) {
        return "the approval: " + verified.error().detail;
    }
    const auto claims = base::parseJson(base::textOf(verified->payload));
    const auto approval = claims ? payment::approvalFromClaims(*claims, crypto::hashJson)
                                 : std::unexpected(base::JsonError{base::JsonFault::syntax, "", "not JSON"});
    if (!approval) {
        return "the approval's claims: " + approval.error().pointer + ' ' + approval.error().reason;
    }
    const base::Json settlement = record.value("settlement", base::Json::object());
    for (const char *name : {"receipt", "capture_receipt"}) {
        const std::string receiptJws = settlement.value(name, std::string());
        if (receiptJws.empty()) {
            continue;
        }
        const auto receipt = wire::readReceipt(receiptJws, {&gateway, 1});
        if (!receipt) {
            return std::string(name) + ": " + receipt.error().detail;
        }
        if (wire::checkAgainst(*receipt, *approval, jws)) {
            return std::string(name) + " is about something else";
        }
    }
    return {};
}

} // namespace

class ScenariosTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theScenariosAreTheShippedOnes();
    void aFailureNamesTheStep();
    void plays_data();
    void plays();
};

void ScenariosTest::plays_data()
{
    QTest::addColumn<QString>("purchase");
    QTest::addColumn<QString>("state");
    QTest::addColumn<qint64>("captured_minor");
    QTest::addColumn<int>("charges");
    QTest::addColumn<int>("pictures");
    QTest::newRow("answer-lost") << "garage" << "captured" << qint64(1250) << 1 << 2;
    QTest::newRow("coffee-declined") << "coffee" << "declined" << qint64(0) << 0 << 2;
    QTest::newRow("connection-gone") << "fuel" << "expired" << qint64(0) << 0 << 1;
    QTest::newRow("crash-after-approve") << "garage" << "captured" << qint64(1250) << 1 << 3;
    QTest::newRow("fuel") << "fuel" << "captured" << qint64(6318) << 1 << 3;
    QTest::newRow("fuel-offline-refused") << "fuel" << "refused" << qint64(0) << 0 << 1;
    QTest::newRow("moving-glance") << "fuel" << "authorised" << qint64(0) << 0 << 3;
    QTest::newRow("parking-offline") << "garage" << "captured" << qint64(1250) << 1 << 3;
    QTest::newRow("parking-online") << "parking" << "captured" << qint64(1250) << 1 << 2;
}

void ScenariosTest::theScenariosAreTheShippedOnes()
{
    QCOMPARE(simulator::shippedScenarios().size(), 9);
}

void ScenariosTest::aFailureNamesTheStep()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("wrong.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"title":"A card that nobody proposed","steps":[{"network":"on"},{"expect":{"screen":"card"}}]})");
    file.close();
    const Run run = simulate(file.fileName(), folder.filePath(QStringLiteral("out")));
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.errors.contains("step 2 (expect): expected screen card, found idle"),
             run.errors.constData());
    const base::Json timeline = readJson(folder.filePath(QStringLiteral("out/timeline.json")));
    QVERIFY(timeline.value("outcome", std::string()) == "failed");
    QCOMPARE(timeline.at("steps").size(), 2u);
}

void ScenariosTest::plays()
{
    QFETCH(QString, purchase);
    QFETCH(QString, state);
    QFETCH(qint64, captured_minor);
    QFETCH(int, charges);
    QFETCH(int, pictures);
    QTemporaryDir folder;
    const Run run = simulate(QString::fromLatin1(QTest::currentDataTag()), folder.path());
    QVERIFY2(run.exitCode == 0, run.errors.right(2000).constData());

    const QStringList files =
        QDir(folder.path()).entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name);
    QCOMPARE(files.size(), pictures);
    QImage before;
    for (const QString &file : files) {
        const QImage picture(folder.filePath(file));
        QCOMPARE(picture.size(), QSize(1280, 480));
        QVERIFY2(coloursOf(picture) >= kColoursOfAPicture, qPrintable(file));
        QVERIFY2(picture != before, qPrintable(file));
        before = picture;
    }
    const base::Json timeline = readJson(folder.filePath(QStringLiteral("timeline.json")));
    QVERIFY(timeline.value("outcome", std::string()) == "passed");
    QVERIFY(timeline.at("steps").size() > 4);

    const base::Json books = readJson(folder.filePath(QStringLiteral("purchases.json")));
    QCOMPARE(books.at("purchases").size(), 1u);
    const base::Json &entry = books.at("purchases").at(0);
    QCOMPARE(QString::fromStdString(entry.at("name")), purchase);
    const base::Json &record = entry.at("purchase");
    QCOMPARE(QString::fromStdString(record.at("state")), state);
    const base::Json settlement = record.value("settlement", base::Json::object());
    QCOMPARE(settlement.value("captured_minor", std::int64_t(0)), captured_minor);
    QCOMPARE(settlement.contains("capture_receipt"), captured_minor > 0);
    QCOMPARE(books.at("gateway").at("charges").get<int>(), charges);
    const auto wallet = crypto::PublicKey::fromJwk(books.at("keys").at("wallet"));
    const auto gateway = crypto::PublicKey::fromJwk(books.at("keys").at("gateway"));
    QVERIFY(wallet && gateway);
    const std::string fault = faultOfRecord(record, *wallet, *gateway);
    QVERIFY2(fault.empty(), fault.c_str());
    if (QTest::currentDataTag() == QByteArray("parking-online")) {
        QVERIFY(record.value("stop", std::string()) == "until_sent");
    }
}

GLOVEBOX_GUI_TEST_MAIN(ScenariosTest)
#include "scenarios_test.moc"
