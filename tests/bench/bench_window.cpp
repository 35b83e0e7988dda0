#include "tests/bench/bench_window.h"

#include <memory>
#include <utility>

#include "engine/service/session_host.h"
#include "ui/shell/settings.h"

namespace tidemark::bench {

std::filesystem::path resource(const char* name) {
  return std::filesystem::path(TM_SOURCE_DIR) / "resources" / name;
}

ui::WindowContext makeWindowContext(const QTemporaryDir& folder, int round) {
  ui::WindowContext context;
  context.makeEngine = [](NoticeSink sink) { return std::make_unique<SessionHost>(std::move(sink)); };
  context.builtinModel = resource("models/mini");
  context.samples = resource("samples");
  context.settingsPath = folder.filePath(QStringLiteral("settings%1.ini").arg(round));
  context.statePath = folder.filePath(QStringLiteral("window%1.ini").arg(round));
  ui::Settings settings;
  settings.sessionsFolder = folder.filePath(QStringLiteral("sessions%1").arg(round));
  (void)ui::saveSettings(context.settingsPath, settings);
  return context;
}

}  // namespace tidemark::bench
