#pragma once
// A PDF file without what is drawn on its pages. QtPdf reads every page that a bookmark leads to, all of it, only to
// know how high it is; for a book with thousands of bookmarks that takes longer than its text.

#include <QIODevice>
#include <cstdint>
#include <vector>

namespace tidemark {

/// The same bytes, with zeros for the contents of streams that hold no objects.
class OutlineDevice : public QIODevice {
 public:
  /// `descriptor` must outlive the device. Goes through the whole file once.
  explicit OutlineDevice(int descriptor);

  [[nodiscard]] qint64 size() const override { return m_size; }
  [[nodiscard]] bool isSequential() const override { return false; }

 protected:
  qint64 readData(char* data, qint64 most) override;
  qint64 writeData(const char*, qint64) override { return -1; }

 private:
  struct Range {
    std::int64_t begin = 0;
    std::int64_t end = 0;
  };
  void findStreams();

  int m_descriptor;
  std::int64_t m_size = 0;
  std::vector<Range> m_blank;  // ascending, apart
};

}  // namespace tidemark
