#pragma once
// The grid of cells: follows the front, zooms, pans, shows one cell at a time in detail. GUI thread.

#include <QWidget>
#include <functional>
#include <optional>

#include "ui/wavefront/wavefront_layout.h"
#include "ui/wavefront/wavefront_scene.h"
#include "ui/wavefront/wavefront_state.h"

class QPushButton;

namespace tidemark::ui {

class Pacer;

class WavefrontGrid : public QWidget {
  Q_OBJECT
 public:
  /// `state` outlives the grid; after a change of it call stateChanged().
  explicit WavefrontGrid(const WavefrontState& state, QWidget* parent = nullptr);

  /// Takes over new extents, follows the front, asks for a repaint. O(1) in the number of cells.
  void stateChanged();
  /// Shortest time between two repaints for changed cells; what a hand does is shown at once.
  void setRepaintInterval(int milliseconds);
  /// A new session: selection, zoom and place begin anew.
  void resetView();
  void setPassage(std::function<QString(qint64)> passage) { m_passage = std::move(passage); }
  void setDocumentSegments(std::optional<SegmentRange> segments);
  void setShear(double shear);

  [[nodiscard]] const WavefrontState& state() const { return m_state; }
  [[nodiscard]] const WavefrontLayout& cellLayout() const { return m_layout; }
  [[nodiscard]] std::optional<CellId> selection() const { return m_selection; }
  void setCanChangeMemory(bool can) { m_canChangeMemory = can; }
  [[nodiscard]] std::optional<CellId> hoveredCell() const { return m_hover; }
  [[nodiscard]] bool isFollowing() const { return m_following; }
  /// Left edge of the cells, in pixels of this widget; the ribbon begins there too.
  [[nodiscard]] int gutter() const { return m_gutter; }
  [[nodiscard]] static int rightMargin() { return 16; }

  void setFollowing(bool following);
  void zoomIn();
  void zoomOut();
  void fit();
  /// Brings the selection into the middle and to a size where it can be read.
  void focusSelection();
  void goToStart();
  void goToEnd();
  void goToSnapshot(int direction);
  void clearSelection();
  void select(const CellId& cell);
  /// Moves the window of the grid, as a hand on the ribbon does.
  void centerOn(std::int64_t segment);
  void copyNumbers();

  /// The picture as it stands, for a painter of any size ratio; `vectorCells` for SVG.
  [[nodiscard]] SceneView sceneView() const;

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void segmentActivated(qint64 segment);
  void segmentHovered(qint64 segment);  // -1: none
  void askAsOfRequested(qint64 segment);
  void forkRequested(qint64 segment);
  void rewindRequested(qint64 segment);
  void pinRequested(qint64 segment);
  void compareRequested(qint64 segment);
  void selectionChanged();
  void viewChanged();  // the visible window, or whether it follows
  void numbersCopied(const QString& text);

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void layoutArea();
  void moveSelection(std::int64_t segments, int layers);
  void setHover(std::optional<CellId> cell);
  void manualMove();
  void changed();
  void zoomBy(double factor);
  void placePill();
  void followFront();

  const WavefrontState& m_state;
  WavefrontLayout m_layout;
  int m_gutter = 0;  // measured when the font changes: shaping text for every frame costs more than the frame
  ScenePainter m_painter;
  Pacer* m_pacer = nullptr;
  std::function<QString(qint64)> m_passage;
  std::optional<CellId> m_selection;
  bool m_canChangeMemory = false;
  std::optional<CellId> m_hover;
  std::optional<SegmentRange> m_document;
  bool m_following = true;
  bool m_zoomed = false;  // by hand: the pitch is kept when the size changes
  bool m_dragging = false;
  std::optional<QPointF> m_pressed;
  double m_pressedOffset = 0;
  QPushButton* m_pill = nullptr;
};

}  // namespace tidemark::ui
