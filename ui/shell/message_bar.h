#pragma once
// What the program has to say, above the centre of the window and never in a box that must be answered.

#include <QElapsedTimer>
#include <QFrame>
#include <QString>
#include <QTimer>
#include <functional>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace tidemark::ui {

enum class Severity { kInformation, kWarning, kError };

struct MessageAction {
  QString text;
  std::function<void()> run;  // called on the GUI thread, after the message has left
};

struct Message {
  Severity severity = Severity::kInformation;
  QString text;                        // one sentence: what, why, what to do
  QString details;                     // for "Copy details"; empty: no such button
  std::vector<MessageAction> actions;  // the first two are shown
  QString key;                         // a message replaces the one with the same key; empty: the text is the key
};

/// Hidden while there is no message. Several messages lie on top of each other, the newest above; the same message
/// again is counted, not repeated. Information leaves 8 seconds after it was last on top without pointer or focus on
/// it; warnings and errors stay. Each message is an accessible alert. GUI thread.
class MessageBar : public QFrame {
  Q_OBJECT

 public:
  explicit MessageBar(QWidget* parent = nullptr);

  void showMessage(Message message);
  [[nodiscard]] int messageCount() const { return static_cast<int>(m_entries.size()); }
  /// The message on top, or null; valid until the next call that changes the bar.
  [[nodiscard]] const Message* currentMessage() const;
  /// How often the message on top came; 0 without one.
  [[nodiscard]] int currentRepeats() const;
  /// For tests and for people who read slowly; the message on top starts anew.
  void setInformationTime(int milliseconds);

 public Q_SLOTS:
  /// Nothing happens if no message has this key.
  void dismiss(const QString& key);
  void dismissCurrent();

 Q_SIGNALS:
  void messageDismissed(const QString& key);

 protected:
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Entry {
    Message message;
    int repeats = 1;
  };
  void buildLayout();
  void buildButtons();
  /// The buttons move below the text where they would leave no room for it.
  void arrange();
  void showTop(bool isNew);
  void updateTimer();
  void runAction(std::size_t index);
  void copyDetails();
  void removeAt(std::size_t index);
  [[nodiscard]] static QString keyOf(const Message& message);

  std::vector<Entry> m_entries;  // newest last
  QTimer m_timer;
  int m_informationMs = 8000;
  bool m_isHovered = false;
  QGridLayout* m_grid = nullptr;
  QWidget* m_buttons = nullptr;
  bool m_isStacked = false;
  QLabel* m_icon;
  QLabel* m_text;
  QLabel* m_count;
  QPushButton* m_actions[2];
  QPushButton* m_copy;
  QToolButton* m_close;
};

}  // namespace tidemark::ui
