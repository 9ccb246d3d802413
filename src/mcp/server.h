// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/session.h"
#include "mcp/stdio_transport.h"

namespace glovebox::mcp
{

/// One client over one pair of descriptors, from the first line to the end of the input.
class Server final : public QObject
{
    Q_OBJECT
public:
    Server(const Offer &offer, int input, int output);

public Q_SLOTS:
    /// The bus is gone for good: answers what fails by it, then ends.
    void busLost();

Q_SIGNALS:
    /// Emitted once, when no answer is owed or deliverable any more.
    void finished(int exitCode);

private:
    void receive(std::string_view line);
    void send(const Json &message);
    void finishSoon(int exitCode);
    void finishNow();
    void settle();

    Session m_session;
    StdioTransport m_stdio;
    int m_exitCode = 0;
    bool m_finishing = false;
    bool m_finished = false;
};

/// How long a server whose input ended waits for answers that are under way.
inline constexpr int kGrace_ms = 5000;

} // namespace glovebox::mcp
