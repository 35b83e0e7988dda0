#pragma once
// ZIP files made from strings, as documents are, and as nobody would make them.

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zip.h>

#include <deque>
#include <string>
#include <string_view>

namespace tidemark::test {

class ZipFile {
 public:
  enum class Entry { kDeflated, kStored, kEncrypted, kLink };

  ZipFile() {
    m_source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(m_source);
    m_archive = zip_open_from_source(m_source, ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    EXPECT_NE(m_archive, nullptr);
  }
  ZipFile(const ZipFile&) = delete;
  ZipFile& operator=(const ZipFile&) = delete;
  ~ZipFile() {
    if (m_archive != nullptr) zip_discard(m_archive);
    zip_source_free(m_source);
  }

  ZipFile& add(const std::string& name, std::string content, Entry kind = Entry::kDeflated) {
    const std::string& kept = m_contents.emplace_back(std::move(content));
    zip_source_t* source = zip_source_buffer(m_archive, kept.data(), kept.size(), 0);
    const zip_int64_t index = zip_file_add(m_archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    EXPECT_GE(index, 0) << zip_strerror(m_archive);
    const auto entry = static_cast<zip_uint64_t>(index);
    if (kind == Entry::kStored) zip_set_file_compression(m_archive, entry, ZIP_CM_STORE, 0);
    if (kind == Entry::kEncrypted) {
      EXPECT_EQ(zip_file_set_encryption(m_archive, entry, ZIP_EM_AES_128, "secret"), 0);
    }
    if (kind == Entry::kLink) {
      zip_file_set_external_attributes(m_archive, entry, 0, ZIP_OPSYS_UNIX, zip_uint32_t{S_IFLNK | 0777} << 16);
    }
    return *this;
  }

  /// The file; nothing can be added afterwards.
  std::string bytes() {
    EXPECT_EQ(zip_close(m_archive), 0);
    m_archive = nullptr;
    zip_stat_t about;
    zip_stat_init(&about);
    EXPECT_EQ(zip_source_stat(m_source, &about), 0);
    std::string result(about.size, '\0');
    EXPECT_EQ(zip_source_open(m_source), 0);
    EXPECT_EQ(zip_source_read(m_source, result.data(), result.size()), static_cast<zip_int64_t>(result.size()));
    zip_source_close(m_source);
    return result;
  }

 private:
  std::deque<std::string> m_contents;  // libzip reads them when the file is closed
  zip_source_t* m_source = nullptr;
  zip_t* m_archive = nullptr;
};

}  // namespace tidemark::test
