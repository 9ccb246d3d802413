// SPDX-License-Identifier: Apache-2.0
#include "platform/network/http_answer_reader.h"

#include <QList>

#include <algorithm>

namespace glovebox::network
{

namespace
{

constexpr qsizetype kHead_max = 16 << 10;
constexpr qsizetype kBody_max = 1 << 20;

/// Digits alone: no sign, no space.
std::optional<int> numberOf(const QByteArray &text)
{
    const bool digits =
        !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool ok = false;
    const int number = text.toInt(&ok);
    return digits && ok ? std::optional(number) : std::nullopt;
}

} // namespace

HttpAnswerReader::Progress HttpAnswerReader::take(const QByteArray &bytes)
{
    m_bytes += bytes;
    if (!m_headRead) {
        const qsizetype end = m_bytes.indexOf("\r\n\r\n");
        if (end < 0) {
            return m_bytes.size() > kHead_max ? Progress::malformed : Progress::more;
        }
        if (end > kHead_max || !readHead(m_bytes.left(end))) {
            return Progress::malformed;
        }
        m_headRead = true;
        m_bytes.remove(0, end + 4);
    }
    if (m_bytes.size() > m_length) {
        return Progress::malformed;
    }
    return m_bytes.size() == m_length ? Progress::whole : Progress::more;
}

bool HttpAnswerReader::readHead(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    const QByteArray first = lines.takeFirst().trimmed();
    const auto status = numberOf(first.mid(9, 3));
    if (!first.startsWith("HTTP/1.1 ") || !status || *status < 200 || *status > 599) {
        return false;
    }
    m_status = *status;
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(colon).toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (colon <= 0 || name == "transfer-encoding") {
            return false;
        }
        if (name == "content-length") {
            const auto length = numberOf(value);
            if (!length || *length > kBody_max || m_length >= 0) {
                return false;
            }
            m_length = *length;
        } else if (name == "retry-after") {
            // RFC 9110 section 10.2.3, in seconds; a date would need a clock that may be wrong.
            m_retryAfter_s = numberOf(value);
        }
    }
    return m_length >= 0;
}

ports::HttpAnswer HttpAnswerReader::answer() const
{
    ports::HttpAnswer answer;
    answer.status = m_status;
    answer.body = m_bytes.toStdString();
    answer.retryAfter_s = m_retryAfter_s;
    return answer;
}

} // namespace glovebox::network
