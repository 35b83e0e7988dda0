#pragma once
// One model: what was found in its folder, and what can be done with it. It only asks. GUI thread.

#include <QString>
#include <QWidget>
#include <vector>

#include "engine/weights/model_hints.h"
#include "ui/models/inspection_text.h"

class QGridLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace tidemark::ui {

class HintsForm;

/// What is known of the model that is shown.
struct ModelDetails {
  QString path;
  QString name;
  bool isBuiltin = false;
  bool isDefault = false;
  bool isDownloaded = false;  // its files came by a download of ours and may be thrown away here
  ModelHints hints;
  bool isChecking = false;
  QString failure;  // why it could not be looked at
  QString headline;
  bool canRun = false;
  std::vector<InspectionRow> rows;
  QStringList problems;
  QStringList notes;
  bool operator==(const ModelDetails&) const = default;
};

class InspectionPage final : public QWidget {
  Q_OBJECT
 public:
  explicit InspectionPage(QWidget* parent = nullptr);

  void show(const ModelDetails& details);
  using QWidget::show;

 Q_SIGNALS:
  void defaultRequested(const QString& path);
  void checkRequested(const QString& path);
  void removeRequested(const QString& path);
  void trashRequested(const QString& path);
  void revealRequested(const QString& path);
  void hintsApplied(const QString& path, const tidemark::ModelHints& hints);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  [[nodiscard]] QWidget* makeButtons();
  void fillFindings();
  void addSentences(const QString& icon, const QString& caption, const QStringList& sentences);
  void followTheme();

  ModelDetails m_details;
  QLabel* m_name;
  QLabel* m_path;
  QLabel* m_headlineIcon;
  QLabel* m_headline;
  QScrollArea* m_area;
  QWidget* m_findings = nullptr;  // made anew for each model
  QVBoxLayout* m_column;          // of what scrolls: findings, then hints
  QToolButton* m_hintsToggle;
  HintsForm* m_hints;
  QPushButton* m_default;
  QPushButton* m_check;
  QPushButton* m_remove;
  QPushButton* m_trash;
  QPushButton* m_reveal;
};

}  // namespace tidemark::ui
