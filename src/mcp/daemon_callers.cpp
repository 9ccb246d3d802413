// SPDX-License-Identifier: Apache-2.0
#include "mcp/daemon_callers.h"

#include "ipc/bus.h"
#include "ipc/names.h"
#include "mcp/agent_client.h"
#include "mcp/kind_texts.h"
#include "mcp/resources.h"
#include "mcp/tool_definitions.h"
#include "mcp/tools.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace glovebox::mcp
{

namespace
{

using Clock = std::chrono::steady_clock;

/// The time says nothing about where they differ.
bool equal(const QByteArray &one, const QByteArray &other)
{
    unsigned difference = one.size() == other.size() ? 0 : 1;
    for (qsizetype i = 0; i < std::min(one.size(), other.size()); ++i) {
        difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
    }
    return difference == 0;
}

QByteArray randomKey()
{
    std::array<quint32, 8> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    return {reinterpret_cast<const char *>(bits.data()), sizeof bits};
}

} // namespace

/// One token with its connection, its tools and those who wait for the daemon's word on it.
class DaemonCallers::Assistant final : public QObject, public Caller
{
public:
    Assistant(QByteArray name, Token token, const QString &bus, QString connection, const base::Json &schema)
        : m_name(std::move(name)), m_token(std::move(token)), m_connection(std::move(connection)),
          m_client(ipc::connectToBus(bus, m_connection), m_token), m_tools(m_client, schema),
          m_resources(m_client, kKindTexts)
    {}
    ~Assistant() override { QDBusConnection::disconnectFromBus(m_connection); }
    Q_DISABLE_COPY_MOVE(Assistant)

    [[nodiscard]] Offer offer() override { return {m_tools, m_resources, instructions()}; }
    [[nodiscard]] AgentClient &client() { return m_client; }
    [[nodiscard]] const QByteArray &name() const { return m_name; }

    std::vector<Found> waiting;
    bool verified = false;
    Clock::time_point used = Clock::now();

private:
    QByteArray m_name;
    Token m_token;
    QString m_connection;
    AgentClient m_client;
    Tools m_tools;
    Resources m_resources;
};

DaemonCallers::DaemonCallers(QString bus, const base::Json &proposalSchema)
    : m_bus(std::move(bus)), m_proposalSchema(proposalSchema), m_key(randomKey())
{}

DaemonCallers::~DaemonCallers()
{
    m_assistants.clear();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

QByteArray DaemonCallers::nameOf(std::string_view token) const
{
    return QMessageAuthenticationCode::hash(
        QByteArray::fromRawData(token.data(), static_cast<qsizetype>(token.size())), m_key,
        QCryptographicHash::Sha256);
}

std::shared_ptr<DaemonCallers::Assistant> DaemonCallers::known(const QByteArray &name) const
{
    std::shared_ptr<Assistant> found;
    for (const auto &assistant : m_assistants) { // all of them: the time says nothing about which
        if (equal(assistant->name(), name)) {
            found = assistant;
        }
    }
    return found;
}

void DaemonCallers::find(std::string_view token, Found found)
{
    if (token.size() < ipc::kToken_bytes_min || token.size() > ipc::kToken_bytes_max) {
        found(std::unexpected(CallerFault::unknownToken)); // it cannot be one, and costs nothing
        return;
    }
    const QByteArray name = nameOf(token);
    if (const auto assistant = known(name)) {
        assistant->used = Clock::now();
        if (assistant->verified) {
            found(std::shared_ptr<Caller>(assistant));
        } else {
            assistant->waiting.push_back(std::move(found));
        }
        return;
    }
    // Before it is known whether the token is right: one that is must not say more than one that is not.
    Allowance afterAttempt = m_wrongTokens;
    if (!afterAttempt.take(Clock::now()) || !makeRoom()) {
        found(std::unexpected(CallerFault::rateLimited));
        return;
    }
    auto kept = Token::copyOf(token);
    if (!kept) {
        found(std::unexpected(CallerFault::unavailable));
        return;
    }
    open(name, std::move(*kept), std::move(found));
}

void DaemonCallers::open(const QByteArray &name, Token token, Found found)
{
    const QString connection = QStringLiteral("glovebox-mcp-%1").arg(++m_lastConnection);
    // Deleted from the event loop: its last holder may be an answer of its own.
    const std::shared_ptr<Assistant> assistant(
        new Assistant(name, std::move(token), m_bus, connection, m_proposalSchema),
        [](Assistant *gone) { gone->deleteLater(); });
    assistant->waiting.push_back(std::move(found));
    m_assistants.push_back(assistant);
    connect(&assistant->client(), &AgentClient::sessionOpened, this, [this, weak = std::weak_ptr(assistant)] {
        if (const auto opener = weak.lock()) {
            opened(opener);
        }
    });
    connect(&assistant->client(), &AgentClient::sessionRefused, this,
            [this, weak = std::weak_ptr(assistant)](AgentFault fault) {
                const auto opener = weak.lock();
                if (!opener) {
                    return;
                }
                if (fault == AgentFault::notPermitted) {
                    refused(opener, CallerFault::unknownToken);
                } else if (!opener->verified) { // one that was verified is told by its tools
                    refused(opener, fault == AgentFault::rateLimited ? CallerFault::rateLimited
                                                                     : CallerFault::unavailable);
                }
            });
}

void DaemonCallers::opened(const std::shared_ptr<Assistant> &assistant)
{
    assistant->verified = true;
    for (const auto waiting = std::exchange(assistant->waiting, {}); const Found &found : waiting) {
        found(std::shared_ptr<Caller>(assistant));
    }
}

void DaemonCallers::refused(const std::shared_ptr<Assistant> &assistant, CallerFault fault)
{
    if (fault == CallerFault::unknownToken) {
        m_wrongTokens.take(Clock::now());
    }
    std::erase(m_assistants, assistant);
    for (const auto waiting = std::exchange(assistant->waiting, {}); const Found &found : waiting) {
        found(std::unexpected(fault));
    }
}

bool DaemonCallers::makeRoom()
{
    if (m_assistants.size() < kCallers_count_max) {
        return true;
    }
    const auto oldest = std::ranges::min_element(m_assistants, {}, [](const auto &assistant) {
        return std::pair(!assistant->verified, assistant->used);
    });
    if (!(*oldest)->verified) {
        return false;
    }
    m_assistants.erase(oldest);
    return true;
}

} // namespace glovebox::mcp
