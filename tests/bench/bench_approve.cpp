// SPDX-License-Identifier: Apache-2.0
// bench_approve [FOLDER]: figures of keeping an approval. FOLDER (default: the current one) is on the disk
// that counts.
#include "tests/bench/approve_floor.h"

#include <QTemporaryDir>

#include <cstdio>
#include <string>

namespace
{
constexpr int rounds = 2000;
constexpr std::size_t approval_bytes = 4096; // a compact approval JWS with its shown texts
} // namespace

int main(int argc, char *argv[])
{
    using namespace glovebox::bench;
    const QString where = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    const QTemporaryDir folder(where + QStringLiteral("/bench-approve-XXXXXX"));
    if (!folder.isValid()) {
        std::fprintf(stderr, "bench_approve: %s\n", qPrintable(folder.errorString()));
        return 73;
    }
    const std::string bytes(approval_bytes, 'a');
    const auto floor = measureApproveFloor(folder.path().toStdString(), bytes, rounds);
    print({"approve.floor.sign.p50", percentile(floor.sign, 0.5), "ms", {}, {}});
    print({"approve.floor.commit.p50", percentile(floor.commit, 0.5), "ms", {}, {}});
    print({"approve.floor.commit.p99", percentile(floor.commit, 0.99), "ms", {}, {}});
    print({"approve.floor.p50", percentile(floor.both, 0.5), "ms", {}, {}});
    print({"approve.floor.p99", percentile(floor.both, 0.99), "ms", {}, {}});
    return 0;
}
