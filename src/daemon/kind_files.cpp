// SPDX-License-Identifier: Apache-2.0
#include "daemon/kind_files.h"

#include "payment/texts.h"

#include <QDir>
#include <QFile>

static void initKindResources()
{
    Q_INIT_RESOURCE(
        kinds); // a static library's resources are dropped by the linker unless something names them
}

namespace glovebox::daemon
{

namespace
{

constexpr qint64 kFile_bytes_max = 65536;

} // namespace

std::expected<payment::KindCatalogue, std::string> readKinds(const std::string &folder)
{
    initKindResources();
    const QDir dir(folder.empty() ? QStringLiteral(":/kinds") : QString::fromStdString(folder));
    std::vector<payment::KindFile> files;
    for (const QString &name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::ReadOnly) || file.size() > kFile_bytes_max) {
            return std::unexpected(name.toStdString() + ": cannot be read or is too large");
        }
        files.push_back({name.toStdString(), file.readAll().toStdString()});
    }
    auto kinds = payment::KindCatalogue::parse(files);
    if (!kinds && files.empty()) {
        return std::unexpected(folder + ": " + kinds.error());
    }
    if (kinds && !folder.empty()) { // of those that are built in, a test has looked
        if (auto missing = payment::missingKindText(*kinds)) {
            return std::unexpected(std::move(*missing));
        }
    }
    return kinds;
}

} // namespace glovebox::daemon
