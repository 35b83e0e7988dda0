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
