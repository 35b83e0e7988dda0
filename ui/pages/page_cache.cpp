#include "ui/pages/page_cache.h"

#include <iterator>

namespace tidemark::ui {

void PageCache::insert(const PagePicture& picture) {
  const auto old = m_byPage.find(picture.request.page);
  if (old != m_byPage.end()) remove(old->second);
  m_pictures.push_front(picture);
  m_byPage[picture.request.page] = m_pictures.begin();
  m_bytes += static_cast<std::size_t>(picture.image.sizeInBytes());
  while (m_bytes > m_mostBytes && m_pictures.size() > 1) remove(std::prev(m_pictures.end()));
}

const PagePicture* PageCache::find(int page) {
  const auto found = m_byPage.find(page);
  if (found == m_byPage.end()) return nullptr;
  m_pictures.splice(m_pictures.begin(), m_pictures, found->second);
  return &*found->second;
}

void PageCache::remove(std::list<PagePicture>::iterator picture) {
  m_bytes -= static_cast<std::size_t>(picture->image.sizeInBytes());
  m_byPage.erase(picture->request.page);
  m_pictures.erase(picture);
}

void PageCache::clear() {
  m_pictures.clear();
  m_byPage.clear();
  m_bytes = 0;
}

}  // namespace tidemark::ui
