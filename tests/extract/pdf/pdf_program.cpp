// Stands in for tidemark-extract, with PDF only and without its walls: what the tests start, so that a file which takes
// down QtPdf takes down no test.

#include <sys/resource.h>
#include <unistd.h>

#include <QGuiApplication>
#include <string>

#include "engine/extraction/extraction_lines.h"
#include "extract/pdf/page_server.h"

namespace {

using namespace tidemark;

bool writeLine(const std::string& line) {
  return ::write(STDOUT_FILENO, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

class LineSink : public ExtractionSink {
 public:
  Status head(DocumentHead head) override { return write(toLine(head)); }
  Status page(ExtractedPage page) override { return write(toLine(++m_pages, page)); }
  Status end(ExtractionSummary summary) override {
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    summary.skipped.push_back({"KiB of memory", usage.ru_maxrss});
    return write(toLine(summary));
  }

 private:
  static Status write(const std::string& line) {
    if (writeLine(line)) return {};
    return makeError(ErrorCode::kIo, "nobody reads");
  }
  std::int64_t m_pages = 0;
};

}  // namespace

int main(int count, char** words) {
  QGuiApplication application(count, words);
  const ReaderInput input{3, count > 3 ? words[3] : "file.pdf", {}};
  LineSink sink;
  const bool render = count > 1 && std::string(words[1]) == "render";
  const Status status = render ? serveRenderedPages(input, STDIN_FILENO, STDOUT_FILENO) : readPdfDocument(input, sink);
  if (!status) (void)writeLine(toLine(status.error()));
  // A reader that gave up on QtPdf may have left a thread behind.
  ::_exit(status ? 0 : 1);
}
