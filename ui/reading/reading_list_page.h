#pragma once
// What is about to be read, before it is: the list of files, what can be done with it, and the button that begins. GUI
// thread.

#include <QWidget>
#include <vector>

#include "ui/reading/reading_list_model.h"

class QLabel;
class QPushButton;

namespace tidemark::ui {

class ReadingListView;

class ReadingListPage final : public QWidget {
  Q_OBJECT
 public:
  explicit ReadingListPage(QWidget* parent = nullptr);

  /// `append`: they go behind what the open session holds. `startsByItself`: nobody has to press a button unless
  /// something is missing.
  void begin(const QStringList& paths, bool append, bool startsByItself = false);
  [[nodiscard]] ReadingListModel& model() { return *m_model; }
  [[nodiscard]] ReadingListView& list() { return *m_list; }
  [[nodiscard]] QPushButton& readButton() { return *m_read; }

 Q_SIGNALS:
  /// Places in the list that begin() was given, in the order to be read. `force`: scans are among them, on purpose.
  void readRequested(const std::vector<int>& files, bool force);
  void cancelled();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void connectParts();
  void showState();
  void showRow();
  void moveCurrent(int places);
  void removeCurrent();
  void toggleForce();
  void read();
  void followFont();
  [[nodiscard]] int currentRow() const;

  ReadingListModel* m_model;
  ReadingListView* m_list;
  QLabel* m_title;
  QLabel* m_note;
  QPushButton* m_up;
  QPushButton* m_down;
  QPushButton* m_remove;
  QPushButton* m_force;
  QPushButton* m_cancel;
  QPushButton* m_read;
  bool m_append = false;
  bool m_startsByItself = false;
};

}  // namespace tidemark::ui
