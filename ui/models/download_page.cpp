#include "ui/models/download_page.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/shell/status_line.h"
#include "ui/theme/byte_text.h"

namespace tidemark::ui {
namespace {

constexpr int kBarSteps = 1000;
constexpr qsizetype kFilesShown = 8;

QLabel* makeText() {
  auto* label = new QLabel;
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label->setAlignment(Qt::AlignTop | Qt::AlignLeading);
  label->setMinimumWidth(1);
  return label;
}

QString leftText(double seconds) {
  if (seconds < 90) return DownloadPage::tr("%Ln second(s) left", nullptr, static_cast<int>(std::ceil(seconds)));
  if (seconds < 90 * 60)
    return DownloadPage::tr("%Ln minute(s) left", nullptr, static_cast<int>(std::lround(seconds / 60)));
  return DownloadPage::tr("%Ln hour(s) left", nullptr, static_cast<int>(std::min(std::round(seconds / 3600), 9999.0)));
}

}  // namespace

DownloadPage::DownloadPage(QWidget* parent)
    : QWidget(parent),
      m_source(new QLineEdit),
      m_token(new QLineEdit),
      m_plan(makeText()),
      m_status(makeText()),
      m_bar(new QProgressBar),
      m_primary(new QPushButton),
      m_secondary(new QPushButton),
      m_leave(new QPushButton(tr("&Back to the models"))) {
  auto* title = new QLabel(tr("Download a model"));
  QFont large = font();
  large.setWeight(QFont::DemiBold);
  title->setFont(large);
  m_source->setPlaceholderText(tr("OWNER/NAME on huggingface.co, or an https address"));
  m_source->setAccessibleName(tr("Where from"));
  m_source->setAccessibleDescription(tr("The name of a model on the hub, OWNER/NAME, or the address of its folder"));
  m_source->setMaxLength(2000);
  m_token->setEchoMode(QLineEdit::Password);
  m_token->setPlaceholderText(tr("only for private models"));
  m_token->setAccessibleName(tr("Access token"));
  m_token->setAccessibleDescription(
      tr("Kept in memory only and told to nobody but the source; gone when the program ends"));
  m_token->setMaxLength(500);
  auto* tokenNote = makeText();
  tokenNote->setText(tr("The token is kept in memory only and told to nobody but the source."));
  tokenNote->setForegroundRole(QPalette::PlaceholderText);
  auto* form = new QGridLayout;  // a form layout would take the room below it
  form->setHorizontalSpacing(16);
  form->setVerticalSpacing(8);
  form->setColumnStretch(1, 1);
  const auto add = [form](int row, const QString& text, QLineEdit* field) {
    auto* label = new QLabel(text);
    label->setBuddy(field);
    form->addWidget(label, row, 0);
    form->addWidget(field, row, 1);
  };
  add(0, tr("&Where from"), m_source);
  add(1, tr("Access to&ken"), m_token);
  form->addWidget(tokenNote, 2, 1);
  m_bar->setRange(0, kBarSteps);
  m_bar->setTextVisible(false);
  m_bar->setAccessibleName(tr("Download"));
  m_plan->setAccessibleName(tr("What would be fetched"));
  m_primary->setProperty("primary", true);
  m_primary->setAutoDefault(false);
  m_secondary->setAutoDefault(false);
  m_leave->setAutoDefault(false);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->addWidget(m_primary);
  buttons->addWidget(m_secondary);
  buttons->addStretch(1);
  buttons->addWidget(m_leave);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 16, 20, 12);
  layout->setSpacing(12);
  layout->addWidget(title);
  layout->addLayout(form);
  layout->addWidget(m_plan);
  layout->addWidget(m_bar);
  layout->addWidget(m_status);
  layout->addStretch(1);
  layout->addLayout(buttons);
  connect(m_primary, &QPushButton::clicked, this, &DownloadPage::primaryPressed);
  connect(m_secondary, &QPushButton::clicked, this, &DownloadPage::secondaryPressed);
  connect(m_leave, &QPushButton::clicked, this, &DownloadPage::leaveRequested);
  connect(m_source, &QLineEdit::textChanged, this, [this] { show(DownloadShown(m_shown)); });
  for (QLineEdit* field : {m_source, m_token}) {
    connect(field, &QLineEdit::returnPressed, m_primary, &QPushButton::click);
  }
  show(DownloadShown{});
}

void DownloadPage::focusSource() {
  if (m_source->isEnabled()) {
    m_source->setFocus(Qt::OtherFocusReason);
    m_source->selectAll();
  } else {
    m_primary->setFocus(Qt::OtherFocusReason);
  }
}

void DownloadPage::primaryPressed() {
  switch (m_shown.state) {
    case DownloadState::kIdle:
    case DownloadState::kFinished:
      return Q_EMIT lookRequested(m_source->text(), m_token->text());
    case DownloadState::kPlanned:
      return Q_EMIT startRequested();
    case DownloadState::kFetching:
    case DownloadState::kWaiting:
      return Q_EMIT pauseRequested();
    case DownloadState::kPaused:
      return Q_EMIT resumeRequested();
    case DownloadState::kLooking:
      return;
  }
}

void DownloadPage::secondaryPressed() {
  Q_EMIT cancelRequested();
  focusSource();
}

void DownloadPage::show(const DownloadShown& shown) {
  m_shown = shown;
  using enum DownloadState;
  const DownloadState state = shown.state;
  const bool asks = state == kIdle || state == kFinished;
  const bool isUnderWay = state == kFetching || state == kWaiting || state == kPaused;
  m_source->setEnabled(asks);
  m_token->setEnabled(asks);
  m_plan->setText(planText());
  m_plan->setVisible(!m_plan->text().isEmpty());
  m_bar->setVisible(isUnderWay);
  const DownloadProgress& progress = shown.progress;
  if (progress.totalBytes == 0 && isUnderWay) {
    m_bar->setRange(0, state == kFetching ? 0 : kBarSteps);
  } else {
    m_bar->setRange(0, kBarSteps);
    const double share =
        static_cast<double>(progress.doneBytes) / static_cast<double>(std::max<quint64>(1, progress.totalBytes));
    m_bar->setValue(static_cast<int>(std::clamp(share, 0.0, 1.0) * kBarSteps));
  }
  const QString status = progressText();
  m_status->setText(status);
  m_status->setVisible(!status.isEmpty());
  m_bar->setAccessibleDescription(status);
  m_primary->setText(state == kPlanned    ? tr("&Download")
                     : state == kFetching ? tr("&Pause")
                     : state == kWaiting  ? tr("&Pause")
                     : state == kPaused   ? tr("&Resume")
                                          : tr("&Look what is there"));
  m_primary->setEnabled(state != kLooking && !(asks && m_source->text().trimmed().isEmpty()) &&
                        !(state == kPlanned && !shown.plan.obstacle.isEmpty()));
  m_secondary->setText(isUnderWay ? tr("&Stop") : tr("&Another source"));
  m_secondary->setToolTip(isUnderWay ? tr("What came is kept; fetching the same model again goes on there")
                                     : QString());
  m_secondary->setAccessibleDescription(m_secondary->toolTip());
  m_secondary->setVisible(!asks);
}

QString DownloadPage::planText() const {
  if (m_shown.state != DownloadState::kPlanned) return {};
  const DownloadPlan& plan = m_shown.plan;
  QStringList lines;
  lines += plan.isSizeComplete
               ? tr("%Ln file(s), %1 in all; %2 are free.", nullptr, static_cast<int>(plan.files.size()))
                     .arg(byteText(plan.knownBytes), byteText(plan.freeBytes))
               : tr("%Ln file(s), at least %1 in all; %2 are free.", nullptr, static_cast<int>(plan.files.size()))
                     .arg(byteText(plan.knownBytes), byteText(plan.freeBytes));
  if (plan.presentBytes > 0) lines += tr("%1 of it are there already.").arg(byteText(plan.presentBytes));
  lines += tr("They go into %1.").arg(plan.folder);
  lines += QString();
  const auto count = static_cast<qsizetype>(plan.files.size());
  for (qsizetype i = 0; i < std::min(count, kFilesShown); ++i) {
    const RemoteFile& file = plan.files[static_cast<std::size_t>(i)];
    lines += file.bytes ? tr("%1 (%2)").arg(file.name, byteText(*file.bytes)) : file.name;
  }
  if (count > kFilesShown) lines += tr("and %Ln more", nullptr, static_cast<int>(count - kFilesShown));
  return lines.join(QLatin1Char('\n'));
}

QString DownloadPage::progressText() const {
  const DownloadProgress& progress = m_shown.progress;
  QStringList parts;
  if (progress.fileCount > 0) {
    parts += tr("%1 (file %2 of %3)")
                 .arg(progress.file, QLocale().toString(progress.fileNumber), QLocale().toString(progress.fileCount));
    parts += progress.totalBytes > 0 ? tr("%1 of %2").arg(byteText(progress.doneBytes), byteText(progress.totalBytes))
                                     : byteText(progress.doneBytes);
  }
  switch (m_shown.state) {
    case DownloadState::kIdle:
      return m_shown.reason;
    case DownloadState::kLooking:
      return tr("Looking what is there …");
    case DownloadState::kPlanned:
      return m_shown.plan.obstacle;
    case DownloadState::kFinished:
      return tr("%1 is here and in the list of models.").arg(m_shown.plan.source);
    case DownloadState::kPaused:
    case DownloadState::kWaiting:
      if (m_shown.reason.isEmpty()) {
        parts += tr("paused");
        break;
      }
      return parts.isEmpty() ? m_shown.reason : parts.join(QStringLiteral(" · ")) + QLatin1Char('\n') + m_shown.reason;
    case DownloadState::kFetching:
      if (progress.bytesPerSecond > 0) {
        parts += tr("%1 per second").arg(byteText(static_cast<quint64>(progress.bytesPerSecond)));
        if (progress.totalBytes > progress.doneBytes) {
          parts += leftText(static_cast<double>(progress.totalBytes - progress.doneBytes) / progress.bytesPerSecond);
        }
      }
      break;
  }
  return parts.join(QStringLiteral(" · "));
}

}  // namespace tidemark::ui
