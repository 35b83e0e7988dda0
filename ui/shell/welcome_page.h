#pragma once
// What the centre shows while no document is open: three ways to begin.

#include <QAbstractButton>
#include <QString>
#include <QWidget>

class QBoxLayout;
class QLabel;

namespace tidemark::ui {

/// A large button with an icon, a title and a sentence; a wrapped text makes it higher. GUI thread.
class WelcomeCard final : public QAbstractButton {
  Q_OBJECT

 public:
  WelcomeCard(const QString& iconName, const QString& title, const QString& sentence, QWidget* parent = nullptr);

  void setSentence(const QString& sentence);
  /// The one card that stands out.
  void setPrimary(bool primary);

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;
  /// Pixels that the card should have where it stands beside others.
  [[nodiscard]] int widthBesideOthers() const;
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  [[nodiscard]] QFont titleFont() const;

  QString m_iconName;
  QString m_sentence;
  bool m_isPrimary = false;
};

/// The cards stand side by side, or below each other when the page is narrow. Left, Right, Up and Down walk over them;
/// the first has the focus when the page appears. GUI thread.
class WelcomePage : public QWidget {
  Q_OBJECT

 public:
  explicit WelcomePage(QWidget* parent = nullptr);

  /// `name` of the session that was open last, `detail` e.g. "finished, 9 questions"; an empty name disables the card.
  void setLastSession(const QString& name, const QString& detail);

 Q_SIGNALS:
  void openRequested();
  void sampleRequested();
  void resumeRequested();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void arrange();
  void updateFonts();

  QBoxLayout* m_row;
  QLabel* m_title;
  QLabel* m_subtitle;
  QLabel* m_hint;
  WelcomeCard* m_cards[3];
};

}  // namespace tidemark::ui
