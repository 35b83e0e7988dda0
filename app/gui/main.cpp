// Puts engine, store and window together. With a subcommand it is tidemark-cli, which needs no display.

#include <unistd.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QLocale>
#include <QNetworkProxyFactory>
#include <QTranslator>
#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>

#include "app/common/resources.h"
#include "app/gui/single_instance.h"
#include "engine/service/session_host.h"
#include "ui/window/main_window.h"

namespace {

using namespace tidemark;

constexpr std::array kSubcommands = {"read", "ask", "sessions", "inspect", "trace", "bench", "extract"};

/// Replaces this process by tidemark-cli beside it; comes back only if that failed.
int runCommandLine(char** argv) {
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "tidemark-cli";
  execv(program.c_str(), argv);
  std::fprintf(stderr, "tidemark: %s could not be started (%s); install tidemark again\n", program.c_str(),
               std::strerror(errno));
  return 1;
}

bool loadTranslation(QTranslator& translator, const QString& language) {
  const QLocale locale = language == QStringLiteral("system") ? QLocale() : QLocale(language);
  return translator.load(locale, QStringLiteral("tidemark"), QStringLiteral("_"), QStringLiteral(":/i18n"));
}

ui::WindowContext makeContext() {
  ui::WindowContext context;
  const QString state = QFileInfo(ui::defaultWindowStatePath()).absolutePath();
  context.loadNotes = std::make_shared<LoadNotes>((state + QStringLiteral("/loading")).toStdString());
  context.makeEngine = [notes = context.loadNotes](NoticeSink sink) {
    return std::make_unique<SessionHost>(std::move(sink), notes);
  };
  // What is missing is said by the window, in words, when it is wanted.
  const auto model = builtinModelDirectory();
  const auto samples = sampleDirectory();
  context.builtinModel = model ? *model : std::filesystem::path("models/mini");
  context.samples = samples ? *samples : std::filesystem::path("samples");
  context.settingsPath = ui::defaultSettingsPath();
  context.statePath = ui::defaultWindowStatePath();
  context.version = QStringLiteral(TM_VERSION);
  return context;
}

int runWindow(int argc, char** argv) {
  QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("tidemark"));
  QApplication::setApplicationDisplayName(QStringLiteral("Tidemark"));
  QApplication::setApplicationVersion(QStringLiteral(TM_VERSION));
  QGuiApplication::setDesktopFileName(QStringLiteral("tidemark"));

  QNetworkProxyFactory::setUseSystemConfiguration(true);
  const ui::LoadedSettings loaded = ui::loadSettings(ui::defaultSettingsPath());
  QTranslator ours;
  if (loadTranslation(ours, loaded.settings.language)) QApplication::installTranslator(&ours);
  QTranslator qts;
  const QLocale locale =
      loaded.settings.language == QStringLiteral("system") ? QLocale() : QLocale(loaded.settings.language);
  if (qts.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
               QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
    QApplication::installTranslator(&qts);
  }

  QCommandLineParser parser;
  parser.setApplicationDescription(QCoreApplication::translate("main", "Ask questions of very long documents."));
  parser.addHelpOption();
  parser.addVersionOption();
  const QCommandLineOption newWindow(
      QStringLiteral("new-window"),
      QCoreApplication::translate("main", "Do not hand the files to a window that is open."));
  parser.addOption(newWindow);
  parser.addPositionalArgument(QStringLiteral("FILE"),
                               QCoreApplication::translate("main", "Texts, folders or sessions to open."),
                               QStringLiteral("[FILE...]"));
  parser.process(application);
  QStringList files;
  for (const QString& each : parser.positionalArguments()) files << QFileInfo(each).absoluteFilePath();

  ui::SingleInstance instance(ui::defaultInstanceSocket());
  if (!parser.isSet(newWindow)) {
    const ui::InstanceMessage message{files, QDir::currentPath(), qEnvironmentVariable("XDG_ACTIVATION_TOKEN")};
    if (instance.start(message) == ui::InstanceRole::kForwarded) return 0;
  }

  ui::MainWindow window(makeContext());
  QObject::connect(&instance, &ui::SingleInstance::messageReceived, &window,
                   [&window](const ui::InstanceMessage& message) {
                     window.comeForward(message.activationToken.toUtf8());
                     window.openFiles(message.files);
                   });
  window.show();
  if (files.isEmpty()) {
    window.resumeLastSession();
  } else {
    window.openFiles(files);
  }
  return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) {
    for (const char* subcommand : kSubcommands) {
      if (std::strcmp(argv[1], subcommand) == 0) return runCommandLine(argv);
    }
    // Both must work where there is no display.
    if (std::strcmp(argv[1], "--version") == 0 || std::strcmp(argv[1], "-v") == 0) {
      std::puts("tidemark " TM_VERSION);
      return 0;
    }
    if (std::strcmp(argv[1], "--help") == 0 || std::strcmp(argv[1], "-h") == 0) {
      std::puts(
          "Usage: tidemark [--new-window] [FILE...]\n"
          "       tidemark read|ask|sessions|inspect|trace|bench ... (as tidemark-cli, which needs no display)\n\n"
          "Opens texts, folders and sessions in a window; without files, the session that was open last.");
      return 0;
    }
  }
  return runWindow(argc, argv);
}
