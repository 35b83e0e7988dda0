#pragma once
// The list of questions and answers. Only what is in sight is laid out; the heights of the rest are estimated first and
// measured in slices of 3 ms. Works on any model with ConversationModel's roles. GUI thread.

#include <QAbstractItemModel>
#include <QAbstractScrollArea>
#include <QPersistentModelIndex>
#include <QPointer>
#include <QTimer>
#include <memory>
#include <unordered_map>

#include "ui/chat/conversation.h"
#include "ui/chat/exchange_layout.h"
#include "ui/chat/row_heights.h"

class QMenu;

namespace tidemark::ui {

class ConversationView final : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit ConversationView(QWidget* parent = nullptr);
  ~ConversationView() override;

  void setModel(QAbstractItemModel* model);
  /// Marks every occurrence; empty marks nothing.
  void setMarkedText(const QString& text);

  [[nodiscard]] int rowCount() const { return m_heights.count(); }
  [[nodiscard]] Exchange exchangeAt(int row) const;
  [[nodiscard]] int currentRow() const;  // -1: none
  /// Moves the keyboard's exchange and brings it into sight.
  void setCurrentRow(int row);
  [[nodiscard]] int focusedChip() const { return m_focusedChip; }  // of the current exchange; -1: none
  [[nodiscard]] QString selectedText() const;
  /// The selection if there is one, otherwise the answer of the current exchange.
  void copy();

  void scrollToBottom();
  [[nodiscard]] bool isAtBottom() const { return m_followsEnd; }
  /// In pixels of the viewport. Measures the row if need be.
  [[nodiscard]] QRectF rowRect(int row);
  [[nodiscard]] const ExchangeLayout& layoutOf(int row);
  [[nodiscard]] int rowAt(QPointF point) const;  // -1: none
  void activateChip(int row, int chip);
  /// The menu of a row; the caller owns it.
  [[nodiscard]] QMenu* makeMenu(int row);

 Q_SIGNALS:
  void evidenceActivated(const tidemark::ui::EvidenceChip& chip);
  void currentChanged(qint64 questionId);
  void askAgainRequested(const QString& question);
  void askAgainAsOfRequested(const QString& question, qint64 asOfSegment);
  void askAlongRequested(const QString& question);
  /// Assistive technology was told that the row reads differently now; not sent for every delta.
  void announced(int row);

 protected:
  bool event(QEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  bool focusNextPrevChild(bool next) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  struct Selection {
    QPersistentModelIndex index;
    qsizetype anchor = 0;
    qsizetype cursor = 0;
  };
  struct Anchor {  // what stays where it is while heights above it change
    int row = -1;
    qreal inset = 0;
  };

  void resetRows();
  void rowsInserted(int first, int last);
  void rowsChanged(int first, int last, const QList<int>& roles);
  void insertEstimates(int first, int last);
  [[nodiscard]] qreal estimate(int row) const;
  [[nodiscard]] ExchangeStyle currentStyle() const;
  void measure(int row);
  void measureSlice();
  void relayout(bool everything);
  /// `onlyRow` is all that changed, from `changedFrom` pixels below its top; -1: anything may have.
  void settle(const Anchor& anchor, int onlyRow = -1, qreal changedFrom = 0);
  void repaintBelow(int row, qreal changedFrom, int scrolledBy);
  [[nodiscard]] Anchor anchor() const;
  void measureVisible();
  void updateRange();
  void dropFarLayouts();
  void ensureVisible(int row);
  void moveBy(int rows);
  void announce(int row);
  void select(int row, qsizetype from, qsizetype to);
  void clearSelection();
  void hover(QPointF point);
  void setFocusedChip(int chip);
  [[nodiscard]] qsizetype answerOffset(int row, QPointF point);
  [[nodiscard]] QModelIndex indexOf(int row) const;
  bool keyMoves(int key);
  void showToolTip(QPoint position, QPoint global);

  QPointer<QAbstractItemModel> m_model;
  RowHeights m_heights;
  std::unordered_map<int, std::unique_ptr<ExchangeLayout>> m_layouts;
  QTimer m_measureTimer;
  ExchangeStyle m_style;
  QString m_markedText;
  QPersistentModelIndex m_current;
  int m_focusedChip = -1;
  int m_hoveredRow = -1;
  int m_hoveredChip = -1;
  Selection m_selection;
  bool m_selecting = false;
  bool m_followsEnd = true;
  bool m_settling = false;
};

}  // namespace tidemark::ui
