#pragma once
// Text boxes that are anchored in a paragraph: they are read behind it.

#include <deque>
#include <pugixml.hpp>

namespace tidemark {

class WaitingBoxes {
 public:
  void add(const pugi::xml_node& box) { m_boxes.push_back(box); }
  /// Walks what is in the boxes, in order; nothing while that is under way: boxes inside of them come at its end.
  template <typename Walk>
  void walkAll(const Walk& walk) {
    if (m_isWalking) return;
    m_isWalking = true;
    while (!m_boxes.empty()) {
      const pugi::xml_node box = m_boxes.front();
      m_boxes.pop_front();
      for (const pugi::xml_node& child : box.children()) walk(child);
    }
    m_isWalking = false;
  }

 private:
  std::deque<pugi::xml_node> m_boxes;
  bool m_isWalking = false;
};

}  // namespace tidemark
