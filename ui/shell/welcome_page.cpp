#include "ui/shell/welcome_page.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>
#include <algorithm>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kPadding = 20;
constexpr int kGap = 12;
constexpr int kCardRadius = 12;
constexpr int kCardCharacters = 34;    // average characters that a card is wide
constexpr int kBesideCharacters = 28;  // at least, beside the others
constexpr int kLeastCharacters = 14;   // large type in a narrow window

}  // namespace

WelcomeCard::WelcomeCard(const QString& iconName, const QString& title, const QString& sentence, QWidget* parent)
    : QAbstractButton(parent), m_iconName(iconName) {
  setText(title);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  setAccessibleName(title);
  setSentence(sentence);
}

void WelcomeCard::setSentence(const QString& sentence) {
  m_sentence = sentence;
  setAccessibleDescription(sentence);
  updateGeometry();
  update();
}

void WelcomeCard::setPrimary(bool primary) {
  m_isPrimary = primary;
  update();
}

QFont WelcomeCard::titleFont() const {
  QFont title = font();
  title.setPointSizeF(font().pointSizeF() * 1.25);
  title.setWeight(QFont::DemiBold);
  return title;
}

QSize WelcomeCard::sizeHint() const {
  const int width = fontMetrics().averageCharWidth() * kCardCharacters + 2 * kPadding;
  return {width, heightForWidth(width)};
}

QSize WelcomeCard::minimumSizeHint() const {
  // The height of the widest: a layout asks heightForWidth for the real one.
  return {fontMetrics().averageCharWidth() * kLeastCharacters + 2 * kPadding, sizeHint().height()};
}

int WelcomeCard::widthBesideOthers() const {
  return fontMetrics().averageCharWidth() * kBesideCharacters + 2 * kPadding;
}

int WelcomeCard::heightForWidth(int width) const {
  // A column of cards offers its whole width, also where that is more than a card may take.
  const QRect room(0, 0, std::max(40, std::min(width, maximumWidth()) - 2 * kPadding), 100000);
  const int icon = fontMetrics().height() * 2;
  const int title = QFontMetrics(titleFont()).boundingRect(room, Qt::TextWordWrap, text()).height();
  const int sentence = fontMetrics().boundingRect(room, Qt::TextWordWrap, m_sentence).height();
  return 2 * kPadding + icon + kGap + title + kGap / 2 + sentence;
}

bool WelcomeCard::event(QEvent* event) {
  if (event->type() == QEvent::FontChange) updateGeometry();
  if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
      animateClick();
      return true;
    }
  }
  return QAbstractButton::event(event);
}

void WelcomeCard::paintEvent(QPaintEvent* /*event*/) {
  const ThemeColors& colors = themeColors(palette());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool isLit = isEnabled() && (underMouse() || isDown());
  painter.setPen(QPen(hasFocus() || isLit ? colors.accent : colors.line, hasFocus() ? 2 : 1));
  painter.setBrush(isDown() ? colors.line : (isEnabled() ? colors.raised : colors.panel));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kCardRadius, kCardRadius);

  const QRect inner = rect().adjusted(kPadding, kPadding, -kPadding, -kPadding);
  const int size = fontMetrics().height() * 2;
  const auto mirrored = [this](const QRect& r) { return QStyle::visualRect(layoutDirection(), rect(), r); };
  const QRect icon = mirrored(QRect(inner.left(), inner.top(), size, size));
  painter.setPen(Qt::NoPen);
  painter.setBrush(!isEnabled() ? colors.raised : (m_isPrimary ? colors.accent : colors.line));
  painter.drawRoundedRect(icon, 8, 8);
  const int inset = size / 5;
  (m_isPrimary ? accentIcon(m_iconName) : themedIcon(m_iconName))
      .paint(&painter, icon.adjusted(inset, inset, -inset, -inset), Qt::AlignCenter,
             isEnabled() ? QIcon::Normal : QIcon::Disabled);

  const int wrapped = static_cast<int>(Qt::TextWordWrap | Qt::AlignLeading | Qt::AlignTop);
  painter.setLayoutDirection(layoutDirection());
  painter.setFont(titleFont());
  painter.setPen(isEnabled() ? colors.text : colors.dim);
  const QRect titleRoom(inner.left(), icon.bottom() + 1 + kGap, inner.width(), inner.bottom() - icon.bottom() - kGap);
  QRect used;
  painter.drawText(titleRoom, wrapped, text(), &used);
  painter.setFont(font());
  painter.setPen(colors.dim);
  painter.drawText(titleRoom.adjusted(0, used.height() + kGap / 2, 0, 0), wrapped, m_sentence);
}

WelcomePage::WelcomePage(QWidget* parent)
    : QWidget(parent), m_row(nullptr), m_title(new QLabel), m_subtitle(new QLabel), m_hint(new QLabel) {
  m_title->setText(tr("Ask questions of long documents"));
  m_subtitle->setText(tr("Everything stays on this computer."));
  m_hint->setText(tr("You can also drop files, folders or text anywhere in this window."));
  m_cards[0] = new WelcomeCard(QStringLiteral("open"), tr("Open a document"),
                               tr("Choose a text or Markdown file and read it from the first page to the last."));
  m_cards[1] = new WelcomeCard(
      QStringLiteral("wavefront"), tr("Try the sample"),
      tr("Two chapters of Moby-Dick with facts hidden in them: read in a second, with three questions to ask."));
  m_cards[2] = new WelcomeCard(QStringLiteral("resume"), tr("Resume the last session"), QString());
  m_cards[0]->setPrimary(true);
  for (WelcomeCard* card : m_cards) card->installEventFilter(this);
  connect(m_cards[0], &WelcomeCard::clicked, this, &WelcomePage::openRequested);
  connect(m_cards[1], &WelcomeCard::clicked, this, &WelcomePage::sampleRequested);
  connect(m_cards[2], &WelcomeCard::clicked, this, &WelcomePage::resumeRequested);

  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(32, 24, 32, 24);
  column->setSpacing(8);
  column->addStretch(2);
  for (QLabel* label : {m_title, m_subtitle, m_hint}) {
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
  }
  m_subtitle->setForegroundRole(QPalette::PlaceholderText);
  m_hint->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(m_title);
  column->addWidget(m_subtitle);
  column->addSpacing(24);
  auto* centred = new QHBoxLayout;
  m_row = new QBoxLayout(QBoxLayout::LeftToRight);
  m_row->setSpacing(16);
  for (WelcomeCard* card : m_cards) m_row->addWidget(card, 1);
  centred->addStretch(1);
  centred->addLayout(m_row, 100);
  centred->addStretch(1);
  column->addLayout(centred);
  column->addSpacing(20);
  column->addWidget(m_hint);
  column->addStretch(3);

  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidget(content);
  content->setBackgroundRole(QPalette::Base);
  setBackgroundRole(QPalette::Base);  // what is seen behind the scroll bar
  setAutoFillBackground(true);
  area->setBackgroundRole(QPalette::Base);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(area);
  setFocusProxy(m_cards[0]);
  setAccessibleName(tr("Welcome"));
  setLastSession({}, {});
  updateFonts();
}

void WelcomePage::setLastSession(const QString& name, const QString& detail) {
  m_cards[2]->setEnabled(!name.isEmpty());
  m_cards[2]->setSentence(name.isEmpty()
                              ? tr("There is no session yet. What you read is kept, so you can go on here later.")
                              : (detail.isEmpty() ? name : tr("%1: %2").arg(name, detail)));
}

void WelcomePage::updateFonts() {
  QFont large = font();
  large.setPointSizeF(font().pointSizeF() * 1.8);
  large.setWeight(QFont::DemiBold);
  m_title->setFont(large);
}

void WelcomePage::arrange() {
  int needed = 2 * 32 + 2 * m_row->spacing();
  for (const WelcomeCard* card : m_cards) needed += card->widthBesideOthers();
  const bool isWide = width() >= needed;
  m_row->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
  for (WelcomeCard* card : m_cards) card->setMaximumWidth(card->sizeHint().width() * (isWide ? 6 : 8) / 5);
}

void WelcomePage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

void WelcomePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  updateFonts();  // the style sheet took them back when it first met the labels
  // A window that comes back from being minimized keeps its focus.
  if (!event->spontaneous()) m_cards[0]->setFocus(Qt::OtherFocusReason);
}

void WelcomePage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::FontChange) return;
  updateFonts();
  arrange();
}

bool WelcomePage::eventFilter(QObject* watched, QEvent* event) {
  // A filter, because the arrow keys would scroll the area around the cards before they reached the page.
  if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
  const int key = static_cast<QKeyEvent*>(event)->key();
  const bool isRightToLeft = layoutDirection() == Qt::RightToLeft;
  int step = 0;
  if (key == Qt::Key_Down || key == (isRightToLeft ? Qt::Key_Left : Qt::Key_Right)) step = 1;
  if (key == Qt::Key_Up || key == (isRightToLeft ? Qt::Key_Right : Qt::Key_Left)) step = -1;
  if (step == 0) return QWidget::eventFilter(watched, event);
  const auto focused =
      std::find_if(std::begin(m_cards), std::end(m_cards), [](auto* card) { return card->hasFocus(); });
  for (auto at = focused - std::begin(m_cards) + step; at >= 0 && at < 3; at += step) {
    if (!m_cards[at]->isEnabled()) continue;
    m_cards[at]->setFocus(Qt::TabFocusReason);
    break;
  }
  return true;
}

}  // namespace tidemark::ui
