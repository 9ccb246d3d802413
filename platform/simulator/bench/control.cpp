// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/control.h"

#include "platform/simulator/bench/wait.h"

#include <QLocalSocket>

namespace glovebox::simulator
{
namespace
{
constexpr std::size_t kAnswerBytesMax = 1048576;
}

std::expected<base::Json, std::string> Control::call(const base::Json &command,
                                                     std::chrono::milliseconds limit) const
{
    QLocalSocket socket;
    socket.connectToServer(m_path);
    if (!socket.waitForConnected(1000)) {
        return std::unexpected("no control socket: " + socket.errorString().toStdString());
    }
    socket.write(QByteArray::fromStdString(command.dump() + '\n'));
    const bool answered = waitUntil(
        [&socket] { return socket.canReadLine() || socket.state() != QLocalSocket::ConnectedState; }, limit);
    if (!answered || !socket.canReadLine()) {
        return std::unexpected("no answer to " + command.begin().key());
    }
    auto answer = base::parseJson(socket.readLine().trimmed().toStdString(), {.bytes_max = kAnswerBytesMax});
    if (!answer || !answer->is_object()) {
        return std::unexpected("not an answer to " + command.begin().key());
    }
    if (const auto error = answer->find("error"); error != answer->end()) {
        return std::unexpected(error->is_string() ? error->get<std::string>() : error->dump());
    }
    answer->erase("ok");
    return *answer;
}

} // namespace glovebox::simulator
