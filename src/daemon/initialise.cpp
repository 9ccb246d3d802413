// SPDX-License-Identifier: Apache-2.0
#include "daemon/initialise.h"

#include "crypto/pin.h"
#include "crypto/seal.h"
#include "daemon/hardware.h"
#include "journal/counted.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace glovebox::daemon
{

namespace
{

constexpr mode_t kPrivateFolder = 0700;
constexpr mode_t kPrivateFile = 0600;
constexpr std::size_t kPinDigits = 6;

bool isThere(const std::string &path)
{
    struct stat status = {};
    return lstat(path.c_str(), &status) == 0;
}

std::string folderOf(const std::string &path)
{
    return std::filesystem::path(path).parent_path().string();
}

std::optional<StartFailure> makeFolder(const std::string &folder)
{
    if (mkdir(folder.c_str(), kPrivateFolder) != 0 && errno != EEXIST) {
        return StartFailure{exit_code::kCannotCreate, "Cannot make the folder " + folder + ": " +
                                                          std::generic_category().message(errno) +
                                                          ". Make it with mode 0700 and its owner."};
    }
    return std::nullopt;
}

std::string listed(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

/// All there: made before. Some there: a crash in the middle of it, or a lost file; only a person can tell
/// which.
std::optional<StartFailure> refuseWhatIsThere(const std::vector<std::string> &parts)
{
    std::vector<std::string> there;
    std::vector<std::string> missing;
    for (const std::string &part : parts) {
        (isThere(part) ? there : missing).push_back(part);
    }
    if (there.empty()) {
        return std::nullopt;
    }
    if (missing.empty()) {
        return StartFailure{exit_code::kCannotCreate, "This car is set up already: " + listed(there) +
                                                          ". Nothing was changed; start without --init."};
    }
    return StartFailure{exit_code::kCannotCreate,
                        "Half of a set-up is there: " + listed(there) + ", but not " + listed(missing) +
                            ". If an earlier --init was interrupted, remove what is there and repeat it; if "
                            "this car has approved anything, restore what is missing. Nothing was changed."};
}

/// Takes away what was made unless it was told that all went well.
class Made
{
public:
    ~Made()
    {
        for (const std::string &path : m_paths) {
            ::unlink(path.c_str());
        }
        if (m_tpm) {
            // Where even that fails the next --init says that a key is in its place.
            static_cast<void>(m_tpm->removeSigningKey(m_handle).has_value());
        }
    }
    Made() = default;
    Made(const Made &) = delete;
    Made &operator=(const Made &) = delete;
    void add(std::string path) { m_paths.push_back(std::move(path)); }
    void addToChip(std::shared_ptr<crypto::Tpm> tpm, std::uint32_t handle)
    {
        m_tpm = std::move(tpm);
        m_handle = handle;
    }
    void keep()
    {
        m_paths.clear();
        m_tpm.reset();
    }

private:
    std::vector<std::string> m_paths;
    std::shared_ptr<crypto::Tpm> m_tpm;
    std::uint32_t m_handle = 0;
};

struct Keys
{
    std::optional<Hardware> hardware;
    crypto::SigningKey signing;
    crypto::Secret sealing;
};

StartFailure noPlaceForKey(const Config &config)
{
    return {exit_code::kConfiguration,
            "signing_key " + config.signingKey +
                " is no file and no handle of a TPM that the configuration names. Use file:/path, or "
                "handle:0x81000010 with \"/tpm\"."};
}

std::expected<crypto::SigningKey, StartFailure>
makeSigningKey(const Config &config, const std::optional<Hardware> &hardware, Made &made)
{
    if (const auto path = config.signingKeyPath()) {
        auto key = crypto::SigningKey::createDevelopmentKey(*path);
        if (!key) {
            return std::unexpected(signingKeyFailure(key.error(), config.signingKey));
        }
        made.add(*path);
        return std::move(*key);
    }
    const auto handle = config.signingKeyHandle();
    if (!handle || !hardware) {
        return std::unexpected(noPlaceForKey(config));
    }
    if (auto failure = hardware->makeSigningKey(*handle)) {
        return std::unexpected(std::move(*failure));
    }
    made.addToChip(hardware->tpm, *handle);
    auto key = crypto::SigningKey::open(config.signingKey, config.tcti());
    if (!key) {
        return std::unexpected(signingKeyFailure(key.error(), config.signingKey));
    }
    return std::move(*key);
}

std::expected<Keys, StartFailure> makeKeys(const Config &config, Made &made)
{
    std::optional<Hardware> hardware;
    if (config.tpm) {
        auto opened = Hardware::open(*config.tpm);
        if (!opened) {
            return std::unexpected(opened.error());
        }
        hardware = std::move(*opened);
        if (auto failure = hardware->makeCounter()) {
            return std::unexpected(std::move(*failure));
        }
    }
    auto signing = makeSigningKey(config, hardware, made);
    if (!signing) {
        return std::unexpected(signing.error());
    }
    if (hardware) {
        auto sealing = hardware->makeSealedKey(config.sealingKey);
        if (!sealing) {
            return std::unexpected(sealing.error());
        }
        made.add(config.sealingKey);
        return Keys{std::move(hardware), std::move(*signing), std::move(*sealing)};
    }
    auto sealing = crypto::createSealingKey(config.sealingKey);
    if (!sealing) {
        return std::unexpected(sealingKeyFailure(sealing.error().code, config.sealingKey));
    }
    made.add(config.sealingKey);
    return Keys{std::nullopt, std::move(*signing), std::move(*sealing)};
}

std::optional<StartFailure> pinFailure(const std::string &path)
{
    return StartFailure{exit_code::kDisk, "Cannot write the PIN record " + path + ": " +
                                              std::generic_category().message(errno) +
                                              ". The earlier one, if any, still counts."};
}

bool writeWhole(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

std::optional<StartFailure> replaceFile(const std::string &path, const std::string &text)
{
    const std::string fresh = path + ".new";
    ::unlink(fresh.c_str()); // of an interrupted run
    const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kPrivateFile);
    if (fd < 0) {
        return pinFailure(path);
    }
    const bool whole = writeWhole(fd, text) && ::fsync(fd) == 0;
    if ((::close(fd) != 0) || !whole || ::rename(fresh.c_str(), path.c_str()) != 0) {
        const auto failure = pinFailure(path);
        ::unlink(fresh.c_str());
        return failure;
    }
    const int folder = ::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool durable = folder >= 0 && ::fsync(folder) == 0;
    const auto failure = durable ? std::nullopt : pinFailure(path);
    if (folder >= 0) {
        ::close(folder);
    }
    return failure;
}

/// Until the end of the line or of the input; one byte more than a PIN has shows one that is too long.
std::size_t readPin(int fd, std::span<std::uint8_t> into)
{
    std::size_t length = 0;
    while (length < into.size()) {
        const ssize_t got = ::read(fd, &into[length], 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got != 1 || into[length] == '\n') {
            break;
        }
        ++length;
    }
    return length;
}

} // namespace

std::optional<StartFailure> initialise(const Config &config, const ports::Clock &clock)
{
    const auto signingPath = config.signingKeyPath();
    if (!signingPath && !(config.tpm && config.signingKeyHandle())) {
        return noPlaceForKey(config);
    }
    const std::string journal = config.journalPath();
    std::vector<std::string> parts{config.sealingKey, journal};
    if (signingPath) {
        parts.insert(parts.begin(), *signingPath);
    }
    if (auto failure = refuseWhatIsThere(parts)) {
        return failure;
    }
    for (const std::string &folder :
         {config.stateDir, folderOf(signingPath.value_or(config.sealingKey)), folderOf(config.sealingKey)}) {
        if (auto failure = makeFolder(folder)) {
            return failure;
        }
    }
    Made made;
    auto keys = makeKeys(config, made);
    if (!keys) {
        return keys.error();
    }
    for (const char *suffix : {"", "-wal", "-journal"}) {
        made.add(journal + suffix);
    }
    const auto created = journal::Journal::create(
        {journal, keys->signing.publicKey().thumbprint(), clock.now()}, keys->sealing);
    if (!created) {
        return journalFailure(created.error(), journal);
    }
    if (const std::optional<Hardware> &hardware = keys->hardware) {
        if (const auto tied = journal::tieToCounter(**created, *hardware->counter); !tied) {
            return counterFailure(tied.error(), journal);
        }
    }
    made.keep();
    return std::nullopt;
}

std::optional<StartFailure> enrolPin(const Config &config, int fd)
{
    crypto::Secret input(kPinDigits + 1);
    const std::size_t length = readPin(fd, input.writable());
    if (length != kPinDigits) {
        return StartFailure{exit_code::kData, "The PIN must be six digits on standard input."};
    }
    const crypto::Secret pin = crypto::Secret::take(input.writable().first(kPinDigits));
    // Also where the TPM will keep it: the rules for a PIN are in one place.
    const auto record = crypto::enrolPin(pin);
    if (!record) {
        return StartFailure{exit_code::kData, "The PIN must be six digits on standard input."};
    }
    base::Json json = crypto::toJson(*record);
    if (config.tpm) {
        const auto hardware = Hardware::open(*config.tpm);
        if (!hardware) {
            return hardware.error();
        }
        const auto object = hardware->tpm->makePin(pin);
        if (!object) {
            return tpmFailure(object.error(), "the PIN");
        }
        json = pinObjectToJson(*object);
    }
    return replaceFile(config.pinPath(), json.dump());
}

} // namespace glovebox::daemon
