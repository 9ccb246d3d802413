// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/transport.h"

#include <QByteArray>

namespace glovebox::network
{

/// One HTTP/1.1 answer (RFC 9112) out of the bytes of one connection. Strict: a head of at most 16 KiB,
/// exactly one Content-Length, no Transfer-Encoding, at most 1 MiB of body, nothing behind it.
class HttpAnswerReader
{
public:
    enum class Progress { more, whole, malformed };
    [[nodiscard]] Progress take(const QByteArray &bytes);
    [[nodiscard]] ports::HttpAnswer answer() const; // when whole

private:
    [[nodiscard]] bool readHead(const QByteArray &head);
    QByteArray m_bytes;
    bool m_headRead = false;
    int m_status = 0;
    qsizetype m_length = -1;
    std::optional<int> m_retryAfter_s;
};

} // namespace glovebox::network
