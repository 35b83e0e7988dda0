#pragma once
// What the user chose, as plain values; kept in an INI file whose path the caller names.

#include <QString>
#include <QStringList>
#include <vector>

#include "engine/weights/model_hints.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {

enum class DeviceChoice { kAuto, kCpu, kCuda };
/// Whether reading keeps what every segment writes to memory, to tell later where an answer came from.
enum class TraceChoice { kAuto, kAlways, kNever };

/// $XDG_DATA_HOME/tidemark/sessions, mostly ~/.local/share/tidemark/sessions.
[[nodiscard]] QString defaultSessionsFolder();

/// A model that was added to the list, and what its files do not say.
struct ModelEntry {
  QString directory;
  ModelHints hints;
  bool operator==(const ModelEntry&) const = default;
};

struct Settings {
  QString modelDirectory;          // empty: the built-in model
  std::vector<ModelEntry> models;  // besides the built-in one, in the order they are shown; at most kMostModels
  DeviceChoice device = DeviceChoice::kAuto;
  int threads = 0;  // 0: all of the machine

  quint64 snapshotBudgetBytes = quint64{2} << 30;
  double snapshotSeconds = 4;  // work between two snapshots
  TraceChoice keepTraces = TraceChoice::kAuto;

  ThemeChoice theme = ThemeChoice::kSystem;
  int fontPercent = 100;                        // 80 to 200
  QString interfaceFont;                        // empty: the program's choice
  QString documentFont;                         // empty: the program's choice
  QString language = QStringLiteral("system");  // or "en", "de"

  QString sessionsFolder = defaultSessionsFolder();

  bool reducedMotion = false;
  bool showSegmentBoundaries = true;

  bool operator==(const Settings&) const = default;
};

constexpr int kMostThreads = 1024;
constexpr int kMostModels = 200;
constexpr quint64 kLeastSnapshotBudget = quint64{16} << 20;
constexpr quint64 kMostSnapshotBudget = quint64{4} << 40;

/// What was hinted of a model; nothing for one that is not in the list.
[[nodiscard]] ModelHints hintsOf(const Settings& settings, const QString& directory);

struct LoadedSettings {
  Settings settings;
  QStringList problems;  // one sentence for each value that could not be taken; its default is used
};

/// `$XDG_CONFIG_HOME/tidemark/tidemark.ini`. The caller may use any other path.
[[nodiscard]] QString defaultSettingsPath();

/// A file that is missing gives the defaults without a problem. Reads a small file.
[[nodiscard]] LoadedSettings loadSettings(const QString& path);

/// Replaces the file at once (a crash leaves the old or the new one); keys of other versions stay in it. Returns a
/// sentence if it could not be written, otherwise nothing.
[[nodiscard]] QString saveSettings(const QString& path, const Settings& settings);

}  // namespace tidemark::ui
