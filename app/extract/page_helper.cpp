#include "app/extract/page_helper.h"

#include <sched.h>
#include <sys/stat.h>

#include <utility>

#include "app/extract/pdf_support.h"
#include "app/extract/sandbox.h"
#include "extract/page_process/page_worker.h"

namespace tidemark {
namespace {

// Of five parts. The other one reads pages and nothing else, so it needs less; where it reaches its limit, this one
// reads on.
constexpr int kOwnParts = 3;
constexpr int kHelperParts = 2;

// A file of so many bytes has pages enough; or a few large pictures, and then a few milliseconds are lost.
constexpr off_t kSurelyManyPages = 256 * 1024;

ExtractionLimits partOf(ExtractionLimits limits, int parts) {
  constexpr int kAllParts = kOwnParts + kHelperParts;
  limits.addressSpaceBytes = limits.addressSpaceBytes / kAllParts * static_cast<unsigned>(parts);
  limits.processorSeconds = (limits.processorSeconds * static_cast<unsigned>(parts) + kAllParts - 1) / kAllParts;
  return limits;
}

int processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

}  // namespace

std::optional<PageProcess> preparePageProcess(const ReaderInput& input) {
  if (!PdfSupport::isBuilt() || input.limits.processes < 2 || processors() < 2) return {};
  Result<PageProcess> process = PageProcess::prepare([&input](int socket) {
    limitProcess(partOf(input.limits, kHelperParts));
    PdfSupport pdf;
    Sandbox sandbox;
    filterSystemCalls(FileAccess::kFonts, sandbox);
    endWhenClosed(socket);
    pdf.servePages(input, socket);
  });
  if (!process) return {};
  limitProcess(partOf(input.limits, kOwnParts));
  struct stat info = {};
  if (::fstat(input.descriptor, &info) == 0 && info.st_size >= kSurelyManyPages) process->start();
  return std::move(*process);
}

}  // namespace tidemark
