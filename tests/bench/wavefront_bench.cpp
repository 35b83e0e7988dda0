// Milliseconds a frame of the wavefront grid: 10,000 segments, 32 layers, 1600 x 400 logical pixels, over zoom levels,
// at device pixel ratios 1 and 2. Then what addGroups and a fast read cost. Usage:
// wavefront_bench [frames]

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <vector>

#include "tests/bench/quantile.h"
#include "tests/ui/wavefront/wavefront_samples.h"
#include "ui/theme/theme.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/wavefront/wavefront_scene.h"

namespace tidemark::ui {
namespace {

constexpr int kLayers = 32;
constexpr std::int64_t kSegments = 10000;

double milliseconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void print(const char* what, double parameter, double ratio, const std::vector<double>& times) {
  std::printf("%-12s pitch %7.3f  ratio %.0f  median %6.2f ms  p99 %6.2f ms\n", what, parameter, ratio,
              bench::quantile(times, 0.5), bench::quantile(times, 0.99));
}

void benchFrames(const char* what, WavefrontState& state, double shear, int frames) {
  for (const double ratio : {1.0, 2.0}) {
    for (const double pitch : {0.1, 0.5, 2.0, 4.0, 6.0, 9.0, 14.0, 20.0, 27.0, 40.0}) {
      WavefrontLayout layout;
      layout.setPixelRatio(ratio);
      layout.setArea(QRectF(60, 6, 1524, 368));
      layout.setExtent(kSegments, kLayers);
      layout.setShear(shear);
      layout.setPitch(pitch);
      SceneView view;
      view.state = &state;
      view.layout = &layout;
      view.colors = themeColors(true);
      view.font = QApplication::font();
      view.width = 1600;
      view.hover = CellId{4990, 12};
      QImage image(QSize(1600, 400) * ratio, QImage::Format_RGB32);
      image.setDevicePixelRatio(ratio);
      ScenePainter painter;
      std::vector<double> times;
      for (int frame = 0; frame < frames + 3; ++frame) {
        layout.followFront(5000 + frame);
        state.setPaused(false);  // the cells count as changed, wherever the view stands
        const double time = milliseconds([&] {
          QPainter target(&image);
          ScenePainter::paintAround(target, view, QRect(0, 0, 1600, 400));
          painter.paint(target, view);
        });
        if (frame >= 3) times.push_back(time);  // the first frames make masks and numbers
      }
      print(what, layout.pitch(), ratio, times);
    }
  }
}

/// Processor time that a read of 1000 segments a second, 6 layers, costs the thread that paints.
void benchRead() {
  constexpr double kSeconds = 4;
  WavefrontPanel panel;
  panel.resize(1600, 330);
  panel.showSession({6, 64, 6000, 590000, 4000, {}, 0, {}});
  panel.show();
  panel.readingStarted(0, 6000);
  const auto groups = sampleRead({ReadOrder::kDiagonal, 6, 0, 6000});
  QElapsedTimer clock;
  clock.start();
  std::size_t sent = 0;
  QTimer pump;
  QObject::connect(&pump, &QTimer::timeout, &panel, [&] {
    const auto due = std::min(groups.size(), static_cast<std::size_t>(clock.elapsed()));
    panel.addGroups(std::span(groups).subspan(sent, due - sent));
    sent = due;
    if (static_cast<double>(clock.elapsed()) > kSeconds * 1000) QCoreApplication::quit();
  });
  pump.start(16);
  const std::clock_t before = std::clock();
  (void)QCoreApplication::exec();
  const double used = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  std::printf("read of 1000 segments a second: %.1f ms of processor time a second (%.2f %% of one core)\n",
              used * 1000 / kSeconds, used * 100 / kSeconds);
}

}  // namespace
}  // namespace tidemark::ui

int main(int argc, char** argv) {
  using namespace tidemark::ui;
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  applyAppearance(application, {ThemeChoice::kDark, 100, {}}, false);
  const int frames = argc > 1 ? std::max(10, std::atoi(argv[1])) : 200;

  WavefrontState live;
  live.reset(kLayers, 256, kSegments, 0);
  live.startReading(0, kSegments);
  live.addGroups(sampleRead({ReadOrder::kDiagonal, kLayers, 0, kSegments}, 5000));
  benchFrames("live", live, 0, frames);
  benchFrames("sheared", live, 0.37, frames);

  std::vector<tidemark::CellMetricsRecord> metrics;
  for (std::int64_t s = 0; s < kSegments; ++s) {
    for (int l = 0; l < kLayers; ++l) metrics.push_back({s, l, sampleNovelty(s, l), 0.5F, 0.1F});
  }
  WavefrontState restored;
  restored.reset(kLayers, 256, kSegments, kSegments);
  const double restoring = milliseconds([&] { restored.restoreMetrics(metrics); });
  benchFrames("restored", restored, 0, frames);
  std::printf("restoreMetrics of %lld cells: %.1f ms\n", static_cast<long long>(metrics.size()), restoring);

  WavefrontPanel panel;
  panel.resize(1600, 520);
  panel.showSession({kLayers, 256, kSegments, 1, 1, {}, 0, {}});
  panel.readingStarted(0, kSegments);
  const auto groups = sampleRead({ReadOrder::kDiagonal, kLayers, 0, kSegments});
  std::vector<double> calls;
  for (std::size_t i = 0; i + 333 <= groups.size(); i += 333) {
    calls.push_back(milliseconds([&] { panel.addGroups(std::span(groups).subspan(i, 333)); }));
  }
  print("addGroups333", 0, 1, calls);
  benchRead();
  return 0;
}
