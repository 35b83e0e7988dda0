#pragma once
// Compares the memory of the open session with that of another place or session: the choice above, below it what came
// of it. Asks for everything and computes nothing. GUI thread.

#include <optional>
#include <vector>

#include "engine/service/memory_diff_job.h"
#include "ui/memory/memory_panel.h"
#include "ui/memory/memory_texts.h"

class QCheckBox;
class QComboBox;
class QTableView;

namespace tidemark::ui {

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

class DiffPanel final : public MemoryPanel {
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
  void showResult(MemoryDiff diff, bool asked);
  [[nodiscard]] const std::optional<MemoryDiff>& result() const { return m_diff; }
  [[nodiscard]] QString summary() const override;
  [[nodiscard]] QString asText() const override;
  [[nodiscard]] LayerChart& layers() { return *m_layers; }
  [[nodiscard]] SegmentChart& segments() { return *m_segments; }

 Q_SIGNALS:
  void compareRequested();
  /// Somebody wants to compare with a file that is not in the list.
  void fileWanted();
  /// Of the open session.
  void segmentActivated(qint64 segment);

 protected:
  void showState() override;
  void applyColors() override;

 private:
  void makeForm();
  void makeParts();
  void fillSessions();
  void fillSecondPlaces();
  void secondChosen();
  void suggest();
  void activate(int item);

  ComparableSession m_session;
  std::vector<qint64> m_snapshots;
  std::vector<ComparableSession> m_others;
  std::vector<ComparableSession> m_files;  // of no library
  int m_chosenSecond = 0;
  std::optional<qint64> m_suggested;  // the place of the second memory, until somebody chooses another
  PlaceName m_placeName;
  bool m_wasAsked = false;
  std::optional<MemoryDiff> m_diff;

  PlaceChooser* m_first;
  QLabel* m_with;
  QComboBox* m_second;
  PlaceChooser* m_secondPlace;
  QCheckBox* m_ask;
  LayerChart* m_layers = nullptr;
  SegmentChart* m_segments = nullptr;
  QStackedWidget* m_segmentStack = nullptr;
  QLabel* m_noSegments = nullptr;
  QuestionDiffModel* m_questions;
  QStackedWidget* m_questionStack = nullptr;
  QTableView* m_table = nullptr;
  QLabel* m_noQuestions = nullptr;
};

}  // namespace tidemark::ui
