#include "ui/download/http_fetch.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <algorithm>

#include "ui/download/model_download.h"
#include "ui/download/model_source.h"

namespace tidemark::ui {
namespace {

constexpr int kMostRedirects = 8;
constexpr qint64 kBuffer = 1 << 20;

bool isRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool mayRecover(QNetworkReply::NetworkError error) {
  switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
      return false;
    default:
      return true;
  }
}

QString sha256In(const QByteArray& etag) {
  static const QRegularExpression pattern(QStringLiteral("\\A\"?([0-9a-f]{64})\"?\\z"));
  return pattern.match(QString::fromLatin1(etag)).captured(1);
}

/// "120", or a date; 0 for anything else.
qint64 secondsUntil(const QByteArray& retryAfter) {
  bool isNumber = false;
  const qint64 seconds = retryAfter.trimmed().toLongLong(&isNumber);
  if (isNumber) return std::max<qint64>(0, seconds);
  const QDateTime date = QDateTime::fromString(QString::fromLatin1(retryAfter.trimmed()), Qt::RFC2822Date);
  return date.isValid() ? std::max<qint64>(0, QDateTime::currentDateTimeUtc().secsTo(date)) : 0;
}

}  // namespace

HttpFetch::HttpFetch(QNetworkAccessManager& network, FetchRequest request, Handlers handlers, QObject* parent)
    : QObject(parent), m_network(network), m_request(std::move(request)), m_handlers(std::move(handlers)) {
  m_stall.setSingleShot(true);
  m_stall.setInterval(m_request.stallMs);
  connect(&m_stall, &QTimer::timeout, this, [this] {
    end({FetchEnd::kBroken, m_head.status,
         ModelDownload::tr("nothing came for %Ln second(s)", nullptr, (m_request.stallMs + 999) / 1000)});
  });
  send(m_request.url);
}

HttpFetch::~HttpFetch() {
  dropReply();
}

void HttpFetch::send(const QUrl& url) {
  QNetworkRequest request(url);
  request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
  request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
  request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
  request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
  request.setRawHeader("Accept-Encoding", "identity");  // sizes and ranges are those of the file
  request.setRawHeader("User-Agent", "tidemark/" + QCoreApplication::applicationVersion().toLatin1());
  for (const auto& [name, value] : m_request.headers) request.setRawHeader(name, value);
  if (!m_request.token.isEmpty() && isSameOrigin(url, m_request.url)) {
    request.setRawHeader("Authorization", "Bearer " + m_request.token.toLatin1());
  }
  m_reply = m_request.headOnly ? m_network.head(request) : m_network.get(request);
  m_reply->setReadBufferSize(kBuffer);
  connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpFetch::headArrived);
  connect(m_reply, &QNetworkReply::readyRead, this, &HttpFetch::bodyArrived);
  connect(m_reply, &QNetworkReply::finished, this, &HttpFetch::replyFinished);
  m_stall.start();
}

void HttpFetch::headArrived() {
  if (m_headSeen || m_hasEnded) return;
  const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  if (status == 0) return;
  if (m_head.linkedSha256.isEmpty()) m_head.linkedSha256 = sha256In(m_reply->rawHeader("X-Linked-Etag"));
  if (isRedirect(status)) return;  // followed when it has ended
  m_headSeen = true;
  m_head.status = status;
  m_head.etag = m_reply->rawHeader("ETag");
  m_head.contentRange = m_reply->rawHeader("Content-Range");
  bool isNumber = false;
  const quint64 length = m_reply->rawHeader("Content-Length").toULongLong(&isNumber);
  if (isNumber) m_head.contentLength = length;
  if (status < 200 || status >= 300) {
    return end({FetchEnd::kAnswered, status, {}, secondsUntil(m_reply->rawHeader("Retry-After"))});
  }
  if (!m_handlers.head(m_head)) end({FetchEnd::kStopped, status, {}});
}

void HttpFetch::bodyArrived() {
  m_stall.start();
  if (!m_headSeen) headArrived();
  while (!m_hasEnded && m_headSeen && m_reply->bytesAvailable() > 0) {
    const QByteArray piece = m_reply->read(kBuffer);
    if (piece.isEmpty()) return;
    m_received += static_cast<quint64>(piece.size());
    if (!m_handlers.data(piece)) end({FetchEnd::kStopped, m_head.status, {}});
  }
}

void HttpFetch::replyFinished() {
  if (m_hasEnded) return;
  const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  if (isRedirect(status)) {
    headArrived();
    follow(m_reply->url().resolved(QUrl::fromEncoded(m_reply->rawHeader("Location"))));
    return;
  }
  bodyArrived();
  if (m_hasEnded) return;
  const QNetworkReply::NetworkError error = m_reply->error();
  const QString reason = m_reply->errorString();
  if (!m_headSeen || error != QNetworkReply::NoError) {
    end({mayRecover(error) ? FetchEnd::kBroken : FetchEnd::kRefused, status, reason});
  } else if (!m_request.headOnly && m_head.contentLength && m_received < *m_head.contentLength) {
    end({FetchEnd::kBroken, status, ModelDownload::tr("the connection ended too early")});
  } else {
    end({FetchEnd::kWhole, status, {}});
  }
}

void HttpFetch::follow(const QUrl& target) {
  const bool isDowngrade =
      m_reply->url().scheme() == QStringLiteral("https") && target.scheme() != QStringLiteral("https");
  if (!target.isValid() || target.host().isEmpty() || !isSafeAddress(target) || isDowngrade) {
    return end({FetchEnd::kRefused, 0, ModelDownload::tr("it leads to an address that is not https")});
  }
  if (++m_redirects > kMostRedirects) {
    return end({FetchEnd::kRefused, 0, ModelDownload::tr("it leads from address to address without an end")});
  }
  dropReply();
  send(target);
}

void HttpFetch::end(FetchEnd how) {
  if (m_hasEnded) return;
  m_hasEnded = true;
  m_stall.stop();
  dropReply();
  // Later, and with a copy of the handler: the receiver may throw this object away.
  QMetaObject::invokeMethod(
      this, [ended = m_handlers.ended, how = std::move(how)] { ended(how); }, Qt::QueuedConnection);
}

void HttpFetch::dropReply() {
  if (m_reply == nullptr) return;
  disconnect(m_reply, nullptr, this, nullptr);
  m_reply->abort();
  m_reply->deleteLater();
  m_reply = nullptr;
}

}  // namespace tidemark::ui
