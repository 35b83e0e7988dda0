#pragma once
// The headings of the open session, in the order of the text. GUI thread.

#include <QAbstractListModel>
#include <vector>

namespace tidemark::ui {

struct SidebarOutlineEntry {
  quint64 byte = 0;  // session-wide position
  QString title;
  int level = 0;      // 0: outermost
  QString page = {};  // what people call the page it is on; empty: there are none
  friend bool operator==(const SidebarOutlineEntry&, const SidebarOutlineEntry&) = default;
};

class OutlineModel final : public QAbstractListModel {
  Q_OBJECT
 public:
  using QAbstractListModel::QAbstractListModel;

  /// Entries in ascending order of byte. They come once for a text: the model is reset unless they are the same.
  void setOutline(std::vector<SidebarOutlineEntry> entries);
  /// The last heading that starts at or before this byte is the current one.
  void setCurrentByte(quint64 byte);
  /// Invalid before the first heading.
  [[nodiscard]] QModelIndex current() const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = QModelIndex()) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] int rowOf(quint64 byte) const;
  [[nodiscard]] static QString withPage(const SidebarOutlineEntry& entry);

  std::vector<SidebarOutlineEntry> m_entries;
  quint64 m_currentByte = 0;
  int m_current = -1;
};

}  // namespace tidemark::ui
