#pragma once
// Counts what a reader had to leave out, by kind.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/extraction/extracted_document.h"

namespace tidemark {

class SkippedParts {
 public:
  void add(std::string_view what, std::int64_t count = 1) {
    for (SkippedPart& part : m_parts) {
      if (part.what == what) {
        part.count += count;
        return;
      }
    }
    m_parts.push_back({std::string(what), count});
  }
  [[nodiscard]] const std::vector<SkippedPart>& parts() const { return m_parts; }

 private:
  std::vector<SkippedPart> m_parts;  // a handful of kinds
};

}  // namespace tidemark
