#include "ui/document/go_to.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <string>

namespace tidemark::ui {
namespace {

bool isOneOf(const QStringList& words, const QString& word) {
  return std::any_of(words.begin(), words.end(),
                     [&](const QString& candidate) { return candidate.compare(word, Qt::CaseInsensitive) == 0; });
}

std::optional<GoToKind> kindOf(QString word, const GoToWords& words) {
  if (word.isEmpty()) return GoToKind::kNumber;
  if (word == QStringLiteral("%")) return GoToKind::kPercent;
  if (word.endsWith(QLatin1Char('.'))) word.chop(1);
  if (isOneOf(words.page, word)) return GoToKind::kPage;
  if (isOneOf(words.segment, word)) return GoToKind::kSegment;
  if (isOneOf(words.byte, word)) return GoToKind::kByte;
  return std::nullopt;
}

std::variant<std::uint64_t, GoToError> resolvePage(double page, const DocumentText& text, std::uint64_t near) {
  if (text.pageCount() == 0) return GoToError::kNoPages;
  const auto found = text.findPage(std::to_string(static_cast<std::uint64_t>(page)), near);
  if (!found) return GoToError::kNoSuchPage;
  return *text.pageStart(*found);
}

std::variant<std::uint64_t, GoToError> resolveSegment(double segment, const SegmentList& segments) {
  if (segments.size() == 0) return GoToError::kNoSegments;
  const auto bytes = segments.bytesOf(static_cast<std::int64_t>(segment));
  if (!bytes) return GoToError::kNoSuchSegment;
  return bytes->begin;
}

}  // namespace

std::optional<GoToTarget> parseGoTo(const QString& text, const GoToWords& words) {
  static const QRegularExpression kForm(QStringLiteral(R"(^([^\d\s%]*)\s*(\d{1,15}(?:[.,]\d{1,6})?)\s*([^\d\s]*)$)"));
  const QRegularExpressionMatch match = kForm.match(text.trimmed());
  if (!match.hasMatch() || (!match.captured(1).isEmpty() && !match.captured(3).isEmpty())) return std::nullopt;
  const auto kind = kindOf(match.captured(1) + match.captured(3), words);
  if (!kind) return std::nullopt;
  QString digits = match.captured(2);
  const double number = digits.replace(QLatin1Char(','), QLatin1Char('.')).toDouble();
  if (*kind != GoToKind::kPercent && number != std::floor(number)) return std::nullopt;
  if (*kind == GoToKind::kPercent && number > 100) return std::nullopt;
  return GoToTarget{*kind, number};
}

QString pageLabel(const QString& text, const GoToWords& words) {
  const QString whole = text.trimmed();
  const auto blank = whole.indexOf(QLatin1Char(' '));
  if (blank > 0 && kindOf(whole.left(blank), words) == GoToKind::kPage) return whole.mid(blank + 1).trimmed();
  return whole;
}

std::variant<std::uint64_t, GoToError> resolveGoTo(const GoToTarget& target, const DocumentText& text,
                                                   const SegmentList& segments, std::uint64_t near) {
  switch (target.kind) {
    case GoToKind::kPage:
      return resolvePage(target.number, text, near);
    case GoToKind::kSegment:
      return resolveSegment(target.number, segments);
    case GoToKind::kNumber:
      return text.pageCount() > 0 ? resolvePage(target.number, text, near) : resolveSegment(target.number, segments);
    case GoToKind::kPercent:
      return text.characterStart(
          static_cast<std::uint64_t>(target.number / 100 * static_cast<double>(text.byteCount())));
    case GoToKind::kByte:
      break;
  }
  if (target.number >= static_cast<double>(text.byteCount())) return GoToError::kBehindText;
  return text.characterStart(static_cast<std::uint64_t>(target.number));
}

}  // namespace tidemark::ui
