#include "ui/reading/coverage_sentence.h"

#include <QLocale>
#include <QStringList>
#include <algorithm>

namespace tidemark::ui {
namespace {

constexpr std::size_t kRangesShown = 6;

QString number(std::uint64_t value) {
  return QLocale().toString(static_cast<qulonglong>(value));
}

int plural(std::uint64_t value) {
  return static_cast<int>(std::min<std::uint64_t>(value, 1'000'000'000));
}

std::int64_t countOf(const std::vector<PageRange>& ranges) {
  std::int64_t pages = 0;
  for (const PageRange& each : ranges) pages += each.last - each.first + 1;
  return pages;
}

}  // namespace

QString CoverageSentence::format(DocumentFormat format) {
  switch (format) {
    case DocumentFormat::kPlainText:
      return tr("Text");
    case DocumentFormat::kMarkdown:
      return tr("Markdown");
    case DocumentFormat::kHtml:
      return tr("HTML");
    case DocumentFormat::kPdf:
      return tr("PDF");
    case DocumentFormat::kEpub:
      return tr("EPUB book");
    case DocumentFormat::kDocx:
      return tr("Word document");
    case DocumentFormat::kOdt:
      return tr("OpenDocument text");
  }
  return {};
}

QString CoverageSentence::pages(std::int64_t count) {
  return tr("%Ln page(s)", nullptr, plural(static_cast<std::uint64_t>(std::max<std::int64_t>(0, count))));
}

QString CoverageSentence::size(const Coverage& coverage) {
  const QString characters = tr("%Ln character(s)", nullptr, plural(coverage.characters));
  if (coverage.pages <= 0) return characters;
  return pages(coverage.pages) + QStringLiteral(" · ") + characters;
}

QString CoverageSentence::ranges(const std::vector<PageRange>& ranges) {
  QStringList shown;
  for (std::size_t i = 0; i < std::min(ranges.size(), kRangesShown); ++i) {
    const QString first = number(static_cast<std::uint64_t>(ranges[i].first + 1));
    const QString last = number(static_cast<std::uint64_t>(ranges[i].last + 1));
    shown << (first == last ? first : tr("%1–%2", "a range of pages").arg(first, last));
  }
  const QString list = shown.join(QStringLiteral(", "));
  if (ranges.size() <= kRangesShown) return list;
  return tr("%1 and %Ln more", "ranges of pages", plural(ranges.size() - kRangesShown)).arg(list);
}

QString CoverageSentence::gaps(const Coverage& coverage) {
  QStringList parts;
  const auto without = static_cast<std::uint64_t>(std::max<std::int64_t>(0, countOf(coverage.pagesWithoutText)));
  const QString where = ranges(coverage.pagesWithoutText);
  if (coverage.imagePages > 0 && static_cast<std::uint64_t>(coverage.imagePages) == without) {
    parts << tr("%1 of %Ln page(s) are images without text (%2)", nullptr,
                plural(static_cast<std::uint64_t>(coverage.pages)))
                 .arg(number(without), where);
  } else if (coverage.imagePages > 0) {
    parts << tr("%1 of %Ln page(s) have no text (%2), %3 of them show an image", nullptr,
                plural(static_cast<std::uint64_t>(coverage.pages)))
                 .arg(number(without), where, number(static_cast<std::uint64_t>(coverage.imagePages)));
  }
  if (coverage.summary.replacedBytes > 0) {
    const QString encoding = QString::fromStdString(coverage.summary.encoding);
    parts << (encoding.isEmpty()
                  ? tr("%Ln byte(s) could not be read as text", nullptr, plural(coverage.summary.replacedBytes))
                  : tr("%Ln byte(s) could not be read as %1", nullptr, plural(coverage.summary.replacedBytes))
                        .arg(encoding));
  }
  return parts.join(QStringLiteral("; "));
}

QString CoverageSentence::leftOut(const Coverage& coverage) {
  QStringList parts;
  if (coverage.summary.runningLines > 0) {
    parts << tr("%Ln running header(s), footer(s) and page number(s) left out", nullptr,
                plural(coverage.summary.runningLines));
  }
  for (const SkippedPart& each : coverage.summary.skipped) {
    parts << tr("skipped: %1 (%2)")
                 .arg(QString::fromStdString(each.what),
                      number(static_cast<std::uint64_t>(std::max<std::int64_t>(0, each.count))));
  }
  if (!coverage.pagesWithoutText.empty() && coverage.imagePages == 0) {
    parts << tr("blank pages: %1").arg(ranges(coverage.pagesWithoutText));
  }
  return parts.join(QLatin1Char('\n'));
}

}  // namespace tidemark::ui
