// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/mcp/http_client.h"

#include <QTest>

namespace glovebox::testing
{

namespace
{

constexpr int kPatience_ms = 30000;

} // namespace

base::Json HttpClient::Answer::json() const
{
    auto value = base::parseJson(body.toStdString(), {.bytes_max = 1048576});
    return value ? std::move(*value) : base::Json(nullptr);
}

base::Json HttpClient::Answer::events() const
{
    base::Json all = base::Json::array();
    for (const QByteArray &line : body.split('\n')) {
        if (line.startsWith("data: ")) {
            const auto value = base::parseJson(line.mid(6).toStdString());
            all.push_back(value ? *value : base::Json(nullptr));
        }
    }
    return all;
}

HttpClient::HttpClient(std::uint16_t port) : m_port(port)
{
    m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    m_socket.waitForConnected(kPatience_ms);
}

void HttpClient::write(const QByteArray &bytes)
{
    if (ok()) { // what the server has closed already is told by closedByServer()
        m_socket.write(bytes);
        m_socket.flush();
    }
}

void HttpClient::post(const QByteArray &body, const Fields &fields)
{
    Fields all = {{"Host", "127.0.0.1:" + QByteArray::number(m_port)},
                  {"Content-Type", "application/json"},
                  {"Accept", "application/json, text/event-stream"},
                  {"Content-Length", QByteArray::number(body.size())}};
    all.insert(fields);
    QByteArray text = "POST /mcp HTTP/1.1\r\n";
    for (auto field = all.cbegin(); field != all.cend(); ++field) {
        text += field.key() + ": " + field.value() + "\r\n";
    }
    write(text + "\r\n" + body);
}

bool HttpClient::fill()
{
    const bool there = QTest::qWaitFor(
        [this] {
            return m_socket.bytesAvailable() > 0 || m_socket.state() != QAbstractSocket::ConnectedState;
        },
        kPatience_ms);
    const QByteArray bytes = m_socket.readAll();
    m_bytes += bytes;
    return there && !bytes.isEmpty();
}

std::optional<HttpClient::Answer> HttpClient::next()
{
    while (!m_bytes.contains("\r\n\r\n")) {
        if (!fill()) {
            return std::nullopt;
        }
    }
    Answer answer;
    const QByteArray head = m_bytes.left(m_bytes.indexOf("\r\n\r\n"));
    m_bytes.remove(0, head.size() + 4);
    const QList<QByteArray> lines = head.split('\n');
    answer.status = lines.front().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        answer.fields[line.left(colon).toLower()] = line.mid(colon + 1).trimmed();
    }
    if (answer.fields.value("transfer-encoding") != "chunked") {
        const qsizetype length = answer.fields.value("content-length").toLongLong();
        while (m_bytes.size() < length) {
            if (!fill()) {
                return std::nullopt;
            }
        }
        answer.body = m_bytes.left(length);
        m_bytes.remove(0, length);
        return answer;
    }
    for (;;) {
        while (!m_bytes.contains("\r\n")) {
            if (!fill()) {
                return std::nullopt;
            }
        }
        const auto end = m_bytes.indexOf("\r\n");
        const qsizetype size = m_bytes.left(end).toLongLong(nullptr, 16);
        while (m_bytes.size() < end + 2 + size + 2) {
            if (!fill()) {
                return std::nullopt;
            }
        }
        answer.body += m_bytes.mid(end + 2, size);
        m_bytes.remove(0, end + 2 + size + 2);
        if (size == 0) {
            return answer;
        }
    }
}

bool HttpClient::hasBytes()
{
    m_bytes += m_socket.readAll();
    return !m_bytes.isEmpty();
}

bool HttpClient::closedByServer()
{
    return QTest::qWaitFor([this] { return m_socket.state() != QAbstractSocket::ConnectedState; },
                           kPatience_ms);
}

void HttpClient::finish()
{
    m_socket.flush();
    m_socket.disconnectFromHost();
}

} // namespace glovebox::testing
