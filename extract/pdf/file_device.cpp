#include "extract/pdf/file_device.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace tidemark {

FileDevice::FileDevice(int descriptor) : m_descriptor(descriptor) {
  struct stat information {};
  if (::fstat(descriptor, &information) != 0) return;
  m_size = information.st_size;
  (void)open(QIODevice::ReadOnly);
}

bool FileDevice::seek(qint64 position) {
  if (!QIODevice::seek(position)) return false;
  m_place = position;
  return true;
}

qint64 FileDevice::readData(char* data, qint64 most) {
  ssize_t got = 0;
  do got = ::pread(m_descriptor, data, static_cast<std::size_t>(std::max<qint64>(most, 0)), m_place);
  while (got < 0 && errno == EINTR);
  if (got > 0) m_place += got;
  return got;
}

}  // namespace tidemark
