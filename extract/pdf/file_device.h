#pragma once
// An open file for QtPdf. Two processes read from one descriptor, which has one place where a plain read goes on: here
// every read says its place.

#include <QIODevice>
#include <cstdint>

namespace tidemark {

class FileDevice : public QIODevice {
 public:
  /// `descriptor` must outlive the device. Open for reading from the start, if it is a file.
  explicit FileDevice(int descriptor);

  [[nodiscard]] qint64 size() const override { return m_size; }
  [[nodiscard]] bool isSequential() const override { return false; }
  bool seek(qint64 position) override;

 protected:
  qint64 readData(char* data, qint64 most) override;
  qint64 writeData(const char*, qint64) override { return -1; }

 private:
  int m_descriptor;
  std::int64_t m_size = 0;
  std::int64_t m_place = 0;
};

}  // namespace tidemark
