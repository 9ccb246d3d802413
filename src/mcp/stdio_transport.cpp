// SPDX-License-Identifier: Apache-2.0
#include "mcp/stdio_transport.h"

#include "mcp/json_rpc.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace glovebox::mcp
{

namespace
{

bool wouldBlock(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

StdioTransport::StdioTransport(int input, int output, LineReader::Handlers handlers)
    : m_input(input), m_outputFd(output), m_outputFlags(::fcntl(output, F_GETFL)),
      m_lines(kMessage_bytes_max, std::move(handlers)), m_readable(input, QSocketNotifier::Read),
      m_writable(output, QSocketNotifier::Write)
{
    ::fcntl(output, F_SETFL, m_outputFlags | O_NONBLOCK);
    m_writable.setEnabled(false);
    connect(&m_readable, &QSocketNotifier::activated, this, &StdioTransport::readSome);
    connect(&m_writable, &QSocketNotifier::activated, this, &StdioTransport::writeSome);
}

StdioTransport::~StdioTransport()
{
    // A terminal shares the flag with the shell that comes back to it.
    ::fcntl(m_outputFd, F_SETFL, m_outputFlags);
}

void StdioTransport::readSome()
{
    std::array<char, 65536> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    const ssize_t count = ::read(m_input, bytes.data(), bytes.size());
    if (count > 0) {
        m_lines.feed({bytes.data(), static_cast<std::size_t>(count)});
    } else if (count == 0) {
        m_lines.end();
        endInput();
    } else if (!wouldBlock(errno)) {
        endInput();
    }
}

void StdioTransport::endInput()
{
    stopReading();
    Q_EMIT inputEnded();
}

void StdioTransport::stopReading()
{
    m_reading = false;
    m_readable.setEnabled(false);
}

void StdioTransport::write(std::string_view line)
{
    if (m_lost) {
        return;
    }
    m_output += line;
    m_output += '\n';
    writeSome();
}

void StdioTransport::writeSome()
{
    const bool waited = m_writable.isEnabled();
    while (!m_output.empty()) {
        const ssize_t count = ::write(m_outputFd, m_output.data(), m_output.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            m_lost = !wouldBlock(errno);
            break;
        }
        m_output.erase(0, static_cast<std::size_t>(count));
    }
    if (m_lost) {
        m_output.clear();
        stopReading();
    }
    m_writable.setEnabled(!m_output.empty());
    m_readable.setEnabled(m_reading && m_output.size() <= kOutput_bytes_max);
    if (m_lost) {
        Q_EMIT outputLost();
    } else if (waited && m_output.empty()) {
        Q_EMIT outputFlushed();
    }
}

} // namespace glovebox::mcp
