// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <expected>
#include <string>

namespace glovebox::simulator
{

/// One run's private folder: 0700, of a new name, short enough for unix sockets, removed at the end with the
/// keys in it. Everything that the processes of a run share is a path below it.
class RunFolder
{
public:
    /// Removes first what a run of this user left that was killed: its keys are there.
    [[nodiscard]] static std::expected<RunFolder, std::string> make();
    RunFolder(RunFolder &&) noexcept;
    RunFolder &operator=(RunFolder &&) = delete;
    ~RunFolder();

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] QString operator/(const char *name) const { return m_path + u'/' + QLatin1String(name); }
    /// A new folder below, 0700.
    [[nodiscard]] bool makeFolder(const char *name) const;
    /// A new file below, 0600.
    [[nodiscard]] bool write(const char *name, const std::string &content) const;

private:
    RunFolder(QString path, int lock) : m_path(std::move(path)), m_lock(lock) {}
    QString m_path;
    int m_lock = -1; // held for as long as the run lives
};

} // namespace glovebox::simulator
