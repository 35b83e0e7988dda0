#include "ui/bridge/pdf_pages.h"

#include <QCoreApplication>
#include <cstring>
#include <optional>

#include "engine/extraction/page_renderer.h"
#include "engine/service/source_check.h"
#include "ui/bridge/page_drawing_source.h"

namespace tidemark::ui {
namespace {

class PdfDrawer final : public PageDrawer {
 public:
  explicit PdfDrawer(PdfFile file) : m_file(std::move(file)) {}

  Result<std::vector<QSizeF>> open() override {
    const auto stamp = stampOf(m_file.path);
    if (!stamp) return stamp.error();
    const bool isSame = (m_file.bytes == 0 || m_file.bytes == stamp->bytes) &&
                        (m_file.modified == 0 || m_file.modified == stamp->modified);
    if (!isSame) return makeError(ErrorCode::kMismatch, m_file.path.string() + " has changed since it was read");
    auto renderer = PageRenderer::open(m_file.path);
    if (!renderer) return renderer.error();
    m_renderer = std::move(renderer).value();
    std::vector<QSizeF> sizes;
    sizes.reserve(m_renderer->sizes().size());
    for (const PageSize& each : m_renderer->sizes()) sizes.emplace_back(each.width, each.height);
    return sizes;
  }

  Result<PagePicture> draw(const PageRequest& request, const std::stop_token& stop) override {
    auto page = m_renderer->render(request.page, request.width, request.quotes, stop);
    if (!page) return page.error();
    const auto pixels = static_cast<std::size_t>(page->width) * static_cast<std::size_t>(page->height);
    if (page->width <= 0 || page->height <= 0 || page->pixels.size() != pixels) {
      return makeError(ErrorCode::kCorrupt, "page " + std::to_string(request.page + 1) + " came without its picture");
    }
    PagePicture picture;
    picture.image = QImage(page->width, page->height, QImage::Format_RGB32);
    if (picture.image.isNull()) return makeError(ErrorCode::kOutOfMemory, "there is no memory left for a picture");
    const std::size_t row = static_cast<std::size_t>(page->width);
    for (int y = 0; y < page->height; ++y) {
      std::memcpy(picture.image.scanLine(y), page->pixels.data() + static_cast<std::size_t>(y) * row,
                  row * sizeof(std::uint32_t));
    }
    picture.outlines.reserve(page->outlines.size());
    for (const auto& quote : page->outlines) {
      std::vector<QPolygonF> polygons;
      for (const PageOutline& outline : quote) {
        QPolygonF polygon;
        for (std::size_t i = 0; i < std::min(outline.x.size(), outline.y.size()); ++i) {
          polygon << QPointF(outline.x[i], outline.y[i]);
        }
        polygons.push_back(std::move(polygon));
      }
      picture.outlines.push_back(std::move(polygons));
    }
    return picture;
  }

 private:
  PdfFile m_file;
  std::optional<PageRenderer> m_renderer;
};

class PdfPages {
  Q_DECLARE_TR_FUNCTIONS(PdfPages)
};

QString sentenceOf(const PdfFile& file, const Error& error) {
  const QString name = QString::fromStdString(file.path.filename().string());
  switch (error.code) {
    case ErrorCode::kNotFound:
      return PdfPages::tr("%1 is no longer there, so its pages cannot be shown; its text is kept in the session.")
          .arg(name);
    case ErrorCode::kMismatch:
      return PdfPages::
          tr("%1 has changed since it was read, so its pages are not those of this text; read it again to see them.")
              .arg(name);
    default:
      return PdfPages::tr("The pages of %1 cannot be shown: %2").arg(name, QString::fromStdString(error.message));
  }
}

}  // namespace

std::unique_ptr<PageSource> makePdfPages(const PdfFile& file) {
  return std::make_unique<PageDrawingSource>(std::make_unique<PdfDrawer>(file),
                                             [file](const Error& error) { return sentenceOf(file, error); });
}

}  // namespace tidemark::ui
