#pragma once
// The pages of the preferences dialog. GUI thread.

#include <QString>
#include <QStringList>
#include <QWidget>

#include "ui/shell/preferences_dialog.h"
#include "ui/shell/settings.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSlider;
class QSpinBox;

namespace tidemark::ui {

/// "about 3,640 snapshots of this model (0.6 MB each)"; empty without a model.
[[nodiscard]] QString snapshotCountText(quint64 budgetBytes, quint64 bytesPerSnapshot);
/// What the snapshots of the open session take, and what they save; empty without one.
[[nodiscard]] QString sessionSnapshotsText(quint64 budgetBytes, const PreferencesFacts& facts);
/// What keeping memory traces costs and brings; what the choice means for the open model.
[[nodiscard]] QString traceText(TraceChoice choice, const PreferencesFacts& facts);

class PreferencesPage : public QWidget {
  Q_OBJECT

 public:
  explicit PreferencesPage(const QString& title, QWidget* parent = nullptr);
  [[nodiscard]] const QString& title() const { return m_title; }

  /// Shows what the page is about, without edited().
  void load(const Settings& settings);
  /// Writes what the page is about, and nothing else.
  virtual void store(Settings* settings) const = 0;
  virtual void setFacts(const PreferencesFacts& /*facts*/) {}

 Q_SIGNALS:
  void edited();

 protected:
  virtual void doLoad(const Settings& settings) = 0;
  /// Calls edited(), but not during load().
  void markEdited();
  void addRow(const QString& label, QWidget* field);
  /// A field, and below it a sentence in dim.
  void addNote(QLabel* note);
  /// Below the whole row, for what has no label beside it.
  void addWideNote(QLabel* note);

 private:
  QString m_title;
  QFormLayout* m_form;
  bool m_isLoading = false;
};

class ModelPage final : public PreferencesPage {
  Q_OBJECT

 public:
  explicit ModelPage(QWidget* parent = nullptr);
  void store(Settings* settings) const override;
  void setFacts(const PreferencesFacts& facts) override;

 Q_SIGNALS:
  void modelsRequested();

 protected:
  void doLoad(const Settings& settings) override;

 private:
  void updateNote();

  QComboBox* m_model;
  QComboBox* m_device;
  QLabel* m_deviceNote;
  QSpinBox* m_threads;
  PreferencesFacts m_facts;
};

class ReadingPage final : public PreferencesPage {
  Q_OBJECT

 public:
  explicit ReadingPage(QWidget* parent = nullptr);
  void store(Settings* settings) const override;
  void setFacts(const PreferencesFacts& facts) override;

 protected:
  void doLoad(const Settings& settings) override;

 private:
  [[nodiscard]] quint64 budgetBytes() const;
  void updateNotes();

  QSlider* m_budgetSlider;
  QDoubleSpinBox* m_budget;
  QLabel* m_budgetNote;
  QDoubleSpinBox* m_seconds;
  QComboBox* m_traces;
  QLabel* m_tracesNote;
  QCheckBox* m_boundaries;
  PreferencesFacts m_facts;
};

class AppearancePage final : public PreferencesPage {
  Q_OBJECT

 public:
  explicit AppearancePage(QWidget* parent = nullptr);
  void store(Settings* settings) const override;

 protected:
  void doLoad(const Settings& settings) override;

 private:
  QComboBox* m_theme;
  QSlider* m_scale;
  QLabel* m_scaleText;
  QComboBox* m_interfaceFont;
  QComboBox* m_documentFont;
  QComboBox* m_language;
};

class SessionsPage final : public PreferencesPage {
  Q_OBJECT

 public:
  explicit SessionsPage(QWidget* parent = nullptr);
  void store(Settings* settings) const override;

 protected:
  void doLoad(const Settings& settings) override;

 private:
  void chooseFolder();

  QLineEdit* m_folder;
};

class AccessibilityPage final : public PreferencesPage {
  Q_OBJECT

 public:
  explicit AccessibilityPage(QWidget* parent = nullptr);
  void store(Settings* settings) const override;

 protected:
  void doLoad(const Settings& settings) override;

 private:
  QCheckBox* m_reducedMotion;
};

}  // namespace tidemark::ui
