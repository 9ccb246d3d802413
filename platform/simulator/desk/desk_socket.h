// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <QLocalServer>

#include <functional>
#include <map>
#include <memory>

class QLocalSocket;

namespace glovebox::simulator
{

/// The control socket of a desk program: JSON lines over a unix socket in a folder that only its owner may
/// enter. One line is one object with exactly one field, the command: {"advance_ms":500}. The answer is one
/// line,
/// {"ok":true,…} or {"error":"…"}. Desk programs alone have it; shipped ones know no such option.
class DeskSocket final : public QObject
{
    Q_OBJECT

public:
    using Reply = std::function<void(const base::Json &)>;
    /// Calls `reply` once, at once or later.
    using Handler = std::function<void(const base::Json &value, const Reply &reply)>;

    explicit DeskSocket(QObject *parent = nullptr);
    void on(const std::string &command, Handler handler);
    /// Nothing, or why it cannot: the folder is missing, open to others or another user's, or the path is
    /// taken.
    [[nodiscard]] std::optional<std::string> listen(const QString &path);

private:
    void accept();
    void receive(QLocalSocket *client);
    void handle(QLocalSocket *client, const QByteArray &line);

    QLocalServer m_server{this};
    std::map<std::string, Handler> m_handlers;
};

[[nodiscard]] base::Json okReply(base::Json fields = base::Json::object());
[[nodiscard]] base::Json errorReply(std::string why);

} // namespace glovebox::simulator
