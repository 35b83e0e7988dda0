#include "ui/shell/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace tidemark::ui {
namespace {

struct SettingsText {
  Q_DECLARE_TR_FUNCTIONS(Settings)
};

template <typename Value>
using Names = std::array<std::pair<const char*, Value>, 3>;

constexpr Names<DeviceChoice> kDevices{
    {{"auto", DeviceChoice::kAuto}, {"cpu", DeviceChoice::kCpu}, {"cuda", DeviceChoice::kCuda}}};
constexpr Names<TraceChoice> kTraceChoices{
    {{"auto", TraceChoice::kAuto}, {"always", TraceChoice::kAlways}, {"never", TraceChoice::kNever}}};
constexpr Names<ThemeChoice> kThemes{
    {{"system", ThemeChoice::kSystem}, {"light", ThemeChoice::kLight}, {"dark", ThemeChoice::kDark}}};

template <typename Value>
QString nameOf(const Names<Value>& names, Value value) {
  for (const auto& [name, candidate] : names) {
    if (candidate == value) return QString::fromLatin1(name);
  }
  return {};
}

class Reader {
 public:
  Reader(const QSettings& file, QStringList* problems) : m_file(file), m_problems(problems) {}

  /// Runs `take` on the text of a key, if there is one; false from it is a problem.
  template <typename Take>
  void value(const char* key, Take take) {
    const QString name = QString::fromLatin1(key);
    if (!m_file.contains(name)) return;
    const QVariant stored = m_file.value(name);
    // A list is what QSettings makes of an unquoted comma.
    const QString text = stored.typeId() == QMetaType::QStringList ? stored.toStringList().join(QStringLiteral(", "))
                                                                   : stored.toString();
    if (!take(text)) {
      *m_problems += SettingsText::tr("The setting %1 cannot be \"%2\"; its default is used.").arg(name, text.left(80));
    }
  }

  template <typename Value>
  void choice(const char* key, const Names<Value>& names, Value* target) {
    value(key, [&](const QString& text) {
      for (const auto& [name, candidate] : names) {
        if (text == QString::fromLatin1(name)) {
          *target = candidate;
          return true;
        }
      }
      return false;
    });
  }

  void integer(const char* key, int least, int most, int* target) {
    value(key, [&](const QString& text) {
      bool isNumber = false;
      const int number = text.toInt(&isNumber);
      if (!isNumber || number < least || number > most) return false;
      *target = number;
      return true;
    });
  }

  void boolean(const char* key, bool* target) {
    value(key, [&](const QString& text) {
      if (text != QStringLiteral("true") && text != QStringLiteral("false")) return false;
      *target = text == QStringLiteral("true");
      return true;
    });
  }

  void text(const char* key, QString* target) {
    value(key, [&](const QString& stored) {
      if (stored.size() > 4096 || stored.contains(QChar(0))) return false;
      *target = stored;
      return true;
    });
  }

  void folder(const char* key, QString* target) {
    value(key, [&](const QString& stored) {
      if (stored.size() > 4096 || stored.contains(QChar(0))) return false;
      if (!stored.isEmpty() && !QDir::isAbsolutePath(stored)) return false;
      if (!stored.isEmpty()) *target = stored;
      return true;
    });
  }

 private:
  const QSettings& m_file;
  QStringList* m_problems;
};

void readMemory(Reader& reader, Settings* settings) {
  reader.value("reading/snapshotBudgetBytes", [&](const QString& text) {
    bool isNumber = false;
    const quint64 bytes = text.toULongLong(&isNumber);
    if (!isNumber || bytes < kLeastSnapshotBudget || bytes > kMostSnapshotBudget) return false;
    settings->snapshotBudgetBytes = bytes;
    return true;
  });
  reader.value("reading/snapshotSeconds", [&](const QString& text) {
    bool isNumber = false;
    const double seconds = text.toDouble(&isNumber);
    if (!isNumber || !std::isfinite(seconds) || seconds < 0.1 || seconds > 3600) return false;
    settings->snapshotSeconds = seconds;
    return true;
  });
}

// Limits of what somebody may have typed into the file; whether a model agrees is for the engine to say.
constexpr int kMostTokens = 1 << 20;
constexpr int kMostRank = 1 << 16;

void readModels(QSettings& file, QStringList* problems, Settings* settings) {
  const int count = std::clamp(file.beginReadArray(QStringLiteral("models")), 0, kMostModels);
  for (int i = 0; i < count; ++i) {
    file.setArrayIndex(i);
    Reader reader(file, problems);
    ModelEntry entry;
    reader.folder("directory", &entry.directory);
    if (entry.directory.isEmpty()) continue;
    const auto text = [&reader](const char* key, std::string* target) {
      QString value;
      reader.text(key, &value);
      *target = value.toStdString();
    };
    const auto number = [&reader](const char* key, int most, std::optional<int>* target) {
      int value = 0;
      reader.integer(key, 0, most, &value);
      if (value > 0) *target = value;
    };
    text("baseConfig", &entry.hints.baseConfig);
    text("chatTemplate", &entry.hints.chatTemplate);
    number("segmentSize", kMostTokens, &entry.hints.segmentSize);
    number("memoryTokens", kMostTokens, &entry.hints.memoryTokens);
    number("loraRank", kMostRank, &entry.hints.loraRank);
    reader.value("loraAlpha", [&entry](const QString& stored) {
      bool isNumber = false;
      const double alpha = stored.toDouble(&isNumber);
      if (!isNumber || !std::isfinite(alpha) || alpha <= 0) return false;
      entry.hints.loraAlpha = alpha;
      return true;
    });
    settings->models.push_back(std::move(entry));
  }
  file.endArray();
}

void writeModels(QSettings& file, const Settings& settings) {
  file.remove(QStringLiteral("models"));
  file.beginWriteArray(QStringLiteral("models"), static_cast<int>(settings.models.size()));
  for (std::size_t i = 0; i < settings.models.size(); ++i) {
    file.setArrayIndex(static_cast<int>(i));
    const ModelHints& hints = settings.models[i].hints;
    const auto set = [&file](const char* key, const QVariant& value) {
      file.setValue(QString::fromLatin1(key), value);
    };
    set("directory", settings.models[i].directory);
    if (!hints.baseConfig.empty()) set("baseConfig", QString::fromStdString(hints.baseConfig));
    if (!hints.chatTemplate.empty()) set("chatTemplate", QString::fromStdString(hints.chatTemplate));
    if (hints.segmentSize) set("segmentSize", *hints.segmentSize);
    if (hints.memoryTokens) set("memoryTokens", *hints.memoryTokens);
    if (hints.loraRank) set("loraRank", *hints.loraRank);
    if (hints.loraAlpha) set("loraAlpha", *hints.loraAlpha);
  }
  file.endArray();
}

}  // namespace

ModelHints hintsOf(const Settings& settings, const QString& directory) {
  for (const ModelEntry& each : settings.models) {
    if (each.directory == directory) return each.hints;
  }
  return {};
}

QString defaultSessionsFolder() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/tidemark/sessions");
}

QString defaultSettingsPath() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
         QStringLiteral("/tidemark/tidemark.ini");
}

LoadedSettings loadSettings(const QString& path) {
  LoadedSettings loaded;
  if (!QFileInfo::exists(path)) return loaded;
  QSettings file(path, QSettings::IniFormat);
  if (file.status() != QSettings::NoError) {
    loaded.problems += SettingsText::tr("The settings in %1 cannot be read; the defaults are used.").arg(path);
    return loaded;
  }
  Settings& s = loaded.settings;
  Reader reader(file, &loaded.problems);
  reader.folder("model/directory", &s.modelDirectory);
  reader.choice("model/device", kDevices, &s.device);
  reader.integer("model/threads", 0, kMostThreads, &s.threads);
  readModels(file, &loaded.problems, &s);
  readMemory(reader, &s);
  reader.choice("reading/keepTraces", kTraceChoices, &s.keepTraces);
  reader.choice("appearance/theme", kThemes, &s.theme);
  reader.integer("appearance/fontPercent", 80, 200, &s.fontPercent);
  reader.text("appearance/interfaceFont", &s.interfaceFont);
  reader.text("appearance/documentFont", &s.documentFont);
  reader.value("appearance/language", [&](const QString& text) {
    if (!QStringList{QStringLiteral("system"), QStringLiteral("en"), QStringLiteral("de")}.contains(text)) return false;
    s.language = text;
    return true;
  });
  reader.folder("sessions/folder", &s.sessionsFolder);
  reader.boolean("accessibility/reducedMotion", &s.reducedMotion);
  reader.boolean("reading/showSegmentBoundaries", &s.showSegmentBoundaries);
  return loaded;
}

QString saveSettings(const QString& path, const Settings& s) {
  QDir().mkpath(QFileInfo(path).absolutePath());
  QSettings file(path, QSettings::IniFormat);
  const auto set = [&file](const char* key, const QVariant& value) { file.setValue(QString::fromLatin1(key), value); };
  set("model/directory", s.modelDirectory);
  writeModels(file, s);
  set("model/device", nameOf(kDevices, s.device));
  set("model/threads", s.threads);
  set("reading/snapshotBudgetBytes", QString::number(s.snapshotBudgetBytes));
  set("reading/snapshotSeconds", s.snapshotSeconds);
  set("reading/keepTraces", nameOf(kTraceChoices, s.keepTraces));
  set("reading/showSegmentBoundaries", s.showSegmentBoundaries);
  set("appearance/theme", nameOf(kThemes, s.theme));
  set("appearance/fontPercent", s.fontPercent);
  set("appearance/interfaceFont", s.interfaceFont);
  set("appearance/documentFont", s.documentFont);
  set("appearance/language", s.language);
  // The default is not written down, so it follows the home folder.
  if (s.sessionsFolder == defaultSessionsFolder()) {
    file.remove(QStringLiteral("sessions/folder"));
  } else {
    set("sessions/folder", s.sessionsFolder);
  }
  set("accessibility/reducedMotion", s.reducedMotion);
  file.sync();
  if (file.status() == QSettings::NoError) return {};
  return SettingsText::tr("The settings could not be written to %1; check that the folder can be written to.")
      .arg(path);
}

}  // namespace tidemark::ui
