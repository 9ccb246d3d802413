// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/merchant.h"

#include "base/time.h"
#include "crypto/hash.h"
#include "platform/simulator/bench/wait.h"
#include "wire/http_signature.h"

#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <memory>

namespace glovebox::simulator
{
namespace
{

constexpr std::chrono::milliseconds kLimit(15000);
constexpr const char *kContentType = "application/json";

QNetworkRequest requestFor(const QString &url, const QString &caFile)
{
    QNetworkRequest request{QUrl(url)};
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromPath(caFile));
    request.setSslConfiguration(tls);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setRawHeader("connection", "close");
    request.setTransferTimeout(static_cast<int>(kLimit.count()));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QLatin1String(kContentType));
    return request;
}

} // namespace

std::expected<void, std::string> Merchant::complete(const std::string &approvalId, std::int64_t amount_minor,
                                                    const std::string &currency)
{
    return post(approvalId, "complete",
                {{"approval_id", approvalId}, {"amount_minor", amount_minor}, {"currency", currency}});
}

std::expected<void, std::string> Merchant::release(const std::string &approvalId)
{
    return post(approvalId, "release", {{"approval_id", approvalId}});
}

std::expected<void, std::string> Merchant::post(const std::string &approvalId, const char *action,
                                                const base::Json &body)
{
    const std::string path = "/v1/merchant/approvals/" + approvalId + '/' + action;
    const wire::SignedParts parts{"POST", path, "?", kContentType, body.dump()};
    const auto headers =
        wire::signRequest(m_key, parts, base::readWallTime().milliseconds / 1000, crypto::randomId('n'));
    if (!headers) {
        return std::unexpected("the merchant cannot sign: " + headers.error().detail);
    }
    QNetworkRequest request = requestFor(
        QStringLiteral("https://127.0.0.1:%1%2").arg(m_port).arg(QString::fromStdString(path)), m_caFile);
    for (const auto &[name, value] : *headers) {
        request.setRawHeader(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
    }
    const std::unique_ptr<QNetworkReply> reply(
        m_network.post(request, QByteArray::fromStdString(parts.body)));
    if (!waitUntil([&reply] { return reply->isFinished(); }, kLimit)) {
        return std::unexpected("the gateway does not answer the merchant");
    }
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status != 200) {
        return std::unexpected("the gateway answers the merchant " + std::to_string(status) + ' ' +
                               reply->readAll().left(300).toStdString() + ' ' +
                               reply->errorString().toStdString());
    }
    return {};
}

} // namespace glovebox::simulator
