#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>

#include "ui/shell/preferences_dialog.h"
#include "ui/shell/preferences_pages.h"

namespace tidemark::ui {
namespace {

template <typename Widget>
Widget* named(const QWidget& dialog, const char* name) {
  for (Widget* widget : dialog.findChildren<Widget*>()) {
    if (widget->accessibleName() == QString::fromUtf8(name)) return widget;
  }
  return nullptr;
}

Settings unusual() {
  Settings s;
  s.modelDirectory = QStringLiteral("/models/x");
  s.device = DeviceChoice::kCpu;
  s.threads = 3;
  s.snapshotBudgetBytes = quint64{3} << 30;
  s.snapshotSeconds = 9;
  s.keepTraces = TraceChoice::kNever;
  s.theme = ThemeChoice::kDark;
  s.fontPercent = 120;
  s.interfaceFont = QStringLiteral("A Font That Is Not Installed");
  s.language = QStringLiteral("de");
  s.sessionsFolder = QStringLiteral("/data");
  s.reducedMotion = true;
  s.showSegmentBoundaries = false;
  return s;
}

TEST(Preferences, ShowWhatTheyAreGivenWithoutASignal) {
  PreferencesDialog dialog;
  QSignalSpy changed(&dialog, &PreferencesDialog::settingsChanged);
  dialog.setSettings(unusual());
  EXPECT_EQ(changed.count(), 0);
  EXPECT_EQ(dialog.settings(), unusual());
  EXPECT_EQ(named<QSlider>(dialog, "Size of text")->value(), 120);
  EXPECT_EQ(named<QSpinBox>(dialog, "Threads")->value(), 3);
}

TEST(Preferences, EveryChangeIsAnnouncedAtOnceAndChangesNothingElse) {
  PreferencesDialog dialog;
  dialog.setSettings(unusual());
  QSignalSpy changed(&dialog, &PreferencesDialog::settingsChanged);
  named<QSlider>(dialog, "Size of text")->setValue(150);
  ASSERT_EQ(changed.count(), 1);
  Settings expected = unusual();
  expected.fontPercent = 150;
  EXPECT_EQ(changed[0][0].value<Settings>(), expected);
  auto* theme = named<QComboBox>(dialog, "Theme");
  theme->setCurrentIndex(theme->findData(static_cast<int>(ThemeChoice::kLight)));
  expected.theme = ThemeChoice::kLight;
  EXPECT_EQ(changed[1][0].value<Settings>(), expected);
  named<QDoubleSpinBox>(dialog, "Space for snapshots")->setValue(1);
  expected.snapshotBudgetBytes = quint64{1} << 30;
  EXPECT_EQ(changed[2][0].value<Settings>(), expected);
  named<QComboBox>(dialog, "Model")->setCurrentIndex(0);
  expected.modelDirectory.clear();
  EXPECT_EQ(changed[3][0].value<Settings>(), expected);
  named<QSlider>(dialog, "Size of text")->setValue(150);
  EXPECT_EQ(changed.count(), 4);
}

TEST(Preferences, ModelsAreChosenFromTheList) {
  PreferencesDialog dialog;
  Settings s;
  s.models = {{QStringLiteral("/models/one"), {}}, {QStringLiteral("/models/two"), {}}};
  s.modelDirectory = QStringLiteral("/models/two");
  dialog.setSettings(s);
  auto* model = named<QComboBox>(dialog, "Model");
  EXPECT_EQ(model->currentText(), QStringLiteral("two"));
  QSignalSpy changed(&dialog, &PreferencesDialog::settingsChanged);
  model->setCurrentIndex(1);
  ASSERT_EQ(changed.count(), 1);
  EXPECT_EQ(dialog.settings().modelDirectory, QStringLiteral("/models/one"));
  EXPECT_EQ(dialog.settings().models, s.models);
  s.modelDirectory = QStringLiteral("/elsewhere/three");  // not in the list, and kept
  dialog.setSettings(s);
  EXPECT_EQ(model->currentData().toString(), s.modelDirectory);
}

TEST(Preferences, ResetTouchesOnlyTheShownPage) {
  PreferencesDialog dialog;
  dialog.setSettings(unusual());
  QSignalSpy changed(&dialog, &PreferencesDialog::settingsChanged);
  dialog.showPage(PreferencesDialog::kAppearance);
  dialog.resetPage();
  ASSERT_EQ(changed.count(), 1);
  Settings expected = unusual();
  const Settings defaults;
  expected.theme = defaults.theme;
  expected.fontPercent = defaults.fontPercent;
  expected.interfaceFont = defaults.interfaceFont;
  expected.documentFont = defaults.documentFont;
  expected.language = defaults.language;
  EXPECT_EQ(dialog.settings(), expected);
  for (const auto page : {PreferencesDialog::kModel, PreferencesDialog::kReading, PreferencesDialog::kSessions,
                          PreferencesDialog::kAccessibility}) {
    dialog.showPage(page);
    dialog.resetPage();
  }
  EXPECT_EQ(dialog.settings(), defaults);
}

TEST(Preferences, SayWhatTheMachineCanDo) {
  QLocale::setDefault(QLocale::c());
  PreferencesDialog dialog;
  PreferencesFacts facts;
  facts.hardwareThreads = 16;
  facts.bytesPerSnapshot = 600000;
  facts.autoSentence = QStringLiteral("The CPU: no GPU backend in this build.");
  facts.cudaSentence = QStringLiteral("CUDA: no GPU backend in this build.");
  dialog.setFacts(facts);
  EXPECT_EQ(named<QSpinBox>(dialog, "Threads")->maximum(), 16);
  auto* device = named<QComboBox>(dialog, "Device");
  EXPECT_EQ(device->accessibleDescription(), facts.autoSentence);
  device->setCurrentIndex(device->findData(static_cast<int>(DeviceChoice::kCuda)));
  EXPECT_EQ(device->accessibleDescription(), facts.cudaSentence);
  auto* budget = named<QDoubleSpinBox>(dialog, "Space for snapshots");
  EXPECT_TRUE(budget->accessibleDescription().contains(QStringLiteral("3579")))
      << budget->accessibleDescription().toStdString();
  budget->setValue(1);
  EXPECT_TRUE(budget->accessibleDescription().contains(QStringLiteral("1789")));
  EXPECT_TRUE(snapshotCountText(1000, 0).isEmpty());
}

TEST(Preferences, TheSliderForSnapshotsGoesInDoublingsAndSaysWhatTheSpaceHolds) {
  PreferencesDialog dialog;
  dialog.setSettings({});
  PreferencesFacts facts;
  facts.bytesPerSnapshot = 600'000;
  facts.sessionSnapshots = 38;
  facts.sessionSnapshotBytes = 38 * 600'000;
  facts.segmentsBetween = 12;
  dialog.setFacts(facts);
  auto* slider = named<QSlider>(dialog, "Space for snapshots");
  auto* budget = named<QDoubleSpinBox>(dialog, "Space for snapshots");
  EXPECT_EQ(slider->value(), 28);  // 2 GiB are seven doublings of 16 MiB, four steps each
  QSignalSpy changed(&dialog, &PreferencesDialog::settingsChanged);
  slider->setValue(32);
  EXPECT_EQ(changed.count(), 1);
  EXPECT_DOUBLE_EQ(budget->value(), 4);
  EXPECT_TRUE(slider->accessibleDescription().contains(QStringLiteral("at most 12 segment(s) again")))
      << slider->accessibleDescription().toStdString();
  budget->setValue(3);  // between two steps
  EXPECT_DOUBLE_EQ(budget->value(), 3);
  EXPECT_EQ(dialog.settings().snapshotBudgetBytes, quint64{3} << 30);
  slider->setValue(slider->minimum());
  EXPECT_GE(dialog.settings().snapshotBudgetBytes, kLeastSnapshotBudget);
  slider->setValue(slider->maximum());
  EXPECT_EQ(dialog.settings().snapshotBudgetBytes, kMostSnapshotBudget);
}

TEST(Preferences, ASessionThatKeepsMoreThanTheSpaceSaysThatItIsThinnedOut) {
  PreferencesFacts facts;
  EXPECT_TRUE(sessionSnapshotsText(1'000'000, facts).isEmpty());
  facts.sessionSnapshots = 3;
  facts.sessionSnapshotBytes = 3'000'000;
  EXPECT_TRUE(sessionSnapshotsText(1'000'000, facts).contains(QStringLiteral("thins them out")));
  EXPECT_FALSE(sessionSnapshotsText(3'000'000, facts).contains(QStringLiteral("thins them out")));
}

TEST(Preferences, MemoryTracesSayWhatTheyCostForTheOpenModel) {
  PreferencesDialog dialog;
  dialog.setSettings({});
  auto* traces = named<QComboBox>(dialog, "Memory traces");
  EXPECT_FALSE(traces->accessibleDescription().contains(QStringLiteral("segment")));  // no model
  PreferencesFacts facts;
  facts.bytesPerTrace = 9'600;
  facts.segmentTokens = 128;
  facts.canTrace = facts.tracesByDefault = true;
  dialog.setFacts(facts);
  EXPECT_TRUE(traces->accessibleDescription().contains(QStringLiteral("7.5 MB for a text of 100,000 tokens")))
      << traces->accessibleDescription().toStdString();
  EXPECT_TRUE(traces->accessibleDescription().contains(QStringLiteral("so they are kept")));
  facts.tracesByDefault = false;
  dialog.setFacts(facts);
  EXPECT_TRUE(traces->accessibleDescription().contains(QStringLiteral("so they are not kept")));
  QSignalSpy changed(&dialog, &PreferencesDialog::settingsChanged);
  traces->setCurrentIndex(traces->findData(static_cast<int>(TraceChoice::kAlways)));
  EXPECT_EQ(changed.count(), 1);
  EXPECT_EQ(dialog.settings().keepTraces, TraceChoice::kAlways);
  EXPECT_FALSE(traces->accessibleDescription().contains(QStringLiteral("so they are")));
  facts.canTrace = false;
  dialog.setFacts(facts);
  EXPECT_TRUE(traces->accessibleDescription().contains(QStringLiteral("cannot keep them")));
}

TEST(Preferences, AMachineWithFewerThreadsKeepsTheChoice) {
  PreferencesDialog dialog;
  Settings s;
  s.threads = 12;
  dialog.setSettings(s);
  PreferencesFacts facts;
  facts.hardwareThreads = 2;
  dialog.setFacts(facts);
  EXPECT_EQ(named<QSpinBox>(dialog, "Threads")->value(), 12);
  EXPECT_EQ(dialog.settings().threads, 12);
}

}  // namespace
}  // namespace tidemark::ui
