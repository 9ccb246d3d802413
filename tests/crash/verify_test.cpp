// SPDX-License-Identifier: Apache-2.0
// `glovebox journal verify` and `export` as processes: a clean journal, and one damaged in each way that
// verify names. Then a second verifier in Python, written from docs/journal.md, must agree on random
// journals: 40 in every run, 1,000 in a long one, half of them damaged.
#include "crypto/hash.h"
#include "tests/crash/foreign_sql.h"
#include "tests/crash/workload.h"
#include "tests/support/effort.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QProcess>

#include <random>
#include <set>

using namespace glovebox;
using namespace glovebox::testing;

namespace
{

using Findings = std::set<std::pair<std::int64_t, std::string>>; // -1: no entry

struct Answer
{
    int exitCode = -1;
    QByteArray out;
    QByteArray errors;
};

Answer run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished()) {
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// What both verifiers look for in the same way; the lifecycle of a purchase is folded by the first alone.
const std::set<std::string> kShared = {"missing",   "row",       "seal",       "leaf",
                                       "signature", "approval",  "identity",   "frontier",
                                       "setting",   "data_keys", "checkpoint", "erasure"};

} // namespace

class VerifyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { copyBase(); }
    void nothingIsWrongAndNothingChanges();
    void withoutTheSealingKey();
    void eachDamageIsNamed_data();
    void eachDamageIsNamed();
    void aSignatureOfAnotherKey();
    void aCosignatureOfAnotherWitness();
    void whatWasCosignedIsMissed();
    void whileADaemonHasIt();
    void exportsEveryEntry();
    void anotherVerifierAgrees();

private:
    [[nodiscard]] Answer verify(const QStringList &more = {}) const;
    [[nodiscard]] QStringList keys(const char *publicKey) const
    {
        return {QStringLiteral("--sealing-key"), file("sealing.key"), QStringLiteral("--public-key"),
                file(publicKey)};
    }
    [[nodiscard]] Findings findings(const Answer &answer) const;
    [[nodiscard]] std::int64_t number(const QByteArray &select) const
    {
        return numberIn(file("journal.sqlite"), select);
    }
    void sql(const QByteArray &statements) const { change(file("journal.sqlite"), statements); }
    void copyBase() const;
    [[nodiscard]] QString file(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name));
    }
    Owner m_owner;
    QString m_witness = QString::fromStdString(m_owner.witness.publicKey().vkey());
    QTemporaryDir m_base;
    QTemporaryDir m_folder;
};

void VerifyTest::initTestCase()
{
    QVERIFY(Workload(m_owner, m_base.path()).run());
    QFile key(file("sealing.key"));
    QVERIFY(key.open(QIODevice::WriteOnly) && key.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    const auto bytes = m_owner.sealingKey.view();
    QVERIFY(key.write(QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()))) ==
            32);
    for (const auto &[name, signer] :
         {std::pair("car.jwk", &m_owner.sample.car), std::pair("stranger.jwk", &m_owner.sample.stranger)}) {
        QFile jwk(file(name));
        QVERIFY(jwk.open(QIODevice::WriteOnly));
        QVERIFY(jwk.write(QByteArray::fromStdString(signer->publicKey().jwk().dump())) > 0);
    }
}

void VerifyTest::copyBase() const
{
    QFile::remove(file("journal.sqlite"));
    QFile::remove(file("journal.sqlite-wal"));
    QVERIFY(QFile::copy(m_base.filePath(QStringLiteral("journal.sqlite")), file("journal.sqlite")));
    QVERIFY(QFile::setPermissions(file("journal.sqlite"), QFile::ReadOwner | QFile::WriteOwner));
}

Answer VerifyTest::verify(const QStringList &more) const
{
    return run(
        QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox"),
        QStringList{QStringLiteral("journal"), QStringLiteral("verify"), QStringLiteral("--json"),
                    QStringLiteral("--file"), file("journal.sqlite")} +
            (more.isEmpty() ? keys("car.jwk") + QStringList{QStringLiteral("--witness"), m_witness} : more));
}

Findings VerifyTest::findings(const Answer &answer) const
{
    Findings found;
    const auto json = base::parseJson(answer.out.toStdString(), {1'000'000, 8});
    for (const base::Json &one : json ? json->at("findings") : base::Json::array()) {
        const base::Json &sequence = one.at("sequence");
        found.emplace(sequence.is_null() ? -1 : sequence.get<std::int64_t>(),
                      one.at("code").get<std::string>());
    }
    return found;
}

void VerifyTest::nothingIsWrongAndNothingChanges()
{
    QFile before(file("journal.sqlite"));
    QVERIFY(before.open(QIODevice::ReadOnly));
    const QByteArray bytes = before.readAll();
    const Answer answer = verify();
    QVERIFY2(answer.exitCode == 0, (answer.out + answer.errors).constData());
    const auto json = base::parseJson(answer.out.toStdString()).value();
    QVERIFY(json.at("ok").get<bool>());
    QCOMPARE(json.at("purchases").get<int>(), 6);
    QCOMPARE(json.at("signatures").get<std::int64_t>(),
             number("SELECT count(*) FROM entries WHERE kind = 4 AND sealed IS NOT NULL"));
    QCOMPARE(json.at("checkpoints").get<std::int64_t>(),
             number("SELECT count(*) FROM entries WHERE kind IN (9, 13)"));
    // What the erased driver did is named, and is no fault.
    QCOMPARE(json.at("erased").get<std::int64_t>(),
             number("SELECT count(*) FROM entries WHERE sealed IS NULL"));
    QCOMPARE(json.at("unchecked").size(), std::size_t{1});
    QCOMPARE(json.at("unchecked").at(0).get<std::string>(),
             std::string("erased: payloads, approvals and purchases of 1 driver, 6 entries"));
    QFile after(file("journal.sqlite"));
    QVERIFY(after.open(QIODevice::ReadOnly));
    QVERIFY(after.readAll() == bytes);
    QVERIFY(!QFile::exists(file("journal.sqlite-wal")));
}

void VerifyTest::withoutTheSealingKey()
{
    const QStringList noKey{QStringLiteral("--public-key"), file("car.jwk")};
    const Answer clean = verify(noKey);
    QCOMPARE(clean.exitCode, 0);
    QVERIFY(!base::parseJson(clean.out.toStdString()).value().at("unchecked").empty());
    sql("UPDATE entries SET commitment = randomblob(32) WHERE sequence = 3");
    const Answer damaged = verify(noKey);
    QCOMPARE(damaged.exitCode, 1);
    QVERIFY(findings(damaged) == (Findings{{-1, "frontier"}}));
}

/// `ofLast`: of the purchase that the outbox holds.
static void addOutboxDamage(const QByteArray &ofLast)
{
    QTest::newRow("outbox") << QByteArray("UPDATE outbox SET attempts = attempts + 1")
                            << QByteArray("SELECT last_sequence" + ofLast) << QStringLiteral("outbox");
    QTest::newRow("lost from the outbox")
        << QByteArray("DELETE FROM outbox") << QByteArray("SELECT last_sequence" + ofLast)
        << QStringLiteral("outbox");
    QTest::newRow("stray in the outbox") << QByteArray("INSERT INTO outbox VALUES ('px', 'ax', 0, 0)")
                                         << QByteArray("SELECT -1") << QStringLiteral("outbox");
}

void VerifyTest::eachDamageIsNamed_data()
{
    QTest::addColumn<QByteArray>("damage");
    QTest::addColumn<QByteArray>("sequence"); // SQL, asked before
    QTest::addColumn<QString>("code");
    const QByteArray a6 = " FROM purchases WHERE purchase_id LIKE '%a6'";
    QTest::newRow("payload")
        << QByteArray("UPDATE entries SET sealed = randomblob(length(sealed)) WHERE sequence = 7")
        << QByteArray("SELECT 7") << QStringLiteral("seal");
    QTest::newRow("seal of another entry") << QByteArray("UPDATE entries SET sealed = (SELECT sealed FROM "
                                                         "entries WHERE sequence = 1) WHERE sequence = 2")
                                           << QByteArray("SELECT 2") << QStringLiteral("seal");
    QTest::newRow("lost payload") << QByteArray("UPDATE entries SET sealed = NULL WHERE sequence = 3")
                                  << QByteArray("SELECT 3") << QStringLiteral("seal");
    QTest::newRow("leaf") << QByteArray("UPDATE entries SET commitment = randomblob(32) WHERE sequence = 4")
                          << QByteArray("SELECT 4") << QStringLiteral("leaf");
    QTest::newRow("kind") << QByteArray("UPDATE entries SET kind = 9 WHERE sequence = 2")
                          << QByteArray("SELECT 2") << QStringLiteral("seal");
    QTest::newRow("missing entry") << QByteArray("DELETE FROM entries WHERE sequence = 5")
                                   << QByteArray("SELECT 5") << QStringLiteral("missing");
    QTest::newRow("cut tail")
        << QByteArray("DELETE FROM entries WHERE sequence = (SELECT max(sequence) FROM entries)")
        << QByteArray("SELECT max(sequence) FROM entries") << QStringLiteral("missing");
    QTest::newRow("swapped") << QByteArray("UPDATE entries SET sequence = 9999 WHERE sequence = 1;"
                                           "UPDATE entries SET sequence = 1 WHERE sequence = 2;"
                                           "UPDATE entries SET sequence = 2 WHERE sequence = 9999")
                             << QByteArray("SELECT 1") << QStringLiteral("seal");
    QTest::newRow("frontier") << QByteArray("UPDATE frontier SET hashes = randomblob(length(hashes))")
                              << QByteArray("SELECT -1") << QStringLiteral("frontier");
    QTest::newRow("frontier's mac") << QByteArray("UPDATE frontier SET mac = randomblob(32)")
                                    << QByteArray("SELECT -1") << QStringLiteral("frontier");
    QTest::newRow("identity") << QByteArray("UPDATE identity SET journal_id = 'jx'") << QByteArray("SELECT 0")
                              << QStringLiteral("identity");
    QTest::newRow("data keys") << QByteArray("UPDATE data_keys SET driver = randomblob(length(driver))")
                               << QByteArray("SELECT -1") << QStringLiteral("data_keys");
    QTest::newRow("data key") << QByteArray("UPDATE data_keys SET wrapped = randomblob(length(wrapped))")
                              << QByteArray("SELECT 0") << QStringLiteral("data_keys");
    QTest::newRow("purchase")
        << QByteArray("UPDATE purchases SET sealed = randomblob(length(sealed)) WHERE purchase_id LIKE '%a6'")
        << QByteArray("SELECT last_sequence" + a6) << QStringLiteral("purchase");
    QTest::newRow("unfinished")
        << QByteArray("UPDATE purchases SET unfinished = 1 - unfinished WHERE purchase_id LIKE '%a6'")
        << QByteArray("SELECT last_sequence" + a6) << QStringLiteral("purchase");
    QTest::newRow("first sequence")
        << QByteArray("UPDATE purchases SET first_sequence = 0 WHERE purchase_id LIKE '%a6'")
        << QByteArray("SELECT last_sequence" + a6) << QStringLiteral("purchase");
    QTest::newRow("missing purchase")
        << QByteArray("DELETE FROM purchases WHERE purchase_id LIKE '%a6'")
        << QByteArray("SELECT first_sequence" + a6) << QStringLiteral("purchase");
    QTest::newRow("request") << QByteArray("DELETE FROM requests WHERE purchase_id LIKE '%a6'")
                             << QByteArray("SELECT first_sequence" + a6) << QStringLiteral("request");
    QTest::newRow("approval's purchase")
        << QByteArray("DELETE FROM requests WHERE purchase_id LIKE '%a1'")
        << QByteArray("SELECT last_sequence FROM purchases WHERE purchase_id LIKE '%a1'")
        << QStringLiteral("request");
    addOutboxDamage(a6);
    const QByteArray noah =
        "(SELECT pseudonym FROM entries WHERE sequence = (SELECT first_sequence FROM purchases "
        "WHERE purchase_id LIKE '%a4'))";
    QTest::newRow("erasure that nobody entered")
        << QByteArray("UPDATE entries SET sealed = NULL WHERE pseudonym = " + noah +
                      ";DELETE FROM data_keys WHERE pseudonym = " + noah)
        << QByteArray("SELECT min(sequence) FROM entries WHERE pseudonym = " + noah)
        << QStringLiteral("erasure");
    QTest::newRow("setting") << QByteArray(
                                    "UPDATE settings SET sealed = randomblob(length(sealed)) WHERE name = "
                                    "'directory'")
                             << QByteArray("SELECT -1") << QStringLiteral("setting");
}

void VerifyTest::eachDamageIsNamed()
{
    QFETCH(QByteArray, damage);
    QFETCH(QByteArray, sequence);
    QFETCH(QString, code);
    const std::int64_t expected = number(sequence);
    sql(damage);
    const Answer answer = verify();
    QVERIFY2(answer.exitCode == 1, (answer.out + answer.errors).constData());
    QVERIFY2(findings(answer).contains({expected, code.toStdString()}), answer.out.constData());
}

void VerifyTest::aSignatureOfAnotherKey()
{
    const Answer answer = verify(keys("stranger.jwk"));
    QCOMPARE(answer.exitCode, 1);
    const std::int64_t signatures =
        number("SELECT count(*) FROM entries WHERE kind IN (4, 9, 13) AND sealed IS NOT NULL");
    QVERIFY(signatures > 3);
    QCOMPARE(std::int64_t(findings(answer).size()), signatures);
    QVERIFY(
        findings(answer).contains({number("SELECT min(sequence) FROM entries WHERE kind = 4"), "signature"}));
}

void VerifyTest::aCosignatureOfAnotherWitness()
{
    const auto other =
        crypto::CosigningKey::create(m_owner.sample.path("other.pem"), "gateway.example/witness");
    const QStringList witness{QStringLiteral("--witness"), QString::fromStdString(other->publicKey().vkey())};
    const std::int64_t cosigned = number("SELECT max(sequence) FROM entries WHERE kind = 9");
    QVERIFY(findings(verify(keys("car.jwk") + witness)) == (Findings{{cosigned, "checkpoint"}}));
    const Answer unasked = verify(keys("car.jwk"));
    QVERIFY(unasked.exitCode == 0 && unasked.out.contains("cosignatures of checkpoints"));
}

void VerifyTest::whatWasCosignedIsMissed()
{
    const std::int64_t cosigned = number("SELECT max(sequence) FROM entries WHERE kind = 9");
    sql("DELETE FROM settings WHERE name = 'checkpoint.cosigned'");
    QVERIFY(findings(verify()).contains({cosigned, "setting"}));
    copyBase();
    sql("DELETE FROM entries WHERE sequence >= 5");
    QVERIFY(findings(verify()).contains({5, "checkpoint"}));
}

void VerifyTest::whileADaemonHasIt()
{
    const auto held = journal::Journal::open(m_owner.options(m_folder.path()), m_owner.sealingKey);
    QVERIFY(held);
    const Answer answer = verify();
    QCOMPARE(answer.exitCode, 75);
    QVERIFY(answer.errors.contains("Stop the daemon, or verify a copy"));
}

void VerifyTest::exportsEveryEntry()
{
    const Answer answer = run(QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox"),
                              {QStringLiteral("journal"), QStringLiteral("export"), QStringLiteral("--file"),
                               file("journal.sqlite"), QStringLiteral("--sealing-key"), file("sealing.key")});
    QCOMPARE(answer.exitCode, 0);
    const QList<QByteArray> lines = answer.out.trimmed().split('\n');
    QCOMPARE(std::int64_t(lines.size()), number("SELECT count(*) FROM entries"));
    merkle::Frontier tree(crypto::sha256);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto json = base::parseJson(lines[i].toStdString(), {1'000'000, 24}).value();
        QCOMPARE(json.at("sequence").get<qsizetype>(), i);
        QCOMPARE(json.at("payload").is_null(),
                 number("SELECT sealed IS NULL FROM entries WHERE sequence = " + QByteArray::number(i)) == 1);
        const auto leaf = base::fromBase64Url(json.at("leaf").get<std::string>()).value();
        base::Hash hash{};
        std::ranges::copy(leaf, hash.begin());
        tree.append(hash);
    }
    const auto root = base::parseJson(verify().out.toStdString()).value().at("root").get<std::string>();
    QCOMPARE(base::toBase64Url(tree.root()), root);
}

void VerifyTest::anotherVerifierAgrees()
{
    const std::vector<QByteArray> damages = {
        "UPDATE entries SET sealed = randomblob(length(sealed)) WHERE sequence = %1",
        "UPDATE entries SET commitment = randomblob(32) WHERE sequence = %1",
        "UPDATE entries SET sealed = NULL WHERE sequence = %1",
        "UPDATE entries SET pseudonym = randomblob(16) WHERE sequence = %1",
        "DELETE FROM entries WHERE sequence = %1",
        "DELETE FROM entries WHERE sequence >= %1",
        "UPDATE frontier SET hashes = randomblob(length(hashes))",
        "UPDATE frontier SET mac = randomblob(32)",
        "UPDATE identity SET key_thumbprint = 'x'",
        "UPDATE purchases SET sealed = randomblob(length(sealed))",
        "UPDATE purchases SET last_sequence = last_sequence + 1",
        "DELETE FROM purchases",
        "UPDATE settings SET sealed = randomblob(length(sealed))",
        "DELETE FROM settings WHERE name = 'checkpoint.cosigned'"};
    std::mt19937_64 random(seed(20261124));
    const int count = cases(40, 1000);
    for (int i = 0; i < count; ++i) {
        copyBase();
        {
            const auto log = journal::Journal::open(m_owner.options(m_folder.path()), m_owner.sealingKey);
            QVERIFY(log);
            for (std::uint64_t more = random() % 20; more > 0; --more) {
                journal::Batch batch;
                batch.entries.push_back({journal::EntryKind::session,
                                         payment::DriverId::fromText(random() % 2 ? "mia" : "zoe").value(),
                                         [more](std::uint64_t) { return base::Json{{"n", more}}; }});
                QVERIFY((*log)->append(batch));
            }
        }
        const bool damaged = i % 2 == 1;
        if (damaged) {
            const auto size = std::uint64_t(number("SELECT count(*) FROM entries"));
            QByteArray at;
            do {
                at = QByteArray::number(qulonglong(1 + random() % (size - 1)));
            } while (number("SELECT sealed IS NULL FROM entries WHERE sequence = " + at) == 1);
            QByteArray damage = damages[random() % damages.size()];
            sql(damage.replace("%1", at));
        }
        const Answer first = verify();
        const Answer second = run(QStringLiteral("python3"),
                                  {QStringLiteral(GLOVEBOX_SOURCE_DIR "/tests/crash/verify_journal.py"),
                                   file("journal.sqlite"), file("sealing.key"), file("car.jwk"), m_witness});
        QVERIFY2(first.exitCode == (damaged ? 1 : 0), (first.out + first.errors).constData());
        QVERIFY2(second.exitCode == first.exitCode, (first.out + second.out + second.errors).constData());
        const auto other = base::parseJson(second.out.toStdString(), {1'000'000, 8}).value();
        Findings expected;
        for (const base::Json &one : other.at("findings")) {
            expected.emplace(one.at(0).is_null() ? -1 : one.at(0).get<std::int64_t>(),
                             one.at(1).get<std::string>());
        }
        Findings found = findings(first);
        const auto alone = [](const auto &one) { return !kShared.contains(one.second); };
        std::erase_if(found, alone);
        std::erase_if(expected, alone);
        QVERIFY2(found == expected, (first.out + second.out).constData());
        const auto root = base::parseJson(first.out.toStdString(), {1'000'000, 8}).value().at("root");
        QVERIFY(root == other.at("root"));
    }
}

GLOVEBOX_TEST_MAIN(VerifyTest)
#include "verify_test.moc"
