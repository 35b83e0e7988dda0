#pragma once
// The text of a document on the screen: scrolling, selecting, marks. Lays out only what is visible. GUI thread.
//
// Keys: Up/Down, Page Up/Down, Space and Shift+Space scroll; Ctrl+Home/End go to the ends; Left/Right (Ctrl: by words),
// Ctrl+Up/Down and Home/End move the caret, Shift with any of these selects. The caret comes to the first visible line
// if it was out of sight.

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QElapsedTimer>
#include <memory>
#include <optional>

#include "ui/document/caret_moves.h"
#include "ui/document/document_layout.h"
#include "ui/document/document_text.h"
#include "ui/document/segment_list.h"
#include "ui/document/segment_numbers.h"
#include "ui/document/text_selection.h"
#include "ui/document/view_marks.h"

class QMenu;

namespace tidemark::ui {

class CopyRunner;
class ScrollMotion;

class DocumentView : public QAbstractScrollArea {
  Q_OBJECT

 public:
  static constexpr std::uint64_t kMostCopiedBytes = std::uint64_t{64} << 20;
  static constexpr std::uint64_t kMostCopiedAtOnce = std::uint64_t{1} << 20;
  static constexpr std::uint64_t kMostAskedBytes = std::uint64_t{16} << 10;

  explicit DocumentView(QWidget* parent = nullptr);
  ~DocumentView() override;

  void clearText();
  void appendPiece(std::shared_ptr<const TextPiece> piece);
  void finishText();
  [[nodiscard]] const DocumentText& text() const { return m_text; }
  [[nodiscard]] const DocumentLayout& documentLayout() const { return m_layout; }
  /// Where the text is in the viewport.
  [[nodiscard]] TextColumn column() const { return m_column; }
  /// Spoken by screen readers.
  void setDocumentName(const QString& name) { m_documentName = name; }
  [[nodiscard]] QString documentName() const { return m_documentName; }

  void setSegments(std::shared_ptr<const std::vector<ByteRange>> segments, qint64 firstSegment);
  void appendSegments(std::span<const ByteRange> more);
  [[nodiscard]] const SegmentList& segments() const { return m_segments; }
  void showSegmentBoundaries(bool shown);
  /// What stands in the margin now.
  [[nodiscard]] std::vector<SegmentNumber> segmentNumbers() const;

  void setEvidence(std::vector<EvidenceMark> evidence);
  void setGhost(std::optional<ByteRange> bytes);
  void setBookmarks(std::vector<BookmarkMark> bookmarks);
  /// `matches` stay valid until the next call.
  void setMatches(std::span<const ByteRange> matches, std::optional<std::size_t> current);
  [[nodiscard]] const DocumentMarks& marks() const { return m_marks; }

  /// A byte that is not loaded yet is jumped to when it comes, unless the reader scrolls in between.
  void jumpToByte(quint64 byte);
  /// The range comes to a third of the height; with `highlight` it is framed for a moment.
  void jumpToRange(ByteRange range, bool highlight);
  [[nodiscard]] quint64 topByte() const { return m_layout.topByte(); }
  [[nodiscard]] ByteRange visibleBytes() const { return m_layout.visibleBytes(); }
  void scrollByPixels(int pixels);

  void setFontFamily(const QString& family);
  void setFontPercent(int percent);
  /// 0.5 to 3, on top of the font size.
  void setZoom(double zoom);
  [[nodiscard]] double zoom() const { return m_zoom; }
  void zoomIn() { stepZoom(1); }
  void zoomOut() { stepZoom(-1); }
  void resetZoom() { setZoom(1); }
  void setReducedMotion(bool reduced);

  [[nodiscard]] ByteRange selectedBytes() const { return m_selection.range(); }
  [[nodiscard]] QString selectedText() const;
  void select(ByteRange range);
  void selectAll();
  /// Refuses more than kMostCopiedBytes with a message. More than kMostCopiedAtOnce is made ready on another thread; a
  /// message tells when it is on the clipboard.
  void copySelection();
  [[nodiscard]] quint64 caretByte() const { return m_selection.caret(); }
  /// The first words of the line at `byte`: what a bookmark there is called.
  [[nodiscard]] QString passageAt(quint64 byte, int maxCharacters) const;
  /// Of a bookmark, a segment's number or evidence; empty elsewhere.
  [[nodiscard]] QString toolTipAt(QPointF viewportPoint) const;
  /// The menu for a place in the text; the caller owns it.
  [[nodiscard]] std::unique_ptr<QMenu> makeContextMenu(quint64 byte);
  void setCanChangeMemory(bool can) { m_canChangeMemory = can; }

 Q_SIGNALS:
  void topByteChanged(quint64 byte);
  void visibleRangeChanged(tidemark::ByteRange bytes);
  void selectionChanged(bool hasSelection);
  void zoomChanged(double zoom);
  /// The reader is about to leave the top byte by a jump of the keyboard.
  void jumpStarted(quint64 from);
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
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void timerEvent(QTimerEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  enum class Unit { kCharacter, kWord, kLine };

  void applyStyle();
  void afterScroll();
  void updateScrollBar();
  void updateSelection();
  void stepZoom(int direction);
  bool scrollByKey(const QKeyEvent& event);
  bool moveByKey(const QKeyEvent& event);
  void goToEnd(bool atStart);
  void moveCaret(CaretMove move, bool extend);
  void dragTo(QPointF viewportPoint);
  [[nodiscard]] std::uint64_t byteAtPoint(QPointF viewportPoint) const;
  [[nodiscard]] ByteRange unitAt(std::uint64_t byte, Unit unit) const;
  [[nodiscard]] QString captionOf(const SegmentBoundary& boundary) const;
  [[nodiscard]] QString describeSegment(std::int64_t segment) const;
  [[nodiscard]] std::optional<qint64> bookmarkInLine(quint64 byte) const;
  void addMemoryActions(QMenu& menu, std::optional<qint64> segment);
  void showTarget(ByteRange range);

  struct PendingJump {
    ByteRange range;
    bool isRange = false;
    bool highlight = false;
  };

  DocumentText m_text;
  SegmentList m_segments;
  DocumentLayout m_layout;
  DocumentMarks m_marks;
  TextSelection m_selection;
  bool m_canChangeMemory = false;
  ScrollMotion* m_motion;
  CopyRunner* m_copier;
  TextColumn m_column;
  std::optional<NaturalWidths> m_natural;  // in m_naturalFont
  QFont m_naturalFont;
  std::uint64_t m_copiedBytes = 0;  // that the copier works on
  QString m_documentName;
  QString m_fontFamily;
  int m_fontPercent = 100;
  double m_zoom = 1;
  int m_zoomWheel = 0;  // eighths of a degree that were not enough for a step
  std::optional<PendingJump> m_pendingJump;
  std::uint64_t m_scrollUnit = 1;  // bytes per step of the scroll bar, which counts in int
  bool m_updatingBar = false;
  bool m_showFocusRing = false;
  Unit m_dragUnit = Unit::kCharacter;
  QPointF m_dragPoint;
  QElapsedTimer m_doubleClick;
  QPointF m_doubleClickPoint;
  QBasicTimer m_dragTimer;
  QBasicTimer m_targetTimer;
  std::uint64_t m_reportedTop = 0;
  ByteRange m_reportedRange;
};

}  // namespace tidemark::ui
