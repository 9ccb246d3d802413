// SPDX-License-Identifier: Apache-2.0
// bench_journal [FOLDER [ENTRIES]]: what the length of the log costs. Approving, the daemon's start and
// memory with a journal of 10,000 and of ENTRIES (default 1,000,000) entries beside a new one, and a full
// check of the longest beside reading, hashing, unsealing and verifying the same records bare. FOLDER
// (default: the current one) is on the disk that counts.
#include "journal/verify.h"
#include "tests/bench/approve_stand.h"
#include "tests/bench/daemon_start.h"
#include "tests/bench/filled_journal.h"
#include "tests/bench/verify_floor.h"
#include "wire/messages.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

namespace
{

using namespace glovebox;
using namespace glovebox::bench;

constexpr int kApprovals = 300;
constexpr int kWarmUp = 10;
constexpr int kStarts = 15;
constexpr int kChecks = 3;
constexpr double kApproveGoal = 1.1;
constexpr double kStartGoal = 1.2;
constexpr double kResidentGoal_mib = 40;
constexpr double kVerifyGoal = 1.5;

struct Size
{
    std::string name;
    std::uint64_t entries = 0;
    std::filesystem::path folder;
    std::uintmax_t bytes = 0; // of the file when it was filled and closed
    std::vector<Sample> approve;
    std::vector<Sample> ready;
    std::vector<double> resident_mib;
};

std::string shortName(std::uint64_t entries)
{
    return entries % 1'000'000 == 0 && entries > 0 ? std::to_string(entries / 1'000'000) + "m"
           : entries % 1000 == 0 && entries > 0    ? std::to_string(entries / 1000) + "k"
                                                   : std::to_string(entries);
}

Size makeSize(const QTemporaryDir &parent, std::uint64_t entries)
{
    Size size;
    size.name = shortName(entries);
    size.entries = entries;
    const QString path = parent.filePath(QString::fromStdString(size.name));
    require(QDir().mkdir(path), "making a folder");
    std::filesystem::permissions(path.toStdString(), std::filesystem::perms::owner_all);
    size.folder = path.toStdString();
    fillJournal(size.folder, entries);
    size.bytes = std::filesystem::file_size(size.folder / "journal.sqlite");
    return size;
}

void measureApprovals(std::vector<Size> &sizes)
{
    std::vector<std::unique_ptr<ApproveStand>> stands;
    for (const Size &size : sizes) {
        stands.push_back(std::make_unique<ApproveStand>(size.folder));
    }
    for (int round = -kWarmUp; round < kApprovals; ++round) {
        // In turns, so that what else the machine does hits all of them.
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            const ApproveStand::Times times = stands[i]->approve();
            stands[i]->putAway();
            if (round >= 0) {
                sizes[i].approve.push_back(times.durable);
            }
        }
    }
}

void measureStarts(std::vector<Size> &sizes)
{
    DaemonStart daemon;
    for (int round = -1; round < kStarts; ++round) {
        for (Size &size : sizes) {
            const DaemonStart::Figures figures = daemon.measure(size.folder);
            if (round >= 0) {
                size.ready.push_back(figures.ready);
                size.resident_mib.push_back(figures.resident_mib);
            }
        }
    }
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

/// The whole check of the longest journal, and its floor, in turns.
void measureVerify(const Size &size)
{
    const crypto::Secret sealing = sealingKeyIn(size.folder);
    const crypto::PublicKey key = signingKeyIn(size.folder).publicKey();
    std::vector<Sample> bare, whole;
    for (int round = 0; round < kChecks; ++round) {
        const VerifyFloor floor = verifyBare(size.folder / "journal.sqlite", sealing, key);
        const auto start = std::chrono::steady_clock::now();
        const auto verified = journal::verify({.path = size.folder / "journal.sqlite",
                                               .sealingKey = &sealing,
                                               .keys = {key},
                                               .approvalType = std::string(wire::kApprovalType)});
        whole.emplace_back(std::chrono::steady_clock::now() - start);
        bare.push_back(floor.time);
        require(verified && verified->findingCount == 0, "a journal without findings");
        require(verified->identity.size == floor.entries && verified->signatures == floor.signatures,
                "the same entries and signatures");
    }
    print({"journal.verify." + size.name, percentile(whole, 0.5) / 1000, "s", percentile(bare, 0.5) / 1000,
           kVerifyGoal});
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QString where = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    const std::uint64_t most = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    require(most > 10'000, "ENTRIES above 10,000");
    const QTemporaryDir folder(QDir(where).absoluteFilePath(QStringLiteral("bench-journal-XXXXXX")));
    if (!folder.isValid()) {
        std::fprintf(stderr, "bench_journal: %s\n", qPrintable(folder.errorString()));
        return 73;
    }
    std::vector<Size> sizes;
    for (const std::uint64_t entries : {std::uint64_t{0}, std::uint64_t{10'000}, most}) {
        sizes.push_back(makeSize(folder, entries));
    }
    measureApprovals(sizes);
    measureStarts(sizes);
    const Size &none = sizes.front();
    for (const Size &size : sizes) {
        const bool isFloor = &size == &none;
        const auto beside = [isFloor](double floor) { return isFloor ? std::nullopt : std::optional(floor); };
        const auto goal = [isFloor](double value) { return isFloor ? std::nullopt : std::optional(value); };
        print({"journal.approve." + size.name + ".p50", percentile(size.approve, 0.5), "ms",
               beside(percentile(none.approve, 0.5)), goal(kApproveGoal)});
        print({"journal.ready." + size.name + ".p50", percentile(size.ready, 0.5), "ms",
               beside(percentile(none.ready, 0.5)), goal(kStartGoal)});
        print({"journal.resident." + size.name + ".p50",
               median(size.resident_mib),
               "MiB",
               {},
               kResidentGoal_mib});
    }
    print({"journal.bytes_per_entry",
           static_cast<double>(sizes.back().bytes) / static_cast<double>(most),
           "B",
           {},
           {}});
    measureVerify(sizes.back());
    return 0;
}
