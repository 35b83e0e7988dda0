#pragma once
// Every action of the main window, made in one place, so that menus, toolbar, command palette and shortcut sheet show
// the same ones. The actions do nothing by themselves: the window connects them.

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QObject>

class QMenuBar;
class QWidget;

namespace tidemark::ui {

struct WindowActions {
  Q_DECLARE_TR_FUNCTIONS(WindowActions)

 public:
  /// All actions belong to `window`.
  explicit WindowActions(QWidget* window);

  /// File, Edit, View, Session, Go, Help; the submenus below are filled by the window.
  void buildMenus(QMenuBar& bar);

  QAction* open;
  QAction* addDocuments;
  QAction* pasteDocument;
  QAction* trySample;
  QAction* browseSessions;
  QAction* exportMarkdown;
  QAction* exportHtml;
  QAction* exportPdf;
  QAction* closeSession;
  QAction* quit;

  QAction* undo = nullptr;  // set by the window, from its undo stack, before buildMenus
  QAction* redo = nullptr;
  QAction* copy;
  QAction* find;
  QAction* findNext;
  QAction* findPrevious;
  QAction* searchHistory;
  QAction* models;
  QAction* preferences;

  QAction* zoomIn;
  QAction* zoomOut;
  QAction* zoomReset;
  QAction* pages;
  QAction* segmentBoundaries;
  QAction* fullScreen;
  QAction* defaultLayout;
  QAction* nextPanel;
  QAction* previousPanel;
  QAction* commandPalette;

  QAction* read;  // read, continue, resume: whatever goes on
  QAction* pause;
  QAction* cancelReading;
  QAction* ask;
  QAction* askAsOf;
  QAction* askAgain;
  QAction* askAlong;
  QAction* stopAnswer;
  QAction* forkHere;
  QAction* rewindHere;
  QAction* pinHere;
  QAction* undoReading;
  QAction* stopMemoryWork;
  QAction* compareMemories;  // shows the panel
  QAction* measureRecall;    // shows the panel
  QAction* renameSession;
  QAction* duplicateSession;
  QAction* trashSession;
  QAction* verifySession;
  QAction* compareSources;
  QAction* revealSession;

  QAction* goTo;
  QAction* back;
  QAction* forward;
  QAction* bookmark;
  QAction* showText;
  QAction* showWavefront;
  QAction* showTimeline;

  QAction* shortcuts;
  QAction* about;
  QAction* aboutQt;

  QMenu* recentMenu;
  QMenu* panelsMenu;
  QMenu* wavefrontMenu;
};

}  // namespace tidemark::ui
