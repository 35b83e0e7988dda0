#pragma once
// How far back the memory of the open session can be trusted: what a measurement would cost, and what came of it. Asks
// for everything and computes nothing; nothing runs by itself. GUI thread.

#include <QElapsedTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "engine/service/model_recall.h"

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace tidemark::ui {

class FactModel;
class FlowRow;
class RecallChart;

/// What can be measured.
struct MeasurableSession {
  QString path;  // empty: none
  QString name;
  qint64 segments = 0;
  int segmentTokens = 0;
  qint64 tailTokens = 0;
  QString whyNot;              // one sentence; empty: it can be measured
  double tokensPerSecond = 0;  // as read lately; 0: unknown
  friend bool operator==(const MeasurableSession&, const MeasurableSession&) = default;
};

class RecallPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit RecallPanel(QWidget* parent = nullptr);

  /// What was found of another session goes.
  void setSession(const MeasurableSession& session);
  [[nodiscard]] RecallRequest request() const;

  void begin();
  void setProgress(const MeterProgress& progress, int answersAll);
  /// The last result stays when a measurement is stopped.
  void end();
  void showResult(ModelRecall recall);
  /// One sentence; the last result stays below it.
  void showProblem(const QString& sentence);
  [[nodiscard]] bool isBusy() const { return m_isBusy; }
  [[nodiscard]] const std::optional<ModelRecall>& result() const { return m_recall; }
  /// What it costs, or why it cannot be measured.
  [[nodiscard]] QString cost() const;
  [[nodiscard]] QString summary() const;
  [[nodiscard]] QString problem() const;
  [[nodiscard]] QString asText() const;
  [[nodiscard]] RecallChart& chart() { return *m_chart; }
  [[nodiscard]] QTableView& table() { return *m_table; }

 Q_SIGNALS:
  void measureRequested();
  void stopRequested();
  /// Where a fact was planted.
  void byteActivated(quint64 byte);

 protected:
  void changeEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void makeForm();
  [[nodiscard]] QWidget* makeResult();
  void showState();
  void applyColors();

  MeasurableSession m_session;
  bool m_isBusy = false;
  int m_wantedFacts = MeterRequest().facts;  // a short text may hold fewer
  QElapsedTimer m_clock;
  std::optional<ModelRecall> m_recall;

  FlowRow* m_form;
  QLabel* m_caption;
  QLabel* m_factsLabel;
  QSpinBox* m_facts;
  QLabel* m_perReadingLabel;
  QSpinBox* m_perReading;
  QPushButton* m_measure;
  QPushButton* m_stop;
  QProgressBar* m_progress;
  QLabel* m_progressText;
  QLabel* m_cost;
  QLabel* m_problem;
  QStackedWidget* m_stack;
  QLabel* m_placeholder;
  QLabel* m_summary;
  QToolButton* m_copy;
  QSplitter* m_splitter;
  QHBoxLayout* m_chartRow;
  QHBoxLayout* m_tableRow;
  QLabel* m_chartCaption;
  RecallChart* m_chart;
  QLabel* m_tableCaption;
  FactModel* m_model;
  QTableView* m_table;
};

}  // namespace tidemark::ui
