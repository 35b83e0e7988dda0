// extract: the text of a document as it would be read, and an account of what could not be taken.

#include <unistd.h>

#include <string>
#include <vector>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/extraction_output.h"
#include "app/cli/interrupt.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"

namespace tidemark::cli {
namespace {

struct ExtractSettings {
  std::vector<std::string> file;
  bool json = false;
  bool text = false;
  bool force = false;
};

CommandSyntax syntaxOf(ExtractSettings& s) {
  CommandSyntax syntax;
  syntax.name = "extract";
  syntax.summary =
      "Takes the text out of a document (text, Markdown, PDF, EPUB, DOCX, ODT, HTML) as `read` would and writes it to\n"
      "standard output; how much was taken, and the outline, to standard error.";
  syntax.positionals = {"FILE", "the document", &s.file, 1, 1};
  syntax.options = {
      flag("json", &s.json, "print one JSON object with the account, headings and page starts instead of the text"),
      flag("text", &s.text, "with --json: the text as well"),
      flag("force", &s.force, "also take a document that is mostly images"),
  };
  return syntax;
}

/// Writes the text as it comes, or keeps it for the JSON object.
class ExtractionPrinter : public DocumentSink {
 public:
  ExtractionPrinter(bool print, bool keep) : m_print(print), m_keep(keep), m_isTerminal(::isatty(STDOUT_FILENO) == 1) {}

  Status head(const DocumentHead& /*head: comes again with the result*/) override { return {}; }
  Status beginPage(std::uint64_t offset, const std::string& label) override {
    m_report.pages.push_back({offset, label});
    return {};
  }
  Status heading(std::uint64_t offset, int level, const std::string& title) override {
    m_report.headings.push_back({offset, level, title});
    return {};
  }
  Status text(std::string_view piece) override {
    if (m_keep) m_text += piece;
    if (!m_print) return {};
    return m_isTerminal ? writeOutput(safeText(piece)) : writeOutput(piece);
  }

  [[nodiscard]] ExtractionReport& report() { return m_report; }
  [[nodiscard]] const std::string& keptText() const { return m_text; }

 private:
  bool m_print;
  bool m_keep;
  bool m_isTerminal;
  ExtractionReport m_report;
  std::string m_text;
};

Result<ImportedDocument> extract(const ExtractSettings& s, DocumentSink& sink) {
  ImportOptions options;
  options.force = s.force;
  return importDocument(s.file.front(), sink, options, interrupted);
}

Status printReport(const ExtractSettings& s, const ExtractionReport& report, const std::string& text) {
  if (!s.json) {
    std::fputs(extractionText(report).c_str(), stderr);
    return {};
  }
  Json object = extractionJson(report);
  if (s.text) object["text"] = text;
  return printJson(object);
}

}  // namespace

int runExtract(std::span<char* const> arguments) {
  ExtractSettings settings;
  if (const auto status = handleArguments(syntaxOf(settings), arguments)) return *status;
  catchInterrupts();
  ExtractionPrinter printer(!settings.json, settings.json && settings.text);
  Result<ImportedDocument> document = extract(settings, printer);
  if (!document) return reportError(document.error());
  printer.report().document = std::move(*document);
  const Status printed = printReport(settings, printer.report(), printer.keptText());
  return printed ? kExitDone : reportError(printed.error());
}

}  // namespace tidemark::cli
