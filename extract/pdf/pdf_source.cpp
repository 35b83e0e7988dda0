#include "extract/pdf/pdf_source.h"

#include <malloc.h>

#include <QPainter>
#include <QPdfSelection>
#include <QThread>
#include <chrono>
#include <utility>

#include "extract/pdf/time_limit.h"

namespace tidemark {
namespace {

constexpr std::size_t kMostGrowth = std::size_t{48} << 20;  // bytes that QtPdf may keep of pages
constexpr int kPagesBetweenLooks = 16;  // malloc merges its free blocks to answer: not at every page
constexpr int kThumbnail = 64;          // pixels
constexpr int kMostCharacters = 65'535;
constexpr std::chrono::milliseconds kLongestLoad{5000};  // usually some milliseconds; less than silence may last

std::size_t allocatedBytes() {
  const struct mallinfo2 information = mallinfo2();
  return information.uordblks + information.hblkhd;
}

}  // namespace

Error pdfError(QPdfDocument::Error error, const std::string& name) {
  switch (error) {
    case QPdfDocument::Error::IncorrectPassword:
      return makeError(ErrorCode::kCorrupt,
                       name + " is encrypted with a password: open it in a PDF viewer and save it without one");
    case QPdfDocument::Error::UnsupportedSecurityScheme:
      return makeError(ErrorCode::kUnsupported,
                       name + " is encrypted in a way that is not known here: save it without encryption");
    default:
      return makeError(ErrorCode::kCorrupt, name + " is damaged: its structure as a PDF cannot be read");
  }
}

PdfSource::PdfSource(int descriptor, std::string name) : m_name(std::move(name)), m_descriptor(descriptor) {}

Result<std::unique_ptr<PdfSource>> PdfSource::open(int descriptor, const std::string& name) {
  std::unique_ptr<PdfSource> source(new PdfSource(descriptor, name));
  if (const Status status = source->load(); !status) return status.error();
  source->m_pageCount = source->document().pageCount();
  if (source->m_pageCount <= 0) {
    return makeError(ErrorCode::kCorrupt, name + " has no pages: it is empty or damaged");
  }
  return source;
}

Status PdfSource::load() {
  m_loaded = std::make_shared<Loaded>(m_descriptor);
  const auto work = [loaded = m_loaded, thread = QThread::currentThread()] {
    if (!loaded->file.isOpen()) return;
    loaded->document = std::make_unique<QPdfDocument>();
    loaded->document->load(&loaded->file);
    loaded->document->moveToThread(thread);
  };
  if (!finishesWithin(kLongestLoad, work)) {
    return makeError(ErrorCode::kCorrupt, m_name + " is damaged: its pages lead in circles");
  }
  if (!m_loaded->document) return makeError(ErrorCode::kIo, m_name + " cannot be read");
  if (document().status() != QPdfDocument::Status::Ready) return pdfError(document().error(), m_name);
  m_pagesSinceLoad = 0;
  m_bytesAtLoad = allocatedBytes();
  return {};
}

void PdfSource::limitMemory() {
  if (++m_pagesSinceLoad % kPagesBetweenLooks != 0 || allocatedBytes() < m_bytesAtLoad + kMostGrowth) return;
  m_loaded.reset();
  malloc_trim(0);
  // It could be read a moment ago.
  if (const Status status = load(); !status) m_failure = status;
}

RawPage PdfSource::page(int number) {
  limitMemory();
  RawPage page;
  if (!m_failure) return page;
  const QSizeF size = document().pagePointSize(number);
  page.width = isPlace(size.width()) ? size.width() : 0;
  page.height = isPlace(size.height()) ? size.height() : 0;
  const QPdfSelection all = document().getAllText(number);
  if (!all.isValid()) return page;
  page.text = all.text().toStdU16String();
  page.isCut = all.endIndex() > kMostCharacters;  // it counts no more
  const QList<QPolygonF> bounds = all.bounds();
  page.boxes.reserve(static_cast<std::size_t>(bounds.size()));
  for (const QPolygonF& polygon : bounds) {
    const QRectF bound = polygon.boundingRect();
    const TextBox box{bound.x(), bound.y(), bound.width(), bound.height()};
    page.boxes.push_back(isPlace(box) ? box : TextBox());  // one for each piece, wherever it is
  }
  return page;
}

Result<PageContent> PdfSource::read(std::uint32_t page) {
  const int number = static_cast<int>(page);
  PageContent content;
  content.raw = this->page(number);
  if (!m_failure) return m_failure.error();
  content.showsSomething = content.raw.text.empty() && showsSomething(number);
  return content;
}

bool PdfSource::showsSomething(int number) {
  const QImage picture = draw(number, QSize(kThumbnail, kThumbnail));
  if (picture.isNull()) return false;
  const QRgb first = picture.pixel(0, 0);
  for (int y = 0; y < picture.height(); ++y) {
    const auto* row = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
    for (int x = 0; x < picture.width(); ++x) {
      if (row[x] != first) return true;
    }
  }
  return first != qRgb(255, 255, 255);
}

QImage PdfSource::draw(int number, QSize size) {
  if (!m_failure) return {};
  QPdfDocumentRenderOptions options;
  options.setRenderFlags(QPdfDocumentRenderOptions::RenderFlag::Annotations);
  const QImage drawn = document().render(number, size, options);
  if (drawn.isNull() || drawn.size() != size) return {};
  QImage picture(size, QImage::Format_RGB32);
  if (picture.isNull()) return {};
  picture.fill(Qt::white);
  QPainter painter(&picture);
  painter.drawImage(0, 0, drawn);
  painter.end();
  return picture;
}

}  // namespace tidemark
