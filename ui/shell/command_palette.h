#pragma once
// The command palette: a field and a list of every command of the window, over its upper middle.

#include <QFrame>
#include <QPointer>
#include <QStringList>

class QLineEdit;
class QListView;

namespace tidemark::ui {

class CommandListModel;

/// A child that lies over `window`; hidden until openPalette(). Up, Down, Page Up, Page Down, Enter and Esc work from
/// the field; it closes when the focus leaves it and gives the focus back to where it was. GUI thread.
class CommandPalette : public QFrame {
  Q_OBJECT

 public:
  explicit CommandPalette(QWidget* window);

  /// Ids (Command::id), most recent first; at most 20 are kept. Not stored here: save and set them.
  void setRecentCommands(const QStringList& ids);
  [[nodiscard]] QStringList recentCommands() const { return m_recent; }

 public Q_SLOTS:
  /// Collects the commands anew, shows itself with an empty field and takes the focus.
  void openPalette();
  void closePalette();

 Q_SIGNALS:
  /// Before the action is triggered; recentCommands() holds it already.
  void commandTriggered(const QString& id);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void filter(const QString& pattern);
  void runCurrent();
  void moveCurrent(int rows);
  void place();
  void announceCurrent();

  QPointer<QWidget> m_window;
  QPointer<QWidget> m_focusBefore;
  QLineEdit* m_field;
  QListView* m_list;
  CommandListModel* m_model;
  QStringList m_recent;
};

}  // namespace tidemark::ui
