#pragma once
// Compares the memory of the open session with that of another place or session: the choice above, below it what came
// of it. Asks for everything and computes nothing. GUI thread.

#include <QWidget>
#include <optional>
#include <vector>

#include "engine/service/memory_diff_job.h"
#include "ui/memory/memory_texts.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace tidemark::ui {

class FlowRow;
class LayerChart;
class PlaceChooser;
class QuestionDiffModel;
class SegmentChart;

/// A session that can be compared with.
struct ComparableSession {
  QString path;
  QString name;
  qint64 segments = 0;
  friend bool operator==(const ComparableSession&, const ComparableSession&) = default;
};

/// What is to be compared.
struct DiffChoice {
  std::optional<qint64> first;  // of the open session; nothing: at the end
  bool firstHere = false;       // the top of the text
  QString second;               // path
  std::optional<qint64> secondSegment;
  bool secondHere = false;
  bool questions = false;
};

class DiffPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit DiffPanel(QWidget* parent = nullptr);

  /// The open session; an empty path: none, and nothing can be compared. What was found of another one goes.
  void setSession(const ComparableSession& session, const std::vector<qint64>& snapshots);
  [[nodiscard]] bool knowsSession() const { return m_session.segments > 0; }
  /// Those of the library; the open one is left out.
  void setOthers(std::vector<ComparableSession> others);
  /// A session file that is not in the library; it is chosen.
  void addFile(const QString& path);
  void setPlaceName(const PlaceName& name);
  /// Places are called otherwise now: the pages of the text are known.
  void nameThePlaces();
  /// The open session at this place (nothing: the end) with another session, or with itself at its end.
  /// False if that session cannot be compared with.
  bool choose(std::optional<qint64> first, const QString& second);
  [[nodiscard]] DiffChoice choice() const;

  void begin();
  void setProgress(const DiffProgress& progress);
  /// The last result stays when a comparison is stopped.
  void end();
  void showResult(MemoryDiff diff, bool asked);
  /// One sentence; the last result stays below it.
  void showProblem(const QString& sentence);
  [[nodiscard]] bool isBusy() const { return m_isBusy; }
  [[nodiscard]] const std::optional<MemoryDiff>& result() const { return m_diff; }
  [[nodiscard]] QString summary() const;
  [[nodiscard]] QString problem() const;
  [[nodiscard]] QString asText() const;
  [[nodiscard]] LayerChart& layers() { return *m_layers; }
  [[nodiscard]] SegmentChart& segments() { return *m_segments; }

 Q_SIGNALS:
  void compareRequested();
  void stopRequested();
  /// Somebody wants to compare with a file that is not in the list.
  void fileWanted();
  /// Of the open session.
  void segmentActivated(qint64 segment);

 protected:
  void changeEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void makeForm();
  [[nodiscard]] QWidget* makeResult();
  [[nodiscard]] QWidget* makeColumn(const QString& caption, QWidget* content);
  void fillSessions();
  void fillSecondPlaces();
  void secondChosen();
  void suggest();
  void showState();
  void activate(int item);
  void applyColors();

  ComparableSession m_session;
  std::vector<qint64> m_snapshots;
  std::vector<ComparableSession> m_others;
  std::vector<ComparableSession> m_files;  // of no library
  int m_chosenSecond = 0;
  std::optional<qint64> m_suggested;  // the place of the second memory, until somebody chooses another
  PlaceName m_placeName;
  bool m_isBusy = false;
  bool m_wasAsked = false;
  std::optional<MemoryDiff> m_diff;

  FlowRow* m_form;
  QLabel* m_caption;
  PlaceChooser* m_first;
  QLabel* m_with;
  QComboBox* m_second;
  PlaceChooser* m_secondPlace;
  QCheckBox* m_ask;
  QPushButton* m_compare;
  QPushButton* m_stop;
  QLabel* m_progressText;
  QProgressBar* m_progress;
  QLabel* m_problem;
  QStackedWidget* m_stack;
  QLabel* m_placeholder;
  QLabel* m_summary;
  QToolButton* m_copy;
  QSplitter* m_splitter;
  LayerChart* m_layers;
  SegmentChart* m_segments;
  QStackedWidget* m_segmentStack;
  QLabel* m_noSegments;
  QuestionDiffModel* m_questions;
  QStackedWidget* m_questionStack;
  QTableView* m_table;
  QLabel* m_noQuestions;
  std::vector<QLabel*> m_captions;
};

}  // namespace tidemark::ui
