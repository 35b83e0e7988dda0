#include "app/cli/progress_line.h"

#include <cstdio>

#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"

namespace tidemark::cli {
namespace {

constexpr double kRedrawSeconds = 0.1;
constexpr double kLineSeconds = 2.0;

}  // namespace

bool ProgressLine::isDue() const {
  return m_clock.seconds() - m_lastShown >= (m_terminal ? kRedrawSeconds : kLineSeconds);
}

void ProgressLine::show(const std::string& text) {
  m_lastShown = m_clock.seconds();
  if (!m_terminal) {
    reportProgress(text);
    return;
  }
  std::fprintf(stderr, "\r%s\033[K", text.c_str());
  std::fflush(stderr);
  m_drawn = true;
}

void ProgressLine::showStep(const std::string& what, std::int64_t done, std::int64_t all) {
  if (isDue()) show(what + " " + withSeparators(done) + " of " + withSeparators(all));
}

void ProgressLine::close() {
  if (!m_drawn) return;
  std::fputs("\r\033[K", stderr);
  m_drawn = false;
}

}  // namespace tidemark::cli
