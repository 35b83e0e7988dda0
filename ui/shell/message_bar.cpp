#include "ui/shell/message_bar.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kTextCharacters = 44;  // average characters of room that buttons beside the text leave it

QString iconName(Severity severity) {
  switch (severity) {
    case Severity::kWarning:
      return QStringLiteral("warning");
    case Severity::kError:
      return QStringLiteral("error");
    case Severity::kInformation:
      break;
  }
  return QStringLiteral("information");
}

QString severityName(Severity severity) {
  switch (severity) {
    case Severity::kWarning:
      return MessageBar::tr("Warning");
    case Severity::kError:
      return MessageBar::tr("Error");
    case Severity::kInformation:
      break;
  }
  return MessageBar::tr("Information");
}

QColor edgeColor(Severity severity, const ThemeColors& colors) {
  if (severity == Severity::kInformation) return colors.accent;
  return severity == Severity::kError ? colors.error : colors.text;
}

}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel),
      m_text(new QLabel),
      m_count(new QLabel),
      m_actions{new QPushButton, new QPushButton},
      m_copy(new QPushButton(tr("Copy details"))),
      m_close(new QToolButton) {
  buildLayout();
  m_timer.setSingleShot(true);
  connect(&m_timer, &QTimer::timeout, this, &MessageBar::dismissCurrent);
  hide();
}

void MessageBar::buildLayout() {
  setAccessibleName(tr("Messages"));
  m_grid = new QGridLayout(this);
  m_grid->setContentsMargins(16, 8, 8, 8);
  m_grid->setHorizontalSpacing(12);
  m_grid->setVerticalSpacing(6);
  m_grid->setColumnStretch(1, 1);
  m_grid->addWidget(m_icon, 0, 0);
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_grid->addWidget(m_text, 0, 1);
  m_count->setForegroundRole(QPalette::PlaceholderText);
  m_grid->addWidget(m_count, 0, 2);
  buildButtons();
  m_grid->addWidget(m_buttons, 0, 3);
  m_close->setIcon(themedIcon(QStringLiteral("close")));
  m_close->setProperty("flat", true);
  m_close->setFocusPolicy(Qt::StrongFocus);
  m_close->setToolTip(tr("Close this message"));
  m_close->setAccessibleName(tr("Close this message"));
  m_close->installEventFilter(this);
  m_grid->addWidget(m_close, 0, 4);
  connect(m_close, &QToolButton::clicked, this, &MessageBar::dismissCurrent);
}

void MessageBar::buildButtons() {
  m_buttons = new QWidget;
  auto* layout = new QHBoxLayout(m_buttons);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  for (std::size_t i = 0; i < 2; ++i) {
    layout->addWidget(m_actions[i]);
    m_actions[i]->installEventFilter(this);
    connect(m_actions[i], &QPushButton::clicked, this, [this, i] { runAction(i); });
  }
  m_copy->setAccessibleDescription(tr("Copies the message and its details to the clipboard"));
  m_copy->installEventFilter(this);
  layout->addWidget(m_copy);
  connect(m_copy, &QPushButton::clicked, this, &MessageBar::copyDetails);
}

void MessageBar::arrange() {
  const int text =
      std::min(fontMetrics().horizontalAdvance(m_text->text()), fontMetrics().averageCharWidth() * kTextCharacters);
  int beside = m_icon->sizeHint().width() + m_close->sizeHint().width() + m_buttons->sizeHint().width() + 72;
  if (!m_count->isHidden()) beside += m_count->sizeHint().width() + 12;
  const bool isStacked = !m_buttons->isHidden() && width() < beside + text;
  if (isStacked == m_isStacked) return;
  m_isStacked = isStacked;
  m_grid->removeWidget(m_buttons);
  if (isStacked) {
    m_grid->addWidget(m_buttons, 1, 1, 1, 4, Qt::AlignTrailing);
  } else {
    m_grid->addWidget(m_buttons, 0, 3);
  }
}

void MessageBar::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  arrange();
}

QString MessageBar::keyOf(const Message& message) {
  return message.key.isEmpty() ? message.text : message.key;
}

void MessageBar::showMessage(Message message) {
  const QString key = keyOf(message);
  const auto same = std::find_if(m_entries.begin(), m_entries.end(),
                                 [&key](const Entry& entry) { return keyOf(entry.message) == key; });
  int repeats = 1;
  if (same != m_entries.end()) {
    if (same->message.text == message.text) repeats = same->repeats + 1;
    m_entries.erase(same);
  }
  m_entries.push_back({std::move(message), repeats});
  showTop(true);
}

const Message* MessageBar::currentMessage() const {
  return m_entries.empty() ? nullptr : &m_entries.back().message;
}

int MessageBar::currentRepeats() const {
  return m_entries.empty() ? 0 : m_entries.back().repeats;
}

void MessageBar::setInformationTime(int milliseconds) {
  m_informationMs = milliseconds;
  updateTimer();
}

void MessageBar::dismiss(const QString& key) {
  for (std::size_t i = 0; i < m_entries.size(); ++i) {
    if (keyOf(m_entries[i].message) != key) continue;
    removeAt(i);
    return;
  }
}

void MessageBar::dismissCurrent() {
  if (!m_entries.empty()) removeAt(m_entries.size() - 1);
}

void MessageBar::removeAt(std::size_t index) {
  const QString key = keyOf(m_entries[index].message);
  const bool wasTop = index + 1 == m_entries.size();
  m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(index));
  if (wasTop || m_entries.empty()) {
    showTop(false);
  } else {
    m_count->setText(tr("%Ln message(s)", nullptr, messageCount()));
    m_count->setVisible(messageCount() > 1 || currentRepeats() > 1);
  }
  Q_EMIT messageDismissed(key);
}

void MessageBar::showTop(bool isNew) {
  if (m_entries.empty()) {
    m_timer.stop();
    m_isHovered = false;
    hide();
    return;
  }
  const Entry& top = m_entries.back();
  const int iconSize = fontMetrics().height() + 4;
  m_icon->setPixmap(themedIcon(iconName(top.message.severity)).pixmap(QSize(iconSize, iconSize), devicePixelRatioF()));
  m_icon->setAccessibleName(severityName(top.message.severity));
  m_text->setText(top.message.text);
  QStringList counts;
  if (top.repeats > 1) counts += tr("%Ln time(s)", nullptr, top.repeats);
  if (m_entries.size() > 1) counts += tr("%Ln message(s)", nullptr, messageCount());
  m_count->setText(counts.join(QStringLiteral(" · ")));
  m_count->setVisible(!counts.isEmpty());
  for (std::size_t i = 0; i < 2; ++i) {
    const bool has = i < top.message.actions.size();
    m_actions[i]->setVisible(has);
    m_actions[i]->setText(has ? top.message.actions[i].text : QString());
    m_actions[i]->setAccessibleDescription(top.message.text);
  }
  m_copy->setText(tr("Copy details"));
  m_copy->setVisible(!top.message.details.isEmpty());
  m_buttons->setVisible(!top.message.actions.empty() || !top.message.details.isEmpty());
  arrange();
  setAccessibleName(tr("%1: %2").arg(severityName(top.message.severity), top.message.text));
  show();
  update();
  updateTimer();
  if (!isNew) return;
  QAccessibleEvent alert(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&alert);
}

void MessageBar::updateTimer() {
  const Message* top = currentMessage();
  const bool isWatched = m_isHovered || isAncestorOf(QApplication::focusWidget());
  if (top == nullptr || top->severity != Severity::kInformation || isWatched) {
    m_timer.stop();
  } else {
    m_timer.start(m_informationMs);
  }
}

void MessageBar::runAction(std::size_t index) {
  if (m_entries.empty() || index >= m_entries.back().message.actions.size()) return;
  const std::function<void()> run = m_entries.back().message.actions[index].run;
  dismissCurrent();
  if (run) run();
}

void MessageBar::copyDetails() {
  const Message* top = currentMessage();
  if (top == nullptr) return;
  QApplication::clipboard()->setText(
      QStringLiteral("%1\n\n%2\n").arg(tr("%1: %2").arg(severityName(top->severity), top->text), top->details));
  m_copy->setText(tr("Copied"));
}

void MessageBar::enterEvent(QEnterEvent* event) {
  QFrame::enterEvent(event);
  m_isHovered = true;
  m_timer.stop();
}

void MessageBar::leaveEvent(QEvent* event) {
  QFrame::leaveEvent(event);
  m_isHovered = false;
  updateTimer();
}

bool MessageBar::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusIn) m_timer.stop();
  // Queued: at this moment the focus has not arrived anywhere yet.
  if (event->type() == QEvent::FocusOut) QTimer::singleShot(0, this, &MessageBar::updateTimer);
  return QFrame::eventFilter(watched, event);
}

void MessageBar::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if ((event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) && !m_entries.empty()) {
    showTop(false);
  }
}

void MessageBar::paintEvent(QPaintEvent* /*event*/) {
  const ThemeColors& colors = themeColors(palette());
  QPainter painter(this);
  painter.fillRect(rect(), colors.raised);
  painter.fillRect(QRect(0, height() - 1, width(), 1), colors.line);
  if (const Message* top = currentMessage()) {
    const int x = layoutDirection() == Qt::RightToLeft ? width() - 3 : 0;
    painter.fillRect(QRect(x, 0, 3, height()), edgeColor(top->severity, colors));
  }
}

}  // namespace tidemark::ui
