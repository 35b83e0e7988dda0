#pragma once
// How far back the memory of the open session can be trusted: what a measurement would cost, and what came of it. Asks
// for everything and computes nothing; nothing runs by itself. GUI thread.

#include <QElapsedTimer>
#include <optional>

#include "engine/service/model_recall.h"
#include "ui/memory/memory_panel.h"

class QHBoxLayout;
class QSpinBox;
class QTableView;

namespace tidemark::ui {

class FactModel;
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

class RecallPanel final : public MemoryPanel {
  Q_OBJECT

 public:
  explicit RecallPanel(QWidget* parent = nullptr);

  /// What was found of another session goes.
  void setSession(const MeasurableSession& session);
  [[nodiscard]] RecallRequest request() const;

  void begin();
  void setProgress(const MeterProgress& progress, int answersAll);
  void showResult(ModelRecall recall);
  [[nodiscard]] const std::optional<ModelRecall>& result() const { return m_recall; }
  /// What it costs, or why it cannot be measured.
  [[nodiscard]] QString cost() const;
  [[nodiscard]] QString summary() const override;
  [[nodiscard]] QString asText() const override;
  [[nodiscard]] RecallChart& chart() { return *m_chart; }
  [[nodiscard]] QTableView& table() { return *m_table; }

 Q_SIGNALS:
  void measureRequested();
  /// Where a fact was planted.
  void byteActivated(quint64 byte);

 protected:
  void showState() override;
  void applyColors() override;

 private:
  void makeForm();
  void makeParts();

  MeasurableSession m_session;
  int m_wantedFacts = MeterRequest().facts;  // a short text may hold fewer
  QElapsedTimer m_clock;
  std::optional<ModelRecall> m_recall;

  QLabel* m_factsLabel;
  QSpinBox* m_facts;
  QLabel* m_perReadingLabel;
  QSpinBox* m_perReading;
  QLabel* m_cost;
  RecallChart* m_chart = nullptr;
  FactModel* m_model;
  QTableView* m_table = nullptr;
  QHBoxLayout* m_tableRow = nullptr;
};

}  // namespace tidemark::ui
