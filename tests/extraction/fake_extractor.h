#pragma once
// A folder with documents that tell the extractor in TIDEMARK_EXTRACT what to do.

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/unit/temporary_folder.h"

namespace tidemark::test {

class FakeExtractor : public ::testing::Test {
 protected:
  FakeExtractor() { ::setenv("TIDEMARK_EXTRACT", TM_FAKE_EXTRACTOR, 1); }
  ~FakeExtractor() override { ::unsetenv("TIDEMARK_EXTRACT"); }

  /// A PDF by its first line.
  std::filesystem::path document(const std::string& orders, const std::string& name = "book.pdf") const {
    return m_folder.write(name, "%PDF-1.7\n" + orders);
  }
  TemporaryFolder m_folder;
};

}  // namespace tidemark::test
