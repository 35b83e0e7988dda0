// How long a long text takes to be there, in the window as people start it: from the order to open a file of 50 MB to
// its first lines on the screen, to the last of its text, and to the first segment that is read; and what a key press
// would have waited meanwhile. Run: build/dev/bin/open_bench [MEGABYTES] [ROUNDS]; prints medians.

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/bench_window.h"
#include "tests/bench/quantile.h"
#include "ui/document/document_panel.h"
#include "ui/document/document_view.h"
#include "ui/window/main_window.h"

namespace {

using namespace tidemark;
using namespace tidemark::ui;

constexpr int kTickMilliseconds = 2;
constexpr int kGiveUpMilliseconds = 60000;

/// Moby-Dick, again and again.
bool writeText(const std::string& path, std::size_t bytes) {
  std::ifstream book(bench::resource("samples/moby-dick.txt"), std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(book)), std::istreambuf_iterator<char>());
  std::ofstream file(path, std::ios::binary);
  for (std::size_t written = 0; written < bytes && !text.empty(); written += text.size()) {
    file.write(text.data(), static_cast<std::streamsize>(std::min(text.size(), bytes - written)));
  }
  return !text.empty() && file.good();
}

/// Sees the first paint event of a view that has text.
class FirstPaint final : public QObject {
 public:
  FirstPaint(DocumentPanel& panel, const QElapsedTimer& clock) : m_panel(panel), m_clock(clock) {
    panel.view().viewport()->installEventFilter(this);
  }
  std::optional<double> milliseconds;

 protected:
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() != QEvent::Paint || milliseconds || m_panel.text().paragraphCount() == 0) return false;
    // This one is still to be painted; what comes next in the loop finds it done.
    QMetaObject::invokeMethod(
        this,
        [this] {
          if (!milliseconds) milliseconds = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
        },
        Qt::QueuedConnection);
    return false;
  }

 private:
  DocumentPanel& m_panel;
  const QElapsedTimer& m_clock;
};

/// Milliseconds since the order to open the file.
struct OpenTimes {
  double firstLines = 0;
  double wholeText = 0;
  double firstSegment = 0;
  double worstWait = 0;  // of the event loop, until then
};

std::optional<OpenTimes> openOnce(const QTemporaryDir& folder, const QString& file, int round) {
  MainWindow window(bench::makeWindowContext(folder, round));
  window.resize(1600, 1000);
  window.show();
  (void)QTest::qWaitForWindowExposed(&window);
  QTest::qWait(200);  // what a start leaves to be done

  OpenTimes times;
  QElapsedTimer clock;
  QElapsedTimer sinceTick;
  QTimer tick;
  tick.setTimerType(Qt::PreciseTimer);
  QObject::connect(&tick, &QTimer::timeout, [&] {
    times.worstWait =
        std::max(times.worstWait, static_cast<double>(sinceTick.nsecsElapsed()) / 1e6 - kTickMilliseconds);
    sinceTick.restart();
  });
  FirstPaint paint(window.documentPanel(), clock);
  QEventLoop loop;
  const auto now = [&] { return static_cast<double>(clock.nsecsElapsed()) / 1e6; };
  const auto finishIfAllSeen = [&] {
    if (times.wholeText > 0 && times.firstSegment > 0) loop.quit();
  };
  SessionController& session = window.session();
  QObject::connect(&session, &SessionController::textComplete, &loop, [&] {
    times.wholeText = now();
    finishIfAllSeen();
  });
  QObject::connect(&session, &SessionController::groupsFinished, &loop, [&] {
    if (times.firstSegment == 0) times.firstSegment = now();
    finishIfAllSeen();
  });
  QTimer::singleShot(kGiveUpMilliseconds, &loop, &QEventLoop::quit);
  clock.start();
  sinceTick.start();
  tick.start(kTickMilliseconds);
  window.openFiles({file});
  loop.exec();
  tick.stop();
  const bool complete = times.wholeText > 0 && times.firstSegment > 0 && paint.milliseconds;
  times.firstLines = paint.milliseconds.value_or(0);
  window.close();
  if (!complete) return std::nullopt;
  return times;
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  const int megabytes = argc > 1 ? std::max(1, std::atoi(argv[1])) : 50;
  const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
  const QTemporaryDir folder;
  const QString file = folder.filePath(QStringLiteral("long.txt"));
  if (!writeText(file.toStdString(), static_cast<std::size_t>(megabytes) * 1000000)) {
    std::fprintf(stderr, "open_bench: the text could not be written\n");
    return 1;
  }
  std::vector<double> firstLines;
  std::vector<double> wholeText;
  std::vector<double> firstSegment;
  std::vector<double> worstWait;
  for (int round = 0; round < rounds; ++round) {
    const std::optional<OpenTimes> times = openOnce(folder, file, round);
    if (!times) {
      std::fprintf(stderr, "open_bench: the text was not opened and read within %d s\n", kGiveUpMilliseconds / 1000);
      return 1;
    }
    std::printf("round %d: first lines %.0f ms, whole text %.0f ms, first segment read %.0f ms, longest wait %.1f ms\n",
                round + 1, times->firstLines, times->wholeText, times->firstSegment, times->worstWait);
    std::fflush(stdout);
    firstLines.push_back(times->firstLines);
    wholeText.push_back(times->wholeText);
    firstSegment.push_back(times->firstSegment);
    worstWait.push_back(times->worstWait);
  }
  const auto median = [](const std::vector<double>& values) { return bench::quantile(values, 0.5); };
  std::printf(
      "\n%d MB in the window, %d rounds, medians: first lines on the screen after %.0f ms, the whole text after %.0f "
      "ms, "
      "the first segment read after %.0f ms; longest wait of the event loop %.1f ms\n",
      megabytes, rounds, median(firstLines), median(wholeText), median(firstSegment), median(worstWait));
  return 0;
}
