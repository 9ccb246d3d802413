// SPDX-License-Identifier: Apache-2.0
// How the program ends where it cannot start: each fault has its exit code, and a sentence that says what,
// where and what to do.
#include "tests/e2e/gateway/gateway_program.h"
#include "tests/support/fatal_log.h"

#include <QDir>
#include <QTest>

#include <sys/stat.h>

using namespace glovebox;
using testing::GatewayProgram;

namespace
{

/// What a test changes before it starts the program.
struct Start
{
    const GatewayProgram &program;
    base::Json config;
    QStringList arguments;

    std::string write(const char *name, const std::string &text) const
    {
        std::ofstream(program.path(name), std::ios::binary) << text;
        return program.path(name);
    }
    std::string pipe(const char *name) const
    {
        (void)mkfifo(program.path(name).c_str(), 0600); // nobody ever writes into it
        return program.path(name);
    }
    std::string folder(const char *name) const
    {
        (void)mkdir(program.path(name).c_str(), 0700);
        return program.path(name);
    }
    /// A ledger as --init makes it, changed.
    void patchLedger(qint64 offset, const QByteArray &bytes) const
    {
        (void)GatewayProgram::run(program.arguments({QStringLiteral("--init")}));
        QFile file(QString::fromStdString(program.path("gateway.sqlite")));
        (void)(file.open(QIODevice::ReadWrite) && file.seek(offset) && file.write(bytes) == bytes.size());
    }
    void allow(const char *name, mode_t mode) const { (void)chmod(program.path(name).c_str(), mode); }
    void name(const std::string &config_)
    {
        arguments = {QStringLiteral("--config"), QString::fromStdString(config_)};
    }
};

using Change = std::function<void(Start &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class GatewayStartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void aLedgerIsMadeOnceAndWhenAsked();
    void aReportMakesAndChangesNothing();
    void whatIsInterruptedLeavesNoLedger();
    void eachFaultHasItsCodeAndSentence_data();
    void eachFaultHasItsCodeAndSentence();

private:
    static void addUses();
    static void addFiles();
    static void addLedgers();
    static void addContents();
    QByteArray contentOf(const char *name) const;

    GatewayProgram m_program;
};

void GatewayStartsTest::initTestCase()
{
    QVERIFY(m_program.prepare());
}

void GatewayStartsTest::init()
{
    for (const char *suffix : {"", ".new", "-wal", "-journal", "-shm"}) {
        QFile::remove(QString::fromStdString(m_program.path("gateway.sqlite") + suffix));
    }
    m_program.writeConfig(m_program.config());
}

QByteArray GatewayStartsTest::contentOf(const char *name) const
{
    QFile file(QString::fromStdString(m_program.path(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void GatewayStartsTest::aLedgerIsMadeOnceAndWhenAsked()
{
    const QStringList make = m_program.arguments({QStringLiteral("--init")});
    const auto without = m_program.run(m_program.arguments());
    QCOMPARE(without.code, 66);
    QVERIFY2(without.sentence.contains("--init"), without.sentence.constData());
    QVERIFY(!QFile::exists(QString::fromStdString(m_program.path("gateway.sqlite"))));
    QCOMPARE(m_program.run(make).code, 0);
    const QByteArray made = contentOf("gateway.sqlite");
    QVERIFY(!made.isEmpty());
    const auto again = m_program.run(make);
    QCOMPARE(again.code, 73);
    QVERIFY2(again.sentence.contains("gateway.sqlite"), again.sentence.constData());
    QCOMPARE(contentOf("gateway.sqlite"), made);
    // A log whose database is gone may hold what was captured last: no new ledger takes its place.
    QVERIFY(QFile::rename(QString::fromStdString(m_program.path("gateway.sqlite")),
                          QString::fromStdString(m_program.path("gateway.sqlite-wal"))));
    QCOMPARE(m_program.run(make).code, 73);
    QVERIFY(!QFile::exists(QString::fromStdString(m_program.path("gateway.sqlite"))));
}

void GatewayStartsTest::aReportMakesAndChangesNothing()
{
    const QStringList report = m_program.arguments({QStringLiteral("--report")});
    const auto list = [this] {
        return m_program.sample.dir.isValid() ? QDir(m_program.sample.dir.path()).entryList(QDir::AllEntries)
                                              : QStringList();
    };
    const QStringList before = list();
    const auto missing = m_program.run(report);
    QCOMPARE(missing.code, 66);
    QVERIFY2(missing.sentence.contains("gateway.sqlite"), missing.sentence.constData());
    QCOMPARE(list(), before);
    QCOMPARE(m_program.run(m_program.arguments({QStringLiteral("--init")})).code, 0);
    const QByteArray made = contentOf("gateway.sqlite");
    const QStringList with = list();
    const auto printed = m_program.run(report);
    QCOMPARE(printed.code, 0);
    QCOMPARE(base::parseJson(printed.out.toStdString()).value()["charges"].get<int>(), 0);
    QCOMPARE(contentOf("gateway.sqlite"), made);
    QCOMPARE(list(), with);
}

void GatewayStartsTest::whatIsInterruptedLeavesNoLedger()
{
    // As a power cut in the middle of --init leaves it.
    std::ofstream(m_program.path("gateway.sqlite.new")) << "SQLite format 3";
    QCOMPARE(m_program.run(m_program.arguments()).code, 66);
    QCOMPARE(m_program.run(m_program.arguments({QStringLiteral("--init")})).code, 0);
    QVERIFY(!QFile::exists(QString::fromStdString(m_program.path("gateway.sqlite.new"))));
    QCOMPARE(m_program.run(m_program.arguments({QStringLiteral("--report")})).code, 0);
}

void GatewayStartsTest::addUses()
{
    const auto row = [](const char *name, int code, const char *says, const Change &change) {
        QTest::newRow(name) << change << code << QByteArray(says);
    };
    row("nothing", 64, "usage", [](Start &start) { start.arguments = {}; });
    row("two commands", 64, "usage",
        [](Start &start) { start.arguments += {QStringLiteral("--init"), QStringLiteral("--report")}; });
    row("an empty command", 64, "usage", [](Start &start) { start.arguments += QString(); });
    row("a quarantine without a word", 64, "usage",
        [](Start &start) { start.arguments += QStringLiteral("quarantine"); });
    row("a refusal of nothing", 64, "usage", [](Start &start) {
        start.arguments += {QStringLiteral("quarantine"), QStringLiteral("refuse"), QStringLiteral("w-1")};
    });
    row("a refusal of what nobody knows", 65, "never seen", [](Start &start) {
        start.arguments += {QStringLiteral("quarantine"), QStringLiteral("refuse"), QStringLiteral("w-1"),
                            QStringLiteral("a1")};
    });
    row("an unknown command", 64, "usage",
        [](Start &start) { start.arguments += QStringLiteral("--repair"); });
    row("no witness to print", 78, "/witness",
        [](Start &start) { start.arguments += QStringLiteral("--witness-key"); });
    row("an address of others", 73, "/listen",
        [](Start &start) { start.config["listen"]["host"] = "192.0.2.1"; });
}

void GatewayStartsTest::addFiles()
{
    const auto row = [](const char *name, int code, const char *says, const Change &change) {
        QTest::newRow(name) << change << code << QByteArray(says);
    };
    row("no configuration", 66, "/nonexistent.json", [](Start &start) { start.name("/nonexistent.json"); });
    row("a folder as configuration", 78, "is a folder",
        [](Start &start) { start.name(start.folder("folder")); });
    row("a pipe as configuration", 78, "pipe", [](Start &start) { start.name(start.pipe("pipe")); });
    row("a huge configuration", 78, "larger",
        [](Start &start) { start.name(start.write("huge", std::string(2 << 20, ' '))); });
    row("no merchants file", 66, "/nonexistent.json",
        [](Start &start) { start.config["merchants_file"] = "/nonexistent.json"; });
    row("a folder as merchants file", 65, "is a folder",
        [](Start &start) { start.config["merchants_file"] = start.folder("folder"); });
    row("a pipe as merchants file", 65, "pipe",
        [](Start &start) { start.config["merchants_file"] = start.pipe("pipe"); });
    row("no script", 66, "/nonexistent.json",
        [](Start &start) { start.config["processor"] = {{"script", "/nonexistent.json"}}; });
    row("a folder as script", 65, "is a folder",
        [](Start &start) { start.config["processor"] = {{"script", start.folder("folder")}}; });
    row("a pipe as script", 65, "pipe",
        [](Start &start) { start.config["processor"] = {{"script", start.pipe("pipe")}}; });
    for (const char *part : {"certificate", "key"}) {
        const auto tls = [&row, part](const char *name, int code, const char *says,
                                      std::string (*place)(Start &)) {
            row((std::string(name) + " as tls/" + part).c_str(), code, says,
                [part, place](Start &start) { start.config["tls"][part] = place(start); });
        };
        tls("nothing", 66, "/nonexistent.pem", [](Start &) { return std::string("/nonexistent.pem"); });
        tls("a folder", 65, "is a folder", [](Start &start) { return start.folder("folder"); });
        tls("a pipe", 65, "pipe", [](Start &start) { return start.pipe("pipe"); });
        tls("no PEM", 78, "/tls", [](Start &start) { return start.write("text", "x"); });
    }
    row("another certificate's key", 78, "/tls",
        [](Start &start) { start.config["tls"]["key"] = start.program.path("car.pem"); });
    row("no signing key", 66, "/signing_key",
        [](Start &start) { start.config["signing_key"] = "file:/nonexistent.pem"; });
    row("a folder as signing key", 65, "/signing_key",
        [](Start &start) { start.config["signing_key"] = "file:" + start.folder("folder"); });
    row("a pipe as signing key", 65, "/signing_key",
        [](Start &start) { start.config["signing_key"] = "file:" + start.pipe("pipe"); });
    row("a signing key that others read", 77, "0600", [](Start &start) {
        start.config["signing_key"] = "file:" + start.write("open.pem", "x");
        start.allow("open.pem", 0644);
    });
    row("a witness key of another kind", 65, "/witness/key", [](Start &start) {
        start.config["witness"] = {{"name", "w.example"}, {"key", start.program.path("car.pem")}};
    });
    row("a pipe as witness key", 65, "/witness/key",
        [](Start &start) { start.config["witness"] = {{"name", "w.example"}, {"key", start.pipe("pipe")}}; });
}

void GatewayStartsTest::addLedgers()
{
    const auto row = [](const char *name, int code, const char *says, const Change &change) {
        for (const char *command : {"", "--report"}) {
            QTest::addRow("%s %s", name, command) << Change([change, command](Start &start) {
                change(start);
                if (*command != '\0') {
                    start.arguments += QString::fromLatin1(command);
                }
            }) << code << QByteArray(says);
        }
    };
    row("no ledger", 66, "--init", [](Start &) {});
    row("no folder of the ledger", 66, "--init",
        [](Start &start) { start.config["database"] = "/nonexistent/gateway.sqlite"; });
    row("a folder as ledger", 65, "/database",
        [](Start &start) { start.config["database"] = start.folder("folder"); });
    row("a pipe as ledger", 65, "/database",
        [](Start &start) { start.config["database"] = start.pipe("pipe"); });
    row("a text as ledger", 65, "SQLite", [](Start &start) {
        start.config["database"] = start.write("text.sqlite", "not a database");
        start.allow("text.sqlite", 0600);
    });
    row("an emptied ledger", 65, "is empty", [](Start &start) {
        start.config["database"] = start.write("empty.sqlite", "");
        start.allow("empty.sqlite", 0600);
    });
    row("another program's database", 65, "not made by this program",
        [](Start &start) { start.patchLedger(68, "OTHR"); });
    row("a newer ledger", 65, "newer version",
        [](Start &start) { start.patchLedger(60, QByteArray::fromHex("00000063")); });
    row("a ledger that others read", 77, "0600", [](Start &start) {
        start.patchLedger(0, "SQLite");
        start.allow("gateway.sqlite", 0644);
    });
    row("a damaged ledger", 65, "damaged",
        [](Start &start) { start.patchLedger(100, QByteArray(3996, 'x')); });
    QTest::newRow("no folder to make it in") << Change([](Start &start) {
        start.config["database"] = "/nonexistent/gateway.sqlite";
        start.arguments += QStringLiteral("--init");
    }) << 73 << QByteArray("folder");
}

void GatewayStartsTest::addContents()
{
    const auto row = [](const char *name, int code, const char *says, const Change &change) {
        QTest::newRow(name) << change << code << QByteArray(says);
    };
    row("an unknown field", 78, "/surprise", [](Start &start) { start.config["surprise"] = 1; });
    row("a missing field", 78, "/wallets", [](Start &start) { start.config.erase("wallets"); });
    row("a list as configuration", 78, "at \"\"",
        [](Start &start) { start.config = base::Json::array({1}); });
    row("no JSON", 78, "gateway.txt", [](Start &start) { start.name(start.write("gateway.txt", "{")); });
    row("a key without its scheme", 78, "/signing_key",
        [](Start &start) { start.config["signing_key"] = start.program.path("gateway.pem"); });
    row("a key with a relative path", 78, "/signing_key",
        [](Start &start) { start.config["signing_key"] = "file:gateway.pem"; });
    row("one key of two cars", 78, "/wallets/1/keys", [](Start &start) {
        base::Json other = start.config["wallets"][0];
        other["id"] = "w-2";
        start.config["wallets"].push_back(other);
    });
    row("one key of a car and a merchant", 78, "/merchant_keys", [](Start &start) {
        start.config["merchant_keys"]["garage-marktplatz"] = start.program.sample.car.publicKey().jwk();
    });
    row("more merchants than a car reads", 65, "List less", [](Start &start) {
        base::Json list = base::Json::array();
        for (int i = 0; i < 64; ++i) {
            base::Json entry = start.program.sample.entry(("garage-" + std::to_string(i)).c_str(), "parking");
            for (int kind = 0; kind < 20; ++kind) {
                entry["kinds"]["kind-" + std::to_string(kind)] = {{"fulfilment", "online"}};
            }
            list.push_back(entry);
        }
        start.config["merchants_file"] =
            start.write("merchants.json", base::Json{{"merchants", list}}.dump());
    });
    row("merchants without a list", 65, "/merchants",
        [](Start &start) { start.config["merchants_file"] = start.write("merchants.json", "{}"); });
    row("merchants that are a list", 65, "at \"\"",
        [](Start &start) { start.config["merchants_file"] = start.write("merchants.json", "[]"); });
    row("a merchant without a name", 65, "/merchants/0/name", [](Start &start) {
        base::Json entry = start.program.sample.entry("garage-marktplatz", "parking");
        entry.erase("name");
        start.config["merchants_file"] =
            start.write("merchants.json", base::Json{{"merchants", {entry}}}.dump());
    });
    row("a merchant twice", 65, "/merchants/1/id", [](Start &start) {
        const base::Json entry = start.program.sample.entry("garage-marktplatz", "parking");
        start.config["merchants_file"] =
            start.write("merchants.json", base::Json{{"merchants", {entry, entry}}}.dump());
    });
    row("a script without decisions", 65, "/decisions",
        [](Start &start) { start.config["processor"] = {{"script", start.write("script.json", "{}")}}; });
    row("a script with an unknown outcome", 65, "/decisions/0/outcome", [](Start &start) {
        start.config["processor"] = {
            {"script", start.write("script.json", R"({"decisions":[{"outcome":"maybe"}]})")}};
    });
    row("a script with a number as outcome", 65, "/decisions/0/outcome", [](Start &start) {
        start.config["processor"] = {
            {"script", start.write("script.json", R"({"decisions":[{"outcome":1}]})")}};
    });
}

void GatewayStartsTest::eachFaultHasItsCodeAndSentence_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    addUses();
    addFiles();
    addLedgers();
    addContents();
}

void GatewayStartsTest::eachFaultHasItsCodeAndSentence()
{
    QFETCH(const Change, change);
    QFETCH(const int, code);
    QFETCH(const QByteArray, says);
    Start start{m_program, m_program.config(), m_program.arguments()};
    if (!QByteArray(QTest::currentDataTag()).contains("ledger")) {
        QCOMPARE(m_program.run(m_program.arguments({QStringLiteral("--init")})).code, 0);
    }
    change(start);
    m_program.writeConfig(start.config);
    const auto ended = m_program.run(start.arguments);
    QVERIFY2(ended.sentence.contains(says), ended.sentence.constData());
    QCOMPARE(ended.code, code);
    QVERIFY(ended.out.isEmpty());
    QVERIFY(ended.sentence.endsWith('\n') && ended.sentence.count('\n') == 1); // one line, not a trace
}

GLOVEBOX_TEST_MAIN(GatewayStartsTest)
#include "starts_test.moc"
