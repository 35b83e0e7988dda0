#include "ui/shell/status_line.h"

#include <QHBoxLayout>
#include <QLocale>
#include <cmath>

#include "ui/shell/key_label.h"
#include "ui/theme/byte_text.h"

namespace tidemark::ui {
namespace {

int countOf(qint64 value) {
  return static_cast<int>(std::min<qint64>(value, std::numeric_limits<int>::max()));
}

}  // namespace

StatusLine::StatusLine(QWidget* parent) : QWidget(parent) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 2, 12, 2);
  layout->setSpacing(fontMetrics().averageCharWidth() * 3);
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    auto* label = new ElidedLabel;
    label->setDim(field != kDevice);
    label->hide();
    // Only the reason gives way.
    label->setSizePolicy(field == kReason ? QSizePolicy::Maximum : QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_fields[field] = label;
    if (field == kRate) layout->addStretch(1);
    layout->addWidget(label, field == kReason ? 1000 : 0);
  }
  setAccessibleName(tr("Status"));
}

void StatusLine::setField(Field field, const QString& text) {
  m_fields[field]->setText(text);
  m_fields[field]->setVisible(!text.isEmpty());
  setAccessibleDescription(summary());
}

void StatusLine::setDevice(const QString& device, const QString& reason) {
  setField(kDevice, device);
  setField(kReason, reason);
}

void StatusLine::setTokensPerSecond(double rate) {
  const bool isShown = std::isfinite(rate) && rate >= 0;
  setField(kRate, isShown ? tr("%1 tokens/s").arg(QLocale().toString(rate, 'f', rate < 10 ? 1 : 0)) : QString());
}

void StatusLine::setMemoryBytes(qint64 bytes) {
  setField(kMemory, bytes < 0 ? QString() : tr("memory %1").arg(byteText(static_cast<quint64>(bytes))));
}

void StatusLine::setTailTokens(qint64 tokens) {
  setField(kTail, tokens < 0 ? QString() : tr("tail %Ln token(s)", nullptr, countOf(tokens)));
}

void StatusLine::setSnapshots(qint64 count) {
  setField(kSnapshots, count < 0 ? QString() : tr("%Ln snapshot(s)", nullptr, countOf(count)));
}

void StatusLine::setSessionBytes(qint64 bytes) {
  setField(kSize, bytes < 0 ? QString() : tr("%1 saved").arg(byteText(static_cast<quint64>(bytes))));
}

void StatusLine::clearSession() {
  for (const Field field : {kRate, kMemory, kTail, kSnapshots, kSize}) setField(field, {});
}

QString StatusLine::summary() const {
  QStringList parts;
  for (const ElidedLabel* label : m_fields) {
    if (!label->text().isEmpty()) parts += label->text();
  }
  return parts.join(QStringLiteral(" · "));
}

}  // namespace tidemark::ui
