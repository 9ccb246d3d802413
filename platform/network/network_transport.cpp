// SPDX-License-Identifier: Apache-2.0
#include "platform/network/network_transport.h"

#include "base/small_file.h"
#include "platform/network/http_answer_reader.h"

#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>
#include <QUrl>

#include <algorithm>

namespace glovebox::network
{

namespace
{

using ports::HttpAnswer;
using ports::TransportFault;

constexpr std::size_t kRequest_max = 256 << 10;
constexpr std::size_t kPem_bytes_max = 1 << 20;
constexpr quint16 kHttpsPort = 443;

QByteArray bytesOf(const std::string &text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

bool isDateError(const QSslError &error)
{
    return error.error() == QSslError::CertificateExpired ||
           error.error() == QSslError::CertificateNotYetValid;
}

bool isOneLine(const std::string &text)
{
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// Nothing for what would not be one request.
std::optional<QByteArray> textOf(const ports::HttpRequest &request, const QUrl &url)
{
    const bool plain = isOneLine(request.path) && request.path.starts_with('/') &&
                       request.path.find(' ') == std::string::npos &&
                       (request.method == "GET" || request.method == "POST");
    if (!plain || request.body.size() > kRequest_max) {
        return std::nullopt;
    }
    QByteArray text = bytesOf(request.method) + ' ' + bytesOf(request.path) +
                      " HTTP/1.1\r\nHost: " + url.authority(QUrl::FullyEncoded).toLatin1() +
                      "\r\nUser-Agent: Glovebox\r\nAccept: application/json\r\nConnection: close\r\n";
    for (const auto &[name, value] : request.headers) {
        if (!isOneLine(name) || !isOneLine(value)) {
            return std::nullopt;
        }
        text += bytesOf(name) + ": " + bytesOf(value) + "\r\n";
    }
    if (request.method == "POST") {
        text +=
            "Content-Length: " + QByteArray::number(static_cast<qulonglong>(request.body.size())) + "\r\n";
    }
    return text + "\r\n" + bytesOf(request.body);
}

/// One request, from send() to its one answer, over a connection of its own. QNetworkAccessManager is not
/// used: where the peer closes without an answer it sends a POST a second time by itself, also over a first
/// connection, with "Connection: close" and with a body that cannot be read again (measured, Qt 6.4.2).
class Exchange final : public QObject
{
public:
    using Done = std::function<void(const HttpAnswer &)>;

    Exchange(const TransportOptions &options, const QSslConfiguration &tls, Done done, QObject *parent)
        : QObject(parent), m_options(options), m_done(std::move(done)), m_socket(this), m_deadline(this),
          m_silence(this)
    {
        m_socket.setSslConfiguration(tls);
        m_socket.setProxy(QNetworkProxy::NoProxy);
        connect(&m_socket, &QSslSocket::sslErrors, this,
                [this](const QList<QSslError> &errors) { judge(errors); });
        connect(&m_socket, &QSslSocket::encrypted, this, [this] { write(); });
        connect(&m_socket, &QSslSocket::readyRead, this, [this] { read(); });
        connect(&m_socket, &QSslSocket::bytesWritten, this,
                [this] { m_silence.start(m_options.silence_max); });
        connect(&m_socket, &QSslSocket::errorOccurred, this, [this] { fail(m_socket.errorString()); });
        connect(&m_socket, &QSslSocket::disconnected, this, [this] { fail(QStringLiteral("closed")); });
        for (QTimer *timer : {&m_deadline, &m_silence}) {
            timer->setSingleShot(true);
            timer->setTimerType(Qt::PreciseTimer);
            connect(timer, &QTimer::timeout, this,
                    [this] { fail(QStringLiteral("the answer took too long")); });
        }
    }

    void begin(const QUrl &url, std::optional<QByteArray> request)
    {
        if (!request) {
            // Never inside send().
            QMetaObject::invokeMethod(
                this, [this] { fail(QStringLiteral("the request cannot be written")); },
                Qt::QueuedConnection);
            return;
        }
        m_request = std::move(*request);
        m_deadline.start(m_options.total_max);
        m_silence.start(m_options.silence_max);
        m_socket.connectToHostEncrypted(url.host(), static_cast<quint16>(url.port(kHttpsPort)));
    }

private:
    void judge(const QList<QSslError> &errors)
    {
        const bool trusted = !m_options.clockTrusted || m_options.clockTrusted();
        if (!trusted && std::ranges::all_of(errors, isDateError)) {
            m_socket.ignoreSslErrors(errors);
            return;
        }
        m_peerRefused = true;
    }

    void write()
    {
        m_mayHaveSent = true;
        m_socket.write(m_request);
    }

    void read()
    {
        m_silence.start(m_options.silence_max);
        switch (m_reader.take(m_socket.readAll())) {
        case HttpAnswerReader::Progress::more:
            return;
        case HttpAnswerReader::Progress::malformed:
            fail(QStringLiteral("the answer is malformed or too large"));
            return;
        case HttpAnswerReader::Progress::whole:
            finish(m_reader.answer());
            return;
        }
    }

    void fail(const QString &why)
    {
        if (m_mayHaveSent && m_socket.bytesAvailable() > 0 && m_done) {
            read(); // the last bytes came together with the end
        }
        HttpAnswer answer;
        const bool tls = m_peerRefused || m_socket.error() == QAbstractSocket::SslHandshakeFailedError;
        answer.fault = m_mayHaveSent ? TransportFault::broken
                       : tls         ? TransportFault::tls
                                     : TransportFault::unreachable;
        answer.detail = why.toStdString();
        finish(answer);
    }

    void finish(const HttpAnswer &answer)
    {
        if (!m_done) {
            return;
        }
        const Done done = std::move(m_done);
        m_done = nullptr;
        m_deadline.stop();
        m_silence.stop();
        m_socket.disconnect(this);
        m_socket.abort();
        deleteLater();
        // A refused address can be known inside connectToHost().
        QMetaObject::invokeMethod(parent(), [done, answer] { done(answer); }, Qt::QueuedConnection);
    }

    const TransportOptions &m_options;
    Done m_done;
    QSslSocket m_socket;
    QTimer m_deadline;
    QTimer m_silence;
    QByteArray m_request;
    HttpAnswerReader m_reader;
    bool m_mayHaveSent = false;
    bool m_peerRefused = false;
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
    }

    void send(const ports::HttpRequest &what, std::function<void(const HttpAnswer &)> onAnswer) override
    {
        auto *exchange = new Exchange(m_options, m_tls, std::move(onAnswer), &m_context);
        exchange->begin(m_url, textOf(what, m_url));
    }

private:
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
    const auto pem = base::readSmallFile(options.caFile, kPem_bytes_max);
    if (!pem) {
        const bool wrong =
            pem.error().code == base::FileFault::notAFile || pem.error().code == base::FileFault::tooLarge;
        return base::fail(wrong ? TransportOptionFault::caMalformed : TransportOptionFault::caMissing,
                          options.caFile + " " + pem.error().detail);
    }
    const auto authorities = QSslCertificate::fromData(QByteArray::fromStdString(*pem), QSsl::Pem);
    if (authorities.isEmpty()) {
        return base::fail(TransportOptionFault::caMalformed, options.caFile + " holds no PEM certificate");
    }
    return std::make_unique<NetworkTransport>(std::move(options), url, authorities);
}

} // namespace glovebox::network
