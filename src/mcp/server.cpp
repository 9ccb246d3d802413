// SPDX-License-Identifier: Apache-2.0
#include "mcp/server.h"

#include <QTimer>

namespace glovebox::mcp
{

namespace
{

constexpr int kExitNoBus = 69; // docs/formats.md, "Exit codes"

} // namespace

Server::Server(const Offer &offer, int input, int output)
    : m_session(offer), m_stdio(input, output,
                                {[this](std::string_view line) { receive(line); },
                                 [this](const Json &id) { send(errorMessage(tooLong(id))); }})
{
    connect(&m_stdio, &StdioTransport::inputEnded, this, [this] {
        m_session.forgetWaits();
        finishSoon(0);
    });
    connect(&m_stdio, &StdioTransport::outputFlushed, this, &Server::settle);
    connect(&m_stdio, &StdioTransport::outputLost, this, &Server::finishNow);
}

void Server::receive(std::string_view line)
{
    const auto value = readText(line);
    if (!value) {
        send(errorMessage(value.error()));
        return;
    }
    m_session.receive(*value, [this](const Json &message) { send(message); });
}

void Server::send(const Json &message)
{
    m_stdio.write(message.dump());
    settle();
}

void Server::busLost()
{
    m_stdio.stopReading();
    finishSoon(kExitNoBus);
}

void Server::finishSoon(int exitCode)
{
    if (m_finishing) {
        return;
    }
    m_finishing = true;
    m_exitCode = exitCode;
    QTimer::singleShot(kGrace_ms, Qt::PreciseTimer, this, &Server::finishNow);
    // From the event loop: the caller may stand in the middle of an answer.
    QMetaObject::invokeMethod(this, &Server::settle, Qt::QueuedConnection);
}

void Server::settle()
{
    if (m_finishing && m_session.idle() && m_stdio.flushed()) {
        finishNow();
    }
}

void Server::finishNow()
{
    if (!m_finished) {
        m_finished = true;
        Q_EMIT finished(m_exitCode);
    }
}

} // namespace glovebox::mcp
