// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/caller.h"
#include "mcp/token.h"

#include <QByteArray>
#include <QObject>

#include <vector>

namespace glovebox::mcp
{

/// Assistants of one server at one time; a new one takes the place of the one that asked nothing for longest.
/// The daemon lets one user have 48 connections.
inline constexpr std::size_t kCallers_count_max = 16;
/// Wrong tokens: so many at once, then one a second. Below what the daemon allows a user.
inline constexpr int kWrongTokensBurst = 10;
inline constexpr std::chrono::seconds kWrongTokenPeriod{1};

/// A connection to the daemon for each token that was shown; the daemon says whether it is an assistant's.
/// Tokens are kept in locked memory and told apart by a keyed hash, compared in constant time.
class DaemonCallers final : public QObject, public Callers
{
    Q_OBJECT
public:
    /// `bus` is an address as ipc::connectToBus takes it.
    DaemonCallers(QString bus, const base::Json &proposalSchema);
    ~DaemonCallers() override;

    void find(std::string_view token, Found found) override;

private:
    class Assistant;
    [[nodiscard]] QByteArray nameOf(std::string_view token) const;
    [[nodiscard]] std::shared_ptr<Assistant> known(const QByteArray &name) const;
    [[nodiscard]] bool makeRoom();
    void open(const QByteArray &name, Token token, Found found);
    void opened(const std::shared_ptr<Assistant> &assistant);
    void refused(const std::shared_ptr<Assistant> &assistant, CallerFault fault);

    QString m_bus;
    const base::Json &m_proposalSchema;
    QByteArray m_key;
    std::vector<std::shared_ptr<Assistant>> m_assistants;
    Allowance m_wrongTokens{kWrongTokensBurst, kWrongTokenPeriod};
    quint64 m_lastConnection = 0;
};

} // namespace glovebox::mcp
