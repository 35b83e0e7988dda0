// tidemark-extract: reads one document, given as descriptor 3, in a process that may do nothing else. Lines go to
// standard output (engine/extraction/extraction_lines.h); `render` answers requests from standard input
// (engine/extraction/page_renderer.h).

#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>

#include "app/extract/line_sink.h"
#include "app/extract/page_helper.h"
#include "app/extract/pdf_support.h"
#include "app/extract/sandbox.h"
#include "engine/base/write_all.h"
#include "engine/extraction/file_kind.h"
#include "engine/extraction/limit_arguments.h"
#include "extract/document_readers.h"
#include "extract/markup/markup_encoding.h"
#include "extract/page_process/page_worker.h"

namespace tidemark {
namespace {

constexpr int kInputDescriptor = 3;
constexpr int kExitDone = 0;
constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;

enum class Task { kRead, kRender, kVersion };

struct Order {
  Task task = Task::kRead;
  std::string name = "document";
  ExtractionLimits limits;
};

constexpr const char* kUsage =
    "Usage: tidemark-extract read|render [--name NAME] [--limits LIMITS] 3<FILE\n"
    "       tidemark-extract --version\n\n"
    "Writes the text of a document to standard output, one JSON object a line, or draws its pages on request.\n"
    "Started by tidemark and tidemark-cli; `tidemark-cli extract FILE` is made for people.\n";

[[noreturn]] void leave(int status, std::string_view text = {}, int descriptor = STDERR_FILENO) {
  // Nothing is cleaned up: what the file has made of this process's memory should not run destructors.
  (void)writeAll(descriptor, text);
  ::_exit(status);
}

Order parseOrder(int count, char** words) {
  Order order;
  const std::string_view first = count > 1 ? words[1] : "";
  if (first == "--version") {
    order.task = Task::kVersion;
  } else if (first == "render") {
    order.task = Task::kRender;
  } else if (first != "read") {
    leave(first == "--help" ? kExitDone : kExitUsage, kUsage, first == "--help" ? STDOUT_FILENO : STDERR_FILENO);
  }
  for (int i = 2; i < count; i += 2) {
    const std::string_view option = words[i];
    if (i + 1 == count || (option != "--name" && option != "--limits")) leave(kExitUsage, kUsage);
    if (option == "--name") {
      order.name = words[i + 1];
      continue;
    }
    const Result<ExtractionLimits> limits = parseLimits(words[i + 1]);
    if (!limits) leave(kExitUsage, limits.error().message + "\n");
    order.limits = *limits;
  }
  return order;
}

Result<std::string> readHead() {
  std::string head(kFileHeadBytes, '\0');
  std::size_t filled = 0;
  while (filled < head.size()) {
    const ssize_t count =
        ::pread(kInputDescriptor, head.data() + filled, head.size() - filled, static_cast<off_t>(filled));
    if (count < 0) return makeError(ErrorCode::kIo, "there is no file to read as descriptor 3");
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  head.resize(filled);
  return head;
}

Status readDocument(const ReaderInput& input, FileKind kind, ExtractionSink& sink) {
  return kind == FileKind::kZip ? readZipDocument(input, sink) : readHtmlDocument(input, sink);
}

/// Enters the sandbox as the kind of file allows, and does what was asked.
Status obey(const Order& order, ExtractionSink& sink) {
  const Result<std::string> head = readHead();
  if (!head) return head.error();
  const DetectedKind kind = detectKind(*head, order.name);
  const bool isPdf = kind.kind == FileKind::kPdf;
  if (order.task == Task::kRender && !isPdf) {
    return makeError(ErrorCode::kUnsupported, order.name + " is " + kind.name + ": only pages of a PDF can be drawn");
  }
  if (!isPdf && kind.kind != FileKind::kZip && kind.kind != FileKind::kHtml) return unreadableKind(order.name, kind);
  const FileAccess files = isPdf ? FileAccess::kFonts : FileAccess::kNone;
  std::optional<LoadedCharacterSets> characterSets;  // files, too
  if (!isPdf) characterSets.emplace();
  Sandbox sandbox;
  isolate(files, sandbox);
  const ReaderInput input{kInputDescriptor, order.name, order.limits};
  const bool readsPages = isPdf && order.task == Task::kRead;
  std::optional<PageProcess> helper = readsPages ? preparePageProcess(input) : std::nullopt;
  std::optional<PdfSupport> pdf;
  if (isPdf) pdf.emplace();
  filterSystemCalls(files, sandbox);
  // The other end of our standard input closes when the one that started us is gone. (A parent death signal would come
  // when the thread ends that happened to do it.)
  endWhenClosed(STDIN_FILENO);
  Status status;
  if (order.task == Task::kRender) {
    status = pdf->serve(input);
  } else if (pdf) {
    status = pdf->read(input, sink, helper ? &*helper : nullptr);
  } else {
    status = readDocument(input, kind.kind, sink);
  }
  // Before anything is destroyed; the order of what the libraries clean up is not worth a crash.
  if (!status) return status;
  if (helper) helper->end();
  leave(kExitDone);
}

[[noreturn]] void sayVersion() {
  Sandbox sandbox;
  isolate(FileAccess::kNone, sandbox);
  filterSystemCalls(FileAccess::kNone, sandbox);
  leave(kExitDone,
        std::string("tidemark-extract ") + TM_VERSION + "\nformats: epub, docx, odt, html" +
            (PdfSupport::isBuilt() ? ", pdf" : "") + "\nsandbox: " + describe(sandbox) + "\n",
        STDOUT_FILENO);
}

[[noreturn]] void run(const Order& order) {
  limitProcess(order.limits);
  std::set_new_handler([] { ::_exit(kExitOutOfMemory); });
  if (order.task == Task::kVersion) sayVersion();
  LineSink sink(STDOUT_FILENO, order.name, order.limits.outputBytes);
  Status status;
  try {
    status = obey(order, sink);
  } catch (const std::exception& error) {
    status = makeError(ErrorCode::kInternal, order.name + ": its extraction failed: " + error.what());
  }
  leave(kExitFailed, toLine(status.error()), STDOUT_FILENO);
}

}  // namespace
}  // namespace tidemark

int main(int argc, char** argv) {
  tidemark::run(tidemark::parseOrder(argc, argv));
}
