// What the window costs: event-loop latency while a book is read at full speed with the wavefront visible, and how much
// longer the engine takes than without any window. Run: build/dev/bin/window_bench [ROUNDS]; prints medians.

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <vector>

#include "engine/service/session_host.h"
#include "ui/shell/settings.h"
#include "ui/window/main_window.h"

namespace {

using namespace tidemark;
using namespace tidemark::ui;

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

std::filesystem::path resource(const char* name) {
  return std::filesystem::path(TM_SOURCE_DIR) / "resources" / name;
}

/// Seconds of reading without any window.
double readAlone(const QTemporaryDir& folder, int round) {
  std::mutex mutex;
  std::condition_variable changed;
  bool ready = false;
  double seconds = -1;
  SessionHost host([&](const SessionNotice& notice) {
    const std::lock_guard lock(mutex);
    if (std::holds_alternative<SessionReady>(notice)) ready = true;
    if (const auto* engine = std::get_if<EngineNotice>(&notice)) {
      if (const auto* finished = std::get_if<ReadFinished>(&engine->event)) seconds = finished->seconds;
    }
    changed.notify_all();
  });
  const std::string path = folder.path().toStdString() + "/alone" + std::to_string(round) + ".tidemark";
  host.open({path, true, resource("models/mini"), {BackendChoice::kCpu, 0}});
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return ready; });
  ReadRequest request;
  request.files = {resource("samples/moby-dick.txt")};
  lock.unlock();
  if (!host.read(request)) return -1;
  lock.lock();
  changed.wait(lock, [&] { return seconds >= 0; });
  return seconds;
}

/// Processor time of this thread, the one that paints.
double threadSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct WindowRun {
  double seconds = -1;
  double threadSeconds = 0;      // processor time of the GUI thread while reading
  std::vector<double> lateness;  // of a 5 ms timer, in ms
};

/// The same book in the window. With `measuresLatency` a timer ticks meanwhile, whose lateness says what a key press
/// would have waited; its two hundred wake-ups a second cost something themselves, so the view is timed without.
WindowRun readInWindow(const QTemporaryDir& folder, int round, bool measuresLatency) {
  WindowContext context;
  context.makeEngine = [](NoticeSink sink) { return std::make_unique<SessionHost>(std::move(sink)); };
  context.builtinModel = resource("models/mini");
  context.samples = resource("samples");
  context.settingsPath = folder.filePath(QStringLiteral("settings%1.ini").arg(round));
  context.statePath = folder.filePath(QStringLiteral("window%1.ini").arg(round));
  Settings settings;
  settings.sessionsFolder = folder.filePath(QStringLiteral("sessions%1").arg(round));
  (void)saveSettings(context.settingsPath, settings);
  MainWindow window(std::move(context));
  window.resize(1600, 1000);
  window.show();
  (void)QTest::qWaitForWindowExposed(&window);

  WindowRun run;
  constexpr int kTick = 5;
  QElapsedTimer clock;
  QTimer tick;
  tick.setTimerType(Qt::PreciseTimer);
  tick.setSingleShot(true);
  QObject::connect(&tick, &QTimer::timeout, [&] {
    run.lateness.push_back(std::max(0.0, static_cast<double>(clock.nsecsElapsed()) / 1e6 - kTick));
    clock.restart();
    tick.start(kTick);
  });
  QObject::connect(&window.session(), &SessionController::readingStarted, [&] {
    run.threadSeconds = -threadSeconds();
    clock.start();
    if (measuresLatency) tick.start(kTick);
  });
  QEventLoop loop;
  QObject::connect(&window.session(), &SessionController::readFinished, [&](const ReadFinished& finished) {
    run.threadSeconds += threadSeconds();
    run.seconds = finished.seconds;
    loop.quit();
  });
  window.openFiles({QString::fromStdString(resource("samples/moby-dick.txt").string())});
  loop.exec();
  tick.stop();
  window.close();
  return run;
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
  const QTemporaryDir folder;
  std::vector<double> alone;
  std::vector<double> inWindow;
  std::vector<double> ratios;
  std::vector<double> lateness;
  std::vector<double> shares;
  for (int i = 0; i < rounds; ++i) {
    const double without = readAlone(folder, i);
    const WindowRun with = readInWindow(folder, 2 * i, false);
    const WindowRun watched = readInWindow(folder, 2 * i + 1, true);
    alone.push_back(without);
    inWindow.push_back(with.seconds);
    ratios.push_back(with.seconds / without);
    lateness.insert(lateness.end(), watched.lateness.begin(), watched.lateness.end());
    shares.push_back(with.threadSeconds / with.seconds);
    std::printf("round %d: %.2f s without a window, %.2f s in it (x %.3f), GUI thread %.0f ms\n", i + 1, without,
                with.seconds, with.seconds / without, with.threadSeconds * 1e3);
  }
  std::printf("\nreading Moby-Dick, %d rounds, medians:\n", rounds);
  std::printf("  without a window   %.2f s\n", quantile(alone, 0.5));
  std::printf("  in the window      %.2f s\n", quantile(inWindow, 0.5));
  std::printf("  cost of the view   %.1f %%\n", (quantile(ratios, 0.5) - 1) * 100);
  std::printf("  the GUI thread took %.1f %% of one core\n", quantile(shares, 0.5) * 100);
  std::printf("event-loop latency while reading (%zu ticks): median %.1f ms, 99th percentile %.1f ms, worst %.1f ms\n",
              lateness.size(), quantile(lateness, 0.5), quantile(lateness, 0.99), quantile(lateness, 1));
  return 0;
}
