#include "ui/document/go_to_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

#include "ui/theme/icon.h"

namespace tidemark::ui {

GoToBar::GoToBar(QWidget* parent) : QWidget(parent), m_edit(new QLineEdit(this)), m_error(new QLabel(this)) {
  m_edit->setPlaceholderText(tr("p. 12, segment 41, 38 % or byte 1000"));
  m_edit->setAccessibleName(tr("Go to"));
  m_edit->setAccessibleDescription(tr("A page, a segment, a percentage or a byte of the document."));
  m_edit->setMaxLength(60);
  m_error->setForegroundRole(QPalette::PlaceholderText);
  auto* go = new QToolButton(this);
  go->setText(tr("Go"));
  go->setAccessibleName(tr("Go"));
  go->setAccessibleDescription(tr("Go to the place that was entered"));
  go->setFocusPolicy(Qt::StrongFocus);
  auto* close = new QToolButton(this);
  close->setIcon(themedIcon(QStringLiteral("close")));
  close->setProperty("flat", true);
  close->setToolTip(tr("Back to the text (Esc)"));
  close->setAccessibleName(tr("Close"));
  close->setAccessibleDescription(tr("Back to the text"));
  close->setFocusPolicy(Qt::StrongFocus);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 6, 12, 6);
  row->setSpacing(6);
  row->addWidget(m_edit, 1);
  row->addWidget(m_error, 1);
  row->addWidget(go);
  row->addWidget(close);
  setAutoFillBackground(true);
  connect(m_edit, &QLineEdit::textEdited, m_error, &QLabel::clear);
  connect(go, &QToolButton::clicked, this, &GoToBar::enter);
  connect(close, &QToolButton::clicked, this, &GoToBar::closed);
  setFocusProxy(m_edit);
  sizeIcons();
}

void GoToBar::open() {
  m_error->clear();
  show();
  m_edit->setFocus(Qt::ShortcutFocusReason);
  m_edit->selectAll();
}

GoToWords GoToBar::words() {
  const auto list = [](const QString& words) { return words.split(QLatin1Char(' '), Qt::SkipEmptyParts); };
  GoToWords words;
  words.page = list(tr("page p pp", "words for page, separated by blanks")) << QStringLiteral("page");
  words.segment = list(tr("segment seg s", "words for segment, separated by blanks")) << QStringLiteral("segment");
  words.byte = list(tr("byte b", "words for byte, separated by blanks")) << QStringLiteral("byte");
  return words;
}

void GoToBar::enter() {
  const auto target = parseGoTo(m_edit->text(), words());
  if (target) {
    Q_EMIT targetEntered(*target);
  } else if (const QString label = pageLabel(m_edit->text(), words()); !label.isEmpty()) {
    Q_EMIT labelEntered(label);
  } else {
    showNotUnderstood();
  }
}

void GoToBar::showNotUnderstood() {
  m_error->setText(tr("Enter a page, segment, percentage or byte."));
}

void GoToBar::showError(GoToError error, const DocumentText& text, const SegmentList& segments) {
  switch (error) {
    case GoToError::kNoPages:
      m_error->setText(tr("This document has no page marks."));
      break;
    case GoToError::kNoSuchPage:
      m_error->setText(tr("The document has %Ln page(s).", nullptr, static_cast<int>(text.pageCount())));
      break;
    case GoToError::kNoSegments:
      m_error->setText(tr("Nothing has been read yet, so there are no segments."));
      break;
    case GoToError::kNoSuchSegment: {
      const qint64 last = segments.firstSegment() + static_cast<qint64>(segments.size()) - 1;
      m_error->setText(tr("There are segments %1 to %2.").arg(segments.firstSegment()).arg(last));
      break;
    }
    case GoToError::kBehindText:
      m_error->setText(tr("The text has %1 bytes.").arg(locale().toString(static_cast<qulonglong>(text.byteCount()))));
      break;
  }
}

QString GoToBar::errorText() const {
  return m_error->text();
}

void GoToBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    Q_EMIT closed();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    enter();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void GoToBar::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) sizeIcons();
}

void GoToBar::sizeIcons() {
  const int side = fontMetrics().height();
  for (QToolButton* button : findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly)) {
    button->setIconSize({side, side});
  }
}

}  // namespace tidemark::ui
