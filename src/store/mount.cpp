// SPDX-License-Identifier: Apache-2.0
#include "store/mount.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <vector>

namespace glovebox::store
{

namespace
{

struct Mount
{
    std::string point;
    std::vector<std::string> options; // of the mount and of the file system
};

void splitOptions(const std::string &text, std::vector<std::string> &out)
{
    std::istringstream list(text);
    for (std::string option; std::getline(list, option, ',');) {
        out.push_back(option);
    }
}

bool isOctal(const std::string &text, std::size_t at)
{
    return text.size() >= at + 3 && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                                                text.begin() + static_cast<std::ptrdiff_t>(at) + 3,
                                                [](char c) { return c >= '0' && c <= '7'; });
}

/// The kernel writes space, tab, new line and backslash as \\ooo.
std::string unescaped(const std::string &text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && isOctal(text, i + 1)) {
            result += static_cast<char>(std::stoi(text.substr(i + 1, 3), nullptr, 8));
            i += 3;
        } else {
            result += text[i];
        }
    }
    return result;
}

/// "36 35 98:0 /root /point rw,noatime master:1 - ext4 /dev/sda1 rw,barrier=0"
std::optional<Mount> parseLine(const std::string &line)
{
    std::istringstream fields(line);
    std::string skipped;
    std::string point;
    std::string own;
    if (!(fields >> skipped >> skipped >> skipped >> skipped >> point >> own)) {
        return std::nullopt;
    }
    while (skipped != "-" && fields >> skipped) {
    }
    std::string type;
    std::string source;
    std::string ofSystem;
    if (!(fields >> type >> source >> ofSystem)) {
        return std::nullopt;
    }
    Mount mount{.point = unescaped(point), .options = {}};
    splitOptions(own, mount.options);
    splitOptions(ofSystem, mount.options);
    return mount;
}

bool holds(const std::string &point, const std::string &folder)
{
    return point == "/" || folder == point ||
           (folder.starts_with(point) && folder.size() > point.size() && folder[point.size()] == '/');
}

std::optional<std::string> realFolder(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    const std::string folder =
        slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
    const std::unique_ptr<char, decltype(&std::free)> real(realpath(folder.c_str(), nullptr), &std::free);
    return real ? std::optional<std::string>(real.get()) : std::nullopt;
}

} // namespace

StoreResult<void> checkMount(const std::string &path, const std::string &mountInfo)
{
    const auto folder = realFolder(path);
    if (!folder) {
        return base::fail(StoreFault::missing, "there is no folder for " + path);
    }
    std::optional<Mount> found;
    std::ifstream lines(mountInfo);
    for (std::string line; std::getline(lines, line);) {
        auto mount = parseLine(line);
        // A later mount on the same point hides the earlier one.
        if (mount && holds(mount->point, *folder) && (!found || mount->point.size() >= found->point.size())) {
            found = std::move(mount);
        }
    }
    if (!found) {
        return base::fail(StoreFault::io,
                          mountInfo + " does not say how the file system of " + path + " is mounted");
    }
    constexpr std::array kUnsafe = {"nobarrier", "barrier=0", "barrier=none", "fsync_mode=nobarrier"};
    for (const std::string &option : found->options) {
        if (std::ranges::find(kUnsafe, option) != kUnsafe.end()) {
            return base::fail(StoreFault::noBarriers,
                              found->point + " is mounted with " + option + ", so a power cut can undo it");
        }
        if (option == "ro") {
            return base::fail(StoreFault::readOnly, found->point + " is mounted read-only");
        }
    }
    return {};
}

} // namespace glovebox::store
