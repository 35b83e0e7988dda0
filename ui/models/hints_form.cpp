#include "ui/models/hints_form.h"

#include <QComboBox>
#include <QDoubleValidator>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>

#include "engine/weights/known_configs.h"

namespace tidemark::ui {
namespace {

constexpr int kMostTokens = 1 << 20;
constexpr int kMostRank = 1 << 16;

QSpinBox* makeCount(int most) {
  auto* box = new QSpinBox;
  box->setRange(0, most);
  box->setSpecialValueText(HintsForm::tr("as the model says"));  // 0
  box->setGroupSeparatorShown(true);
  return box;
}

std::optional<int> countOf(const QSpinBox* box) {
  return box->value() > 0 ? std::optional(box->value()) : std::nullopt;
}

/// The shapes that ship, or the path of another.
QComboBox* makeBaseConfigs() {
  auto* box = new QComboBox;
  box->setEditable(true);
  box->setInsertPolicy(QComboBox::NoInsert);
  box->addItem(QString());
  for (const KnownConfig& known : knownConfigs()) {
    box->addItem(QString::fromUtf8(known.name.data(), static_cast<qsizetype>(known.name.size())));
    box->setItemData(box->count() - 1,
                     QString::fromUtf8(known.about.data(), static_cast<qsizetype>(known.about.size())),
                     Qt::ToolTipRole);
  }
  return box;
}

}  // namespace

HintsForm::HintsForm(QWidget* parent)
    : QWidget(parent),
      m_baseConfig(makeBaseConfigs()),
      m_segmentSize(makeCount(kMostTokens)),
      m_memoryTokens(makeCount(kMostTokens)),
      m_loraAlpha(new QLineEdit),
      m_loraRank(makeCount(kMostRank)),
      m_chatTemplate(new QLineEdit),
      m_apply(new QPushButton(tr("Apply and check again"))) {
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(16);
  form->setVerticalSpacing(8);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  const auto add = [&](const QString& label, QWidget* field, const QString& description) {
    auto* name = new QLabel(label);
    name->setBuddy(field);
    field->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    field->setAccessibleDescription(description);
    field->setToolTip(description);
    if (auto* inside = field->findChild<QLineEdit*>()) inside->setAccessibleName(field->accessibleName());
    form->addRow(name, field);
  };
  m_baseConfig->lineEdit()->setPlaceholderText(tr("as the model says"));
  m_loraAlpha->setPlaceholderText(tr("as the model says"));
  m_chatTemplate->setPlaceholderText(tr("as the tokenizer says"));
  auto* number = new QDoubleValidator(0, 1e6, 6, m_loraAlpha);
  number->setNotation(QDoubleValidator::StandardNotation);
  m_loraAlpha->setValidator(number);
  add(tr("&Base config"), m_baseConfig,
      tr("For weights without config.json: a shape that ships, such as llama-3.2-1b, or the path of a config.json"));
  add(tr("&Segment size"), m_segmentSize, tr("Tokens of text in a segment"));
  add(tr("Memory &tokens"), m_memoryTokens, tr("Tokens that carry the memory, at the end of each segment"));
  add(tr("LoRA &alpha"), m_loraAlpha, tr("For LoRA pairs without adapter_config.json"));
  add(tr("LoRA &rank"), m_loraRank, tr("For LoRA pairs without adapter_config.json"));
  add(tr("&Chat template"), m_chatTemplate, tr("A template that ships, such as llama-3, or one with {question} in it"));
  m_apply->setAutoDefault(false);
  auto* last = new QHBoxLayout;
  last->addWidget(m_apply);
  last->addStretch(1);
  form->addRow(QString(), last);
  for (QLineEdit* field : {m_baseConfig->lineEdit(), m_loraAlpha, m_chatTemplate}) {
    field->setMaxLength(4000);
    connect(field, &QLineEdit::textChanged, this, &HintsForm::updateButton);
    connect(field, &QLineEdit::returnPressed, m_apply, &QPushButton::click);
  }
  for (QSpinBox* field : {m_segmentSize, m_memoryTokens, m_loraRank}) {
    connect(field, &QSpinBox::valueChanged, this, &HintsForm::updateButton);
  }
  connect(m_apply, &QPushButton::clicked, this, [this] { Q_EMIT applied(hints()); });
  updateButton();
}

void HintsForm::setHints(const ModelHints& hints) {
  m_given = hints;
  m_baseConfig->setEditText(QString::fromStdString(hints.baseConfig));
  m_segmentSize->setValue(hints.segmentSize.value_or(0));
  m_memoryTokens->setValue(hints.memoryTokens.value_or(0));
  m_loraAlpha->setText(hints.loraAlpha ? QLocale().toString(*hints.loraAlpha) : QString());
  m_loraRank->setValue(hints.loraRank.value_or(0));
  m_chatTemplate->setText(QString::fromStdString(hints.chatTemplate));
  updateButton();
}

ModelHints HintsForm::hints() const {
  ModelHints hints;
  hints.baseConfig = m_baseConfig->currentText().trimmed().toStdString();
  hints.segmentSize = countOf(m_segmentSize);
  hints.memoryTokens = countOf(m_memoryTokens);
  bool isNumber = false;
  const double alpha = QLocale().toDouble(m_loraAlpha->text(), &isNumber);
  if (isNumber && alpha > 0) hints.loraAlpha = alpha;
  hints.loraRank = countOf(m_loraRank);
  hints.chatTemplate = m_chatTemplate->text().trimmed().toStdString();
  return hints;
}

void HintsForm::updateButton() {
  m_apply->setEnabled(hints() != m_given);
}

}  // namespace tidemark::ui
