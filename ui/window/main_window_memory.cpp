// What the main window does with the memory of a session beside reading and asking.

#include <QDockWidget>
#include <QFileDialog>

#include "ui/chat/question_panel.h"
#include "ui/document/document_panel.h"
#include "ui/memory/diff_panel.h"
#include "ui/memory/recall_panel.h"
#include "ui/shell/message_bar.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/window/main_window.h"
#include "ui/window/memory_presenter.h"
#include "ui/window/memory_tools_presenter.h"

namespace tidemark::ui {

void MainWindow::connectMemory() {
  // At the top of the text, as with the questions of the same menu.
  const auto here = [this](QAction* action, void (MemoryPresenter::*run)(qint64)) {
    connect(action, &QAction::triggered, this, [this, run] {
      if (const auto segment = m_memoryPresenter->segmentHere()) {
        (m_memoryPresenter.get()->*run)(*segment);
      } else {
        say(Severity::kInformation, tr("What is at the top of the text has not been read yet."));
      }
    });
  };
  here(m_actions->forkHere, &MemoryPresenter::fork);
  here(m_actions->rewindHere, &MemoryPresenter::offerRewind);
  here(m_actions->pinHere, &MemoryPresenter::pin);
  connect(m_actions->undoReading, &QAction::triggered, this,
          [this] { m_memoryPresenter->offerChapterRemoval(m_document->topByte()); });
  connect(m_actions->stopMemoryWork, &QAction::triggered, m_session.get(), &SessionController::cancelWork);
  connect(m_actions->askAlong, &QAction::triggered, this, [this] {
    QString question = m_questions->draft();
    if (const auto exchange = m_questions->selectedExchange(); question.trimmed().isEmpty() && exchange) {
      question = exchange->question;
    }
    if (question.trimmed().isEmpty()) {
      say(Severity::kInformation, tr("Write the question first, or select one that was asked."));
      m_docks[1]->show();
      m_questions->focusInput();
    } else {
      m_memoryPresenter->askAlong(question);
    }
  });
  const auto showTimeline = [this] {
    m_docks[3]->show();
    m_docks[3]->raise();
  };
  connect(m_memoryPresenter.get(), &MemoryPresenter::timelineWanted, this, showTimeline);
  connect(m_actions->showTimeline, &QAction::triggered, this, [this, showTimeline] {
    showTimeline();
    m_timeline->setFocus(Qt::ShortcutFocusReason);
  });
}

void MainWindow::connectMemoryTools() {
  const auto bring = [this](std::size_t dock) {
    m_docks[dock]->show();
    m_docks[dock]->raise();
  };
  connect(m_memoryTools.get(), &MemoryToolsPresenter::diffWanted, this, [bring] { bring(4); });
  connect(m_memoryTools.get(), &MemoryToolsPresenter::recallWanted, this, [bring] { bring(5); });
  connect(m_actions->compareMemories, &QAction::triggered, this, [this, bring] {
    bring(4);
    m_diff->setFocus(Qt::ShortcutFocusReason);
  });
  connect(m_actions->measureRecall, &QAction::triggered, this, [this, bring] {
    bring(5);
    m_recall->setFocus(Qt::ShortcutFocusReason);
  });
  connect(m_diff, &DiffPanel::fileWanted, this, [this] {
    auto* dialog = new QFileDialog(this, tr("Compare with a session file"), {}, tr("Sessions (*.tidemark)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_diff, &DiffPanel::addFile);
    dialog->open();
  });
  connect(m_library.get(), &LibraryController::listed, m_memoryTools.get(), &MemoryToolsPresenter::setLibrary);
}

}  // namespace tidemark::ui
