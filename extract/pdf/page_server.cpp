#include "extract/pdf/page_server.h"

#include <unistd.h>

#include <QPdfSelection>
#include <cerrno>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/base/json_reader.h"
#include "engine/base/write_all.h"
#include "engine/extraction/page_renderer.h"
#include "extract/layout/quote_location.h"
#include "extract/pdf/pdf_source.h"

namespace tidemark {
namespace {

using Line = nlohmann::ordered_json;
using Json = nlohmann::json;

constexpr std::size_t kLongestRequest = std::size_t{32} << 20;
constexpr int kMostProbes = 24;

struct Request {
  int page = 0;
  int width = 0;
  std::vector<std::string> quotes;
};

Status handOver(int descriptor, std::string_view bytes) {
  if (writeAll(descriptor, bytes)) return {};
  return makeError(ErrorCode::kIo, "the pictures cannot be handed over");
}

Status writeLine(int descriptor, const Line& line) {
  const std::string text = line.dump(-1, ' ', false, Line::error_handler_t::replace) + "\n";
  return handOver(descriptor, text);
}

/// Lines of a descriptor.
class RequestReader {
 public:
  explicit RequestReader(int descriptor) : m_descriptor(descriptor) {}

  /// Nothing: there are no more.
  [[nodiscard]] Result<std::optional<std::string>> next() {
    for (;;) {
      if (const std::size_t end = m_pending.find('\n'); end != std::string::npos) {
        std::optional<std::string> line = m_pending.substr(0, end);
        m_pending.erase(0, end + 1);
        return line;
      }
      if (m_pending.size() > kLongestRequest) return makeError(ErrorCode::kInvalidArgument, "a request is too long");
      char bytes[4096];
      const ssize_t got = ::read(m_descriptor, bytes, sizeof bytes);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return std::optional<std::string>();
      m_pending.append(bytes, static_cast<std::size_t>(got));
    }
  }

 private:
  int m_descriptor;
  std::string m_pending;
};

Result<Request> parseRequest(const std::string& line, int pages) {
  const Error refused = makeError(ErrorCode::kInvalidArgument, "a request for a page does not follow the protocol");
  const Result<Json::object_t> object = parseJsonObject(line, "a request");
  if (!object) return refused;
  const auto page = object->find("page");
  const auto width = object->find("width");
  const auto quotes = object->find("quotes");
  if (page == object->end() || width == object->end() || quotes == object->end()) return refused;
  if (!page->second.is_number_unsigned() || !width->second.is_number_unsigned() || !quotes->second.is_array())
    return refused;
  Request request;
  if (page->second.get<std::uint64_t>() >= static_cast<std::uint64_t>(pages)) return refused;
  if (width->second.get<std::uint64_t>() > static_cast<std::uint64_t>(kMostPictureWidth)) return refused;
  request.page = page->second.get<int>();
  request.width = width->second.get<int>();
  if (quotes->second.size() > kMostQuotes) return refused;
  for (const Json& quote : quotes->second) {
    if (!quote.is_string()) return refused;
    request.quotes.push_back(quote.get<std::string>());
  }
  return request;
}

/// QtPdf counts characters, and its text may have fewer or more units than that: what it selects is compared with what
/// was meant.
class Selector {
 public:
  Selector(QPdfDocument& document, int page, std::u16string_view text)
      : m_document(document), m_page(page), m_text(text) {}

  [[nodiscard]] QList<QPolygonF> boundsOf(const QuotePart& part) {
    const int length = static_cast<int>(part.length);
    QPdfSelection selection = m_document.getSelectionAtIndex(m_page, static_cast<int>(part.begin), length);
    if (textOf(selection) != m_text.substr(part.begin, part.length)) {
      const int begin = characterAt(part.begin);
      selection = m_document.getSelectionAtIndex(m_page, begin, characterAt(part.begin + part.length) - begin);
    }
    return selection.bounds();
  }

 private:
  static std::u16string textOf(const QPdfSelection& selection) { return selection.text().toStdU16String(); }

  /// The first character before which the text is `units` long.
  [[nodiscard]] int characterAt(std::uint32_t units) {
    int low = 0;
    int high = 2 * static_cast<int>(m_text.size());
    for (int probe = 0; probe < kMostProbes && low < high; ++probe) {
      const int middle = low + (high - low) / 2;
      const bool enough = textOf(m_document.getSelectionAtIndex(m_page, 0, middle)).size() >= units;
      (enough ? high : low) = enough ? middle : middle + 1;
    }
    return low;
  }

  QPdfDocument& m_document;
  int m_page;
  std::u16string_view m_text;
};

/// Boxes on one row that touch, or nearly, become one.
std::vector<QRectF> rowsOf(const QList<QPolygonF>& bounds) {
  std::vector<QRectF> rows;
  for (const QPolygonF& polygon : bounds) {
    const QRectF box = polygon.boundingRect();
    if (!std::isfinite(box.x() + box.y() + box.width() + box.height()) || box.isEmpty()) continue;
    if (!rows.empty()) {
      QRectF& row = rows.back();
      const double overlap = std::min(row.bottom(), box.bottom()) - std::max(row.top(), box.top());
      const double height = std::max(row.height(), box.height());
      if (overlap > 0.3 * std::min(row.height(), box.height()) && std::abs(box.left() - row.right()) < height) {
        row = row.united(box);
        continue;
      }
    }
    rows.push_back(box);
  }
  return rows;
}

class PageServer {
 public:
  PageServer(PdfSource& source, int answers) : m_source(source), m_answers(answers) {}

  [[nodiscard]] Status writeSizes() {
    Line runs = Line::array();
    for (int page = 0; page < m_source.pageCount(); ++page) {
      const PageSize size = sizeOf(page);
      if (!runs.empty() && runs.back()[0] == size.width && runs.back()[1] == size.height) {
        runs.back()[2] = runs.back()[2].get<std::int64_t>() + 1;
      } else {
        runs.push_back(Line::array({size.width, size.height, 1}));
      }
    }
    return writeLine(m_answers, {{"pages", m_source.pageCount()}, {"sizes", std::move(runs)}});
  }

  [[nodiscard]] Status answer(const Request& request) {
    if (!m_source.failure()) return m_source.failure();
    const int height = pictureHeight(sizeOf(request.page), request.width);
    // Reads the page's text first: that may load the document anew.
    const Line outlines = height > 0 ? outlinesOf(request, height) : Line::array();
    const QImage picture = height > 0 ? m_source.draw(request.page, QSize(request.width, height)) : QImage();
    if (picture.isNull()) {
      return writeLine(
          m_answers,
          {{"page", request.page}, {"width", request.width}, {"height", 0}, {"bytes", 0}, {"outlines", Line::array()}});
    }
    const std::size_t rowBytes = static_cast<std::size_t>(request.width) * 4;
    const std::size_t bytes = rowBytes * static_cast<std::size_t>(height);
    Status status = writeLine(m_answers, {{"page", request.page},
                                          {"width", request.width},
                                          {"height", height},
                                          {"bytes", bytes},
                                          {"outlines", outlines}});
    for (int row = 0; status && row < height; ++row) {
      status = handOver(m_answers, {reinterpret_cast<const char*>(picture.constScanLine(row)), rowBytes});
    }
    return status;
  }

 private:
  /// JSON has no infinities; a page without a sensible size is not drawn.
  [[nodiscard]] PageSize sizeOf(int page) {
    const QSizeF size = m_source.document().pagePointSize(page);
    const bool finite = std::isfinite(size.width()) && std::isfinite(size.height());
    return finite ? PageSize{size.width(), size.height()} : PageSize{};
  }

  [[nodiscard]] Line outlinesOf(const Request& request, int height) {
    Line outlines = Line::array();
    if (request.quotes.empty()) return outlines;
    const RawPage page = m_source.page(request.page);
    const double scaleX = request.width / page.width;
    const double scaleY = height / page.height;
    Selector selector(m_source.document(), request.page, page.text);
    for (const std::string& quote : request.quotes) {
      Line polygons = Line::array();
      for (const QuotePart& part : locateQuote(page.text, quote)) {
        for (const QRectF& row : rowsOf(selector.boundsOf(part))) {
          const double left = row.left() * scaleX;
          const double top = row.top() * scaleY;
          const double right = row.right() * scaleX;
          const double bottom = row.bottom() * scaleY;
          if (left > request.width || right < 0 || top > height || bottom < 0) continue;  // outside of the page
          polygons.push_back(Line::array({left, top, right, top, right, bottom, left, bottom}));
        }
      }
      outlines.push_back(std::move(polygons));
    }
    return outlines;
  }

  PdfSource& m_source;
  int m_answers;
};

}  // namespace

Status serveRenderedPages(const ReaderInput& input, int requests, int answers) {
  Result<std::unique_ptr<PdfSource>> source = PdfSource::open(input.descriptor, input.name);
  if (!source) return source.error();
  PageServer server(**source, answers);
  if (const Status status = server.writeSizes(); !status) return status;
  RequestReader reader(requests);
  for (;;) {
    Result<std::optional<std::string>> line = reader.next();
    if (!line) return line.error();
    if (!*line) return {};
    const Result<Request> request = parseRequest(**line, (*source)->pageCount());
    if (!request) return request.error();
    if (const Status status = server.answer(*request); !status) return status;
  }
}

}  // namespace tidemark
