// SPDX-License-Identifier: Apache-2.0
#include "crypto/cosigner.h"

#include "tests/support/fatal_log.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

using namespace glovebox;
using namespace glovebox::crypto;

namespace
{

const std::string kText = "glovebox/j1\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

auto faultOf(const auto &result)
{
    return result.error().code;
}

} // namespace

class NotesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsTheExampleOfTheSpecification();
    void otherForms_data();
    void otherForms();
    void aSignedNoteIsOfItsKeyAndName();
    void everyLineOfAKnownKeyMustVerify();
    void anotherProgramVerifies();
    void aCosignatureSaysWhen();
    void aCosignerIsNamedInFull();
    void keysOfOtherKinds();

private:
    [[nodiscard]] std::string file(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    QTemporaryDir m_folder;
    std::optional<SigningKey> m_car;
    std::optional<SigningKey> m_stranger;
};

void NotesTest::initTestCase()
{
    m_car = SigningKey::createDevelopmentKey(file("car.pem")).value();
    m_stranger = SigningKey::createDevelopmentKey(file("stranger.pem")).value();
}

void NotesTest::readsTheExampleOfTheSpecification()
{
    // C2SP tlog-cosignature.
    const std::string note =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "\xE2\x80\x94 example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        "\xE2\x80\x94 witness.example.com/w1 "
        "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+"
        "mbIUBkBIfZ+qnA==\n";
    const auto read = parseNote(note);
    QVERIFY(read);
    QCOMPARE(read->signatures.size(), std::size_t(2));
    QCOMPARE(read->signatures[1].name, std::string("witness.example.com/w1"));
    QCOMPARE(read->signatures[1].keyId, std::uint32_t(0x8D66CF3F));
    QCOMPARE(noteOf(*read), note);
    // Of nobody known here.
    QCOMPARE(faultOf(verifyNote(*read, "example.com/behind-the-sofa", {})), NoteFault::unknownKey);
}

void NotesTest::otherForms_data()
{
    QTest::addColumn<QByteArray>("note");
    const QByteArray line = "\xE2\x80\x94 name AAAAAAAA\n";
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no signature") << QByteArray("text\n\n");
    QTest::newRow("no empty line") << QByteArray("text\n") + line;
    QTest::newRow("no end") << QByteArray("text\n\n") + line.chopped(1);
    QTest::newRow("no dash") << QByteArray("text\n\nname AAAAAAAA\n");
    QTest::newRow("no name") << QByteArray("text\n\n\xE2\x80\x94  AAAAAAAA\n");
    QTest::newRow("plus in the name") << QByteArray("text\n\n\xE2\x80\x94 a+b AAAAAAAA\n");
    QTest::newRow("no base64") << QByteArray("text\n\n\xE2\x80\x94 name AAAA AAA\n");
    QTest::newRow("a key id alone") << QByteArray("text\n\n\xE2\x80\x94 name AAAAAA==\n");
    QTest::newRow("control character") << QByteArray("te\txt\n\n") + line;
    QTest::newRow("no UTF-8") << QByteArray("te\xFFxt\n\n") + line;
    QTest::newRow("too many") << QByteArray("text\n\n") + line.repeated(33);
    QTest::newRow("too long") << QByteArray(20'000, 'x') + "\n\n" + line;
}

void NotesTest::otherForms()
{
    QFETCH(QByteArray, note);
    const auto read = parseNote(note.toStdString());
    QVERIFY(!read);
    QCOMPARE(faultOf(read), NoteFault::malformed);
    QVERIFY(parseNote("text\n\n\xE2\x80\x94 name AAAAAAAA\n"));
}

void NotesTest::aSignedNoteIsOfItsKeyAndName()
{
    const auto note = signNote(*m_car, "glovebox/j1", kText);
    QVERIFY(note);
    const SignedNote read = parseNote(*note).value();
    QCOMPARE(read.text, kText);
    const std::array keys{m_stranger->publicKey(), m_car->publicKey()};
    const auto signer = verifyNote(read, "glovebox/j1", keys);
    QVERIFY(signer);
    QCOMPARE(signer->thumbprint(), m_car->publicKey().thumbprint());
    QCOMPARE(faultOf(verifyNote(read, "glovebox/j2", keys)), NoteFault::unknownKey);
    QCOMPARE(faultOf(verifyNote(read, "glovebox/j1", std::span(keys).first(1))), NoteFault::unknownKey);
    SignedNote bent = read;
    bent.text[0] = 'G';
    QCOMPARE(faultOf(verifyNote(bent, "glovebox/j1", keys)), NoteFault::signature);
    QVERIFY(!signNote(*m_car, "glovebox j1", kText));
    QVERIFY(!signNote(*m_car, "glovebox/j1", "no end"));
}

void NotesTest::everyLineOfAKnownKeyMustVerify()
{
    const std::array keys{m_car->publicKey()};
    SignedNote note = parseNote(signNote(*m_car, "glovebox/j1", kText).value()).value();
    // Lines of strangers, also with our id or with our name, count for nothing and do no harm.
    note.signatures.push_back({"glovebox/j1", 1, base::Bytes(70)});
    note.signatures.push_back({"another", note.signatures[0].keyId, base::Bytes(70)});
    QVERIFY(verifyNote(note, "glovebox/j1", keys));
    note.signatures.push_back({"glovebox/j1", note.signatures[0].keyId, base::Bytes(70)});
    QCOMPARE(faultOf(verifyNote(note, "glovebox/j1", keys)), NoteFault::signature);
}

void NotesTest::anotherProgramVerifies()
{
    // openssl dgst: DER over SHA-256, under a SubjectPublicKeyInfo whose hash begins with the key id.
    const SignedNote note = parseNote(signNote(*m_car, "glovebox/j1", kText).value()).value();
    const auto write = [this](const char *name, base::ByteView bytes) {
        QFile out(QString::fromStdString(file(name)));
        return out.open(QIODevice::WriteOnly) &&
               out.write(QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()))) ==
                   qsizetype(bytes.size());
    };
    QVERIFY(write("text", base::bytesOf(kText)) && write("signature", note.signatures[0].signature) &&
            write("key.der", subjectPublicKeyInfo(m_car->publicKey())));
    const auto openssl = [this](const QStringList &arguments) {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral("openssl"), arguments);
        process.waitForFinished();
        return process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
    };
    const QString form = QStringLiteral("-keyform DER -verify key.der -signature signature text");
    QVERIFY(
        openssl((QStringLiteral("dgst -sha256 ") + form).split(QLatin1Char(' '))).contains("Verified OK"));
    const QByteArray hash = openssl(QStringLiteral("dgst -sha256 -r key.der").split(QLatin1Char(' ')));
    QCOMPARE(hash.left(8), QByteArray::number(note.signatures[0].keyId, 16).rightJustified(8, '0'));
}

void NotesTest::aCosignatureSaysWhen()
{
    const auto witness = CosigningKey::create(file("witness.pem"), "witness.example/w1");
    QVERIFY(witness);
    const std::string note = signNote(*m_car, "glovebox/j1", kText).value();
    const std::string line = witness->cosign(kText, 1679315147).value();
    const SignedNote both = parseNote(note + line).value();
    const auto when = witness->publicKey().verify(both);
    QVERIFY(when);
    QCOMPARE(*when, std::uint64_t(1679315147));
    const std::array keys{m_car->publicKey()};
    QVERIFY(verifyNote(both, "glovebox/j1", keys));

    QCOMPARE(faultOf(witness->publicKey().verify(parseNote(note).value())), NoteFault::unknownKey);
    SignedNote bent = both;
    bent.text = "glovebox/j1\n8\n";
    QCOMPARE(faultOf(witness->publicKey().verify(bent)), NoteFault::signature);
    SignedNote later = both;
    later.signatures[1].signature[7] ^= 1U; // another time
    QCOMPARE(faultOf(witness->publicKey().verify(later)), NoteFault::signature);
    SignedNote cut = both;
    cut.signatures[1].signature.pop_back();
    QCOMPARE(faultOf(witness->publicKey().verify(cut)), NoteFault::signature);
    const auto again = CosigningKey::open(file("witness.pem"), "witness.example/w1");
    QVERIFY(again && again->publicKey().verify(both));
}

void NotesTest::aCosignerIsNamedInFull()
{
    const auto witness = CosigningKey::create(file("named.pem"), "witness.example/w1").value();
    const std::string vkey = witness.publicKey().vkey();
    const auto read = CosignerKey::fromVkey(vkey);
    QVERIFY(read);
    QCOMPARE(read->name(), std::string("witness.example/w1"));
    QCOMPARE(read->vkey(), vkey);
    QVERIFY(
        !CosignerKey::fromVkey("witness.example/w2" + vkey.substr(vkey.find('+')))); // the id fits no more
    QVERIFY(!CosignerKey::fromVkey(vkey.substr(0, vkey.size() - 4)));
    QVERIFY(!CosignerKey::fromVkey("witness.example/w1"));
    // Ed25519 notes without a time are of another type: the example of signed-note.
    QVERIFY(!CosignerKey::fromVkey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"));
}

void NotesTest::keysOfOtherKinds()
{
    QCOMPARE(faultOf(SigningKey::open("file:" + file("named.pem"))), KeyFault::wrongType);
    const auto ofCar = CosigningKey::open(file("car.pem"), "witness.example/w1");
    QVERIFY(!ofCar);
    QVERIFY(ofCar.error().code == KeyFault::wrongType);
    QVERIFY(CosigningKey::open(file("none.pem"), "w").error().code == KeyFault::missing);
    QVERIFY(CosigningKey::create(file("car.pem"), "w").error().code == KeyFault::exists);
    QVERIFY(CosigningKey::open(file("named.pem"), "a name").error().code == KeyFault::malformed);
    QVERIFY(QFile::setPermissions(QString::fromStdString(file("named.pem")),
                                  QFile::ReadOwner | QFile::ReadGroup));
    QVERIFY(CosigningKey::open(file("named.pem"), "w").error().code == KeyFault::wrongMode);
}

GLOVEBOX_TEST_MAIN(NotesTest)
#include "notes_test.moc"
