// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "crypto/keys.h"

#include <QNetworkAccessManager>

#include <expected>
#include <string>

namespace glovebox::simulator
{

/// The merchant's till: tells the gateway, in requests signed with the merchant's key, what was really taken.
/// It has its own connection; the car's network does not matter to it.
class Merchant
{
public:
    Merchant(crypto::SigningKey key, QString caFile, quint16 gatewayPort)
        : m_key(std::move(key)), m_caFile(std::move(caFile)), m_port(gatewayPort)
    {}

    [[nodiscard]] std::expected<void, std::string>
    complete(const std::string &approvalId, std::int64_t amount_minor, const std::string &currency);
    [[nodiscard]] std::expected<void, std::string> release(const std::string &approvalId);

private:
    [[nodiscard]] std::expected<void, std::string> post(const std::string &approvalId, const char *action,
                                                        const base::Json &body);

    crypto::SigningKey m_key;
    QString m_caFile;
    quint16 m_port;
    QNetworkAccessManager m_network;
};

} // namespace glovebox::simulator
