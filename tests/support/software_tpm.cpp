// SPDX-License-Identifier: Apache-2.0
#include "tests/support/software_tpm.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace glovebox::testing
{
namespace
{

constexpr int startTimeout_ms = 10'000;
constexpr int toolTimeout_ms = 30'000;
constexpr std::size_t headerSize = 10; // tag, size, code: of a command and of a response
constexpr std::size_t messageMax = 4096;

sockaddr_un addressOf(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), std::min(path.size(), sizeof address.sun_path - 1));
    return address;
}

int connectTo(const std::string &path)
{
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = addressOf(path);
    if (fd >= 0 && connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

int listenAt(const std::string &path)
{
    unlink(path.c_str());
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = addressOf(path);
    if (fd >= 0 &&
        (bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 || listen(fd, 8) != 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

bool readExactly(int fd, std::uint8_t *data, std::size_t size)
{
    while (size > 0) {
        const ssize_t got = read(fd, data, size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        data += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool writeWhole(int fd, const std::vector<std::uint8_t> &message)
{
    std::size_t done = 0;
    while (done < message.size()) {
        const ssize_t written = send(fd, message.data() + done, message.size() - done, MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        done += static_cast<std::size_t>(written);
    }
    return true;
}

/// One command or response: its size is in its header, big-endian. Empty where the peer is gone.
std::vector<std::uint8_t> readMessage(int fd)
{
    std::vector<std::uint8_t> message(headerSize);
    if (!readExactly(fd, message.data(), headerSize)) {
        return {};
    }
    const std::size_t size = (std::size_t{message[2]} << 24) | (std::size_t{message[3]} << 16) |
                             (std::size_t{message[4]} << 8) | message[5];
    if (size < headerSize || size > messageMax) {
        return {};
    }
    message.resize(size);
    return readExactly(fd, message.data() + headerSize, size - headerSize) ? message
                                                                           : std::vector<std::uint8_t>();
}

} // namespace

/// Many clients, one chip: whole commands in the order in which they come.
class SoftwareTpm::Switch
{
public:
    Switch(const std::string &path, int chip) : m_listener(listenAt(path)), m_chip(chip)
    {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, m_end.data()) == 0) {
            m_thread = std::thread([this] { work(); });
        }
    }
    ~Switch()
    {
        shutdown(m_end[0], SHUT_RDWR);
        if (m_thread.joinable()) {
            m_thread.join();
        }
        for (const int fd : m_clients) {
            close(fd);
        }
        for (const int fd : {m_listener, m_chip, m_end[0], m_end[1]}) {
            close(fd);
        }
    }
    Switch(const Switch &) = delete;
    Switch &operator=(const Switch &) = delete;
    [[nodiscard]] bool valid() const { return m_listener >= 0 && m_thread.joinable(); }

private:
    void work()
    {
        while (true) {
            std::vector<pollfd> waiting{{m_end[1], POLLIN, 0}, {m_listener, POLLIN, 0}};
            for (const int client : m_clients) {
                waiting.push_back({client, POLLIN, 0});
            }
            if (poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) {
                return;
            }
            if (waiting[0].revents != 0) {
                return;
            }
            for (std::size_t i = 2; i < waiting.size(); ++i) {
                if (waiting[i].revents != 0 && !serve(waiting[i].fd)) {
                    close(waiting[i].fd);
                    std::erase(m_clients, waiting[i].fd);
                }
            }
            if (waiting[1].revents != 0) {
                m_clients.push_back(accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC));
            }
        }
    }
    bool serve(int client)
    {
        const auto command = readMessage(client);
        if (command.empty() || !writeWhole(m_chip, command)) {
            return false;
        }
        const auto response = readMessage(m_chip);
        return !response.empty() && writeWhole(client, response);
    }

    int m_listener;
    int m_chip;
    std::array<int, 2> m_end{-1, -1};
    std::vector<int> m_clients;
    std::thread m_thread;
};

SoftwareTpm::SoftwareTpm() : m_folder(QDir::tempPath() + QStringLiteral("/glovebox-tpm-XXXXXX"))
{
    QDir(m_folder.path()).mkdir(QStringLiteral("state"));
    QDir(m_folder.path()).mkdir(QStringLiteral("tools"));
    m_chip.setProcessChannelMode(QProcess::MergedChannels);
    m_chip.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

SoftwareTpm::~SoftwareTpm()
{
    die();
}

QString SoftwareTpm::pathOf(const QString &name) const
{
    return m_folder.filePath(QStringLiteral("tools/") + name);
}

std::string SoftwareTpm::tcti() const
{
    return "swtpm:path=" + m_folder.filePath(QStringLiteral("tpm")).toStdString();
}

bool SoftwareTpm::start()
{
    die();
    const QString chip = m_folder.filePath(QStringLiteral("chip"));
    const QString control = m_folder.filePath(QStringLiteral("tpm.ctrl"));
    QFile::remove(chip);
    QFile::remove(control);
    m_chip.start(QStringLiteral("swtpm"),
                 {QStringLiteral("socket"), QStringLiteral("--tpm2"), QStringLiteral("--tpmstate"),
                  QStringLiteral("dir=") + m_folder.filePath(QStringLiteral("state")),
                  QStringLiteral("--server"), QStringLiteral("type=unixio,path=") + chip,
                  QStringLiteral("--ctrl"), QStringLiteral("type=unixio,path=") + control,
                  QStringLiteral("--flags"), QStringLiteral("not-need-init,startup-clear")});
    if (!m_chip.waitForStarted(startTimeout_ms)) {
        m_error = QStringLiteral("swtpm (package swtpm): ") + m_chip.errorString();
        return false;
    }
    int upstream = -1;
    const bool listens = QTest::qWaitFor(
        [&] {
            upstream = connectTo(chip.toStdString());
            return upstream >= 0 || m_chip.state() == QProcess::NotRunning;
        },
        startTimeout_ms);
    if (!listens || upstream < 0) {
        m_error = QStringLiteral("swtpm does not listen: ") + QString::fromUtf8(m_chip.readAll());
        die();
        return false;
    }
    m_switch = std::make_unique<Switch>(m_folder.filePath(QStringLiteral("tpm")).toStdString(), upstream);
    if (!m_switch->valid()) {
        m_error = QStringLiteral("no socket for the clients of swtpm");
        die();
        return false;
    }
    return true;
}

void SoftwareTpm::die()
{
    if (m_chip.state() != QProcess::NotRunning) {
        m_chip.kill();
        m_chip.waitForFinished(startTimeout_ms);
    }
    m_switch.reset(); // its chip is gone, so it does not wait for an answer
}

bool SoftwareTpm::run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_folder.filePath(QStringLiteral("tools")));
    process.setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TPM2TOOLS_TCTI"), QString::fromStdString(tcti()));
    environment.insert(QStringLiteral("TPM2OPENSSL_TCTI"), QString::fromStdString(tcti()));
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForFinished(toolTimeout_ms) || process.exitStatus() != QProcess::NormalExit ||
        process.exitCode() != 0) {
        m_error = program + QStringLiteral(": ") + process.errorString() + QLatin1Char(' ') +
                  QString::fromUtf8(process.readAll());
        process.kill();
        process.waitForFinished();
        return false;
    }
    return true;
}

bool SoftwareTpm::tool(const QString &program, const QStringList &arguments)
{
    // Tools leave their objects in the chip, which has room for three.
    return run(program, arguments) && (!program.startsWith(QStringLiteral("tpm2_")) ||
                                       run(QStringLiteral("tpm2_flushcontext"), {QStringLiteral("-t")}));
}

bool SoftwareTpm::makeKey(const QString &handle)
{
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    return tool(QStringLiteral("tpm2_createprimary"), words("-Q -C o -g sha256 -G ecc -c primary")) &&
           tool(QStringLiteral("tpm2_create"),
                words("-Q -C primary -G ecc256:ecdsa -u public -r private -a "
                      "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign|noda")) &&
           tool(QStringLiteral("tpm2_load"), words("-Q -C primary -u public -r private -c key")) &&
           tool(QStringLiteral("tpm2_evictcontrol"), words("-Q -C o -c key") << handle);
}

} // namespace glovebox::testing
