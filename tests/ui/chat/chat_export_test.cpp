#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextFragment>
#include <QXmlStreamReader>
#include <thread>

#include "tests/ui/chat/chat_fixtures.h"
#include "ui/chat/conversation_export.h"

namespace tidemark::ui {
namespace {

std::vector<QString> hostileStrings() {
  return {QStringLiteral("<script>alert(1)</script>"),
          QStringLiteral("</p></section><img src=x onerror=alert(1)>"),
          QStringLiteral("&lt;b&gt; &amp; &#60;"),
          QStringLiteral("\" onmouseover=\"x' autofocus='"),
          QStringLiteral("# heading"),
          QStringLiteral("- item"),
          QStringLiteral("+ item"),
          QStringLiteral("12. item"),
          QStringLiteral("7) item"),
          QStringLiteral("> quote"),
          QStringLiteral("---"),
          QStringLiteral("==="),
          QStringLiteral("*bold* **bold** _i_ __b__ ~~gone~~ `code` ```"),
          QStringLiteral("[link](javascript:alert(1)) ![image](http://evil.example/x.png)"),
          QStringLiteral("[a]: http://evil.example/"),
          QStringLiteral("http://evil.example/ www.evil.example me@evil.example <http://evil.example>"),
          QStringLiteral("| a | b |"),
          QStringLiteral("back\\slash \\* \\"),
          QStringLiteral("$x_1$ a_b_c 2*3*4"),
          QStringLiteral("1.5 percent, e.g. this - and that = so!")};
}

/// The text of a document that Qt's own Markdown reader makes of it, and whether anything in it is more than text.
struct Parsed {
  QString text;
  bool hasMarkup = false;
};

Parsed parseMarkdown(const QString& markdown) {
  QTextDocument document;
  document.setMarkdown(markdown);
  Parsed parsed{document.toPlainText(), false};
  for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
    parsed.hasMarkup |= block.textList() != nullptr || block.blockFormat().headingLevel() > 0;
    for (auto it = block.begin(); !it.atEnd(); ++it) {
      const QTextCharFormat format = it.fragment().charFormat();
      parsed.hasMarkup |= format.isAnchor() || format.isImageFormat() || format.fontItalic() ||
                          format.fontWeight() > QFont::Normal || format.fontStrikeOut() || format.fontFixedPitch();
    }
  }
  return parsed;
}

TEST(Markdown, HostileTextStaysText) {
  for (const QString& hostile : hostileStrings()) {
    const Parsed parsed = parseMarkdown(QStringLiteral("before\n\n") + escapeMarkdown(hostile) + QStringLiteral("\n"));
    EXPECT_EQ(parsed.text.simplified(), QStringLiteral("before ") + hostile.simplified()) << hostile.toStdString();
    EXPECT_FALSE(parsed.hasMarkup) << hostile.toStdString();
  }
}

TEST(Markdown, TheTestsParserWouldSeeMarkup) {
  EXPECT_TRUE(parseMarkdown(QStringLiteral("a\n\n*b*")).hasMarkup);
  EXPECT_TRUE(parseMarkdown(QStringLiteral("# b")).hasMarkup);
  EXPECT_TRUE(parseMarkdown(QStringLiteral("- b")).hasMarkup);
  EXPECT_TRUE(parseMarkdown(QStringLiteral("[a](http://b)")).hasMarkup);
}

TEST(Markdown, LinesAndLeadingBlanksAreKept) {
  EXPECT_EQ(escapeMarkdown(QStringLiteral("one\ntwo\n\nthree")), QStringLiteral("one\\\ntwo\n\nthree"));
  EXPECT_EQ(escapeMarkdown(QStringLiteral("    code")), QStringLiteral("&nbsp;&nbsp;&nbsp;&nbsp;code"));
  EXPECT_EQ(escapeMarkdown(QStringLiteral("a\r\nb\rc")), QStringLiteral("a\\\nb\\\nc"));
  EXPECT_EQ(escapeMarkdown(QString(QChar(7)) + QChar(0)), QString(2, QChar(QChar::ReplacementCharacter)));
  EXPECT_EQ(escapeMarkdown(QStringLiteral("plain words, 1.5 and so on.")),
            QStringLiteral("plain words, 1.5 and so on."));
  EXPECT_TRUE(escapeMarkdown({}).isEmpty());
}

std::vector<Exchange> hostileConversation() {
  std::vector<Exchange> exchanges;
  for (const QString& hostile : hostileStrings()) {
    Exchange exchange = makeExchange(static_cast<qint64>(exchanges.size()) + 1, hostile, hostile, 2);
    exchange.evidence[0].quote = hostile;
    exchange.state = QuestionState::kFailed;
    exchange.error = hostile;
    exchanges.push_back(exchange);
  }
  return exchanges;
}

TEST(Markdown, SaysWhatWasAskedAnsweredAndWhere) {
  const QString text = toMarkdown({makeExchange(1, QStringLiteral("Where?"), QStringLiteral("Havana"), 1)},
                                  {QStringLiteral("Moby-Dick"), QStringLiteral("moby_dick.txt"), QStringLiteral("mini"),
                                   QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC)});
  for (const char* part :
       {"# Questions and answers\n", "- Session: Moby-Dick\n", "- Document: moby\\_dick.txt\n", "2026-01-02T03:04:05Z",
        "## Where?\n", "\nHavana\n", "1. p. 17", "Lucy was born in Havana", "as of segment 367", "first token 38 ms"}) {
    EXPECT_TRUE(text.contains(QString::fromUtf8(part))) << part << "\n" << text.toStdString();
  }
}

TEST(Html, HostileTextStaysTextAndThePageLoadsNothing) {
  ExportHeader header;
  header.session = QStringLiteral("</title><script>x</script>");
  const QString html = toHtml(hostileConversation(), header);
  static const QRegularExpression kTags(QStringLiteral("<(script|img|b|iframe|object|link)\\b"));
  EXPECT_FALSE(html.contains(kTags));
  EXPECT_FALSE(html.contains(QRegularExpression(QStringLiteral("(src|href)=\"(?!#)"))));
  // Void elements apart it is well-formed, so nothing broke out of its element.
  QString closed = html;
  closed.replace(QRegularExpression(QStringLiteral("<(meta[^>]*)>")), QStringLiteral("<\\1/>"));
  QXmlStreamReader reader(closed);
  QStringList texts;
  int sections = 0;
  while (!reader.atEnd()) {
    reader.readNext();
    if (reader.isCharacters()) texts += reader.text().toString();
    if (reader.isStartElement() && reader.name() == QStringLiteral("section")) ++sections;
  }
  EXPECT_FALSE(reader.hasError()) << reader.errorString().toStdString();
  EXPECT_EQ(sections, static_cast<int>(hostileStrings().size()));
  const QString all = texts.join(QString());
  for (const QString& hostile : hostileStrings()) EXPECT_GE(all.count(hostile), 4) << hostile.toStdString();
}

TEST(Html, EvidenceHasAnchorsThatAnswersPointTo) {
  const QString html = toHtml({makeExchange(1, QStringLiteral("Q"), QStringLiteral("A"), 2)}, {});
  for (const char* part : {"id=\"q1\"", "href=\"#q1-e1\"", "id=\"q1-e1\"", "href=\"#q1-e2\"", "id=\"q1-e2\""}) {
    EXPECT_EQ(html.count(QString::fromUtf8(part)), 1) << part;
  }
}

TEST(Pdf, IsWrittenOnAThreadOfItsOwn) {
  std::vector<Exchange> exchanges = manyExchanges(60);
  QByteArray bytes;
  bool ok = false;
  std::thread worker([&] {
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    ok = writePdf(buffer, exchanges, {QStringLiteral("Session"), {}, {}, {}});
  });
  worker.join();
  EXPECT_TRUE(ok);
  EXPECT_TRUE(bytes.startsWith("%PDF-"));
  EXPECT_TRUE(bytes.trimmed().endsWith("%%EOF"));
  EXPECT_GT(bytes.count("/Type /Page\n"), 3);
  QBuffer closed;
  EXPECT_FALSE(writePdf(closed, exchanges, {}));
}

TEST(Export, WritesWholeFilesOrSaysWhyNot) {
  const QTemporaryDir directory;
  ASSERT_TRUE(directory.isValid());
  const std::vector<Exchange> exchanges = hostileConversation();
  for (const auto& [format, start] : {std::pair{ExportFormat::kMarkdown, "# "}, std::pair{ExportFormat::kHtml, "<!DOC"},
                                      std::pair{ExportFormat::kPdf, "%PDF-"}}) {
    const QString path = directory.filePath(QString::number(static_cast<int>(format)));
    EXPECT_EQ(exportConversation(path, format, exchanges, {}), QString());
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.readAll().startsWith(start));
    const QString missing = directory.filePath(QStringLiteral("no/such/folder/file"));
    const QString problem = exportConversation(missing, format, exchanges, {});
    EXPECT_TRUE(problem.contains(QStringLiteral("no/such/folder"))) << problem.toStdString();
    EXPECT_TRUE(problem.endsWith(QLatin1Char('.')));
  }
}

/// A disk that is full.
class FullDevice final : public QIODevice {
 protected:
  qint64 readData(char* /*data*/, qint64 /*size*/) override { return -1; }
  qint64 writeData(const char* /*data*/, qint64 /*size*/) override { return -1; }
};

TEST(Pdf, ADeviceThatRefusesBytesIsNoticed) {
  FullDevice device;
  ASSERT_TRUE(device.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
  EXPECT_FALSE(writePdf(device, manyExchanges(3), {}));
}

TEST(Export, DoesNotReplaceWhatIsNoRegularFile) {
  const QTemporaryDir directory;
  const QString pipe = directory.filePath(QStringLiteral("pipe"));
  ASSERT_EQ(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
  for (const QString& path : {pipe, directory.path()}) {
    for (const ExportFormat format : {ExportFormat::kMarkdown, ExportFormat::kHtml, ExportFormat::kPdf}) {
      EXPECT_FALSE(exportConversation(path, format, manyExchanges(3), {}).isEmpty()) << path.toStdString();
    }
  }
  EXPECT_FALSE(QFileInfo(pipe).isFile());
  EXPECT_TRUE(QFileInfo::exists(pipe));
}

}  // namespace
}  // namespace tidemark::ui
