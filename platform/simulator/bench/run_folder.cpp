// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/run_folder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace glovebox::simulator
{

namespace
{

constexpr const char *kPrefix = "glovebox-run-";
constexpr const char *kLock = "/alive";

/// The lock that says that a run lives; -1 where it does, or where there is none.
int lockOf(const QByteArray &path, int flags)
{
    const int file = ::open(path.constData(), flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return -1;
    }
    return file;
}

void removeDeadRuns()
{
    const QDir temporary(QDir::tempPath());
    const QStringList names =
        temporary.entryList({QLatin1String(kPrefix) + u'*'}, QDir::Dirs | QDir::NoSymLinks);
    for (const QString &name : names) {
        const QString path = temporary.filePath(name);
        if (QFileInfo(path).ownerId() != ::geteuid()) {
            continue;
        }
        const int lock = lockOf(path.toLocal8Bit() + kLock, 0);
        if (lock >= 0) {
            QDir(path).removeRecursively();
            ::close(lock);
        }
    }
}

} // namespace

std::expected<RunFolder, std::string> RunFolder::make()
{
    removeDeadRuns();
    QByteArray name = QDir::tempPath().toLocal8Bit() + '/' + kPrefix + "XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) { // 0700
        return std::unexpected("cannot make a folder like " + name.toStdString() + ": " +
                               std::strerror(errno));
    }
    // It gets its name only once it is locked: another run, which starts now, would take it for a dead one's.
    const QByteArray unnamed = name + kLock + ".new";
    const int lock = lockOf(unnamed, O_CREAT | O_EXCL);
    if (lock < 0 || ::rename(unnamed.constData(), (name + kLock).constData()) != 0) {
        return std::unexpected("cannot write in " + name.toStdString() + ": " + std::strerror(errno));
    }
    return RunFolder(QString::fromLocal8Bit(name), lock);
}

RunFolder::RunFolder(RunFolder &&other) noexcept
    : m_path(std::exchange(other.m_path, QString())), m_lock(std::exchange(other.m_lock, -1))
{}

RunFolder::~RunFolder()
{
    if (!m_path.isEmpty()) {
        QDir(m_path).removeRecursively();
        ::close(m_lock);
    }
}

bool RunFolder::makeFolder(const char *name) const
{
    return ::mkdir((*this / name).toLocal8Bit().constData(), 0700) == 0;
}

bool RunFolder::write(const char *name, const std::string &content) const
{
    QFile file(*this / name);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner)) {
        return false;
    }
    return file.write(QByteArray::fromStdString(content)) == static_cast<qint64>(content.size()) &&
           file.flush();
}

} // namespace glovebox::simulator
