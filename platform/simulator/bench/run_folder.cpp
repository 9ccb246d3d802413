// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/run_folder.h"

#include <QDir>
#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace glovebox::simulator
{

std::expected<RunFolder, std::string> RunFolder::make()
{
    QByteArray name = QDir::tempPath().toLocal8Bit() + "/glovebox-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) { // 0700
        return std::unexpected("cannot make a folder like " + name.toStdString() + ": " +
                               std::strerror(errno));
    }
    return RunFolder(QString::fromLocal8Bit(name));
}

RunFolder::RunFolder(RunFolder &&other) noexcept : m_path(std::exchange(other.m_path, QString())) {}

RunFolder::~RunFolder()
{
    if (!m_path.isEmpty()) {
        QDir(m_path).removeRecursively();
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
