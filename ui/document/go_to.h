#pragma once
// What "p. 12", "segment 41", "38 %" and "byte 1000" mean. Pure functions.

#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>
#include <variant>

#include "ui/document/document_text.h"
#include "ui/document/segment_list.h"

namespace tidemark::ui {

enum class GoToKind { kPage, kSegment, kPercent, kByte, kNumber };

struct GoToTarget {
  GoToKind kind = GoToKind::kNumber;
  double number = 0;
  friend bool operator==(const GoToTarget&, const GoToTarget&) = default;
};

/// The words that stand for each kind, in the language of the reader; case does not matter.
struct GoToWords {
  QStringList page;
  QStringList segment;
  QStringList byte;
};

/// A word and a number, in either order and with or without a blank, or a number with "%", or a number alone. Nothing
/// if `text` is none of these.
[[nodiscard]] std::optional<GoToTarget> parseGoTo(const QString& text, const GoToWords& words);

/// What is left of "page xii" without the word for page, and all of "xii".
[[nodiscard]] QString pageLabel(const QString& text, const GoToWords& words);

enum class GoToError { kNoPages, kNoSuchPage, kNoSegments, kNoSuchSegment, kBehindText };

/// The byte of a target. A number alone is a page, or a segment where there are no pages. A page is what
/// is printed on it before it is a number, from 1, in the document that holds `near` before all others; segments count
/// as the list does.
[[nodiscard]] std::variant<std::uint64_t, GoToError> resolveGoTo(const GoToTarget& target, const DocumentText& text,
                                                                 const SegmentList& segments, std::uint64_t near = 0);

}  // namespace tidemark::ui
