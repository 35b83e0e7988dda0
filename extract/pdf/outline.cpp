#include "extract/pdf/outline.h"

#include <QPdfBookmarkModel>
#include <QPdfDocument>
#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "extract/pdf/outline_device.h"
#include "extract/pdf/time_limit.h"

namespace tidemark {
namespace {

constexpr std::size_t kMostEntries = 50'000;
constexpr std::chrono::milliseconds kLongestOutline{4000};  // before they fill the memory, or silence is too long
constexpr int kDeepest = 9;
constexpr qsizetype kLongestTitle = 300;  // characters

void collect(const QPdfBookmarkModel& model, const QModelIndex& parent, int level, int pageCount,
             std::vector<OutlineEntry>& entries) {
  const int rows = model.rowCount(parent);
  for (int row = 0; row < rows && entries.size() < kMostEntries; ++row) {
    const QModelIndex index = model.index(row, 0, parent);
    const int page = model.data(index, static_cast<int>(QPdfBookmarkModel::Role::Page)).toInt();
    const QString title = model.data(index, static_cast<int>(QPdfBookmarkModel::Role::Title)).toString().simplified();
    if (page >= 0 && page < pageCount && !title.isEmpty()) {
      entries.push_back({page, level, title.left(kLongestTitle).toStdString()});
    }
    if (level < kDeepest) collect(model, index, level + 1, pageCount, entries);
  }
}

std::vector<OutlineEntry> read(int descriptor, int pageCount) {
  OutlineDevice device(descriptor);
  QPdfDocument document;
  document.load(&device);
  if (document.status() != QPdfDocument::Status::Ready || document.pageCount() != pageCount) return {};
  QPdfBookmarkModel model;
  model.setDocument(&document);
  std::vector<OutlineEntry> entries;
  collect(model, QModelIndex(), 1, pageCount, entries);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const OutlineEntry& a, const OutlineEntry& b) { return a.page < b.page; });
  return entries;
}

}  // namespace

Result<std::vector<OutlineEntry>> readOutline(int descriptor, int pageCount, const std::string& name) {
  const auto entries = std::make_shared<std::vector<OutlineEntry>>();
  const bool done =
      finishesWithin(kLongestOutline, [entries, descriptor, pageCount] { *entries = read(descriptor, pageCount); });
  if (!done) return makeError(ErrorCode::kCorrupt, name + " is damaged: its bookmarks lead in circles");
  return std::move(*entries);
}

}  // namespace tidemark
