#pragma once
// The pages beside the text: which document they are of, and that both show the same place. Knows the panels and the
// facts of the session; where pictures come from is given to it. GUI thread.

#include <QObject>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "ui/bridge/pdf_pages.h"
#include "ui/pages/page_layout.h"
#include "ui/window/session_controller.h"

namespace tidemark::ui {

class DocumentPanel;
class PagePanel;

class PagesPresenter final : public QObject {
  Q_OBJECT

 public:
  using MakeSource = std::function<std::unique_ptr<PageSource>(const PdfFile&)>;

  PagesPresenter(SessionController& controller, DocumentPanel& document, PagePanel& pages, MakeSource makeSource,
                 QObject* parent = nullptr);
  ~PagesPresenter() override;

  /// Whether people want to see pages; nothing is drawn otherwise.
  void setWanted(bool wanted);
  [[nodiscard]] bool isWanted() const { return m_isWanted; }
  /// The document that is looked at has pages of its own.
  [[nodiscard]] bool isAvailable() const { return m_file.has_value(); }
  /// Passages to be outlined.
  void setEvidence(std::vector<ByteRange> passages);
  /// Goes to the page of a passage and, once it is outlined, to its outline.
  void showPassage(ByteRange bytes);

 Q_SIGNALS:
  /// Whether the panel is to be seen, or may be, has changed.
  void visibilityChanged();

 private:
  void lookAt(quint64 byte);
  void showDocument(const DocumentRecord* document, const DocumentContents* contents);
  void follow(quint64 byte);
  void updateQuotes();
  void forget();
  [[nodiscard]] ByteRange bytesOf(int page) const;
  [[nodiscard]] std::optional<PagePlace> placeOf(quint64 byte) const;
  [[nodiscard]] quint64 byteOf(const PagePlace& place) const;

  SessionController& m_controller;
  DocumentPanel& m_document;
  PagePanel& m_pages;
  MakeSource m_makeSource;
  std::unique_ptr<PageSource> m_source;
  std::optional<PdfFile> m_file;  // of the document that is looked at, if it has pages
  std::int64_t m_shownDocument = 0;
  std::vector<PageRecord> m_starts;
  ByteRange m_bytes;
  std::vector<ByteRange> m_evidence;
  bool m_isWanted = true;
  bool m_movedByPages = false;  // the text is following
};

}  // namespace tidemark::ui
