#pragma once
// One try to fetch one address: follows redirects by hand, so that https never leads to http and a token reaches nobody
// but the host it was typed for; gives up when nothing comes for a while. Lives on the thread it is made on.

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QUrl>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

class QNetworkReply;

namespace tidemark::ui {

struct FetchRequest {
  QUrl url;
  bool headOnly = false;
  std::vector<std::pair<QByteArray, QByteArray>> headers;
  QString token;  // empty: none
  int stallMs = 30'000;
};

struct FetchHead {
  int status = 0;
  std::optional<quint64> contentLength;
  QByteArray etag;
  QByteArray contentRange;
  QString linkedSha256;  // the checksum that the hub gives of a large file while it redirects; empty: none
};

struct FetchEnd {
  enum Kind {
    kWhole,     // what was announced came
    kBroken,    // another try may do better
    kRefused,   // it would not
    kAnswered,  // a status that is no success: see `status`
    kStopped,   // by the receiver
  };
  Kind kind = kWhole;
  int status = 0;
  QString reason;                // of kBroken and kRefused: a clause for people
  qint64 retryAfterSeconds = 0;  // of kAnswered: how long the server asks to be left alone
};

class HttpFetch final : public QObject {
  Q_OBJECT
 public:
  /// `head` comes once, for a status of 2xx, and says whether the body is wanted; then `data` for every piece, until it
  /// returns false; `ended` exactly once, unless the object is gone before.
  struct Handlers {
    std::function<bool(const FetchHead&)> head;
    std::function<bool(const QByteArray&)> data;
    std::function<void(const FetchEnd&)> ended;
  };

  HttpFetch(QNetworkAccessManager& network, FetchRequest request, Handlers handlers, QObject* parent);
  ~HttpFetch() override;

 private:
  void send(const QUrl& url);
  void headArrived();
  void bodyArrived();
  void replyFinished();
  void follow(const QUrl& target);
  void end(FetchEnd end);
  void dropReply();

  QNetworkAccessManager& m_network;
  FetchRequest m_request;
  Handlers m_handlers;
  QNetworkReply* m_reply = nullptr;
  QTimer m_stall;
  FetchHead m_head;
  quint64 m_received = 0;
  int m_redirects = 0;
  bool m_headSeen = false;
  bool m_hasEnded = false;
};

}  // namespace tidemark::ui
