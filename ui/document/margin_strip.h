#pragma once
// The whole document as a thin strip: what has been read, evidence, bookmarks, matches, where an answer changes, and
// the part in view. Clicking or dragging goes there; with the focus Up/Down, Page Up/Down, Home and End do. GUI thread.

#include <QWidget>
#include <array>
#include <cstdint>
#include <span>

#include "ui/document/view_marks.h"

namespace tidemark::ui {

class MarginStrip : public QWidget {
  Q_OBJECT

 public:
  explicit MarginStrip(QWidget* parent = nullptr);

  /// All positions are seen against this many bytes.
  void setByteCount(quint64 bytes);
  void setReadUntil(quint64 byte);
  void setVisibleBytes(ByteRange bytes);
  void setEvidence(std::vector<EvidenceMark> evidence);
  void setBookmarks(std::vector<BookmarkMark> bookmarks);
  void setChanges(std::vector<ChangeMark> changes);
  void clearMatches();
  void addMatches(std::span<const ByteRange> matches);

  /// Of the first visible byte.
  [[nodiscard]] double percent() const;
  [[nodiscard]] QString spokenValue() const;
  void jumpToPercent(double percent);

  [[nodiscard]] QSize sizeHint() const override;
  /// Height of a byte in the strip, for tests.
  [[nodiscard]] qreal yOf(quint64 byte) const;
  /// What the pointer is told at this height, one line each.
  [[nodiscard]] QString toolTipAt(qreal y) const;

 Q_SIGNALS:
  void jumpRequested(quint64 byte, bool isDrag);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  bool event(QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  static constexpr std::size_t kBins = 512;

  [[nodiscard]] QRectF barRect() const;
  [[nodiscard]] QRectF frameRect() const;
  [[nodiscard]] quint64 byteAt(qreal y) const;
  void paintMatches(QPainter& painter) const;
  void paintBookmarks(QPainter& painter) const;
  void paintChanges(QPainter& painter) const;

  quint64 m_byteCount = 0;
  quint64 m_readUntil = 0;
  ByteRange m_visible;
  std::vector<EvidenceMark> m_evidence;
  std::vector<BookmarkMark> m_bookmarks;
  std::vector<ChangeMark> m_changes;
  std::array<std::uint32_t, kBins> m_matches{};
  qreal m_grab = 0;  // where in the frame a drag took hold
};

}  // namespace tidemark::ui
