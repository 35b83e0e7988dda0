#pragma once
// A server on this machine that answers as a test says: in part, wrongly, late or not at all.

#include <QHash>
#include <QHostAddress>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <functional>
#include <utility>
#include <vector>

namespace tidemark::ui {

struct HttpTestRequest {
  QByteArray verb;
  QByteArray path;                        // with its query
  QHash<QByteArray, QByteArray> headers;  // names in lower case
};

struct HttpTestAnswer {
  int status = 200;
  std::vector<std::pair<QByteArray, QByteArray>> headers;
  QByteArray body;
  qint64 announced = -1;  // Content-Length; -1: that of the body, -2: none
  qint64 dropAfter = -1;  // bytes of the body, then the connection ends
  bool stalls = false;    // behind what is sent nothing comes, and the connection stays
};

class HttpTestServer : public QObject {
 public:
  using Answer = std::function<HttpTestAnswer(const HttpTestRequest&)>;

  HttpTestServer() {
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
      QTcpSocket* socket = m_server.nextPendingConnection();
      connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
      connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
    });
  }
  ~HttpTestServer() override {
    for (const auto& socket : m_server.findChildren<QTcpSocket*>()) disconnect(socket, nullptr, this, nullptr);
  }

  [[nodiscard]] QUrl url(const QString& path = {}) const {
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path));
  }
  void on(const QByteArray& path, Answer answer) { m_answers[path] = std::move(answer); }
  void on(const QByteArray& path, const HttpTestAnswer& answer) {
    on(path, [answer](const HttpTestRequest&) { return answer; });
  }
  /// A file with an ETag that understands ranges; the first `drops` answers end in the middle of what they should send.
  void file(const QByteArray& path, const QByteArray& body, const QByteArray& etag = "\"one\"", int drops = 0) {
    on(path, [body, etag, left = drops](const HttpTestRequest& request) mutable {
      HttpTestAnswer answer;
      answer.headers.emplace_back("ETag", etag);
      answer.body = body;
      const QByteArray range = request.headers.value("range");
      const bool isFresh = !request.headers.contains("if-range") || request.headers.value("if-range") == etag;
      if (range.startsWith("bytes=") && isFresh) {
        const qint64 begin = range.mid(6, range.indexOf('-') - 6).toLongLong();
        if (begin >= body.size()) return HttpTestAnswer{416, {}, {}};
        answer.status = 206;
        answer.body = body.mid(begin);
        answer.headers.emplace_back("Content-Range", "bytes " + QByteArray::number(begin) + "-" +
                                                         QByteArray::number(body.size() - 1) + "/" +
                                                         QByteArray::number(body.size()));
      }
      if (left > 0) {
        --left;
        answer.dropAfter = answer.body.size() / 2;
      }
      return answer;
    });
  }
  [[nodiscard]] const std::vector<HttpTestRequest>& requests() const { return m_requests; }
  [[nodiscard]] int count(const QByteArray& path) const {
    int count = 0;
    for (const HttpTestRequest& each : m_requests) count += each.path == path ? 1 : 0;
    return count;
  }
  /// The newest for a path; an empty one if there was none.
  [[nodiscard]] HttpTestRequest last(const QByteArray& path) const {
    for (auto each = m_requests.rbegin(); each != m_requests.rend(); ++each) {
      if (each->path == path) return *each;
    }
    return {};
  }

 private:
  void read(QTcpSocket* socket) {
    QByteArray& text = m_pending[socket];
    text += socket->readAll();
    const qsizetype end = text.indexOf("\r\n\r\n");
    if (end < 0) return;
    HttpTestRequest request;
    const QList<QByteArray> lines = text.left(end).split('\n');
    m_pending.remove(socket);
    request.verb = lines[0].split(' ').value(0);
    request.path = lines[0].split(' ').value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
      const qsizetype colon = lines[i].indexOf(':');
      request.headers[lines[i].left(colon).toLower()] = lines[i].mid(colon + 1).trimmed();
    }
    m_requests.push_back(request);
    const auto found = m_answers.find(request.path);
    write(socket, request, found == m_answers.end() ? HttpTestAnswer{404, {}, {}} : found.value()(request));
  }
  void write(QTcpSocket* socket, const HttpTestRequest& request, const HttpTestAnswer& answer) {
    socket->write("HTTP/1.1 " + QByteArray::number(answer.status) + " X\r\nConnection: close\r\n");
    for (const auto& [name, value] : answer.headers) socket->write(name + ": " + value + "\r\n");
    const qint64 length = answer.announced == -1 ? answer.body.size() : answer.announced;
    if (length >= 0) socket->write("Content-Length: " + QByteArray::number(length) + "\r\n");
    socket->write("\r\n");
    if (request.verb != "HEAD") socket->write(answer.dropAfter >= 0 ? answer.body.left(answer.dropAfter) : answer.body);
    socket->flush();
    if (!answer.stalls) socket->disconnectFromHost();
  }

  QTcpServer m_server;
  QHash<QByteArray, Answer> m_answers;
  QHash<QTcpSocket*, QByteArray> m_pending;
  std::vector<HttpTestRequest> m_requests;
};

}  // namespace tidemark::ui
