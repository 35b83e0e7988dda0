// How fast the document view is: document_bench [megabytes]. Runs offscreen unless QT_QPA_PLATFORM says otherwise.

#include <QApplication>
#include <QEventLoop>
#include <QImage>
#include <QLocale>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <random>
#include <string>

#include "tests/bench/quantile.h"
#include "ui/document/document_panel.h"
#include "ui/document/document_view.h"
#include "ui/document/text_piece_builder.h"
#include "ui/document/text_search.h"
#include "ui/theme/theme.h"

namespace {

namespace bench = tidemark::bench;
using tidemark::ui::DocumentPanel;
using tidemark::ui::TextPiece;

double elapsedMs(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double residentMegabytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  file >> pages >> pages;
  return pages * 4096 / 1e6;
}

std::string makeText(std::size_t bytes, std::size_t lineBytes) {
  std::mt19937 random(1);
  static constexpr const char* kWords[] = {"the", "whale",    "of",  "a",    "harpoon",
                                           "sea", "Queequeg", "and", "ship", "in"};
  std::string text;
  std::size_t line = 0;
  while (text.size() < bytes) {
    const std::string word = kWords[random() % 10];
    line += word.size() + 1;
    text += word;
    text += line >= lineBytes ? '\n' : ' ';
    if (line >= lineBytes) line = 0;
  }
  text.resize(bytes);
  return text;
}

/// Times between the paint events of a widget, and what each of them took.
class PaintClock : public QObject {
 public:
  std::vector<double> frames;
  std::vector<double> costs;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() != QEvent::Paint || m_painting) return false;
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double, std::milli> since = now - m_last;
    if (m_last != std::chrono::steady_clock::time_point()) frames.push_back(since.count());
    m_last = now;
    m_painting = true;
    costs.push_back(elapsedMs([&] { QCoreApplication::sendEvent(watched, event); }));
    m_painting = false;
    return true;
  }

 private:
  std::chrono::steady_clock::time_point m_last;
  bool m_painting = false;
};

class Bench {
 public:
  Bench(const char* name, const std::string& text)
      : m_name(name), m_text(text), m_image(800, 900, QImage::Format_RGB32) {
    m_panel.setReducedMotion(true);
    m_panel.resize(800, 900);
    m_panel.show();
  }

  void run() {
    std::vector<std::shared_ptr<const TextPiece>> pieces;
    const double before = residentMegabytes();
    const double buildMs = elapsedMs([&] {
      tidemark::ui::TextPieceBuilder builder([&](auto piece) { pieces.push_back(std::move(piece)); });
      builder.feed(m_text);
      builder.finish();
    });
    double longestMs = 0;
    const double loadMs = elapsedMs([&] {
      m_panel.beginDocument(m_text.size());
      for (auto& piece : pieces)
        longestMs = std::max(longestMs, elapsedMs([&] { m_panel.appendPiece(std::move(piece)); }));
      longestMs = std::max(longestMs, elapsedMs([&] { m_panel.finishDocument(); }));
      paint();
    });
    std::printf("%s: %.0f MB, %zu paragraphs\n", m_name, static_cast<double>(m_text.size()) / 1e6,
                m_panel.text().paragraphCount());
    std::printf("  pieces on the worker %.0f ms, load + first paint %.1f ms (longest step %.2f ms), memory +%.0f MB\n",
                buildMs, loadMs, longestMs, residentMegabytes() - before);
    auto& view = m_panel.view();
    // No figure without the work: ink on the picture, and new layouts for a new width.
    std::size_t ink = 0;
    for (int y = 0; y < m_image.height(); ++y) {
      for (int x = 0; x < m_image.width(); ++x) ink += qGray(m_image.pixel(x, y)) > 150 ? 1 : 0;
    }
    const std::uint64_t layouts = view.documentLayout().layoutsMade();
    m_panel.resize(400, 900);
    paint();
    std::printf("  %zu bright pixels, %llu paragraphs laid out for a new width\n", ink,
                static_cast<unsigned long long>(view.documentLayout().layoutsMade() - layouts));
    const int line = static_cast<int>(view.documentLayout().style().lineHeight);
    std::mt19937_64 random(7);
    measure("3-line step", 200, [&] { view.scrollByPixels(3 * line); });
    measure("page", 100, [&] { view.scrollByPixels(view.viewport()->height() - line); });
    measure("random jump", 100, [&] { m_panel.goToByte(random() % m_text.size(), false); });
    int width = 800;  // both widths are too narrow for the widest column, so all lines break anew
    measure("resize", 50, [&] { m_panel.resize(width = width == 420 ? 360 : 420, 900); });
    measure("repaint", 100, [] {});
    scrollByWheel();
    search("missing word", QStringLiteral("Nantucket"));
    search("missing, Unicode", QStringLiteral("Zür"));
    search("frequent word", QStringLiteral("whale"));
  }

 private:
  void paint() { m_panel.render(&m_image); }

  void measure(const char* name, int count, const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
      times.push_back(elapsedMs([&] {
        work();
        paint();
      }));
    }
    std::printf("  %-18s median %6.2f ms, p99 %6.2f ms\n", name, bench::quantile(times, 0.5),
                bench::quantile(times, 0.99));
  }

  /// Turns the wheel for five seconds without a pause, and counts what is painted as the window system would see it.
  void scrollByWheel() {
    m_panel.setReducedMotion(false);
    m_panel.resize(800, 900);
    m_panel.goToByte(m_text.size() / 2, false);
    QWidget& viewport = *m_panel.view().viewport();
    PaintClock paints;
    viewport.installEventFilter(&paints);
    const quint64 top = m_panel.topByte();
    QTimer wheel;
    wheel.callOnTimeout([&] {
      const QPointF at = viewport.rect().center();
      QWheelEvent turn(at, viewport.mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                       false);
      QApplication::sendEvent(&viewport, &turn);
    });
    wheel.start(50);
    QEventLoop loop;
    QTimer::singleShot(5000, &loop, &QEventLoop::quit);
    loop.exec();
    viewport.removeEventFilter(&paints);
    m_panel.setReducedMotion(true);
    auto& frames = paints.frames;
    auto& costs = paints.costs;
    if (frames.empty() || m_panel.topByte() == top) {
      std::printf("  wheel: nothing moved\n");
      return;
    }
    const auto late = std::count_if(frames.begin(), frames.end(), [](double ms) { return ms > 16.7; });
    const auto costly = std::count_if(costs.begin(), costs.end(), [](double ms) { return ms > 16.7; });
    std::printf(
        "  wheel for 5 s      %.1f frames/s, %llu bytes passed; between frames median %.2f ms, p99 %.2f ms, "
        "%.1f %% over 16.7 ms\n",
        static_cast<double>(frames.size()) / 5, static_cast<unsigned long long>(m_panel.topByte() - top),
        bench::quantile(frames, 0.5), bench::quantile(frames, 0.99),
        100.0 * static_cast<double>(late) / static_cast<double>(frames.size()));
    std::printf("  painting a frame   median %.2f ms, p99 %.2f ms, %.1f %% over 16.7 ms\n", bench::quantile(costs, 0.5),
                bench::quantile(costs, 0.99), 100.0 * static_cast<double>(costly) / static_cast<double>(costs.size()));
  }

  void search(const char* name, const QString& needle) {
    std::size_t count = 0;
    const double ms = elapsedMs([&] {
      tidemark::ui::searchText(m_panel.text(), {needle, false, false}, {},
                               [&](auto matches) { count += matches.size(); });
    });
    std::printf("  find %-16s %6.0f ms on the worker, %zu matches\n", name, ms, count);
  }

  const char* m_name;
  const std::string& m_text;
  DocumentPanel m_panel;
  QImage m_image;
};

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  tidemark::ui::applyAppearance(application, {tidemark::ui::ThemeChoice::kDark, 100, {}}, false);
  const std::size_t bytes = (argc > 1 ? std::stoul(argv[1]) : 50) * 1000 * 1000;
  const struct {
    const char* name;
    std::size_t lineBytes;
  } kCases[] = {{"long paragraphs", 450}, {"short lines", 48}, {"one line", bytes + 1}};
  for (const auto& c : kCases) {
    const std::string text = makeText(bytes, c.lineBytes);
    Bench(c.name, text).run();
  }
  return 0;
}
