// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "crypto/pin.h"
#include "crypto/seal.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

using namespace glovebox;

namespace
{

crypto::Secret secretOf(std::string text)
{
    return crypto::Secret::take({reinterpret_cast<std::uint8_t *>(text.data()), text.size()});
}

base::Bytes hex(const char *text)
{
    return base::fromHex(text).value();
}

/// One line of the kernel's account of the mapping that holds an address.
QByteArray mappingLine(const void *address, const char *name)
{
    QFile maps(QStringLiteral("/proc/self/smaps"));
    if (!maps.open(QIODevice::ReadOnly)) {
        return {};
    }
    bool inside = false;
    const auto lines = maps.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray first = line.split(' ').value(0);
        if (const auto dash = first.indexOf('-'); dash > 0 && !first.endsWith(':')) {
            const auto at = reinterpret_cast<quintptr>(address);
            inside = first.left(dash).toULongLong(nullptr, 16) <= at &&
                     at < first.mid(dash + 1).toULongLong(nullptr, 16);
        } else if (inside && line.startsWith(name)) {
            return line;
        }
    }
    return {};
}

} // namespace

class PrimitivesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashes();
    void hmacOfRfc4231();
    void scryptOfRfc7914();
    void comparesInConstantTime();
    void idsAreRandomBase32();
    void secretsAreLockedAndLeftOutOfDumps();
    void secretTakesAndWipes();
    void sealsAndNoticesEveryChange();
    void wrapsKeys();
    void sealingKeyFile();
    void pinRecords();
};

void PrimitivesTest::hashes()
{
    // FIPS 180-4, "abc".
    const base::Bytes abc = hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QVERIFY(crypto::equalInConstantTime(crypto::sha256(base::bytesOf("abc")), abc));
    QVERIFY(crypto::equalInConstantTime(crypto::sha256({base::bytesOf("a"), {}, base::bytesOf("bc")}), abc));
    QCOMPARE(crypto::hashJson(base::Json{{"b", 1}, {"a", 2}}),
             base::toBase64Url(crypto::sha256(base::bytesOf(R"({"a":2,"b":1})"))));
}

void PrimitivesTest::hmacOfRfc4231()
{
    const auto fits = [](const base::Bytes &key, const char *data, const char *tag) {
        return crypto::equalInConstantTime(crypto::hmacSha256(key, base::bytesOf(data)), hex(tag));
    };
    QVERIFY(fits(base::Bytes(20, 0x0b), "Hi There",
                 "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    QVERIFY(fits(hex("4a656665"), "what do ya want for nothing?",
                 "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    QVERIFY(fits(base::Bytes(131, 0xaa), "Test Using Larger Than Block-Size Key - Hash Key First",
                 "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    // A key of no bytes is a key, not "the one from before".
    QVERIFY(fits({}, "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
}

void PrimitivesTest::scryptOfRfc7914()
{
    crypto::PinRecord record;
    record.cost_log2 = 14;
    const base::ByteView salt = base::bytesOf("SodiumChloride");
    record.salt.assign(salt.begin(), salt.end());
    record.hash = hex("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
    QVERIFY(crypto::checkPin(record, secretOf("pleaseletmein")));
    QVERIFY(!crypto::checkPin(record, secretOf("pleaseletmeiN")));
}

void PrimitivesTest::comparesInConstantTime()
{
    QVERIFY(crypto::equalInConstantTime({}, {}));
    QVERIFY(crypto::equalInConstantTime(base::bytesOf("same"), base::bytesOf("same")));
    QVERIFY(!crypto::equalInConstantTime(base::bytesOf("same"), base::bytesOf("samf")));
    QVERIFY(!crypto::equalInConstantTime(base::bytesOf("same"), base::bytesOf("sam")));
}

void PrimitivesTest::idsAreRandomBase32()
{
    constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
    std::set<std::string> seen;
    std::set<char> used;
    for (int i = 0; i < 200; ++i) {
        const std::string id = crypto::randomId('p');
        QCOMPARE(id.size(), std::size_t{26});
        QCOMPARE(id.front(), 'p');
        QCOMPARE(id.find_first_not_of(kAlphabet, 1), std::string::npos);
        used.insert(id.begin() + 1, id.end());
        seen.insert(id);
    }
    QCOMPARE(seen.size(), std::size_t{200});
    QCOMPARE(used.size(), kAlphabet.size()); // 5000 draws: one of 32 absent has a chance of e^-151
    QCOMPARE(crypto::randomBytes(0).size(), std::size_t{0});
}

void PrimitivesTest::secretsAreLockedAndLeftOutOfDumps()
{
    const crypto::Secret secret = crypto::Secret::random(32);
    const QByteArray flags = mappingLine(secret.view().data(), "VmFlags:");
    QVERIFY2(flags.contains(" lo"), flags.constData()); // locked
    QVERIFY2(flags.contains(" dd"), flags.constData()); // not dumped
    QVERIFY(secret.view().size() == 32);
}

void PrimitivesTest::secretTakesAndWipes()
{
    std::array<std::uint8_t, 4> source{1, 2, 3, 4};
    crypto::Secret first = crypto::Secret::take(source);
    QCOMPARE(source, (std::array<std::uint8_t, 4>{}));
    const std::uint8_t *const where = first.view().data();
    crypto::Secret second = std::move(first);
    QCOMPARE(second.view().data(), where);
    QCOMPARE(second.view()[3], std::uint8_t{4});
    QCOMPARE(first.view().size(),
             std::size_t{0}); // NOLINT(bugprone-use-after-move): that it is empty is the point
    const crypto::Secret zeroed(5000);
    QVERIFY(std::ranges::all_of(zeroed.view(), [](std::uint8_t byte) { return byte == 0; }));
}

void PrimitivesTest::sealsAndNoticesEveryChange()
{
    const auto key = crypto::Secret::random(32);
    const base::ByteView header = base::bytesOf("header");
    for (const std::string &text : {std::string(), std::string("two coffees")}) {
        auto sealed = crypto::seal(key, header, base::bytesOf(text)).value();
        QCOMPARE(sealed.size(), text.size() + 28);
        QCOMPARE(base::textOf(crypto::unseal(key, header, sealed).value()), std::string_view(text));
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            sealed[i] ^= 1;
            QCOMPARE(crypto::unseal(key, header, sealed).error().code, crypto::SealFault::tampered);
            sealed[i] ^= 1;
        }
        QVERIFY(!crypto::unseal(key, base::bytesOf("Header"), sealed));
        QVERIFY(!crypto::unseal(crypto::Secret::random(32), header, sealed));
        QVERIFY(!crypto::unseal(key, header, base::ByteView(sealed).first(27)));
        QVERIFY(crypto::seal(key, header, base::bytesOf(text)).value() != sealed); // another nonce
    }
    QCOMPARE(crypto::seal(crypto::Secret::random(16), header, {}).error().code, crypto::SealFault::keySize);
}

void PrimitivesTest::wrapsKeys()
{
    const auto sealingKey = crypto::Secret::random(32);
    const auto dataKey = crypto::Secret::random(32);
    const auto wrapped = crypto::wrapKey(sealingKey, base::bytesOf("driver 1"), dataKey).value();
    const auto back = crypto::unwrapKey(sealingKey, base::bytesOf("driver 1"), wrapped);
    QVERIFY(back && crypto::equalInConstantTime(back->view(), dataKey.view()));
    QVERIFY(!crypto::unwrapKey(sealingKey, base::bytesOf("driver 2"), wrapped));
    QVERIFY(!crypto::unwrapKey(dataKey, base::bytesOf("driver 1"), wrapped));
}

void PrimitivesTest::sealingKeyFile()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("sealing.key")).toStdString();
    QCOMPARE(crypto::readSealingKey(path).error().code, ENOENT);
    const auto made = crypto::createSealingKey(path);
    QVERIFY(made);
    QVERIFY(crypto::equalInConstantTime(crypto::readSealingKey(path)->view(), made->view()));
    QCOMPARE(crypto::createSealingKey(path).error().code, EEXIST);
    QVERIFY(crypto::equalInConstantTime(crypto::readSealingKey(path)->view(), made->view()));
    const std::string link = path + ".link";
    QCOMPARE(symlink(path.c_str(), link.c_str()), 0);
    QCOMPARE(crypto::readSealingKey(link).error().code, ELOOP);
    QCOMPARE(chmod(path.c_str(), 0640), 0);
    QCOMPARE(crypto::readSealingKey(path).error().code, EPERM);
    QCOMPARE(chmod(path.c_str(), 0600), 0);
    QCOMPARE(truncate(path.c_str(), 31), 0);
    QCOMPARE(crypto::readSealingKey(path).error().code, EINVAL);
    QCOMPARE(truncate(path.c_str(), 33), 0);
    QCOMPARE(crypto::readSealingKey(path).error().code, EINVAL);
    // Nothing of the attempts is left beside it.
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
}

void PrimitivesTest::pinRecords()
{
    for (const char *wrong : {"", "12345", "1234567", "12345a", "\xd9\xa1\xd9\xa2\xd9\xa3"}) {
        QVERIFY2(!crypto::enrolPin(secretOf(wrong)), wrong);
    }
    const auto record = crypto::enrolPin(secretOf("482913"));
    QVERIFY(record);
    const base::Json json = crypto::toJson(*record);
    const auto back = crypto::pinRecordFromJson(json);
    QVERIFY(back);
    QVERIFY(crypto::checkPin(*back, secretOf("482913")));
    QVERIFY(!crypto::checkPin(*back, secretOf("482914")));
    const base::Json bad[] = {{{"cost_log2", 10}}, {{"cost_log2", 30}}, {{"kdf", "md5"}}, {{"salt", ""}},
                              {{"hash", "AAAA"}},  {{"parallel", 0}},   {{"more", 1}},    {{"v", 2}}};
    for (const base::Json &change : bad) {
        base::Json changed = json;
        changed.update(change);
        QVERIFY2(!crypto::pinRecordFromJson(changed), changed.dump().c_str());
    }
}

GLOVEBOX_TEST_MAIN(PrimitivesTest)
#include "primitives_test.moc"
