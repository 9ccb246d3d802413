// SPDX-License-Identifier: Apache-2.0
#include "crypto/keys.h"
#include "crypto/tpm.h"
#include "tests/support/fatal_log.h"
#include "tests/support/software_tpm.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace glovebox;
using crypto::Secret;
using crypto::SignedPolicy;
using crypto::SigningKey;
using crypto::Tpm;
using crypto::TpmFault;

namespace
{

const std::vector<unsigned> kPcrs{7, 11};
constexpr std::uint32_t kIndex = 0x01800476;

Secret secretOf(std::string text)
{
    return Secret::take({reinterpret_cast<std::uint8_t *>(text.data()), text.size()});
}

bool same(const Secret &a, const Secret &b)
{
    return std::ranges::equal(a.view(), b.view());
}

} // namespace

/// What the journal needs of a chip and OpenSSL's provider does not offer.
class TpmTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void whatWasSealedOpensAgain();
    void anUpdateIsSignedFor();
    void onlyTheAuthorityAuthorises();
    void anotherChipDoesNotUnseal();
    void everyFlippedByteIsRefused();
    void policiesAreReadStrictly();
    void theCounterOnlyGrows();
    void whatIsNoCounterIsNotRead();
    void thePinOpensAndLocks();
    void makesASigningKeyOnce();
    void aDeadChipIsUnreachable();

private:
    [[nodiscard]] std::shared_ptr<Tpm> open() const;
    [[nodiscard]] SignedPolicy policyForNow(const SigningKey &authority) const;
    [[nodiscard]] bool extend(unsigned pcr);

    std::unique_ptr<testing::SoftwareTpm> m_chip;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SigningKey> m_authority; // of the maker: never in a car
};

void TpmTest::init()
{
    m_chip = std::make_unique<testing::SoftwareTpm>();
    QVERIFY2(m_chip->start(), qPrintable(m_chip->errorString()));
    m_folder = std::make_unique<QTemporaryDir>();
    auto key =
        SigningKey::createDevelopmentKey(m_folder->filePath(QStringLiteral("authority.pem")).toStdString());
    QVERIFY(key);
    m_authority = std::make_unique<SigningKey>(std::move(*key));
}

void TpmTest::cleanup()
{
    m_chip.reset();
}

std::shared_ptr<Tpm> TpmTest::open() const
{
    auto tpm = Tpm::open(m_chip->tcti());
    return tpm ? *tpm : nullptr;
}

SignedPolicy TpmTest::policyForNow(const SigningKey &authority) const
{
    const auto values = open()->readPcrs(kPcrs);
    return crypto::signPolicy(authority, kPcrs, *values).value();
}

bool TpmTest::extend(unsigned pcr)
{
    return m_chip->tool(QStringLiteral("tpm2_pcrextend"),
                        {QStringLiteral("%1:sha256=%2").arg(pcr).arg(QString(64, QLatin1Char('a')))});
}

void TpmTest::whatWasSealedOpensAgain()
{
    const Secret key = Secret::random(32);
    const auto sealed = open()->seal(m_authority->publicKey(), key);
    QVERIFY2(sealed, sealed ? "" : sealed.error().detail.c_str());
    QVERIFY(std::ranges::search(*sealed, key.view()).empty());
    const std::vector policies{policyForNow(*m_authority)};
    const auto opened = open()->unseal(m_authority->publicKey(), *sealed, policies);
    QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
    QVERIFY(same(*opened, key));
    // As after a power cut; and more often than the chip has room for what is left lying.
    m_chip->die();
    QVERIFY2(m_chip->start(), qPrintable(m_chip->errorString()));
    const auto tpm = open();
    for (int i = 0; i < 10; ++i) {
        QVERIFY(tpm->unseal(m_authority->publicKey(), *sealed, policies));
    }
}

void TpmTest::anUpdateIsSignedFor()
{
    const Secret key = Secret::random(32);
    const auto tpm = open();
    const auto sealed = tpm->seal(m_authority->publicKey(), key);
    QVERIFY(sealed);
    const SignedPolicy before = policyForNow(*m_authority);
    QVERIFY(tpm->unseal(m_authority->publicKey(), *sealed, {{before}}));

    QVERIFY2(extend(11), qPrintable(m_chip->errorString()));
    const auto refused = tpm->unseal(m_authority->publicKey(), *sealed, {{before}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, TpmFault::policy);

    // Signed from the values that an update will lead to, by somebody who has no access to the car.
    const SignedPolicy after = policyForNow(*m_authority);
    const auto opened = tpm->unseal(m_authority->publicKey(), *sealed, {{before, after}});
    QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
    QVERIFY(same(*opened, key));
}

void TpmTest::onlyTheAuthorityAuthorises()
{
    const auto other =
        SigningKey::createDevelopmentKey(m_folder->filePath(QStringLiteral("other.pem")).toStdString());
    const auto tpm = open();
    const auto sealed = tpm->seal(m_authority->publicKey(), Secret::random(32));
    QVERIFY(sealed && other);
    const auto unsealed = [&](const crypto::PublicKey &authority, const std::vector<SignedPolicy> &policies) {
        const auto opened = tpm->unseal(authority, *sealed, policies);
        return opened ? std::string("opened") : std::to_string(static_cast<int>(opened.error().code));
    };
    const std::string refused = std::to_string(static_cast<int>(TpmFault::policy));
    QCOMPARE(unsealed(m_authority->publicKey(), {policyForNow(*other)}), refused);
    QCOMPARE(unsealed(other->publicKey(), {policyForNow(*other)}), refused);
    QCOMPARE(unsealed(m_authority->publicKey(), {}), refused);
    SignedPolicy changed = policyForNow(*m_authority);
    changed.digest[0] ^= 1;
    QCOMPARE(unsealed(m_authority->publicKey(), {changed}), refused);
    QCOMPARE(unsealed(m_authority->publicKey(), {policyForNow(*m_authority)}), std::string("opened"));
}

void TpmTest::anotherChipDoesNotUnseal()
{
    const auto sealed = open()->seal(m_authority->publicKey(), Secret::random(32));
    QVERIFY(sealed);
    testing::SoftwareTpm other;
    QVERIFY2(other.start(), qPrintable(other.errorString()));
    const auto opened = Tpm::open(other.tcti())
                            .value()
                            ->unseal(m_authority->publicKey(), *sealed, {{policyForNow(*m_authority)}});
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, TpmFault::malformed);
}

void TpmTest::everyFlippedByteIsRefused()
{
    const auto tpm = open();
    const auto sealed = tpm->seal(m_authority->publicKey(), Secret::random(32));
    QVERIFY(sealed);
    const std::vector policies{policyForNow(*m_authority)};
    for (std::size_t i = 0; i < sealed->size(); ++i) {
        base::Bytes changed = *sealed;
        changed[i] ^= 0x01;
        QVERIFY2(!tpm->unseal(m_authority->publicKey(), changed, policies), qPrintable(QString::number(i)));
    }
    QVERIFY(tpm->unseal(m_authority->publicKey(), *sealed, policies));
}

void TpmTest::policiesAreReadStrictly()
{
    const std::vector policies{policyForNow(*m_authority)};
    const base::Json json = crypto::toJson(policies);
    const auto read = crypto::policiesFromJson(json);
    QVERIFY(read);
    QCOMPARE(read->size(), std::size_t{1});
    QCOMPARE(read->front().pcrs, kPcrs);
    QVERIFY(read->front().digest == policies.front().digest);
    QVERIFY(read->front().signature == policies.front().signature);
    const auto refused = [&json](const char *pointer, const base::Json &value) {
        base::Json changed = json;
        changed[base::Json::json_pointer(pointer)] = value;
        return !crypto::policiesFromJson(changed);
    };
    QVERIFY(refused("/v", 2));
    QVERIFY(refused("/more", 1));
    QVERIFY(refused("/policies/0/pcrs", base::Json::array({11, 7})));
    QVERIFY(refused("/policies/0/pcrs", base::Json::array({24})));
    QVERIFY(refused("/policies/0/pcrs", base::Json::array({-1})));
    QVERIFY(refused("/policies/0/pcrs", base::Json::array()));
    QVERIFY(refused("/policies/0/digest", "AAAA"));
    QVERIFY(refused("/policies/0/signature", "AAAA"));
}

void TpmTest::theCounterOnlyGrows()
{
    const auto tpm = open();
    QCOMPARE(tpm->readCounter(kIndex).error().code, TpmFault::notThere);
    QVERIFY(tpm->makeCounter(kIndex));
    QCOMPARE(tpm->makeCounter(kIndex).error().code, TpmFault::exists);
    const std::uint64_t first = tpm->readCounter(kIndex).value();
    QCOMPARE(tpm->stepCounter(kIndex).value(), first + 1);
    QCOMPARE(tpm->readCounter(kIndex).value(), first + 1);
    m_chip->die(); // nobody told it to shut down
    QVERIFY2(m_chip->start(), qPrintable(m_chip->errorString()));
    const auto counter = crypto::counterOf(open(), kIndex);
    QVERIFY(counter->read().value() >= first + 1);
    const std::uint64_t last = counter->step().value();
    // Removing it and making it again is no way back.
    QVERIFY(open()->removeCounter(kIndex));
    QVERIFY(open()->makeCounter(kIndex));
    QVERIFY(counter->read().value() > last);
}

void TpmTest::whatIsNoCounterIsNotRead()
{
    QVERIFY2(m_chip->tool(QStringLiteral("tpm2_nvdefine"),
                          {QStringLiteral("0x01800476"), QStringLiteral("-C"), QStringLiteral("o"),
                           QStringLiteral("-s"), QStringLiteral("8"), QStringLiteral("-a"),
                           QStringLiteral("authread|authwrite|ownerread|ownerwrite")}),
             qPrintable(m_chip->errorString()));
    QCOMPARE(open()->readCounter(kIndex).error().code, TpmFault::malformed);
    QVERIFY(!open()->stepCounter(kIndex));
}

void TpmTest::thePinOpensAndLocks()
{
    const auto tpm = open();
    const Secret right = secretOf("471103");
    const Secret wrong = secretOf("471104");
    const auto object = tpm->makePin(right);
    QVERIFY2(object, object ? "" : object.error().detail.c_str());
    QVERIFY(std::ranges::search(*object, right.view()).empty());
    QVERIFY(tpm->checkPin(*object, right));
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(tpm->checkPin(*object, wrong).error().code, TpmFault::wrongAuth);
    }
    // From here on the right one does not help either, nor does another process or a restart.
    QCOMPARE(tpm->checkPin(*object, wrong).error().code, TpmFault::locked);
    QCOMPARE(tpm->checkPin(*object, right).error().code, TpmFault::locked);
    m_chip->die();
    QVERIFY2(m_chip->start(), qPrintable(m_chip->errorString()));
    QCOMPARE(open()->checkPin(*object, right).error().code, TpmFault::locked);
    // The car still signs and counts.
    QVERIFY(open()->makeCounter(kIndex));
    QVERIFY(open()->stepCounter(kIndex));
}

void TpmTest::makesASigningKeyOnce()
{
    constexpr std::uint32_t kHandle = 0x81000010;
    QVERIFY(open()->makeSigningKey(kHandle));
    QCOMPARE(open()->makeSigningKey(kHandle).error().code, TpmFault::exists);
    {
        const auto key = SigningKey::open("handle:0x81000010", m_chip->tcti());
        QVERIFY2(key, key ? "" : key.error().detail.c_str());
        const auto signature = key->sign(base::bytesOf("message"));
        QVERIFY(signature && key->publicKey().verify(base::bytesOf("message"), *signature));
        // Both at once, over the same chip.
        QVERIFY(open()->seal(m_authority->publicKey(), Secret::random(32)));
        QVERIFY(key->sign(base::bytesOf("message")));
    }
    QVERIFY(open()->removeSigningKey(kHandle));
    QCOMPARE(open()->removeSigningKey(kHandle).error().code, TpmFault::notThere);
}

void TpmTest::aDeadChipIsUnreachable()
{
    const auto tpm = open();
    QVERIFY(tpm->makeCounter(kIndex));
    m_chip->die();
    QCOMPARE(tpm->readCounter(kIndex).error().code, TpmFault::unreachable);
    QCOMPARE(tpm->stepCounter(kIndex).error().code, TpmFault::unreachable);
    QCOMPARE(Tpm::open(m_chip->tcti()).error().code, TpmFault::unreachable);
}

GLOVEBOX_TEST_MAIN(TpmTest)
#include "tpm_test.moc"
