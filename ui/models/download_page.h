#pragma once
// Fetching a model: where from, what that would take, and how far it is. It only asks; ModelDownload does it. GUI
// thread.

#include <QWidget>

#include "ui/download/model_download.h"

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace tidemark::ui {

/// What there is to show of a download.
struct DownloadShown {
  DownloadState state = DownloadState::kIdle;
  DownloadPlan plan;
  DownloadProgress progress;
  QString reason;
};

class DownloadPage final : public QWidget {
  Q_OBJECT
 public:
  explicit DownloadPage(QWidget* parent = nullptr);

  void show(const DownloadShown& shown);
  using QWidget::show;
  void focusSource();

 Q_SIGNALS:
  void lookRequested(const QString& source, const QString& token);
  void startRequested();
  void pauseRequested();
  void resumeRequested();
  void cancelRequested();
  /// Back to the models; what is under way goes on.
  void leaveRequested();

 private:
  void primaryPressed();
  void secondaryPressed();
  [[nodiscard]] QString planText() const;
  [[nodiscard]] QString progressText() const;

  DownloadShown m_shown;
  QLineEdit* m_source;
  QLineEdit* m_token;
  QLabel* m_plan;
  QLabel* m_status;
  QProgressBar* m_bar;
  QPushButton* m_primary;    // look, download, pause, go on: whatever comes next
  QPushButton* m_secondary;  // another source, or stop
  QPushButton* m_leave;
};

}  // namespace tidemark::ui
