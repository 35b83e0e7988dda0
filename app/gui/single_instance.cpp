#include "app/gui/single_instance.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QLockFile>
#include <QTimer>

namespace tidemark::ui {
namespace {

constexpr int kMostConnections = 16;
constexpr int kSilenceMs = 5000;  // a connection has this long for its whole message

bool isPrivateFolder(const QString& path) {
  struct stat status {};
  if (::lstat(QFile::encodeName(path).constData(), &status) != 0) return false;
  return S_ISDIR(status.st_mode) && status.st_uid == ::getuid() && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool isSameUser(const QLocalSocket& socket) {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  return ::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 &&
         credentials.uid == ::getuid();
}

}  // namespace

QString defaultInstanceSocket() {
  const QString user = QString::number(::getuid());
  QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR");
  if (!QDir::isAbsolutePath(folder) || !isPrivateFolder(folder)) {
    folder = QDir::tempPath() + QStringLiteral("/tidemark-") + user;
    ::mkdir(QFile::encodeName(folder).constData(), S_IRWXU);  // may be there already
    if (!isPrivateFolder(folder)) return {};
  }
  return folder + QStringLiteral("/tidemark-%1.socket").arg(user);
}

SingleInstance::SingleInstance(QString socketPath, QObject* parent) : QObject(parent), m_path(std::move(socketPath)) {
  m_server.setSocketOptions(QLocalServer::UserAccessOption);
  m_server.setMaxPendingConnections(kMostConnections);
  connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::takeConnection);
}

SingleInstance::~SingleInstance() {
  m_server.close();
  const QList<QLocalSocket*> open = m_pending.keys();
  m_pending.clear();
  for (QLocalSocket* socket : open) socket->disconnect(this);
}

InstanceRole SingleInstance::start(const InstanceMessage& message, int patienceMs) {
  if (m_path.isEmpty()) {
    m_problem = tr("There is no private folder for a socket; a second start opens a second program.");
    return InstanceRole::kAlone;
  }
  const QByteArray bytes = encodeInstanceMessage(message);
  switch (forward(bytes, patienceMs)) {
    case Forwarding::kDone:
      return InstanceRole::kForwarded;
    case Forwarding::kNoAnswer:
      m_problem = tr("The program that runs already does not answer; this is a second one.");
      return InstanceRole::kAlone;
    case Forwarding::kNobody:
      break;
  }
  // Two starts at the same moment: one takes the lock and listens, the other finds it listening afterwards.
  QLockFile lock(m_path + QStringLiteral(".lock"));
  lock.setStaleLockTime(10000);
  if (lock.tryLock(patienceMs)) {
    const Forwarding again = forward(bytes, patienceMs);
    if (again == Forwarding::kDone) return InstanceRole::kForwarded;
    if (again == Forwarding::kNobody && listen()) return InstanceRole::kFirst;
  }
  m_problem = tr("The socket %1 cannot be used; a second start opens a second program.").arg(m_path);
  return InstanceRole::kAlone;
}

SingleInstance::Forwarding SingleInstance::forward(const QByteArray& bytes, int patienceMs) {
  QLocalSocket socket;
  socket.connectToServer(m_path);
  if (!socket.waitForConnected(patienceMs)) return Forwarding::kNobody;
  if (!isSameUser(socket)) return Forwarding::kNoAnswer;
  socket.write(bytes);
  QByteArray answer;
  const QByteArray wanted = instanceAcknowledgement();
  QElapsedTimer clock;
  clock.start();
  while (answer.size() < wanted.size()) {
    const auto left = patienceMs - static_cast<int>(clock.elapsed());
    if (left <= 0 || !socket.waitForReadyRead(left)) break;
    answer += socket.read(wanted.size() - answer.size());
  }
  return answer == wanted ? Forwarding::kDone : Forwarding::kNoAnswer;
}

bool SingleInstance::listen() {
  // Nobody listens there: it is left over from a crash. Never anything else than a socket of ours.
  struct stat status {};
  if (::lstat(QFile::encodeName(m_path).constData(), &status) == 0) {
    if (!S_ISSOCK(status.st_mode) || status.st_uid != ::getuid()) return false;
    QLocalServer::removeServer(m_path);
  }
  return m_server.listen(m_path);
}

void SingleInstance::takeConnection() {
  while (QLocalSocket* socket = m_server.nextPendingConnection()) {
    if (m_pending.size() >= kMostConnections || !isSameUser(*socket)) {
      socket->abort();
      socket->deleteLater();
      continue;
    }
    m_pending.insert(socket, {});
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] { readFrom(socket); });
    connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
      m_pending.remove(socket);
      socket->deleteLater();
    });
    QTimer::singleShot(kSilenceMs, socket, [socket] { socket->abort(); });
    if (socket->bytesAvailable() > 0) readFrom(socket);
  }
}

void SingleInstance::readFrom(QLocalSocket* socket) {
  const auto pending = m_pending.find(socket);
  if (pending == m_pending.end()) return;
  *pending += socket->readAll();
  const InstanceParse parse = parseInstanceMessage(*pending);
  if (parse.state == InstanceParseState::kIncomplete) return;
  m_pending.erase(pending);
  if (parse.state == InstanceParseState::kBroken) {
    socket->abort();
    return;
  }
  socket->write(instanceAcknowledgement());
  socket->disconnectFromServer();  // after what was written
  Q_EMIT messageReceived(parse.message);
}

}  // namespace tidemark::ui
