// Stands in for tidemark-extract, with PDF only and without its walls: what the tests start, so that a file which takes
// down QtPdf takes down no test. Two processes read, also where there is one processor, unless the limits say
// otherwise.

#include <sys/resource.h>
#include <unistd.h>

#include <QGuiApplication>
#include <optional>
#include <string>

#include "engine/extraction/extraction_lines.h"
#include "engine/extraction/limit_arguments.h"
#include "extract/page_process/page_process.h"
#include "extract/page_process/page_worker.h"
#include "extract/pdf/page_server.h"

namespace {

using namespace tidemark;

bool writeLine(const std::string& line) {
  return ::write(STDOUT_FILENO, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

class LineSink : public ExtractionSink {
 public:
  explicit LineSink(PageProcess* helper) : m_helper(helper) {}
  Status head(DocumentHead head) override { return write(toLine(head)); }
  Status page(ExtractedPage page) override { return write(toLine(++m_pages, page)); }
  Status end(ExtractionSummary summary) override {
    if (m_helper != nullptr) m_helper->end();
    struct rusage own {};
    struct rusage helper {};
    ::getrusage(RUSAGE_SELF, &own);
    ::getrusage(RUSAGE_CHILDREN, &helper);
    summary.skipped.push_back({"KiB of memory", own.ru_maxrss + helper.ru_maxrss});
    return write(toLine(summary));
  }

 private:
  static Status write(const std::string& line) {
    if (writeLine(line)) return {};
    return makeError(ErrorCode::kIo, "nobody reads");
  }
  PageProcess* m_helper;
  std::int64_t m_pages = 0;
};

}  // namespace

int main(int count, char** words) {
  ReaderInput input{3, "file.pdf", {}};
  for (int i = 2; i + 1 < count; i += 2) {
    if (std::string(words[i]) == "--name") input.name = words[i + 1];
    if (std::string(words[i]) == "--limits") input.limits = parseLimits(words[i + 1]).value();
  }
  const bool render = count > 1 && std::string(words[1]) == "render";
  std::optional<PageProcess> helper;
  if (!render && input.limits.processes > 1) {
    Result<PageProcess> process = PageProcess::prepare([&](int socket) {
      QGuiApplication application(count, words);
      endWhenClosed(socket);
      servePdfPages(input, socket);
    });
    if (process) helper.emplace(std::move(*process));
  }
  QGuiApplication application(count, words);
  LineSink sink(helper ? &*helper : nullptr);
  const Status status = render ? serveRenderedPages(input, STDIN_FILENO, STDOUT_FILENO)
                               : readPdfDocument(input, sink, helper ? &*helper : nullptr);
  if (!status) (void)writeLine(toLine(status.error()));
  // A reader that gave up on QtPdf may have left a thread behind.
  ::_exit(status ? 0 : 1);
}
