#include "app/cli/step_progress.h"

#include <cstdio>

#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"

namespace tidemark::cli {
namespace {

constexpr double kStepRedrawSeconds = 0.1;
constexpr double kStepLineSeconds = 2.0;

}  // namespace

void StepProgress::show(const std::string& what, std::int64_t done, std::int64_t all) {
  const double now = m_clock.seconds();
  if (now - m_lastShown < (m_terminal ? kStepRedrawSeconds : kStepLineSeconds)) return;
  m_lastShown = now;
  const std::string text = what + " " + withSeparators(done) + " of " + withSeparators(all);
  if (!m_terminal) {
    reportProgress(text);
    return;
  }
  std::fprintf(stderr, "\r%s\033[K", text.c_str());
  std::fflush(stderr);
  m_drawn = true;
}

void StepProgress::close() {
  if (!m_drawn) return;
  std::fputs("\r\033[K", stderr);
  m_drawn = false;
}

}  // namespace tidemark::cli
