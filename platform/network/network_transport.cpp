// SPDX-License-Identifier: Apache-2.0
#include "platform/network/network_transport.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>

namespace glovebox::network
{

namespace
{

using ports::HttpAnswer;
using ports::TransportFault;

constexpr qint64 kAnswer_max = 1 << 20;
constexpr std::size_t kRequest_max = 256 << 10;

QByteArray bytesOf(const std::string &text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// The server answered, with whatever status.
bool isHttpStatusError(QNetworkReply::NetworkError error)
{
    return (error > QNetworkReply::UnknownProxyError && error <= QNetworkReply::UnknownContentError) ||
           (error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError);
}

bool isDateError(const QSslError &error)
{
    return error.error() == QSslError::CertificateExpired ||
           error.error() == QSslError::CertificateNotYetValid;
}

/// One request, from send() to its one answer. A manager of its own: nothing of an earlier connection is used
/// again.
class Exchange final : public QObject
{
public:
    using Done = std::function<void(const HttpAnswer &)>;

    Exchange(const TransportOptions &options, Done done, QObject *parent)
        : QObject(parent), m_options(options), m_done(std::move(done)), m_manager(this), m_deadline(this)
    {
        m_manager.setProxy(QNetworkProxy::NoProxy);
        m_manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        m_manager.setTransferTimeout(static_cast<int>(options.silence_max.count()));
        m_deadline.setSingleShot(true);
        m_deadline.setTimerType(Qt::PreciseTimer);
        connect(&m_deadline, &QTimer::timeout, this, [this] { giveUp("the answer took too long"); });
    }

    void begin(const QNetworkRequest &request, const ports::HttpRequest &what)
    {
        m_deadline.start(m_options.total_max);
        m_reply =
            what.method == "POST" ? m_manager.post(request, bytesOf(what.body)) : m_manager.get(request);
        m_reply->setParent(this);
        // Before this nothing of the request has left.
        connect(m_reply, &QNetworkReply::encrypted, this, [this] { m_mayHaveSent = true; });
        connect(m_reply, &QNetworkReply::sslErrors, this,
                [this](const QList<QSslError> &errors) { judge(errors); });
        connect(m_reply, &QNetworkReply::readyRead, this, [this] { read(); });
        connect(m_reply, &QNetworkReply::finished, this, [this] { finish(); });
    }

private:
    void judge(const QList<QSslError> &errors)
    {
        const bool trusted = !m_options.clockTrusted || m_options.clockTrusted();
        if (!trusted && std::all_of(errors.begin(), errors.end(), isDateError)) {
            m_reply->ignoreSslErrors(errors);
            return;
        }
        m_peerRefused = true;
        m_detail = errors.isEmpty() ? QString() : errors.first().errorString();
    }

    void read()
    {
        m_body += m_reply->read(kAnswer_max + 1 - m_body.size());
        if (m_body.size() > kAnswer_max) {
            giveUp("the answer is too large");
        }
    }

    void giveUp(const char *why)
    {
        m_gaveUp = true;
        m_detail = QString::fromLatin1(why);
        m_reply->abort(); // finish() follows
    }

    void finish()
    {
        if (!m_done) {
            return;
        }
        m_deadline.stop();
        HttpAnswer answer;
        const auto error = m_reply->error();
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const bool whole =
            !m_gaveUp && status > 0 && (error == QNetworkReply::NoError || isHttpStatusError(error));
        if (whole) {
            m_body += m_reply->read(kAnswer_max + 1 - m_body.size());
        }
        if (!whole || m_body.size() > kAnswer_max) {
            answer.fault = faultOf(error);
            answer.detail = (m_detail.isEmpty() ? m_reply->errorString() : m_detail).toStdString();
        } else {
            answer.status = status;
            answer.body = m_body.toStdString();
            answer.retryAfter_s = retryAfter();
        }
        const Done done = std::move(m_done);
        m_done = nullptr;
        deleteLater();
        done(answer);
    }

    TransportFault faultOf(QNetworkReply::NetworkError error) const
    {
        if (m_mayHaveSent) {
            return TransportFault::broken;
        }
        const bool tls = m_peerRefused || error == QNetworkReply::SslHandshakeFailedError;
        return tls ? TransportFault::tls : TransportFault::unreachable;
    }

    /// RFC 9110 section 10.2.3, in seconds; a date would need a clock that may be wrong.
    std::optional<int> retryAfter() const
    {
        bool ok = false;
        const int seconds = m_reply->rawHeader("Retry-After").toInt(&ok);
        return ok && seconds >= 0 ? std::optional(seconds) : std::nullopt;
    }

    const TransportOptions &m_options;
    Done m_done;
    QNetworkAccessManager m_manager;
    QTimer m_deadline;
    QNetworkReply *m_reply = nullptr;
    QByteArray m_body;
    QString m_detail;
    bool m_mayHaveSent = false;
    bool m_peerRefused = false;
    bool m_gaveUp = false;
};

class NetworkTransport final : public ports::Transport
{
public:
    NetworkTransport(TransportOptions options, const QUrl &url, const QList<QSslCertificate> &authorities)
        : m_options(std::move(options)), m_url(url)
    {
        m_tls = QSslConfiguration::defaultConfiguration();
        m_tls.setCaCertificates(authorities);
        m_tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
        m_tls.setProtocol(QSsl::TlsV1_2OrLater);
        m_tls.setAllowedNextProtocols({QSslConfiguration::NextProtocolHttp1_1});
    }

    void send(const ports::HttpRequest &what, std::function<void(const HttpAnswer &)> onAnswer) override
    {
        if (what.body.size() > kRequest_max) {
            HttpAnswer answer;
            answer.fault = TransportFault::unreachable;
            answer.detail = "the request is too large";
            QMetaObject::invokeMethod(
                &m_context, [onAnswer = std::move(onAnswer), answer] { onAnswer(answer); },
                Qt::QueuedConnection);
            return;
        }
        auto *exchange = new Exchange(m_options, std::move(onAnswer), &m_context);
        exchange->begin(makeRequest(what), what);
    }

private:
    QNetworkRequest makeRequest(const ports::HttpRequest &what) const
    {
        // StrictMode and no decoding: the path is signed as it stands.
        QNetworkRequest request(QUrl(m_url.toString() + QString::fromStdString(what.path), QUrl::StrictMode));
        request.setSslConfiguration(m_tls);
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
        request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
        request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
        request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
        for (const auto &[name, value] : what.headers) {
            request.setRawHeader(bytesOf(name), bytesOf(value));
        }
        request.setRawHeader("User-Agent", "Glovebox");
        request.setRawHeader("Accept", "application/json");
        request.setRawHeader("Accept-Encoding", "identity");
        // A connection that is kept alive is what the library sends a request over twice.
        request.setRawHeader("Connection", "close");
        return request;
    }

    TransportOptions m_options;
    QUrl m_url;
    QSslConfiguration m_tls;
    QObject m_context; // owns the exchanges; ends first
};

} // namespace

base::Result<std::unique_ptr<ports::Transport>, TransportOptionFault>
makeNetworkTransport(TransportOptions options)
{
    const QUrl url(QString::fromStdString(options.url), QUrl::StrictMode);
    const bool bare =
        url.path().isEmpty() && !url.hasQuery() && !url.hasFragment() && url.userInfo().isEmpty();
    if (!url.isValid() || url.scheme() != QLatin1String("https") || url.host().isEmpty() || !bare) {
        return base::fail(TransportOptionFault::url, "the gateway's URL must be https://host:port");
    }
    QFile file(QString::fromStdString(options.caFile));
    if (!file.open(QIODevice::ReadOnly)) {
        return base::fail(TransportOptionFault::caMissing, options.caFile + " cannot be read");
    }
    const auto authorities = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (authorities.isEmpty()) {
        return base::fail(TransportOptionFault::caMalformed, options.caFile + " holds no PEM certificate");
    }
    return std::make_unique<NetworkTransport>(std::move(options), url, authorities);
}

} // namespace glovebox::network
