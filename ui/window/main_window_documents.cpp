// Documents in the main window: the list of files before they are read, the pages beside the text.

#include <QSplitter>
#include <QStackedWidget>

#include "ui/chat/question_panel.h"
#include "ui/document/document_panel.h"
#include "ui/pages/page_panel.h"
#include "ui/reading/reading_list_page.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/welcome_page.h"
#include "ui/window/main_window.h"
#include "ui/window/pages_presenter.h"
#include "ui/window/session_presenter.h"

namespace tidemark::ui {

/// What the middle of the window is for: files to decide about, a text, or a beginning.
void MainWindow::showCentre() {
  QWidget* wanted = m_welcome;
  if (!m_session->facts().path.isEmpty() || m_session->isShowingText()) wanted = m_reader;
  if (m_session->isChoosing()) wanted = m_readingList;
  if (m_centre->currentWidget() == wanted) return;
  m_centre->setCurrentWidget(wanted);
  if (wanted == m_readingList) m_readingList->setFocus(Qt::OtherFocusReason);
}

void MainWindow::connectReadingList() {
  SessionController* session = m_session.get();
  connect(session, &SessionController::choiceBegan, this,
          [this](const QStringList& paths, bool append, bool startsByItself) {
            m_readingList->begin(paths, append, startsByItself);
            showCentre();
          });
  connect(session, &SessionController::choiceEnded, this, &MainWindow::showCentre);
  connect(session, &SessionController::fileProgressed, this,
          [this](int file, int percent) { m_readingList->model().setProgress(file, percent); });
  connect(session, &SessionController::fileChecked, this, [this](int file, const FileReport& report) {
    m_readingList->model().setChecked(file, report.document.head.format, report.document.coverage);
  });
  connect(session, &SessionController::fileRefused, this, [this](int file, const RefusedFile& refused) {
    m_readingList->model().setRefused(file, refused.reason);
    m_state.removeRecentFile(refused.path);
  });
  connect(m_readingList, &ReadingListPage::readRequested, session, &SessionController::readChosen);
  connect(m_readingList, &ReadingListPage::cancelled, session, &SessionController::cancelChoice);
}

void MainWindow::connectPages() {
  m_pagesPresenter->setWanted(m_state.state().pagesShown);
  m_pages->view().setDarkPages(m_state.state().darkPages);
  if (!m_state.state().pagesSplit.isEmpty()) m_reader->restoreState(m_state.state().pagesSplit);
  connect(m_actions->pages, &QAction::triggered, m_pagesPresenter.get(), &PagesPresenter::setWanted);
  connect(m_pages, &PagePanel::closeRequested, this, [this] { m_pagesPresenter->setWanted(false); });
  connect(m_pagesPresenter.get(), &PagesPresenter::visibilityChanged, this, &MainWindow::showPages);
  connect(m_questions, &QuestionPanel::evidenceActivated, this, [this](const EvidenceChip& chip) {
    m_pagesPresenter->showPassage({chip.byteBegin, chip.byteEnd});
  });
  connect(m_questions, &QuestionPanel::exchangeSelected, this, [this](qint64 questionId) {
    std::vector<ByteRange> passages;
    for (const Exchange& exchange : m_questions->exchanges()) {
      if (exchange.questionId != questionId) continue;
      for (const EvidenceChip& chip : exchange.evidence) passages.push_back({chip.byteBegin, chip.byteEnd});
    }
    m_pagesPresenter->setEvidence(std::move(passages));
  });
  showPages();
}

void MainWindow::showPages() {
  const bool hadFocus = m_pages->isAncestorOf(focusWidget());
  const bool isShown = m_pagesPresenter->isAvailable() && m_pagesPresenter->isWanted();
  m_pages->setVisible(isShown);
  m_actions->pages->setEnabled(m_pagesPresenter->isAvailable());
  m_actions->pages->setChecked(isShown);
  if (hadFocus && !isShown) m_document->setFocus(Qt::OtherFocusReason);
  m_state.setPages(m_pagesPresenter->isWanted(), m_pages->view().darkPages(), m_reader->saveState());
}

}  // namespace tidemark::ui
