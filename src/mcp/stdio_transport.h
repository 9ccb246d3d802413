// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/line_reader.h"

#include <QObject>
#include <QSocketNotifier>

namespace glovebox::mcp
{

/// Newline-delimited messages over two file descriptors. Reading and writing never block: what the client
/// does not read yet is kept, and while there is too much of it nothing more is read.
class StdioTransport final : public QObject
{
    Q_OBJECT
public:
    /// The descriptors stay the caller's; `output` is non-blocking while this object lives.
    StdioTransport(int input, int output, LineReader::Handlers handlers);
    ~StdioTransport() override;
    Q_DISABLE_COPY_MOVE(StdioTransport)

    /// `line` without its end.
    void write(std::string_view line);
    /// From now on nothing is read.
    void stopReading();
    /// Everything was handed to the system, or cannot be any more.
    [[nodiscard]] bool flushed() const { return m_output.empty(); }

Q_SIGNALS:
    /// No more messages will come: end of file, or an error of the input.
    void inputEnded();
    void outputFlushed();
    /// The client closed its end; what is written is dropped.
    void outputLost();

private:
    void readSome();
    void writeSome();
    void endInput();

    int m_input;
    int m_outputFd;
    int m_outputFlags;
    bool m_reading = true;
    bool m_lost = false;
    LineReader m_lines;
    std::string m_output;
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
};

/// Beyond this much unread output nothing more is read.
inline constexpr std::size_t kOutput_bytes_max = 1048576;

} // namespace glovebox::mcp
