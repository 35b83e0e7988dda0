#include "ui/window/window_actions.h"

#include <QApplication>
#include <QKeySequence>
#include <QMenuBar>
#include <QWidget>

#include "ui/theme/icon.h"

namespace tidemark::ui {
namespace {

class Maker {
 public:
  explicit Maker(QWidget* window) : m_window(window) {}

  [[nodiscard]] QAction* operator()(const QString& icon, const QString& label,
                                    const QList<QKeySequence>& keys = {}) const {
    auto* action = new QAction(label, m_window);
    if (!icon.isEmpty()) action->setIcon(themedIcon(icon));
    action->setShortcuts(keys);
    m_window->addAction(action);
    return action;
  }

 private:
  QWidget* m_window;
};

/// Some platforms find the next match with Ctrl+G as well; here that is "Go to", as in every reader.
QList<QKeySequence> keys(QKeySequence::StandardKey standard) {
  QList<QKeySequence> bound = QKeySequence::keyBindings(standard);
  bound.removeIf([](const QKeySequence& each) {
    return each == QKeySequence(Qt::CTRL | Qt::Key_G) || each == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G);
  });
  return bound;
}
/// The standard keys of the platform, and these where it has none.
QList<QKeySequence> keys(QKeySequence::StandardKey standard, const QKeySequence& otherwise) {
  QList<QKeySequence> bound = keys(standard);
  if (!bound.contains(otherwise)) bound.append(otherwise);
  return bound;
}

}  // namespace

WindowActions::WindowActions(QWidget* window) {
  const Maker make(window);
  const auto icon = [](const char* name) { return QString::fromLatin1(name); };

  open = make(icon("open"), tr("&Open…"), keys(QKeySequence::Open));
  addDocuments = make(icon("add-document"), tr("&Add to session…"), {Qt::CTRL | Qt::SHIFT | Qt::Key_O});
  pasteDocument = make({}, tr("&Paste as document"), {Qt::CTRL | Qt::SHIFT | Qt::Key_V});
  trySample = make({}, tr("Try the &sample"));
  browseSessions = make(icon("sessions"), tr("All s&essions…"), {Qt::CTRL | Qt::SHIFT | Qt::Key_S});
  exportMarkdown = make(icon("export"), tr("Conversation as &Markdown…"));
  exportHtml = make({}, tr("Conversation as &HTML…"));
  exportPdf = make({}, tr("Conversation as &PDF…"));
  closeSession = make(icon("close"), tr("&Close session"), keys(QKeySequence::Close));
  quit = make(icon("quit"), tr("&Quit"), keys(QKeySequence::Quit, Qt::CTRL | Qt::Key_Q));
  quit->setMenuRole(QAction::QuitRole);

  copy = make(icon("copy"), tr("&Copy"), keys(QKeySequence::Copy));
  find = make(icon("find"), tr("&Find…"), keys(QKeySequence::Find));
  findNext = make(icon("find-next"), tr("Find &next"), keys(QKeySequence::FindNext, Qt::Key_F3));
  findPrevious =
      make(icon("find-previous"), tr("Find p&revious"), keys(QKeySequence::FindPrevious, Qt::SHIFT | Qt::Key_F3));
  searchHistory = make({}, tr("Search &questions…"), {Qt::CTRL | Qt::SHIFT | Qt::Key_F});
  models = make({}, tr("M&odels…"));
  preferences = make(icon("settings"), tr("Pr&eferences…"), keys(QKeySequence::Preferences, Qt::CTRL | Qt::Key_Comma));
  preferences->setMenuRole(QAction::PreferencesRole);

  zoomIn = make(icon("zoom-in"), tr("Zoom &in"), keys(QKeySequence::ZoomIn, Qt::CTRL | Qt::Key_Equal));
  zoomOut = make(icon("zoom-out"), tr("Zoom &out"), keys(QKeySequence::ZoomOut));
  zoomReset = make(icon("zoom-reset"), tr("&Normal size"), {Qt::CTRL | Qt::Key_0});
  pages = make(icon("pages"), tr("Pa&ges"), {Qt::Key_F4});
  pages->setCheckable(true);
  segmentBoundaries = make({}, tr("&Segment boundaries"), {Qt::CTRL | Qt::Key_J});
  segmentBoundaries->setCheckable(true);
  fullScreen = make(icon("fullscreen"), tr("&Full screen"), keys(QKeySequence::FullScreen, Qt::Key_F11));
  fullScreen->setCheckable(true);
  defaultLayout = make({}, tr("Restore &default layout"));
  nextPanel = make({}, tr("Next &panel"), {Qt::Key_F6});
  previousPanel = make({}, tr("Pre&vious panel"), {Qt::SHIFT | Qt::Key_F6});
  commandPalette = make(icon("palette"), tr("Command pa&lette…"), {Qt::CTRL | Qt::SHIFT | Qt::Key_P});

  read = make(icon("read"), tr("&Read"), {Qt::CTRL | Qt::Key_R});
  pause = make(icon("pause"), tr("&Pause reading"), {Qt::CTRL | Qt::Key_P});
  cancelReading = make(icon("stop"), tr("&Stop reading"), {Qt::CTRL | Qt::Key_Period});
  ask = make(icon("ask"), tr("As&k a question"), {Qt::CTRL | Qt::Key_L});
  askAsOf = make(icon("ask-as-of"), tr("Ask as of &here…"), {Qt::CTRL | Qt::SHIFT | Qt::Key_L});
  askAgain = make(icon("repeat"), tr("Ask a&gain"), {Qt::CTRL | Qt::SHIFT | Qt::Key_R});
  askAlong = make({}, tr("Ask a&long the document"));
  stopAnswer = make(icon("cancel"), tr("Stop &answer"), {Qt::CTRL | Qt::SHIFT | Qt::Key_Period});
  forkHere = make({}, tr("F&ork from here…"));
  rewindHere = make({}, tr("Re&wind to here…"));
  pinHere = make({}, tr("P&in the memory here"));
  undoReading = make({}, tr("&Undo reading of this chapter…"));
  stopMemoryWork = make({}, tr("Stop what is done with the &memory"));
  compareMemories = make({}, tr("&Compare memories…"), {Qt::CTRL | Qt::Key_4});
  measureRecall = make({}, tr("M&easure recall…"), {Qt::CTRL | Qt::Key_5});
  renameSession = make(icon("rename"), tr("Re&name…"));
  duplicateSession = make(icon("duplicate"), tr("&Duplicate"));
  trashSession = make(icon("trash"), tr("Move to &trash"));
  verifySession = make(icon("verify"), tr("&Verify"));
  compareSources = make({}, tr("Compare with its fi&les"));
  revealSession = make(icon("reveal"), tr("Show the &file"));

  goTo = make(icon("go-to"), tr("&Go to…"), {Qt::CTRL | Qt::Key_G});
  back = make(icon("back"), tr("&Back"), keys(QKeySequence::Back));
  forward = make(icon("forward"), tr("&Forward"), keys(QKeySequence::Forward));
  bookmark = make(icon("bookmark"), tr("Book&mark here"), {Qt::CTRL | Qt::Key_D});
  showText = make(icon("document"), tr("To the &text"), {Qt::CTRL | Qt::Key_1});
  showWavefront = make(icon("wavefront"), tr("To the &wavefront"), {Qt::CTRL | Qt::Key_2});

  showTimeline = make({}, tr("To the a&nswers along the document"), {Qt::CTRL | Qt::Key_3});

  shortcuts = make(icon("keyboard"), tr("&Keyboard shortcuts"), {Qt::Key_Question, Qt::Key_F1});
  about = make(icon("about"), tr("&About Tidemark"));
  about->setMenuRole(QAction::AboutRole);
  aboutQt = make({}, tr("About &Qt"));
  aboutQt->setMenuRole(QAction::AboutQtRole);

  recentMenu = new QMenu(tr("Open &recent"), window);
  panelsMenu = new QMenu(tr("&Panels"), window);
  wavefrontMenu = new QMenu(tr("&Wavefront"), window);
}

void WindowActions::buildMenus(QMenuBar& bar) {
  QMenu* file = bar.addMenu(tr("&File"));
  file->addAction(open);
  file->addMenu(recentMenu);
  file->addActions({addDocuments, trySample});
  file->addSeparator();
  file->addAction(browseSessions);
  QMenu* exports = file->addMenu(tr("&Export"));
  exports->addActions({exportMarkdown, exportHtml, exportPdf});
  file->addSeparator();
  file->addActions({closeSession, quit});

  QMenu* edit = bar.addMenu(tr("&Edit"));
  edit->addActions({undo, redo});
  edit->addSeparator();
  edit->addActions({copy, pasteDocument});
  edit->addSeparator();
  edit->addActions({find, findNext, findPrevious, searchHistory});
  edit->addSeparator();
  edit->addActions({models, preferences});

  QMenu* view = bar.addMenu(tr("&View"));
  view->addAction(commandPalette);
  view->addSeparator();
  view->addMenu(panelsMenu);
  view->addActions({nextPanel, previousPanel, defaultLayout});
  view->addSeparator();
  view->addActions({zoomIn, zoomOut, zoomReset});
  view->addSeparator();
  view->addActions({pages, segmentBoundaries, fullScreen});

  QMenu* session = bar.addMenu(tr("&Session"));
  session->addActions({read, pause, cancelReading});
  session->addSeparator();
  session->addActions({ask, askAsOf, askAgain, askAlong, stopAnswer});
  session->addSeparator();
  session->addActions({forkHere, rewindHere, undoReading, pinHere, stopMemoryWork});
  session->addSeparator();
  session->addActions({compareMemories, measureRecall});
  session->addSeparator();
  session->addActions({renameSession, duplicateSession, verifySession, compareSources, revealSession, trashSession});

  QMenu* go = bar.addMenu(tr("&Go"));
  go->addActions({goTo, back, forward});
  go->addSeparator();
  go->addAction(bookmark);
  go->addSeparator();
  go->addActions({showText, showWavefront, showTimeline, compareMemories, measureRecall, ask});

  bar.addMenu(wavefrontMenu);

  QMenu* help = bar.addMenu(tr("&Help"));
  help->addActions({shortcuts, trySample});
  help->addSeparator();
  help->addActions({about, aboutQt});
}

}  // namespace tidemark::ui
