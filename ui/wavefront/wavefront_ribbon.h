#pragma once
// The whole document in one strip: colour as in the grid, a frame around what the grid shows, flags under the segments
// that have a snapshot. GUI thread.

#include <QWidget>
#include <optional>

#include "ui/wavefront/ribbon_scene.h"
#include "ui/wavefront/wavefront_layout.h"
#include "ui/wavefront/wavefront_state.h"

namespace tidemark::ui {

class Pacer;

class WavefrontRibbon : public QWidget {
  Q_OBJECT
 public:
  /// `state` outlives the ribbon; after a change of it call stateChanged().
  explicit WavefrontRibbon(const WavefrontState& state, QWidget* parent = nullptr);

  void setMargins(int left, int right);
  /// Repaints soon: at most ten times a second while reading, thirty times in a replay.
  void stateChanged();
  /// What the grid shows. Moved by a hand, it is repainted at once.
  void setWindow(const SegmentRange& window, bool byHand);
  void setDocumentSegments(std::optional<SegmentRange> segments);

  [[nodiscard]] QRectF strip() const;
  [[nodiscard]] QRectF frame() const;  // around the window
  [[nodiscard]] double xOf(std::int64_t segment) const;
  [[nodiscard]] std::int64_t segmentAt(double x) const;

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

 Q_SIGNALS:
  void windowMoved(qint64 centerSegment);
  void segmentActivated(qint64 segment);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  [[nodiscard]] RibbonView view() const;
  void moveTo(double x);

  const WavefrontState& m_state;
  Pacer* m_pacer = nullptr;
  int m_left = 0;
  int m_right = 0;
  SegmentRange m_window;
  std::optional<SegmentRange> m_document;
  double m_grip = 0;  // where in the window the hand is, in segments from its middle
  double m_pressedX = 0;
  bool m_dragged = false;
};

}  // namespace tidemark::ui
