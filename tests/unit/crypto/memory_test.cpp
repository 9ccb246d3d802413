// SPDX-License-Identifier: Apache-2.0
// Which copies of a key are in this process: none but the Secret's own while it lives, none after it.
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "crypto/tpm.h"
#include "tests/support/fatal_log.h"
#include "tests/support/software_tpm.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

using namespace glovebox;

namespace
{

constexpr std::size_t kKey = 32;
constexpr std::uint8_t kMask = 0xA5;

/// What is searched for, in another form: the search must not find itself.
base::Bytes masked(base::ByteView key)
{
    base::Bytes bytes(key.begin(), key.end());
    for (std::uint8_t &byte : bytes) {
        byte ^= kMask;
    }
    return bytes;
}

/// The window that memory is read through holds copies for a while: it is not counted, and wiped.
std::unique_ptr<base::Bytes> window()
{
    return std::make_unique<base::Bytes>(1 << 20);
}

int countIn(base::ByteView memory, base::ByteView wanted)
{
    int count = 0;
    for (std::size_t i = 0; i + wanted.size() <= memory.size(); ++i) {
        std::size_t same = 0;
        while (same < wanted.size() && (memory[i + same] ^ kMask) == wanted[same]) {
            ++same;
        }
        count += same == wanted.size() ? 1 : 0;
    }
    return count;
}

/// Copies in all memory of this process that can be read.
int copies(const base::Bytes &wanted)
{
    const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    std::FILE *const maps = std::fopen("/proc/self/maps", "re");
    if (memory < 0 || maps == nullptr) {
        qFatal("this process cannot read its own memory");
    }
    const auto buffer = window();
    int count = 0;
    char line[512];
    while (std::fgets(line, sizeof line, maps) != nullptr) {
        unsigned long start = 0;
        unsigned long end = 0;
        char mode = 0;
        if (std::sscanf(line, "%lx-%lx %c", &start, &end, &mode) != 3 || mode != 'r') {
            continue;
        }
        const auto own = reinterpret_cast<unsigned long>(buffer->data());
        for (unsigned long at = start; at < end; at += buffer->size() - kKey) {
            const std::size_t size = std::min<std::size_t>(buffer->size(), end - at);
            if (at < own + buffer->size() && own < at + size) {
                continue;
            }
            const ssize_t got = pread(memory, buffer->data(), size, static_cast<off_t>(at));
            if (got > 0) {
                count += countIn(base::ByteView(*buffer).first(static_cast<std::size_t>(got)), wanted);
            }
        }
    }
    std::fill(buffer->begin(), buffer->end(), std::uint8_t{0});
    std::fclose(maps);
    close(memory);
    return count;
}

} // namespace

class MemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDataKeyGoesWithItsSecret();
    void whatAChipUnsealedGoesWithItsSecret();
};

void MemoryTest::aDataKeyGoesWithItsSecret()
{
    const crypto::Secret sealing = crypto::Secret::random(kKey);
    base::Bytes wanted;
    {
        const crypto::Secret key = crypto::Secret::random(kKey);
        wanted = masked(key.view());
        const base::ByteView label = base::bytesOf("label");
        const auto wrapped = crypto::wrapKey(sealing, label, key);
        QVERIFY(wrapped);
        const auto again = crypto::unwrapKey(sealing, label, *wrapped);
        QVERIFY(again);
        const auto sealed = crypto::seal(*again, label, base::bytesOf("payload"));
        QVERIFY(sealed && crypto::unseal(key, label, *sealed));
        (void)crypto::hmacSha256(key.view(), label);
        {
            // The search finds what lies about.
            auto careless = std::make_unique<base::Bytes>(key.view().begin(), key.view().end());
            QCOMPARE(copies(wanted), 3);
            std::fill(careless->begin(), careless->end(), std::uint8_t{0});
        }
        QCOMPARE(copies(wanted), 2); // `key` and `again`; nothing that sealing with them left
    }
    QCOMPARE(copies(wanted), 0);
}

void MemoryTest::whatAChipUnsealedGoesWithItsSecret()
{
    testing::SoftwareTpm chip;
    QVERIFY2(chip.start(), qPrintable(chip.errorString()));
    const QTemporaryDir folder;
    const auto authority =
        crypto::SigningKey::createDevelopmentKey(folder.filePath(QStringLiteral("key.pem")).toStdString());
    const auto tpm = crypto::Tpm::open(chip.tcti());
    QVERIFY(authority && tpm);
    base::Bytes wanted;
    base::Bytes sealed;
    {
        const crypto::Secret key = crypto::Secret::random(kKey);
        wanted = masked(key.view());
        sealed = (*tpm)->seal(authority->publicKey(), key).value();
        QCOMPARE(copies(wanted), 1);
    }
    const std::vector<unsigned> pcrs{7};
    const auto policy = crypto::signPolicy(*authority, pcrs, (*tpm)->readPcrs(pcrs).value());
    QVERIFY(policy);
    {
        const auto key = (*tpm)->unseal(authority->publicKey(), sealed, {{*policy}});
        QVERIFY(key);
        QCOMPARE(copies(wanted), 1); // also while the stack's buffers live
    }
    QCOMPARE(copies(wanted), 0);
}

GLOVEBOX_TEST_MAIN(MemoryTest)
#include "memory_test.moc"
