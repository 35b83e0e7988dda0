#include "ui/document/find_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

#include "ui/theme/icon.h"

namespace tidemark::ui {
namespace {

QToolButton* makeButton(QWidget* parent, const QString& text, const QString& name, const QString& description) {
  auto* button = new QToolButton(parent);
  button->setText(text);
  button->setToolTip(description);
  button->setAccessibleName(name);
  button->setAccessibleDescription(description);
  button->setFocusPolicy(Qt::StrongFocus);
  return button;
}

}  // namespace

FindBar::FindBar(QWidget* parent)
    : QWidget(parent),
      m_edit(new QLineEdit(this)),
      m_count(new QLabel(this)),
      m_matchCase(makeButton(this, tr("Aa"), tr("Match case"), tr("Capitals and small letters are different"))),
      m_wholeWords(makeButton(this, tr("Words"), tr("Whole words"), tr("Do not find parts of words"))) {
  m_edit->setPlaceholderText(tr("Find in the document"));
  m_edit->setAccessibleName(tr("Find"));
  m_edit->setAccessibleDescription(
      tr("Text to find. Enter goes to the next match, Shift and Enter to the one before."));
  m_edit->setClearButtonEnabled(true);
  m_edit->setMaxLength(1000);
  m_count->setMinimumWidth(m_count->fontMetrics().horizontalAdvance(QStringLiteral("000,000 of 000,000")));
  m_count->setForegroundRole(QPalette::PlaceholderText);
  m_matchCase->setCheckable(true);
  m_wholeWords->setCheckable(true);
  auto* previous = makeButton(this, {}, tr("Previous match"), tr("Go to the match before (Shift+F3)"));
  auto* next = makeButton(this, {}, tr("Next match"), tr("Go to the next match (F3)"));
  auto* close = makeButton(this, {}, tr("Close the find bar"), tr("Back to the text (Esc)"));
  previous->setIcon(themedIcon(QStringLiteral("find-previous")));
  next->setIcon(themedIcon(QStringLiteral("find-next")));
  close->setIcon(themedIcon(QStringLiteral("close")));
  for (QToolButton* button : {previous, next, close}) button->setProperty("flat", true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 6, 12, 6);
  row->setSpacing(6);
  row->addWidget(m_edit, 1);
  row->addWidget(m_count);
  for (QWidget* widget : {m_matchCase, m_wholeWords, previous, next, close}) row->addWidget(widget);
  setAutoFillBackground(true);
  connect(m_edit, &QLineEdit::textChanged, this, &FindBar::queryChanged);
  connect(m_matchCase, &QToolButton::toggled, this, &FindBar::queryChanged);
  connect(m_wholeWords, &QToolButton::toggled, this, &FindBar::queryChanged);
  connect(previous, &QToolButton::clicked, this, &FindBar::previousRequested);
  connect(next, &QToolButton::clicked, this, &FindBar::nextRequested);
  connect(close, &QToolButton::clicked, this, &FindBar::closed);
  setFocusProxy(m_edit);
  sizeIcons();
}

void FindBar::open(const QString& text) {
  show();
  m_edit->setFocus(Qt::ShortcutFocusReason);
  if (!text.isEmpty() && text != m_edit->text()) {
    m_edit->setText(text);
  } else {
    Q_EMIT queryChanged();
  }
  m_edit->selectAll();
}

SearchQuery FindBar::query() const {
  return {m_edit->text(), m_matchCase->isChecked(), m_wholeWords->isChecked()};
}

void FindBar::showCount(const FindSession& session) {
  const QString count = locale().toString(static_cast<qulonglong>(session.matches().size()));
  const QString known = session.isRunning() || session.isLimited() ? tr("%1+").arg(count) : count;
  QString text;
  if (m_edit->text().isEmpty()) {
    text.clear();
  } else if (session.current()) {
    text = tr("%1 of %2").arg(locale().toString(static_cast<qulonglong>(*session.current() + 1)), known);
  } else if (session.isRunning()) {
    text = session.matches().empty() ? tr("searching…") : known;
  } else {
    text = tr("no match");
  }
  m_count->setText(text);
  m_count->setToolTip(session.isLimited() ? tr("Only the first %1 matches are shown.").arg(count) : QString());
}

QString FindBar::countText() const {
  return m_count->text();
}

void FindBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    Q_EMIT closed();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    event->modifiers().testFlag(Qt::ShiftModifier) ? Q_EMIT previousRequested() : Q_EMIT nextRequested();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void FindBar::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) sizeIcons();
}

void FindBar::sizeIcons() {
  const int side = fontMetrics().height();
  for (QToolButton* button : findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly)) {
    button->setIconSize({side, side});
  }
}

}  // namespace tidemark::ui
