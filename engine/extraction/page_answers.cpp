#include "engine/extraction/page_answers.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/base/json_reader.h"
#include "engine/extraction/extraction_lines.h"

namespace tidemark {
namespace {

using Line = nlohmann::ordered_json;
using Json = nlohmann::json;
using Object = Json::object_t;

constexpr std::int64_t kMostDocumentPages = 1'000'000;
constexpr std::size_t kMostCorners = 64;       // of an outline
constexpr std::size_t kMostOutlines = 20'000;  // of a picture
constexpr double kLargestPage = 1e5;           // points

std::optional<std::int64_t> number(const Object& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->second.is_number_unsigned()) return std::nullopt;
  const auto value = found->second.get<std::uint64_t>();
  return value > static_cast<std::uint64_t>(INT64_MAX) ? std::nullopt : std::optional(static_cast<std::int64_t>(value));
}

/// A polygon, with corners held to a picture's width and height around the picture.
std::optional<PageOutline> readPolygon(const Json& value, const ExpectedPicture& picture) {
  if (!value.is_array() || value.size() < 6 || value.size() % 2 != 0 || value.size() > 2 * kMostCorners)
    return std::nullopt;
  PageOutline polygon;
  for (std::size_t i = 0; i < value.size(); i += 2) {
    if (!value[i].is_number() || !value[i + 1].is_number()) return std::nullopt;
    const auto x = value[i].get<double>();
    const auto y = value[i + 1].get<double>();
    if (!(std::abs(x) <= 2.0 * picture.width) || !(std::abs(y) <= 2.0 * picture.height)) return std::nullopt;
    polygon.x.push_back(x);
    polygon.y.push_back(y);
  }
  return polygon;
}

std::optional<std::vector<std::vector<PageOutline>>> readOutlines(const Object& object,
                                                                  const ExpectedPicture& picture) {
  const auto found = object.find("outlines");
  if (found == object.end() || !found->second.is_array() || found->second.size() != picture.quotes) return std::nullopt;
  std::vector<std::vector<PageOutline>> outlines;
  std::size_t count = 0;
  for (const Json& quote : found->second) {
    if (!quote.is_array() || (count += quote.size()) > kMostOutlines) return std::nullopt;
    std::vector<PageOutline>& polygons = outlines.emplace_back();
    for (const Json& value : quote) {
      std::optional<PageOutline> polygon = readPolygon(value, picture);
      if (!polygon) return std::nullopt;
      polygons.push_back(std::move(*polygon));
    }
  }
  return outlines;
}

}  // namespace

int pictureHeight(const PageSize& size, int width) {
  const bool sensible = size.width > 0 && size.height > 0 && size.width <= kLargestPage && size.height <= kLargestPage;
  if (!sensible || width < kLeastPictureWidth || width > kMostPictureWidth) return 0;
  const double height = std::max(1.0, std::round(width * size.height / size.width));
  if (height > kMostPictureHeight || height * width > static_cast<double>(kMostPicturePixels)) return 0;
  return static_cast<int>(height);
}

std::string requestLine(std::int64_t page, int width, const std::vector<std::string>& quotes) {
  const Line line{{"page", page}, {"width", width}, {"quotes", quotes}};
  return line.dump(-1, ' ', false, Line::error_handler_t::replace) + "\n";
}

Result<std::vector<PageSize>> parseSizesLine(std::string_view line, const std::string& name) {
  if (std::optional<Error> error = errorInLine(line, name)) return std::move(*error);
  const Error refused = makeError(ErrorCode::kCorrupt, name + ": the sizes of its pages could not be read");
  const Result<Object> object = parseJsonObject(line, "the sizes of pages");
  if (!object) return refused;
  const std::optional<std::int64_t> pages = number(*object, "pages");
  const auto runs = object->find("sizes");
  if (!pages || *pages < 1 || *pages > kMostDocumentPages || runs == object->end() || !runs->second.is_array())
    return refused;
  std::vector<PageSize> sizes;
  for (const Json& run : runs->second) {
    if (!run.is_array() || run.size() != 3 || !run[0].is_number() || !run[1].is_number() ||
        !run[2].is_number_unsigned())
      return refused;
    const auto count = run[2].get<std::uint64_t>();
    if (count > static_cast<std::uint64_t>(*pages) - sizes.size()) return refused;
    sizes.insert(sizes.end(), count, PageSize{run[0].get<double>(), run[1].get<double>()});
  }
  if (sizes.size() != static_cast<std::size_t>(*pages)) return refused;
  return sizes;
}

Result<RenderedPage> parseAnswerLine(std::string_view line, const ExpectedPicture& expected, const std::string& name) {
  if (std::optional<Error> error = errorInLine(line, name)) return std::move(*error);
  const std::string which = name + ": page " + std::to_string(expected.page + 1);
  const Error refused = makeError(ErrorCode::kCorrupt, which + " was answered with something that is no picture of it");
  const Result<Object> object = parseJsonObject(line, "a picture of a page");
  if (!object) return refused;
  const std::optional<std::int64_t> height = number(*object, "height");
  const std::optional<std::int64_t> bytes = number(*object, "bytes");
  if (number(*object, "page") != expected.page || number(*object, "width") != expected.width || !height || !bytes)
    return refused;
  if (*height == 0 && *bytes == 0)
    return makeError(ErrorCode::kCorrupt, which + " cannot be drawn: it is damaged or too large");
  if (*height != expected.height || *bytes != std::int64_t{4} * expected.width * expected.height) return refused;
  std::optional<std::vector<std::vector<PageOutline>>> outlines = readOutlines(*object, expected);
  if (!outlines) return refused;
  RenderedPage page;
  page.page = expected.page;
  page.width = expected.width;
  page.height = expected.height;
  page.pixels.resize(static_cast<std::size_t>(expected.width) * static_cast<std::size_t>(expected.height));
  page.outlines = std::move(*outlines);
  return page;
}

}  // namespace tidemark
