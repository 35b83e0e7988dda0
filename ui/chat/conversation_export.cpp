#include "ui/chat/conversation_export.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextCursor>
#include <QTextDocument>
#include <utility>

#include "ui/chat/exchange_texts.h"

namespace tidemark::ui {
namespace {

struct ExportTexts {
  Q_DECLARE_TR_FUNCTIONS(ExportTexts)
};

/// Neither format has a place for control characters; line ends are one kind.
QString cleaned(const QString& text) {
  QString clean;
  clean.reserve(text.size());
  for (qsizetype i = 0; i < text.size(); ++i) {
    const QChar c = text[i];
    if (c == QLatin1Char('\r')) {
      if (i + 1 >= text.size() || text[i + 1] != QLatin1Char('\n')) clean += QLatin1Char('\n');
    } else if (c == QChar::LineSeparator || c == QChar::ParagraphSeparator) {
      clean += QLatin1Char('\n');
    } else if ((c.unicode() < 0x20 && c != QLatin1Char('\n') && c != QLatin1Char('\t')) || c.unicode() == 0x7f) {
      clean += QChar(QChar::ReplacementCharacter);
    } else {
      clean += c;
    }
  }
  return clean;
}

using Fact = std::pair<QString, QString>;

std::vector<Fact> factsOf(const ExportHeader& header) {
  std::vector<Fact> facts;
  const auto add = [&facts](const QString& name, const QString& value) {
    if (!value.isEmpty()) facts.emplace_back(name, cleaned(value).replace(QLatin1Char('\n'), QLatin1Char(' ')));
  };
  add(ExportTexts::tr("Session"), header.session);
  add(ExportTexts::tr("Document"), header.document);
  add(ExportTexts::tr("Model"), header.model);
  if (header.exportedAt.isValid()) add(ExportTexts::tr("Exported"), header.exportedAt.toString(Qt::ISODate));
  return facts;
}

QString title() {
  return ExportTexts::tr("Questions and answers");
}

/// Footer, state and time of an exchange, one line each.
QStringList notesOf(const Exchange& exchange) {
  QStringList notes;
  const QString state = stateText(exchange);
  if (!state.isEmpty()) notes += cleaned(state);
  const QString footer = footerText(exchange);
  if (!footer.isEmpty()) notes += footer;
  if (exchange.askedAt.isValid()) notes += ExportTexts::tr("asked %1").arg(exchange.askedAt.toString(Qt::ISODate));
  return notes;
}

bool opensBlock(const QString& line, qsizetype at) {
  const QChar c = line[at];
  if (c == QLatin1Char('+') || c == QLatin1Char('-') || c == QLatin1Char('=') || c == QLatin1Char(':')) {
    return line.left(at).trimmed().isEmpty();
  }
  if (c != QLatin1Char('.') && c != QLatin1Char(')')) return false;
  if (at == 0) return false;
  const QString before = line.left(at).trimmed();
  if (before.isEmpty()) return false;
  for (const QChar digit : before) {
    if (digit < QLatin1Char('0') || digit > QLatin1Char('9')) return false;
  }
  return true;
}

QString escapeMarkdownLine(const QString& line) {
  static const QString kAlways = QStringLiteral("\\`*_[]<>#|~&$!@");
  QString escaped;
  qsizetype at = 0;
  // Leading blanks would make the line code.
  for (; at < line.size() && line[at].isSpace(); ++at) {
    escaped += line[at] == QLatin1Char('\t') ? QStringLiteral("&nbsp;&nbsp;&nbsp;&nbsp;") : QStringLiteral("&nbsp;");
  }
  for (; at < line.size(); ++at) {
    const QChar c = line[at];
    // Bare addresses become links by themselves in some dialects.
    const bool address = (c == QLatin1Char(':') && line.mid(at, 3) == QStringLiteral("://")) ||
                         (c == QLatin1Char('.') && line.left(at).endsWith(QStringLiteral("www"), Qt::CaseInsensitive));
    if (kAlways.contains(c) || address || opensBlock(line, at)) escaped += QLatin1Char('\\');
    escaped += c;
  }
  while (escaped.endsWith(QLatin1Char(' '))) escaped.chop(1);
  return escaped;
}

QString htmlOf(const QString& text) {
  return cleaned(text).toHtmlEscaped();
}

constexpr const char* kHtmlStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1f27;"
    "background:#fff}h1{font-size:1.4rem}h2{font-size:1rem;font-weight:600;background:#eef0f4;border-radius:12px;"
    "padding:.5rem .9rem;margin:2rem 0 .75rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    "p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.5rem 0}dt{font-weight:600}dd{margin:0 0 .25rem}"
    ".note{color:#5b6475;font-size:.85rem}li{margin:.25rem 0}q{overflow-wrap:anywhere}a{color:#8a4a00}"
    "@media(prefers-color-scheme:dark){body{color:#e6e9ef;background:#15171c}h2{background:#232732}"
    ".note{color:#98a1b2}a{color:#ffb454}}";

void appendHtml(QString& html, const Exchange& exchange, int number) {
  const QString anchor = QStringLiteral("q%1").arg(number);
  html += QStringLiteral("<section id=\"%1\">\n<h2 dir=\"auto\">").arg(anchor) + htmlOf(exchange.question) +
          QStringLiteral("</h2>\n<p dir=\"auto\">") + htmlOf(exchange.answer);
  int index = 0;
  for (std::size_t i = 0; i < exchange.evidence.size(); ++i) {
    ++index;
    html += QStringLiteral(" <a href=\"#%1-e%2\">[%2]</a>").arg(anchor).arg(index);
  }
  html += QStringLiteral("</p>\n");
  if (!exchange.evidence.empty()) {
    html += QStringLiteral("<ol>\n");
    index = 0;
    for (const EvidenceChip& chip : exchange.evidence) {
      html += QStringLiteral("<li id=\"%1-e%2\">").arg(anchor).arg(++index) + htmlOf(chipLabel(chip));
      if (!chip.quote.isEmpty())
        html += QStringLiteral(" <q dir=\"auto\">") + htmlOf(chip.quote) + QStringLiteral("</q>");
      html += QStringLiteral("</li>\n");
    }
    html += QStringLiteral("</ol>\n");
  }
  for (const QString& note : notesOf(exchange)) {
    html += QStringLiteral("<p class=\"note\">") + htmlOf(note) + QStringLiteral("</p>\n");
  }
  html += QStringLiteral("</section>\n");
}

class PdfText {
 public:
  explicit PdfText(QTextDocument& document) : m_cursor(&document) {}
  void add(const QString& text, qreal points, bool bold, const QColor& color, qreal spaceAbove) {
    QTextBlockFormat block;
    block.setTopMargin(spaceAbove);
    QTextCharFormat format;
    format.setFontPointSize(points);
    format.setFontWeight(bold ? QFont::DemiBold : QFont::Normal);
    format.setForeground(color);
    for (const QString& line : cleaned(text).split(QLatin1Char('\n'))) {
      block.setLayoutDirection(line.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
      if (m_first) {
        m_cursor.setBlockFormat(block);
      } else {
        m_cursor.insertBlock(block);
      }
      m_first = false;
      m_cursor.insertText(line, format);
      block.setTopMargin(0);
    }
  }

 private:
  QTextCursor m_cursor;
  bool m_first = true;
};

QString writeFailure(const QString& path, const QString& why) {
  return ExportTexts::tr(
             "The conversation was not exported to %1: %2. Choose another folder or free some space, and "
             "export again; a file that was there before is unchanged.")
      .arg(QDir::toNativeSeparators(path), why);
}

}  // namespace

QString escapeMarkdown(const QString& text) {
  QStringList lines;
  for (const QString& line : cleaned(text).split(QLatin1Char('\n'))) lines += escapeMarkdownLine(line);
  QString joined;
  for (qsizetype i = 0; i < lines.size(); ++i) {
    joined += lines[i];
    if (i + 1 == lines.size()) break;
    // A hard break between lines; a blank line ends the paragraph and must not carry the sign of a break.
    const bool breaks = !lines[i].isEmpty() && !lines[i + 1].isEmpty();
    joined += breaks ? QStringLiteral("\\\n") : QStringLiteral("\n");
  }
  return joined;
}

QString toMarkdown(const std::vector<Exchange>& exchanges, const ExportHeader& header) {
  QString out = QStringLiteral("# %1\n\n").arg(title());
  for (const auto& [name, value] : factsOf(header)) {
    out += QStringLiteral("- ") + name + QStringLiteral(": ") + escapeMarkdown(value) + QLatin1Char('\n');
  }
  for (const Exchange& exchange : exchanges) {
    QString question = cleaned(exchange.question).trimmed();
    question.replace(QLatin1Char('\n'), QLatin1Char(' '));
    out += QStringLiteral("\n## ") + escapeMarkdown(question) + QStringLiteral("\n\n");
    if (!exchange.answer.isEmpty()) out += escapeMarkdown(exchange.answer) + QStringLiteral("\n\n");
    int index = 0;
    for (const EvidenceChip& chip : exchange.evidence) {
      QString quote = cleaned(chip.quote).trimmed();
      quote.replace(QLatin1Char('\n'), QLatin1Char(' '));
      out += QStringLiteral("%1. ").arg(++index) + escapeMarkdown(chipLabel(chip));
      if (!quote.isEmpty()) out += QStringLiteral(": \u201c") + escapeMarkdown(quote) + QStringLiteral("\u201d");
      out += QLatin1Char('\n');
    }
    if (index > 0) out += QLatin1Char('\n');
    for (const QString& note : notesOf(exchange)) {
      QString line = note;
      out += QStringLiteral("*") + escapeMarkdown(line.replace(QLatin1Char('\n'), QLatin1Char(' '))) +
             QStringLiteral("*\n\n");
    }
  }
  return out;
}

QString toHtml(const std::vector<Exchange>& exchanges, const ExportHeader& header) {
  QString html = QStringLiteral(
      "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
  html += htmlOf(header.session.isEmpty() ? title() : header.session) + QStringLiteral("</title>\n<style>") +
          QString::fromLatin1(kHtmlStyle) + QStringLiteral("</style>\n</head>\n<body>\n<h1>") + htmlOf(title()) +
          QStringLiteral("</h1>\n<dl>\n");
  for (const auto& [name, value] : factsOf(header)) {
    html +=
        QStringLiteral("<dt>") + htmlOf(name) + QStringLiteral("</dt><dd>") + htmlOf(value) + QStringLiteral("</dd>\n");
  }
  html += QStringLiteral("</dl>\n");
  int number = 0;
  for (const Exchange& exchange : exchanges) appendHtml(html, exchange, ++number);
  return html + QStringLiteral("</body>\n</html>\n");
}

bool writePdf(QIODevice& device, const std::vector<Exchange>& exchanges, const ExportHeader& header) {
  if (!device.isWritable()) return false;
  const QColor ink(0x1b, 0x1f, 0x27);
  const QColor dim(0x5b, 0x64, 0x75);
  QTextDocument document;
  PdfText text(document);
  text.add(title(), 16, true, ink, 0);
  for (const auto& [name, value] : factsOf(header)) {
    text.add(ExportTexts::tr("%1: %2", "name and value").arg(name, value), 9, false, dim, 0);
  }
  for (const Exchange& exchange : exchanges) {
    text.add(exchange.question, 11, true, ink, 18);
    if (!exchange.answer.isEmpty()) text.add(exchange.answer, 11, false, ink, 6);
    for (const EvidenceChip& chip : exchange.evidence) {
      const QString quoted = ExportTexts::tr("%1: \u201c%2\u201d", "place and quote");
      text.add(chip.quote.isEmpty() ? chipLabel(chip) : quoted.arg(chipLabel(chip), chip.quote), 9, false, ink, 3);
    }
    for (const QString& note : notesOf(exchange)) text.add(note, 8, false, dim, 2);
  }
  // The writer of PDF says nothing about a device that refuses its bytes, so they are collected first.
  QBuffer bytes;
  if (!bytes.open(QIODevice::WriteOnly)) return false;
  QPdfWriter writer(&bytes);
  writer.setPageSize(QPageSize(QPageSize::A4));
  writer.setTitle(header.session.isEmpty() ? title() : header.session);
  writer.setCreator(QStringLiteral("Tidemark"));
  document.print(&writer);
  return !bytes.data().isEmpty() && device.write(bytes.data()) == bytes.size();
}

QString exportConversation(const QString& path, ExportFormat format, const std::vector<Exchange>& exchanges,
                           const ExportHeader& header) {
  // Renaming over a device or a pipe would replace it with a file.
  const QFileInfo target(path);
  if (target.exists() && !target.isFile()) return writeFailure(path, ExportTexts::tr("it is not a regular file"));
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return writeFailure(path, file.errorString());
  bool written = false;
  if (format == ExportFormat::kPdf) {
    written = writePdf(file, exchanges, header);
  } else {
    const QByteArray bytes =
        (format == ExportFormat::kHtml ? toHtml(exchanges, header) : toMarkdown(exchanges, header)).toUtf8();
    written = file.write(bytes) == bytes.size();
  }
  // A device that refused a write refuses to commit as well, and says why.
  if (!written || !file.commit()) return writeFailure(path, file.errorString());
  return {};
}

}  // namespace tidemark::ui
