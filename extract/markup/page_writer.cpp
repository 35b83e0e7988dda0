#include "extract/markup/page_writer.h"

#include <utility>

namespace tidemark {

void PageWriter::write(ExtractedPage page, std::string_view separator) {
  if (m_held && !m_held->text.empty()) m_held->text += m_separator;
  pass();
  m_hasText = m_hasText || !page.text.empty();
  m_hasImage = m_hasImage || page.hasImage;
  m_held = std::move(page);
  m_separator = separator;
}

Status PageWriter::finish() {
  if (m_held && !m_held->text.empty()) m_held->text += '\n';
  pass();
  return m_status;
}

void PageWriter::pass() {
  if (!m_held) return;
  if (m_status) m_status = m_sink.page(std::move(*m_held));
  m_held.reset();
}

}  // namespace tidemark
