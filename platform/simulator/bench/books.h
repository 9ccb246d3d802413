// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <QDBusConnection>
#include <QVariantList>

#include <expected>
#include <string>

namespace glovebox::simulator
{

/// The daemon's books as Admin1 shows them on the run's bus.
class Books
{
public:
    /// Its own connection of this process; isConnected() may be false.
    explicit Books(const QString &busAddress);
    ~Books();
    Q_DISABLE_COPY_MOVE(Books)

    [[nodiscard]] bool isConnected() const { return m_bus.isConnected(); }
    [[nodiscard]] std::expected<base::Json, std::string> status() const;
    /// The newest 100.
    [[nodiscard]] std::expected<base::Json, std::string> purchases() const;
    [[nodiscard]] std::expected<base::Json, std::string> purchase(const std::string &id) const;

private:
    [[nodiscard]] std::expected<base::Json, std::string> ask(const char *method,
                                                             const QVariantList &arguments) const;

    QString m_name;
    QDBusConnection m_bus;
};

} // namespace glovebox::simulator
