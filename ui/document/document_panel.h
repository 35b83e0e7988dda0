#pragma once
// The middle of the window: the text of a document with its margin strip, find bar and go-to bar, and what is shown
// while there is no text. All positions are bytes of the document. GUI thread.

#include <QWidget>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ui/document/document_text.h"
#include "ui/document/find_session.h"
#include "ui/document/go_to.h"
#include "ui/document/jump_history.h"
#include "ui/document/view_marks.h"

class QLabel;
class QStackedWidget;

namespace tidemark::ui {

class DocumentView;
class FindBar;
class GoToBar;
class MarginStrip;
class SearchRunner;

class DocumentPanel : public QWidget {
  Q_OBJECT

 public:
  explicit DocumentPanel(QWidget* parent = nullptr);
  ~DocumentPanel() override;

  /// Empties the panel and shows that a text is coming. `expectedBytes` may be 0 if it is not known.
  void beginDocument(quint64 expectedBytes);
  void appendPiece(std::shared_ptr<const TextPiece> piece);
  void finishDocument();
  /// Back to the empty state.
  void clear();
  void setDocumentName(const QString& name);

  /// Sorted; entry i is segment firstSegment + i.
  void setSegments(std::shared_ptr<const std::vector<ByteRange>> segments, qint64 firstSegment = 0);
  void appendSegments(std::span<const ByteRange> more);
  void setReadUntil(quint64 byte);
  void setEvidence(std::vector<EvidenceMark> evidence);
  void setGhost(std::optional<ByteRange> bytes);
  void setBookmarks(std::vector<BookmarkMark> bookmarks);
  /// Where answers change, in the strip.
  void setChanges(std::vector<ChangeMark> changes);
  /// Whether the menu offers to fork, to rewind, to pin and to undo reading.
  void setCanChangeMemory(bool can);
  /// What is said of a document that turns out to have no text; empty: just that.
  void setWhyNoText(const QString& sentence);

  void goToByte(quint64 byte, bool recordHistory);
  void goToRange(ByteRange range, bool highlight);
  void back();
  void forward();
  [[nodiscard]] bool canGoBack() const { return m_history.canGoBack(); }
  [[nodiscard]] bool canGoForward() const { return m_history.canGoForward(); }
  [[nodiscard]] quint64 topByte() const;

  void openFind();
  void findNext();
  void findPrevious();
  void openGoTo();

  void setZoom(double zoom);
  [[nodiscard]] double zoom() const;
  void zoomIn();
  void zoomOut();
  void resetZoom();
  void setFontFamily(const QString& family);
  void setFontPercent(int percent);
  void setReducedMotion(bool reduced);
  void showSegmentBoundaries(bool shown);

  [[nodiscard]] const DocumentText& text() const;
  [[nodiscard]] std::optional<qint64> segmentAt(quint64 byte) const;
  /// The first words of a segment; empty if there is no such segment or its text is not here yet.
  [[nodiscard]] QString passage(qint64 segment, int maxCharacters) const;
  [[nodiscard]] QString selectedText() const;
  void copySelection();
  void selectAll();
  /// Asks for a bookmark at the top of the view.
  void requestBookmarkAtTop();

  [[nodiscard]] DocumentView& view() { return *m_view; }
  [[nodiscard]] MarginStrip& strip() { return *m_strip; }
  [[nodiscard]] FindBar& findBar() { return *m_findBar; }
  [[nodiscard]] GoToBar& goToBar() { return *m_goToBar; }

 Q_SIGNALS:
  void topByteChanged(quint64 byte);
  void visibleRangeChanged(tidemark::ByteRange bytes);
  void selectionChanged(bool hasSelection);
  void canGoBackChanged(bool can);
  void canGoForwardChanged(bool can);
  void zoomChanged(double zoom);
  void bookmarkRequested(quint64 byte, const QString& label);
  void bookmarkRemovalRequested(qint64 id);
  void askAboutRequested(const QString& selectedText);
  void askAsOfRequested(qint64 segment);
  void forkRequested(qint64 segment);
  void rewindRequested(qint64 segment);
  void pinRequested(qint64 segment);
  void compareRequested(qint64 segment);
  void removalRequested(tidemark::ByteRange bytes);
  void messageRaised(const QString& message);

 protected:
  void wheelEvent(QWheelEvent* event) override;

 private:
  enum class State { kEmpty, kLoading, kText };

  void connectView();
  void connectFind();
  void showState(State state);
  void recordJump(quint64 from);
  void reportHistory(bool couldGoBack, bool couldGoForward);
  void updateByteCount();
  void startSearch();
  void stopSearch();
  void showMatches(bool jump);
  void closeBars();
  void enterTarget(const GoToTarget& target);
  void enterLabel(const QString& label);

  DocumentView* m_view;
  MarginStrip* m_strip;
  FindBar* m_findBar;
  GoToBar* m_goToBar;
  SearchRunner* m_runner;
  QStackedWidget* m_stack;
  QLabel* m_placeholder;
  FindSession m_find;
  JumpHistory m_history;
  QString m_whyNoText;
  quint64 m_expectedBytes = 0;
  std::uint64_t m_findOrigin = 0;  // where the reader was when the bar was opened
};

}  // namespace tidemark::ui
