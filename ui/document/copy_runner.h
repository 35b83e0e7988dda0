#pragma once
// Makes a long text of the document ready for the clipboard on a thread of its own. GUI thread; the signal arrives
// there.

#include <QObject>
#include <QString>
#include <thread>

#include "ui/document/document_text.h"

namespace tidemark::ui {

class CopyRunner : public QObject {
  Q_OBJECT

 public:
  explicit CopyRunner(QObject* parent = nullptr);
  ~CopyRunner() override;

  /// Characters that `range` holds only in part are left out. What was asked for before and is not ready is dropped.
  void start(const DocumentText& text, ByteRange range);
  void stop();

 Q_SIGNALS:
  void ready(const QString& text);

 private:
  quint64 m_request = 0;
  std::jthread m_thread;
};

}  // namespace tidemark::ui
