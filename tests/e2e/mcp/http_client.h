// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <QByteArray>
#include <QMap>
#include <QTcpSocket>

#include <optional>

namespace glovebox::testing
{

/// HTTP by hand, so that a test can send what no client would.
class HttpClient
{
public:
    using Fields = QMap<QByteArray, QByteArray>;
    struct Answer
    {
        int status = 0;
        Fields fields; // names in lower case
        QByteArray body;

        /// Null where the body is no JSON.
        [[nodiscard]] base::Json json() const;
        /// The JSON of each server-sent event.
        [[nodiscard]] base::Json events() const;
    };

    /// Connects; ok() says whether it did.
    explicit HttpClient(std::uint16_t port);
    [[nodiscard]] bool ok() const { return m_socket.state() == QAbstractSocket::ConnectedState; }

    void write(const QByteArray &bytes);
    /// POST /mcp with Host, Content-Type, Accept (both) and Content-Length unless `fields` has them.
    void post(const QByteArray &body, const Fields &fields);
    /// Nothing where the server closes first.
    [[nodiscard]] std::optional<Answer> next();
    /// Some of an answer is there.
    [[nodiscard]] bool hasBytes();
    [[nodiscard]] bool closedByServer();
    /// From now on what the server sends fills the system's buffers.
    void stopReading() { m_socket.setReadBufferSize(1); }
    /// Says that nothing more comes.
    void finish();

private:
    [[nodiscard]] bool fill(); // waits for more bytes
    std::uint16_t m_port;
    QTcpSocket m_socket;
    QByteArray m_bytes;
};

} // namespace glovebox::testing
