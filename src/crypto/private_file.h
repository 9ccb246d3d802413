// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"

#include <expected>
#include <string>

/// Inside src/crypto only: files that hold a key.
namespace glovebox::crypto
{

class FileDescriptor
{
public:
    explicit FileDescriptor(int descriptor) : m_descriptor(descriptor) {}
    ~FileDescriptor();
    FileDescriptor(FileDescriptor &&) noexcept;
    FileDescriptor &operator=(FileDescriptor &&) = delete;
    [[nodiscard]] int get() const { return m_descriptor; }

private:
    int m_descriptor;
};

/// Opens for reading. ELOOP for a link, EINVAL for anything but a regular file, EPERM where the file is not
/// ours alone: another owner, or a mode other than 0600 or 0400 (what a service manager gives a credential);
/// else errno of open.
[[nodiscard]] std::expected<FileDescriptor, int> openPrivateFile(const std::string &path);

/// Exactly `out.size()` bytes from the start; EINVAL where there are fewer.
[[nodiscard]] std::expected<void, int> readAtStart(const FileDescriptor &file, std::span<std::uint8_t> out);

/// Creates the file with mode 0600, complete and durable or not at all; EEXIST where the name is taken.
[[nodiscard]] std::expected<void, int> writeNewPrivateFile(const std::string &path, base::ByteView content);

} // namespace glovebox::crypto
