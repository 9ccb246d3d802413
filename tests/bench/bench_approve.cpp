// SPDX-License-Identifier: Apache-2.0
// bench_approve [FOLDER]: approving inside the daemon, to durable and signed, beside one bare signature and
// one bare durable commit of the same bytes. FOLDER (default: the current one) is on the disk that counts.
#include "tests/bench/approve_floor.h"
#include "tests/bench/approve_stand.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

#include <cstdio>

namespace
{

using namespace glovebox::bench;

constexpr int kRounds = 1000;
constexpr int kWarmUpRounds = 20;
constexpr double kGoal = 1.5;

/// A folder of its own for one journal: the store wants it to be nobody else's.
std::filesystem::path madeFolder(const QTemporaryDir &parent, const char *name)
{
    const QString path = parent.filePath(QLatin1String(name));
    require(QDir().mkdir(path), "making a folder");
    std::filesystem::permissions(path.toStdString(), std::filesystem::perms::owner_all);
    return path.toStdString();
}

struct Bytes
{
    std::string signedText;
    std::string committed;
};

/// What one approval signs and commits, measured on the first of a journal of its own.
Bytes bytesOfApproval(const std::filesystem::path &folder)
{
    Bytes bytes;
    {
        ApproveStand stand(folder);
        static_cast<void>(stand.approve());
        bytes.signedText = stand.approval();
    }
    bytes.committed.assign(approvalRowBytes(folder / "journal.sqlite"), 'a');
    bytes.signedText.resize(bytes.signedText.rfind('.')); // what RFC 7515 signs
    return bytes;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QString where = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    const QTemporaryDir folder(QDir(where).absoluteFilePath(QStringLiteral("bench-approve-XXXXXX")));
    if (!folder.isValid()) {
        std::fprintf(stderr, "bench_approve: %s\n", qPrintable(folder.errorString()));
        return 73;
    }
    const Bytes bytes = bytesOfApproval(madeFolder(folder, "sizes"));
    ApproveStand stand(madeFolder(folder, "journal"));
    ApproveFloor floor(madeFolder(folder, "floor"));
    std::vector<Sample> takenUp, durable, known, sign, commit, both;
    for (int round = -kWarmUpRounds; round < kRounds; ++round) {
        // One after the other, so that what else the disk does hits both.
        const ApproveStand::Times approved = stand.approve();
        const ApproveFloor::Round bare = floor.measure(bytes.signedText, bytes.committed);
        stand.putAway();
        if (round >= 0) {
            takenUp.push_back(approved.takenUp);
            durable.push_back(approved.durable);
            known.push_back(approved.known);
            sign.push_back(bare.sign);
            commit.push_back(bare.commit);
            both.push_back(bare.both);
        }
    }
    print({"approve.p50", percentile(durable, 0.5), "ms", percentile(both, 0.5), kGoal});
    print({"approve.p99", percentile(durable, 0.99), "ms", percentile(both, 0.99), {}});
    print({"approve.known.p50", percentile(known, 0.5), "ms", percentile(both, 0.5), {}});
    print({"approve.taken_up.p50", percentile(takenUp, 0.5), "ms", {}, {}});
    print({"approve.floor.sign.p50", percentile(sign, 0.5), "ms", {}, {}});
    print({"approve.floor.commit.p50", percentile(commit, 0.5), "ms", {}, {}});
    print({"approve.bytes.committed", static_cast<double>(bytes.committed.size()), "B", {}, {}});
    print({"approve.bytes.signed", static_cast<double>(bytes.signedText.size()), "B", {}, {}});
    return 0;
}
