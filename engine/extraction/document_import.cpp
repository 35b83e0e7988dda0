#include "engine/extraction/document_import.h"

#include <utility>

#include "engine/extraction/file_kind.h"
#include "engine/extraction/import_source.h"

namespace tidemark {
namespace {

constexpr std::chrono::milliseconds kStopLook{100};  // how long a stop request may go unseen

}  // namespace

struct DocumentImport::Impl {
  std::unique_ptr<ImportSource> source;
  bool over = false;
};

DocumentImport::DocumentImport(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
DocumentImport::DocumentImport(DocumentImport&&) noexcept = default;
DocumentImport& DocumentImport::operator=(DocumentImport&&) noexcept = default;
DocumentImport::~DocumentImport() = default;

Result<DocumentImport> DocumentImport::open(const std::filesystem::path& path, DocumentSink& sink,
                                            const ImportOptions& options) {
  Result<SourceFile> file = SourceFile::open(path);
  if (!file) return file.error();
  const Result<std::string> head = file->head(kFileHeadBytes);
  if (!head) return head.error();
  if (head->empty()) {
    return makeError(ErrorCode::kInvalidArgument,
                     "cannot read '" + path.string() + "': it is empty (0 bytes); give a file with text");
  }
  const DetectedKind kind = detectKind(*head, file->name());
  if (kind.kind == FileKind::kSession || kind.kind == FileKind::kKnownOther) return unreadableKind(file->name(), kind);
  const DocumentFormat format = isMarkdownName(file->name()) ? DocumentFormat::kMarkdown : DocumentFormat::kPlainText;
  Result<std::unique_ptr<ImportSource>> source = kind.kind == FileKind::kText
                                                     ? importPlainText(std::move(*file), *head, format, sink)
                                                     : importByProcess(std::move(*file), sink, options);
  if (!source) return source.error();
  auto impl = std::make_unique<Impl>();
  impl->source = std::move(*source);
  return DocumentImport(std::move(impl));
}

Result<DocumentImport::Step> DocumentImport::pump(std::chrono::milliseconds wait) {
  TM_CHECK(!m_impl->over, "an import that has ended or failed gives nothing more");
  Result<Step> step = m_impl->source->pump(wait);
  m_impl->over = !step || *step == Step::kDone;
  return step;
}

ImportProgress DocumentImport::progress() const {
  return m_impl->source->progress();
}
bool DocumentImport::looksReadable() const {
  return m_impl->source->looksReadable();
}
const ImportedDocument& DocumentImport::result() const {
  return m_impl->source->result();
}

Result<ImportedDocument> importDocument(const std::filesystem::path& path, DocumentSink& sink,
                                        const ImportOptions& options, const std::function<bool()>& isStopped) {
  Result<DocumentImport> import = DocumentImport::open(path, sink, options);
  if (!import) return import.error();
  for (;;) {
    if (isStopped && isStopped()) {
      return makeError(ErrorCode::kCancelled, "the extraction of " + path.string() + " was cancelled");
    }
    const Result<DocumentImport::Step> step = import->pump(kStopLook);
    if (!step) return step.error();
    if (*step == DocumentImport::Step::kDone) return import->result();
  }
}

}  // namespace tidemark
