#include "engine/extraction/page_renderer.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <utility>

#include "engine/extraction/extractor_process.h"
#include "engine/extraction/page_answers.h"

namespace tidemark {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kLongestAnswerLine = std::size_t{8} << 20;
constexpr std::size_t kReadAtOnce = std::size_t{64} << 10;
constexpr milliseconds kLookForStop{50};  // how often a wait looks whether it is still wanted

}  // namespace

struct PageRenderer::Impl {
  std::filesystem::path path;
  std::string name;
  ExtractionLimits limits;
  std::vector<PageSize> sizes;
  std::optional<ExtractorProcess> process;  // none: it was ended, or ended itself
  bool hasAnswered = false;                 // since it was started
  std::string pending;                      // what came behind the line that was read last

  [[nodiscard]] Result<std::vector<PageSize>> start() {
    pending.clear();
    hasAnswered = false;
    Result<ExtractorProcess> started = ExtractorProcess::start(path, {"render", "--name", name}, limits);
    if (!started) {
      const bool missing = started.error().code == ErrorCode::kNotFound && std::filesystem::exists(path);
      return missing ? makeError(ErrorCode::kUnsupported, started.error().message) : started.error();
    }
    process.emplace(std::move(*started));
    Result<std::string> line = readLine({});
    if (!line) return line.error();
    Result<std::vector<PageSize>> read = parseSizesLine(*line, name);
    if (!read) process.reset();
    return read;
  }

  /// Errors: kIo (it is gone, or silent for too long; it is ended then), kCancelled.
  [[nodiscard]] Result<std::size_t> readSome(std::span<char> out, Clock::time_point until,
                                             const std::stop_token& stop) {
    for (;;) {
      if (stop.stop_requested()) {
        process.reset();
        return makeError(ErrorCode::kCancelled, name + ": the page is no longer wanted");
      }
      if (Clock::now() >= until) {
        process.reset();
        return makeError(ErrorCode::kIo, name + ": drawing a page took longer than " +
                                             std::to_string(limits.silence.count() / 1000) + " s and was given up");
      }
      const Result<ExtractorProcess::Output> output = process->read(out, kLookForStop);
      if (output && output->bytes > 0) return output->bytes;
      if (!output || output->atEnd) {
        std::string how = output ? process->end() : output.error().message;
        process.reset();
        if (how.empty()) how = "stopped";
        return makeError(ErrorCode::kIo, name + ": the program that draws pages " + how);
      }
    }
  }

  [[nodiscard]] Result<std::string> readLine(const std::stop_token& stop) {
    const Clock::time_point until = Clock::now() + limits.silence;
    std::vector<char> some(kReadAtOnce);
    std::size_t searched = 0;
    for (;;) {
      const std::size_t end = pending.find('\n', searched);
      if (end != std::string::npos) {
        std::string line = pending.substr(0, end);
        pending.erase(0, end + 1);
        return line;
      }
      searched = pending.size();
      if (pending.size() > kLongestAnswerLine) {
        process.reset();
        return makeError(ErrorCode::kIo, name + ": the program that draws pages answered without end");
      }
      const Result<std::size_t> read = readSome(some, until, stop);
      if (!read) return read.error();
      pending.append(some.data(), *read);
    }
  }

  [[nodiscard]] Status readPixels(std::vector<std::uint32_t>& pixels, const std::stop_token& stop) {
    const std::span<char> bytes(reinterpret_cast<char*>(pixels.data()), pixels.size() * sizeof(std::uint32_t));
    const std::size_t front = std::min(bytes.size(), pending.size());
    std::memcpy(bytes.data(), pending.data(), front);
    pending.erase(0, front);
    const Clock::time_point until = Clock::now() + limits.silence;
    for (std::size_t at = front; at < bytes.size();) {
      const Result<std::size_t> read = readSome(bytes.subspan(at), until, stop);
      if (!read) return read.error();
      at += *read;
    }
    return {};
  }

  [[nodiscard]] Result<RenderedPage> ask(const ExpectedPicture& expected, const std::vector<std::string>& quotes,
                                         const std::stop_token& stop) {
    if (!process) {
      Result<std::vector<PageSize>> read = start();
      if (!read) return read.error();
      const auto differ = [](const PageSize& a, const PageSize& b) {
        return a.width != b.width || a.height != b.height;
      };
      const auto page = static_cast<std::size_t>(expected.page);
      if (read->size() != sizes.size() || differ((*read)[page], sizes[page])) {
        process.reset();
        return makeError(ErrorCode::kIo, name + " has changed since it was opened: open it again");
      }
    }
    if (const Status written = process->write(requestLine(expected.page, expected.width, quotes)); !written) {
      process.reset();
      return written.error().withContext(name);
    }
    const Result<std::string> line = readLine(stop);
    if (!line) return line.error();
    Result<RenderedPage> page = parseAnswerLine(*line, expected, name);
    if (!page) {
      process.reset();  // where the next answer begins is not known
      return page;
    }
    if (const Status filled = readPixels(page->pixels, stop); !filled) return filled.error();
    for (std::uint32_t& pixel : page->pixels) pixel |= 0xFF000000U;
    hasAnswered = true;
    return page;
  }
};

PageRenderer::PageRenderer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
PageRenderer::PageRenderer(PageRenderer&&) noexcept = default;
PageRenderer& PageRenderer::operator=(PageRenderer&&) noexcept = default;
PageRenderer::~PageRenderer() = default;

Result<PageRenderer> PageRenderer::open(const std::filesystem::path& pdf) {
  auto impl = std::make_unique<Impl>();
  impl->path = pdf;
  impl->name = pdf.filename().string();
  Result<std::vector<PageSize>> sizes = impl->start();
  if (!sizes) return sizes.error();
  impl->sizes = std::move(*sizes);
  return PageRenderer(std::move(impl));
}

const std::vector<PageSize>& PageRenderer::sizes() const {
  return m_impl->sizes;
}

Result<RenderedPage> PageRenderer::render(std::int64_t page, int width, const std::vector<std::string>& quotes,
                                          std::stop_token stop) {
  Impl& impl = *m_impl;
  if (page < 0 || page >= static_cast<std::int64_t>(impl.sizes.size())) {
    return makeError(ErrorCode::kInvalidArgument, impl.name + " has no page " + std::to_string(page + 1));
  }
  if (width < kLeastPictureWidth || width > kMostPictureWidth || quotes.size() > kMostQuotes) {
    return makeError(ErrorCode::kInvalidArgument,
                     "a picture of a page is 16 to 8192 pixels wide, with up to 256 quotes");
  }
  const ExpectedPicture expected{page, width, pictureHeight(impl.sizes[static_cast<std::size_t>(page)], width),
                                 quotes.size()};
  if (expected.height == 0) {
    return makeError(ErrorCode::kCorrupt,
                     impl.name + ": page " + std::to_string(page + 1) + " cannot be drawn: it has no sensible size");
  }
  std::vector<std::string> shortened = quotes;
  for (std::string& quote : shortened) quote.resize(std::min(quote.size(), kLongestQuoteText));
  const bool served = impl.process && impl.hasAnswered;
  Result<RenderedPage> drawn = impl.ask(expected, shortened, stop);
  // One that drew other pages before may have reached its limits; a fresh one gets another try.
  if (!drawn && drawn.error().code == ErrorCode::kIo && served) drawn = impl.ask(expected, shortened, stop);
  return drawn;
}

}  // namespace tidemark
