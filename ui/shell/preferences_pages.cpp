#include "ui/shell/preferences_pages.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/theme/byte_text.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr double kGibibyte = 1024.0 * 1024.0 * 1024.0;
constexpr int kStepsPerDoubling = 4;  // of the slider for the space of snapshots

int sliderStep(quint64 bytes) {
  const double doublings = std::log2(static_cast<double>(bytes) / static_cast<double>(kLeastSnapshotBudget));
  return static_cast<int>(std::lround(doublings * kStepsPerDoubling));
}

double gibibytesAt(int step) {
  return static_cast<double>(kLeastSnapshotBudget) / kGibibyte *
         std::exp2(static_cast<double>(step) / kStepsPerDoubling);
}

template <typename Choice>
void addChoice(QComboBox* box, const QString& text, Choice choice) {
  box->addItem(text, static_cast<int>(choice));
}

template <typename Choice>
Choice chosen(const QComboBox* box) {
  return static_cast<Choice>(box->currentData().toInt());
}

QComboBox* makeFontBox(const QString& defaultText) {
  auto* box = new QComboBox;
  box->addItem(defaultText, QString());
  for (const QString& family : QFontDatabase::families()) {
    if (!QFontDatabase::isPrivateFamily(family)) box->addItem(family, family);
  }
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(22);
  return box;
}

/// A family that is not installed here stays chosen: it may be on the next machine.
void selectData(QComboBox* box, const QString& value) {
  int at = box->findData(value);
  if (at < 0) {
    box->addItem(value, value);
    at = box->count() - 1;
  }
  box->setCurrentIndex(at);
}

QWidget* besides(QWidget* field, QWidget* second) {
  auto* both = new QWidget;
  auto* layout = new QHBoxLayout(both);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(field, 1);
  layout->addWidget(second);
  both->setFocusProxy(field);
  return both;
}

void prepareNote(QLabel* note) {
  note->setWordWrap(true);
  note->setAlignment(Qt::AlignTop | Qt::AlignLeading);  // at the field it belongs to
  note->setForegroundRole(QPalette::PlaceholderText);
}

}  // namespace

QString snapshotCountText(quint64 budgetBytes, quint64 bytesPerSnapshot) {
  if (bytesPerSnapshot == 0) return {};
  const auto count =
      static_cast<int>(std::min<quint64>(budgetBytes / bytesPerSnapshot, std::numeric_limits<int>::max()));
  return ReadingPage::tr("about %Ln snapshot(s) of this model (%1 each)", nullptr, count)
      .arg(byteText(bytesPerSnapshot));
}

QString sessionSnapshotsText(quint64 budgetBytes, const PreferencesFacts& facts) {
  if (facts.sessionSnapshots <= 0) return {};
  const QString kept = ReadingPage::tr("The open session keeps %Ln (%1).", nullptr, facts.sessionSnapshots)
                           .arg(byteText(facts.sessionSnapshotBytes));
  const QString meaning =
      facts.sessionSnapshotBytes > budgetBytes
          ? ReadingPage::tr("Reading on thins them out to this space; pinned ones stay.")
          : ReadingPage::tr("Asking as of any place reads at most %Ln segment(s) again.", nullptr,
                            static_cast<int>(std::min<qint64>(facts.segmentsBetween, std::numeric_limits<int>::max())));
  return kept + QLatin1Char(' ') + meaning;
}

QString traceText(TraceChoice choice, const PreferencesFacts& facts) {
  QStringList parts{ReadingPage::tr("They tell which passage an answer came from.")};
  if (facts.bytesPerTrace == 0 || facts.segmentTokens <= 0) return parts.front();
  parts << ReadingPage::tr("With this model they take %1 for every segment, %2 for a text of 100,000 tokens.")
               .arg(byteText(facts.bytesPerTrace),
                    byteText(facts.bytesPerTrace * 100'000 / static_cast<quint64>(facts.segmentTokens)));
  if (!facts.canTrace) {
    parts << ReadingPage::tr("This device cannot keep them; the CPU can.");
  } else if (choice == TraceChoice::kAuto) {
    parts << (facts.tracesByDefault ? ReadingPage::tr("That is little beside the text, so they are kept.")
                                    : ReadingPage::tr("That is much beside the text, so they are not kept."));
  }
  return parts.join(QLatin1Char(' '));
}

PreferencesPage::PreferencesPage(const QString& title, QWidget* parent)
    : QWidget(parent), m_title(title), m_form(new QFormLayout(this)) {
  m_form->setContentsMargins(28, 20, 28, 20);
  m_form->setHorizontalSpacing(20);
  m_form->setVerticalSpacing(12);
  m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
  m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  auto* heading = new QLabel(title);
  QFont large = font();
  large.setWeight(QFont::DemiBold);
  heading->setFont(large);
  m_form->addRow(heading);
}

void PreferencesPage::load(const Settings& settings) {
  m_isLoading = true;
  doLoad(settings);
  m_isLoading = false;
}

void PreferencesPage::markEdited() {
  if (!m_isLoading) Q_EMIT edited();
}

void PreferencesPage::addRow(const QString& label, QWidget* field) {
  if (label.isEmpty()) {
    m_form->addRow(field);
    return;
  }
  auto* name = new QLabel(label);
  name->setBuddy(field->focusProxy() != nullptr ? field->focusProxy() : field);
  m_form->addRow(name, field);
}

void PreferencesPage::addNote(QLabel* note) {
  prepareNote(note);
  m_form->addRow(QString(), note);
}

void PreferencesPage::addWideNote(QLabel* note) {
  prepareNote(note);
  m_form->addRow(note);
}

ModelPage::ModelPage(QWidget* parent)
    : PreferencesPage(tr("Model and device"), parent),
      m_model(new QComboBox),
      m_device(new QComboBox),
      m_deviceNote(new QLabel),
      m_threads(new QSpinBox) {
  m_model->setAccessibleName(tr("Model"));
  m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_model->setMinimumContentsLength(22);
  auto* manage = new QPushButton(tr("Mo&dels…"));
  manage->setAutoDefault(false);
  manage->setAccessibleDescription(tr("Shows what each model needs; adds a folder or downloads one"));
  addRow(tr("&Model"), besides(m_model, manage));
  addChoice(m_device, tr("Automatic"), DeviceChoice::kAuto);
  addChoice(m_device, tr("CPU"), DeviceChoice::kCpu);
  addChoice(m_device, tr("GPU (CUDA)"), DeviceChoice::kCuda);
  m_device->setAccessibleName(tr("Device"));
  addRow(tr("D&evice"), m_device);
  addNote(m_deviceNote);
  m_threads->setSpecialValueText(tr("All"));
  m_threads->setRange(0, 1);
  m_threads->setAccessibleName(tr("Threads"));
  m_threads->setAccessibleDescription(tr("How many threads the CPU computes with"));
  addRow(tr("&Threads"), m_threads);
  connect(manage, &QPushButton::clicked, this, &ModelPage::modelsRequested);
  connect(m_model, &QComboBox::currentIndexChanged, this, &ModelPage::markEdited);
  connect(m_device, &QComboBox::currentIndexChanged, this, [this] {
    updateNote();
    markEdited();
  });
  connect(m_threads, &QSpinBox::valueChanged, this, &ModelPage::markEdited);
}

void ModelPage::doLoad(const Settings& settings) {
  m_model->clear();
  m_model->addItem(tr("The model that comes with the program"), QString());
  for (const ModelEntry& each : settings.models) {
    m_model->addItem(QFileInfo(each.directory).fileName(), each.directory);
    m_model->setItemData(m_model->count() - 1, each.directory, Qt::ToolTipRole);
  }
  selectData(m_model, settings.modelDirectory);
  m_device->setCurrentIndex(m_device->findData(static_cast<int>(settings.device)));
  m_threads->setMaximum(std::max(m_facts.hardwareThreads, settings.threads));
  m_threads->setValue(settings.threads);
  updateNote();
}

void ModelPage::store(Settings* settings) const {
  settings->modelDirectory = m_model->currentData().toString();
  settings->device = chosen<DeviceChoice>(m_device);
  settings->threads = m_threads->value();
}

void ModelPage::setFacts(const PreferencesFacts& facts) {
  m_facts = facts;
  m_threads->setMaximum(std::max({1, facts.hardwareThreads, m_threads->value()}));
  m_threads->setSpecialValueText(tr("All (%1)").arg(QLocale().toString(facts.hardwareThreads)));
  updateNote();
}

void ModelPage::updateNote() {
  const DeviceChoice device = chosen<DeviceChoice>(m_device);
  QString note = device == DeviceChoice::kAuto ? m_facts.autoSentence : m_facts.cudaSentence;
  if (device == DeviceChoice::kCpu) note.clear();
  m_deviceNote->setText(note);
  m_deviceNote->setVisible(!note.isEmpty());
  m_device->setAccessibleDescription(note);
}

ReadingPage::ReadingPage(QWidget* parent)
    : PreferencesPage(tr("Reading and memory"), parent),
      m_budgetSlider(new QSlider(Qt::Horizontal)),
      m_budget(new QDoubleSpinBox),
      m_budgetNote(new QLabel),
      m_seconds(new QDoubleSpinBox),
      m_traces(new QComboBox),
      m_tracesNote(new QLabel),
      m_boundaries(new QCheckBox(tr("Show where &segments end in the document"))) {
  m_budget->setRange(0.02, static_cast<double>(kMostSnapshotBudget) / kGibibyte);
  m_budget->setDecimals(2);
  m_budget->setSingleStep(0.5);
  m_budget->setSuffix(tr(" GiB"));
  m_budget->setAccessibleName(tr("Space for snapshots"));
  m_budgetSlider->setRange(0, sliderStep(kMostSnapshotBudget));
  m_budgetSlider->setPageStep(kStepsPerDoubling);
  m_budgetSlider->setAccessibleName(tr("Space for snapshots"));
  addRow(tr("Space for s&napshots"), besides(m_budgetSlider, m_budget));
  addNote(m_budgetNote);
  m_seconds->setRange(0.1, 3600);
  m_seconds->setDecimals(1);
  m_seconds->setSuffix(tr(" s"));
  m_seconds->setAccessibleName(tr("Work between snapshots"));
  m_seconds->setAccessibleDescription(tr("After a crash at most this much is read again"));
  addRow(tr("&Work between snapshots"), m_seconds);
  auto* note = new QLabel(tr("After a crash at most this much is read again."));
  addNote(note);
  addChoice(m_traces, tr("Where they are small"), TraceChoice::kAuto);
  addChoice(m_traces, tr("Always"), TraceChoice::kAlways);
  addChoice(m_traces, tr("Never"), TraceChoice::kNever);
  m_traces->setAccessibleName(tr("Memory traces"));
  addRow(tr("Keep memory &traces"), m_traces);
  addNote(m_tracesNote);
  addRow({}, m_boundaries);
  connect(m_budgetSlider, &QSlider::valueChanged, this, [this](int step) { m_budget->setValue(gibibytesAt(step)); });
  connect(m_budget, &QDoubleSpinBox::valueChanged, this, [this] {
    // What was typed is not rounded to a step of the slider.
    const QSignalBlocker blocker(m_budgetSlider);
    m_budgetSlider->setValue(sliderStep(budgetBytes()));
    updateNotes();
    markEdited();
  });
  connect(m_traces, &QComboBox::currentIndexChanged, this, [this] {
    updateNotes();
    markEdited();
  });
  connect(m_seconds, &QDoubleSpinBox::valueChanged, this, &ReadingPage::markEdited);
  connect(m_boundaries, &QCheckBox::toggled, this, &ReadingPage::markEdited);
}

void ReadingPage::doLoad(const Settings& settings) {
  m_budget->setValue(static_cast<double>(settings.snapshotBudgetBytes) / kGibibyte);
  m_seconds->setValue(settings.snapshotSeconds);
  m_traces->setCurrentIndex(m_traces->findData(static_cast<int>(settings.keepTraces)));
  m_boundaries->setChecked(settings.showSegmentBoundaries);
  updateNotes();
}

void ReadingPage::store(Settings* settings) const {
  settings->snapshotBudgetBytes = budgetBytes();
  settings->snapshotSeconds = m_seconds->value();
  settings->keepTraces = chosen<TraceChoice>(m_traces);
  settings->showSegmentBoundaries = m_boundaries->isChecked();
}

void ReadingPage::setFacts(const PreferencesFacts& facts) {
  m_facts = facts;
  updateNotes();
}

quint64 ReadingPage::budgetBytes() const {
  return std::clamp(static_cast<quint64>(std::llround(m_budget->value() * kGibibyte)), kLeastSnapshotBudget,
                    kMostSnapshotBudget);
}

void ReadingPage::updateNotes() {
  QStringList lines{snapshotCountText(budgetBytes(), m_facts.bytesPerSnapshot),
                    sessionSnapshotsText(budgetBytes(), m_facts)};
  lines.removeAll(QString());
  const QString text = lines.join(QLatin1Char('\n'));
  m_budgetNote->setText(text);
  m_budgetNote->setVisible(!text.isEmpty());
  m_budget->setAccessibleDescription(text);
  m_budgetSlider->setAccessibleDescription(text);
  const QString traces = traceText(chosen<TraceChoice>(m_traces), m_facts);
  m_tracesNote->setText(traces);
  m_traces->setAccessibleDescription(traces);
}

AppearancePage::AppearancePage(QWidget* parent)
    : PreferencesPage(tr("Appearance"), parent),
      m_theme(new QComboBox),
      m_scale(new QSlider(Qt::Horizontal)),
      m_scaleText(new QLabel),
      m_interfaceFont(makeFontBox(tr("Default"))),
      m_documentFont(makeFontBox(tr("Default"))),
      m_language(new QComboBox) {
  addChoice(m_theme, tr("Like the desktop"), ThemeChoice::kSystem);
  addChoice(m_theme, tr("Light"), ThemeChoice::kLight);
  addChoice(m_theme, tr("Dark"), ThemeChoice::kDark);
  m_theme->setAccessibleName(tr("Theme"));
  addRow(tr("&Theme"), m_theme);
  m_scale->setRange(80, 200);
  m_scale->setSingleStep(5);
  m_scale->setPageStep(20);
  m_scale->setAccessibleName(tr("Size of text"));
  m_scaleText->setMinimumWidth(fontMetrics().horizontalAdvance(tr("%1 %").arg(QLocale().toString(200))));
  m_scaleText->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
  addRow(tr("&Size of text"), besides(m_scale, m_scaleText));
  m_interfaceFont->setAccessibleName(tr("Font of the interface"));
  addRow(tr("Font of the &interface"), m_interfaceFont);
  m_documentFont->setAccessibleName(tr("Font of documents"));
  addRow(tr("Font of &documents"), m_documentFont);
  m_language->addItem(tr("Like the desktop"), QStringLiteral("system"));
  m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
  m_language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
  m_language->setAccessibleName(tr("Language"));
  addRow(tr("&Language"), m_language);
  auto* note = new QLabel(tr("A change of language takes effect when the program starts again."));
  addNote(note);
  connect(m_scale, &QSlider::valueChanged, this, [this](int percent) {
    m_scaleText->setText(tr("%1 %").arg(QLocale().toString(percent)));
    m_scale->setAccessibleDescription(m_scaleText->text());
    markEdited();
  });
  for (const QComboBox* box : {m_theme, m_interfaceFont, m_documentFont, m_language}) {
    connect(box, &QComboBox::currentIndexChanged, this, &AppearancePage::markEdited);
  }
}

void AppearancePage::doLoad(const Settings& settings) {
  m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(settings.theme)));
  m_scale->setValue(settings.fontPercent);
  m_scaleText->setText(tr("%1 %").arg(QLocale().toString(m_scale->value())));
  selectData(m_interfaceFont, settings.interfaceFont);
  selectData(m_documentFont, settings.documentFont);
  m_language->setCurrentIndex(std::max(0, m_language->findData(settings.language)));
}

void AppearancePage::store(Settings* settings) const {
  settings->theme = chosen<ThemeChoice>(m_theme);
  settings->fontPercent = m_scale->value();
  settings->interfaceFont = m_interfaceFont->currentData().toString();
  settings->documentFont = m_documentFont->currentData().toString();
  settings->language = m_language->currentData().toString();
}

SessionsPage::SessionsPage(QWidget* parent) : PreferencesPage(tr("Sessions"), parent), m_folder(new QLineEdit) {
  m_folder->setAccessibleName(tr("Folder for sessions"));
  m_folder->setAccessibleDescription(tr("Where new sessions are kept"));
  m_folder->setPlaceholderText(defaultSessionsFolder());
  auto* browse = new QPushButton(tr("&Browse…"));
  browse->setAutoDefault(false);
  browse->setAccessibleDescription(tr("Choose the folder for sessions"));
  addRow(tr("&Folder for sessions"), besides(m_folder, browse));
  auto* note = new QLabel(tr("One session is one file. Sessions in the folder used so far stay there."));
  addNote(note);
  connect(browse, &QPushButton::clicked, this, &SessionsPage::chooseFolder);
  connect(m_folder, &QLineEdit::editingFinished, this, &SessionsPage::markEdited);
}

void SessionsPage::doLoad(const Settings& settings) {
  m_folder->setText(settings.sessionsFolder);
}

void SessionsPage::store(Settings* settings) const {
  const QString folder = m_folder->text().trimmed();
  settings->sessionsFolder = folder.isEmpty() ? defaultSessionsFolder() : folder;
}

void SessionsPage::chooseFolder() {
  auto* dialog = new QFileDialog(this, tr("Folder for sessions"), m_folder->text());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
    m_folder->setText(folder);
    markEdited();
  });
  dialog->open();
}

AccessibilityPage::AccessibilityPage(QWidget* parent)
    : PreferencesPage(tr("Accessibility"), parent), m_reducedMotion(new QCheckBox(tr("&Reduce motion"))) {
  m_reducedMotion->setAccessibleDescription(tr("Nothing moves by itself"));
  addRow({}, m_reducedMotion);
  auto* note =
      new QLabel(tr("Without motion the wavefront and the scrolling jump instead of gliding. The size of text is under "
                    "Appearance. Every command can be found with the command palette."));
  addWideNote(note);
  connect(m_reducedMotion, &QCheckBox::toggled, this, &AccessibilityPage::markEdited);
}

void AccessibilityPage::doLoad(const Settings& settings) {
  m_reducedMotion->setChecked(settings.reducedMotion);
}

void AccessibilityPage::store(Settings* settings) const {
  settings->reducedMotion = m_reducedMotion->isChecked();
}

}  // namespace tidemark::ui
