#pragma once
// A source that draws nothing by itself: the test looks at what is wanted and delivers it, or something else.

#include "ui/pages/page_source.h"

namespace tidemark::testing {

class FakePageSource final : public ui::PageSource {
 public:
  void open() override { ++opens; }
  void want(std::vector<ui::PageRequest> requests) override {
    wanted = std::move(requests);
    ++wants;
  }

  /// A picture of the asked width in this colour, at the proportions of A4.
  static ui::PagePicture draw(const ui::PageRequest& request, const QColor& color = Qt::white) {
    ui::PagePicture picture;
    picture.request = request;
    picture.image = QImage(request.width, request.width * 842 / 595, QImage::Format_RGB32);
    picture.image.fill(color);
    picture.outlines.resize(request.quotes.size());
    return picture;
  }
  void deliver(const ui::PagePicture& picture) { Q_EMIT pictureReady(picture); }
  void deliverAll(const QColor& color = Qt::white) {
    while (!wanted.empty()) {
      const ui::PageRequest request = wanted.front();
      wanted.erase(wanted.begin());
      deliver(draw(request, color));
    }
  }

  std::vector<ui::PageRequest> wanted;
  int opens = 0;
  int wants = 0;
};

}  // namespace tidemark::testing
