#pragma once
// The preferences: five pages, applied as they are changed.

#include <QDialog>
#include <QString>
#include <vector>

#include "ui/shell/settings.h"

class QListWidget;
class QStackedWidget;

namespace tidemark::ui {

class PreferencesPage;

/// What the pages say about this machine and the open model.
struct PreferencesFacts {
  int hardwareThreads = 1;
  quint64 bytesPerSnapshot = 0;  // 0: no model is open
  QString autoSentence;          // what "automatic" takes now: "The CPU: no GPU backend in this build."
  QString cudaSentence;          // "CUDA: no GPU backend in this build."
  bool isCudaAvailable = false;
  quint64 bytesPerTrace = 0;  // of one segment; 0: no model is open
  int segmentTokens = 0;
  bool canTrace = false;         // the device can keep what segments write to memory
  bool tracesByDefault = false;  // for this model, unless it is told otherwise
  int sessionSnapshots = -1;     // that the open session keeps; -1: no session is open
  quint64 sessionSnapshotBytes = 0;
  qint64 segmentsBetween = 0;  // the most that lie between two of them
};

/// Non-modal. Changes made here are announced one by one with the whole settings; nothing is saved here. GUI thread.
class PreferencesDialog : public QDialog {
  Q_OBJECT

 public:
  enum Page { kModel, kReading, kAppearance, kSessions, kAccessibility };

  explicit PreferencesDialog(QWidget* parent = nullptr);

  /// Shows them, without a signal.
  void setSettings(const Settings& settings);
  [[nodiscard]] const Settings& settings() const { return m_settings; }
  void setFacts(const PreferencesFacts& facts);
  void showPage(Page page);

 public Q_SLOTS:
  /// The shown page only.
  void resetPage();

 Q_SIGNALS:
  void settingsChanged(const tidemark::ui::Settings& settings);
  /// Somebody wants to see all models, add or fetch one.
  void modelsRequested();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void addPage(const QString& iconName, PreferencesPage* page);
  void takeChange(PreferencesPage* page);
  void fitList();

  Settings m_settings;
  QListWidget* m_list;
  QStackedWidget* m_stack;
  std::vector<PreferencesPage*> m_pages;
};

}  // namespace tidemark::ui
