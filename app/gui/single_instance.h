#pragma once
// One running program for each user: a second start hands its files to the first and ends.

#include <QHash>
#include <QLocalServer>
#include <QObject>
#include <QString>

#include "app/gui/instance_message.h"

class QLocalSocket;

namespace tidemark::ui {

enum class InstanceRole {
  kFirst,      // this one listens now
  kForwarded,  // another one has acknowledged the message: end
  kAlone,      // neither worked; go on without, see problem()
};

/// $XDG_RUNTIME_DIR/tidemark-UID.socket; without that variable in a folder of the user's own below the temporary one.
/// Empty if there is no folder that belongs to this user alone.
[[nodiscard]] QString defaultInstanceSocket();

/// Only the same user can connect: the socket lies in a private folder, has mode 0600, and the user id of the other end
/// is asked of the kernel, on both sides. GUI thread.
class SingleInstance : public QObject {
  Q_OBJECT

 public:
  /// `socketPath` absolute.
  explicit SingleInstance(QString socketPath, QObject* parent = nullptr);
  ~SingleInstance() override;

  /// Waits at most about `patienceMs` for an instance that does not answer: call it before there is a window. A socket
  /// that nobody listens on any more is taken over.
  [[nodiscard]] InstanceRole start(const InstanceMessage& message, int patienceMs = 2000);
  [[nodiscard]] const QString& problem() const { return m_problem; }

 Q_SIGNALS:
  /// From a later start: open the files, come to the front.
  void messageReceived(const tidemark::ui::InstanceMessage& message);

 private:
  enum class Forwarding { kDone, kNobody, kNoAnswer };
  [[nodiscard]] Forwarding forward(const QByteArray& bytes, int patienceMs);
  [[nodiscard]] bool listen();
  void takeConnection();
  void readFrom(QLocalSocket* socket);

  QString m_path;
  QString m_problem;
  QLocalServer m_server;
  QHash<QLocalSocket*, QByteArray> m_pending;
};

}  // namespace tidemark::ui
