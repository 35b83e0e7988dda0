#pragma once
// A tidemark-extract process, from outside: started with limits, spoken to through pipes, ended when it does not
// behave. The file is opened here and handed over as its descriptor 3, so the process needs no path. Its standard input
// is where requests come from; when that ends, this program is gone and the process ends as well.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

/// Numbers are handed to the process, which sets what the system enforces (address space, processor seconds, open
/// files) on itself before it looks at the file; bytes and time are watched from here as well.
struct ExtractionLimits {
  std::uint64_t addressSpaceBytes = std::uint64_t{2} << 30;
  std::uint64_t processorSeconds = 900;
  std::uint64_t outputBytes = std::uint64_t{4} << 30;  // of all lines
  std::chrono::milliseconds silence{8000};             // longest time without a page
  std::uint64_t archiveEntries = 20'000;
  std::uint64_t compressionRatio = 400;  // of one entry and of the whole, once over a MiB
  int nesting = 400;                     // of elements
  int processes = 2;                     // that read one PDF at the same time; all limits are for them together
};

/// The exit status by which tidemark-extract says that it ran out of memory.
inline constexpr int kExitOutOfMemory = 70;

/// Where tidemark-extract is: $TIDEMARK_EXTRACT (and nowhere else if that is set), beside this program, in
/// ../libexec/tidemark. Errors: kNotFound, with the places.
[[nodiscard]] Result<std::filesystem::path> extractorProgram();

class ExtractorProcess {
 public:
  /// Starts `extractorProgram() arguments.. --limits TEXT` on `input` (any regular file). Errors: kNotFound, kIo,
  /// kInvalidArgument.
  [[nodiscard]] static Result<ExtractorProcess> start(const std::filesystem::path& input,
                                                      const std::vector<std::string>& arguments,
                                                      const ExtractionLimits& limits);
  ExtractorProcess(ExtractorProcess&&) noexcept;
  ExtractorProcess& operator=(ExtractorProcess&&) noexcept;
  /// Kills it if it still runs, and any process it made; waits for its end.
  ~ExtractorProcess();

  struct Output {
    std::size_t bytes = 0;  // read into `out`
    bool atEnd = false;     // it closed its output
  };
  /// Reads what is there, waiting at most `wait` for the first byte; zero bytes without atEnd: nothing came in time.
  /// Errors: kIo (also: more than limits.outputBytes; it is killed then).
  [[nodiscard]] Result<Output> read(std::span<char> out, std::chrono::milliseconds wait);
  /// Writes a request to it (rendering). Errors: kIo (it is gone).
  [[nodiscard]] Status write(std::string_view bytes);
  void kill();
  /// Waits for its end, not for long, and says how it was, for messages: "" (status 0), "stopped with status 4",
  /// "crashed (signal 11)", "used more than 900 s of processor time", "needed more than 2.00 GiB of memory", "did not
  /// end by itself".
  [[nodiscard]] std::string end();

 private:
  struct Impl;
  explicit ExtractorProcess(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

}  // namespace tidemark
