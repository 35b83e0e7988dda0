#include "ui/window/pages_presenter.h"

#include <QScopedValueRollback>
#include <algorithm>

#include "ui/document/document_panel.h"
#include "ui/pages/page_panel.h"

namespace tidemark::ui {
namespace {

constexpr std::uint64_t kLongestQuoteBytes = 4096;
constexpr std::uint64_t kLongestPageText = 200'000;

}  // namespace

PagesPresenter::PagesPresenter(SessionController& controller, DocumentPanel& document, PagePanel& pages,
                               MakeSource makeSource, QObject* parent)
    : QObject(parent),
      m_controller(controller),
      m_document(document),
      m_pages(pages),
      m_makeSource(std::move(makeSource)) {
  connect(&controller, &SessionController::sessionLeft, this, &PagesPresenter::forget);
  connect(&controller, &SessionController::factsChanged, this, [this] { lookAt(m_document.topByte()); });
  connect(&document, &DocumentPanel::topByteChanged, this, &PagesPresenter::follow);
  connect(&pages.view(), &PageView::placeMoved, this, [this](const PagePlace& place) {
    if (!m_source) return;
    const QScopedValueRollback<bool> moved(m_movedByPages, true);
    m_document.goToByte(byteOf(place), false);
  });
}

PagesPresenter::~PagesPresenter() {
  m_pages.setSource(nullptr, {});
}

void PagesPresenter::forget() {
  m_evidence.clear();
  showDocument(nullptr, nullptr);
}

void PagesPresenter::setWanted(bool wanted) {
  if (wanted == m_isWanted) return;
  m_isWanted = wanted;
  m_shownDocument = 0;  // begins anew: nothing is drawn for a panel that is not seen
  lookAt(m_document.topByte());
  if (m_source) follow(m_document.topByte());
  Q_EMIT visibilityChanged();
}

/// The document that holds this byte, as far as it is in the session.
void PagesPresenter::lookAt(quint64 byte) {
  const SessionFacts& facts = m_controller.facts();
  const DocumentRecord* document = nullptr;
  for (const DocumentRecord& each : facts.documents) {
    if (each.bytes.begin <= byte && (byte < each.bytes.end || document == nullptr)) document = &each;
  }
  const DocumentContents* contents = nullptr;
  for (const DocumentContents& each : facts.contents) {
    if (document != nullptr && each.document == document->id) contents = &each;
  }
  const bool hasPages =
      contents != nullptr && contents->source.format == formatName(DocumentFormat::kPdf) && !contents->pages.empty();
  const bool isShown = hasPages && document->id == m_shownDocument && document->bytes == m_bytes;
  if (isShown || (!hasPages && !m_file && m_shownDocument == 0)) return;
  showDocument(hasPages ? document : nullptr, contents);
}

void PagesPresenter::showDocument(const DocumentRecord* document, const DocumentContents* contents) {
  const bool wasAvailable = isAvailable();
  m_file.reset();
  m_starts.clear();
  m_shownDocument = 0;
  // The view lets go of the source before it goes.
  m_pages.setSource(nullptr, {});
  m_source.reset();
  if (document != nullptr) {
    m_file = PdfFile{document->sourcePath, contents->source.bytes, contents->source.modified};
    m_shownDocument = document->id;
    m_bytes = document->bytes;
    m_starts = contents->pages;
    if (m_isWanted) {
      QStringList names;
      for (const PageRecord& page : m_starts) names << QString::fromStdString(page.label);
      m_source = m_makeSource(*m_file);
      m_pages.setSource(m_source.get(), names);
      m_pages.view().setPageText([this](int page) {
        ByteRange bytes = bytesOf(page);
        bytes.end = std::min(bytes.end, bytes.begin + kLongestPageText);
        return QString::fromStdString(m_document.text().text(bytes));
      });
      updateQuotes();
      m_source->open();
      follow(m_document.topByte());
    }
  }
  if (wasAvailable != isAvailable()) Q_EMIT visibilityChanged();
}

// --- places

ByteRange PagesPresenter::bytesOf(int page) const {
  const auto i = static_cast<std::size_t>(page);
  if (page < 0 || i >= m_starts.size()) return {};
  return {m_starts[i].byte, i + 1 < m_starts.size() ? m_starts[i + 1].byte : m_bytes.end};
}

std::optional<PagePlace> PagesPresenter::placeOf(quint64 byte) const {
  if (m_starts.empty() || byte < m_bytes.begin || byte >= m_bytes.end) return std::nullopt;
  const auto behind = std::upper_bound(m_starts.begin(), m_starts.end(), byte,
                                       [](quint64 place, const PageRecord& page) { return place < page.byte; });
  const int page = std::max(0, static_cast<int>(behind - m_starts.begin()) - 1);
  const ByteRange bytes = bytesOf(page);
  const double length = static_cast<double>(std::max<std::uint64_t>(1, bytes.end - bytes.begin));
  return PagePlace{page, static_cast<double>(byte - std::min(byte, static_cast<quint64>(bytes.begin))) / length};
}

quint64 PagesPresenter::byteOf(const PagePlace& place) const {
  const ByteRange bytes = bytesOf(place.page);
  const auto within = static_cast<std::uint64_t>(place.fraction * static_cast<double>(bytes.end - bytes.begin));
  return m_document.text().characterStart(bytes.begin + within);
}

void PagesPresenter::follow(quint64 byte) {
  if (m_movedByPages) return;
  lookAt(byte);
  if (!m_source) return;
  if (const auto place = placeOf(byte)) m_pages.view().showPlace(*place, true);
}

// --- evidence

void PagesPresenter::setEvidence(std::vector<ByteRange> passages) {
  m_evidence = std::move(passages);
  updateQuotes();
}

void PagesPresenter::updateQuotes() {
  if (!m_source) return;
  std::vector<PageQuote> quotes;
  for (const ByteRange& passage : m_evidence) {
    for (auto first = placeOf(passage.begin); first && first->page < static_cast<int>(m_starts.size()); ++first->page) {
      ByteRange bytes = bytesOf(first->page);
      if (bytes.begin >= passage.end) break;
      bytes = {std::max(bytes.begin, passage.begin), std::min(bytes.end, passage.end)};
      bytes.end = std::min(bytes.end, bytes.begin + kLongestQuoteBytes);
      std::string text = m_document.text().text(bytes);
      if (!text.empty()) quotes.push_back({first->page, std::move(text)});
    }
  }
  m_pages.view().setQuotes(std::move(quotes));
}

void PagesPresenter::showPassage(ByteRange bytes) {
  lookAt(bytes.begin);
  const auto place = placeOf(bytes.begin);
  if (!m_source || !place) return;
  if (std::find(m_evidence.begin(), m_evidence.end(), bytes) == m_evidence.end()) {
    m_evidence.push_back(bytes);
    updateQuotes();
  }
  const ByteRange page = bytesOf(place->page);
  ByteRange quoted{std::max(page.begin, bytes.begin), std::min(page.end, bytes.end)};
  quoted.end = std::min(quoted.end, quoted.begin + kLongestQuoteBytes);
  m_pages.view().showQuote({place->page, m_document.text().text(quoted)});
}

}  // namespace tidemark::ui
