// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <QDBusConnection>
#include <QString>

#include <expected>
#include <string>

class Admin1Interface;

namespace glovebox::cli
{

/// Why the program ends without an answer: a sentence on standard error, and the exit code of
/// docs/formats.md.
struct Failure
{
    int exitCode;
    std::string sentence;
};
using JsonAnswer = std::expected<base::Json, Failure>;

/// The daemon's Admin1 for a program that asks once and waits for the answer.
class DaemonClient
{
public:
    explicit DaemonClient(const QString &bus);
    ~DaemonClient();
    DaemonClient(const DaemonClient &) = delete;
    DaemonClient &operator=(const DaemonClient &) = delete;

    /// 69 where the bus or the daemon is not there, 77 where this user may not ask, 1 where there is no such
    /// purchase.
    [[nodiscard]] JsonAnswer status();
    [[nodiscard]] JsonAnswer purchases(unsigned count_max);
    [[nodiscard]] JsonAnswer purchase(const QString &id);
    [[nodiscard]] JsonAnswer publicKey();
    [[nodiscard]] JsonAnswer permissions();
    [[nodiscard]] JsonAnswer revoke(const QString &agent);
    /// 65 where the narrowing is none, or would widen.
    [[nodiscard]] JsonAnswer narrow(const QString &agent, const QString &narrowing);
    [[nodiscard]] JsonAnswer stopAll();
    [[nodiscard]] JsonAnswer simulateVerdict(const QString &question);

private:
    template<class Call> [[nodiscard]] JsonAnswer ask(Call call);

    QString m_busName;
    QDBusConnection m_bus;
};

} // namespace glovebox::cli
