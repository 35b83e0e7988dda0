#pragma once
// Small labels that several parts of the shell share. GUI thread.

#include <QLabel>

namespace tidemark::ui {

/// A key or key combination in a rounded frame.
class KeyLabel final : public QLabel {
  Q_OBJECT

 public:
  explicit KeyLabel(const QString& key, QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

/// One line that gives way: elided at the end when there is no room, with the whole text as its tooltip then.
class ElidedLabel final : public QWidget {
  Q_OBJECT

 public:
  explicit ElidedLabel(QWidget* parent = nullptr);

  void setText(const QString& text);
  [[nodiscard]] const QString& text() const { return m_text; }
  [[nodiscard]] bool isElided() const;
  /// Drawn in the dim colour, as second lines are.
  void setDim(bool dim);
  /// The label asks for at least so many pixels, so that its neighbours stand still while its text changes.
  void setReservedWidth(int width);

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QString m_text;
  bool m_isDim = false;
  int m_reservedWidth = 0;
};

}  // namespace tidemark::ui
