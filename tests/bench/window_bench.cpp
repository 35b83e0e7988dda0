// What the window costs: event-loop latency while a book is read at full speed with the wavefront visible, the share of
// the processor time that goes to threads other than the engine's, and how much longer the engine takes than without
// any window. Run: build/dev/bin/window_bench [ROUNDS]; prints medians. Only a quiet machine gives figures worth
// keeping: the window paints by the clock, so its share grows too when something else slows the engine down.

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <map>
#include <mutex>
#include <vector>

#include "engine/service/session_host.h"
#include "tests/bench/bench_window.h"
#include "tests/bench/quantile.h"
#include "tests/bench/thread_times.h"
#include "ui/window/main_window.h"

namespace {

using namespace tidemark;
using bench::quantile;
using bench::resource;
using namespace tidemark::ui;

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

struct WindowRun {
  double seconds = -1;
  bench::TimeShares shares;      // of the processor time while reading
  std::vector<double> lateness;  // of a 5 ms timer, in ms
};

/// The same book in the window. With `measuresLatency` a timer ticks meanwhile, whose lateness says what a key press
/// would have waited; its two hundred wake-ups a second cost something themselves, so the view is timed without.
WindowRun readInWindow(const QTemporaryDir& folder, int round, bool measuresLatency) {
  MainWindow window(bench::makeWindowContext(folder, round));
  window.resize(1600, 1000);
  window.show();
  (void)QTest::qWaitForWindowExposed(&window);

  WindowRun run;
  // The engine and its pool start when a session is opened; whoever is there now is not one of them.
  const std::map<int, double> known = bench::threadSeconds();
  std::map<int, double> before;
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
    before = bench::threadSeconds();
    clock.start();
    if (measuresLatency) tick.start(kTick);
  });
  QEventLoop loop;
  QObject::connect(&window.session(), &SessionController::readFinished, [&](const ReadFinished& finished) {
    run.shares = bench::sharesBetween(known, before, bench::threadSeconds());
    run.seconds = finished.seconds;
    loop.quit();
  });
  window.openFiles({QString::fromStdString(resource("samples/moby-dick.txt").string())});
  loop.exec();
  tick.stop();
  window.close();
  return run;
}

/// Everything that the rounds gave, one value for each.
struct Figures {
  std::vector<double> alone;
  std::vector<double> inWindow;
  std::vector<double> ratios;
  std::vector<double> guiShares;     // of all processor time
  std::vector<double> workerShares;  // of all processor time
  std::vector<double> guiOfCore;     // of the time by the clock
  std::vector<double> lateness;
};

void addRound(Figures& figures, double without, const WindowRun& with, const WindowRun& watched) {
  figures.alone.push_back(without);
  figures.inWindow.push_back(with.seconds);
  figures.ratios.push_back(with.seconds / without);
  figures.guiShares.push_back(with.shares.gui / with.shares.total());
  figures.workerShares.push_back(with.shares.workers / with.shares.total());
  figures.guiOfCore.push_back(with.shares.gui / with.seconds);
  figures.lateness.insert(figures.lateness.end(), watched.lateness.begin(), watched.lateness.end());
}

void print(const Figures& figures) {
  const auto median = [](const std::vector<double>& values) { return quantile(values, 0.5); };
  std::printf("\nreading Moby-Dick, %zu rounds, medians:\n", figures.ratios.size());
  std::printf(
      "  processor time      GUI thread %.2f %%, workers of the window %.2f %% of all (range of both %.2f to %.2f "
      "%%)\n",
      median(figures.guiShares) * 100, median(figures.workerShares) * 100,
      (quantile(figures.guiShares, 0) + quantile(figures.workerShares, 0)) * 100,
      (quantile(figures.guiShares, 1) + quantile(figures.workerShares, 1)) * 100);
  std::printf("  the GUI thread took %.1f %% of one core\n", median(figures.guiOfCore) * 100);
  std::printf("  by the clock        %.2f s without a window, %.2f s in it\n", median(figures.alone),
              median(figures.inWindow));
  std::printf("  ratio of the pairs  %.3f (quartiles %.3f to %.3f, all %.3f to %.3f)\n", median(figures.ratios),
              quantile(figures.ratios, 0.25), quantile(figures.ratios, 0.75), quantile(figures.ratios, 0),
              quantile(figures.ratios, 1));
  const std::vector<double>& lateness = figures.lateness;
  std::printf("event-loop latency while reading (%zu ticks): median %.1f ms, 99th percentile %.1f ms, worst %.1f ms\n",
              lateness.size(), quantile(lateness, 0.5), quantile(lateness, 0.99), quantile(lateness, 1));
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
  const QTemporaryDir folder;
  Figures figures;
  for (int i = 0; i < rounds; ++i) {
    // Which of the pair comes first changes, so that a machine that grows slower or faster favours neither.
    double without = i % 2 == 0 ? readAlone(folder, i) : -1;
    const WindowRun with = readInWindow(folder, 2 * i, false);
    if (i % 2 != 0) without = readAlone(folder, i);
    const WindowRun watched = readInWindow(folder, 2 * i + 1, true);
    addRound(figures, without, with, watched);
    std::printf(
        "round %d: %.2f s without a window, %.2f s in it (x %.3f); processor time: engine %.2f s, GUI thread "
        "%.0f ms, workers %.0f ms\n",
        i + 1, without, with.seconds, with.seconds / without, with.shares.engine, with.shares.gui * 1e3,
        with.shares.workers * 1e3);
    std::fflush(stdout);
  }
  print(figures);
  return 0;
}
