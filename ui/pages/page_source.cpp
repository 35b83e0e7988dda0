#include "ui/pages/page_source.h"

#include <array>

namespace tidemark::ui {

void recolor(QImage& image, const PageColors& colors) {
  if (colors == PageColors{} || image.isNull()) return;
  if (image.format() != QImage::Format_RGB32) image = image.convertToFormat(QImage::Format_RGB32);
  std::array<std::array<QRgb, 256>, 3> table{};
  for (int value = 0; value < 256; ++value) {
    const auto mix = [value](int paper, int ink) { return static_cast<QRgb>(ink + (paper - ink) * value / 255); };
    const auto i = static_cast<std::size_t>(value);
    table[0][i] = mix(qRed(colors.paper), qRed(colors.ink)) << 16U;
    table[1][i] = mix(qGreen(colors.paper), qGreen(colors.ink)) << 8U;
    table[2][i] = mix(qBlue(colors.paper), qBlue(colors.ink));
  }
  for (int y = 0; y < image.height(); ++y) {
    auto* row = reinterpret_cast<QRgb*>(image.scanLine(y));
    for (int x = 0; x < image.width(); ++x) {
      const QRgb pixel = row[x];
      row[x] = 0xff000000U | table[0][static_cast<std::size_t>(qRed(pixel))] |
               table[1][static_cast<std::size_t>(qGreen(pixel))] | table[2][static_cast<std::size_t>(qBlue(pixel))];
    }
  }
}

}  // namespace tidemark::ui
