#include "ui/shell/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <cmath>
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

}  // namespace

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
  const QSettings file(path, QSettings::IniFormat);
  if (file.status() != QSettings::NoError) {
    loaded.problems += SettingsText::tr("The settings in %1 cannot be read; the defaults are used.").arg(path);
    return loaded;
  }
  Settings& s = loaded.settings;
  Reader reader(file, &loaded.problems);
  reader.folder("model/directory", &s.modelDirectory);
  reader.choice("model/device", kDevices, &s.device);
  reader.integer("model/threads", 0, kMostThreads, &s.threads);
  readMemory(reader, &s);
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
  set("model/device", nameOf(kDevices, s.device));
  set("model/threads", s.threads);
  set("reading/snapshotBudgetBytes", QString::number(s.snapshotBudgetBytes));
  set("reading/snapshotSeconds", s.snapshotSeconds);
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
