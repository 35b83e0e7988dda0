#include "ui/theme/byte_text.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>

namespace tidemark::ui {

QString byteText(quint64 bytes) {
  const auto inside = static_cast<qint64>(std::min<quint64>(bytes, std::numeric_limits<qint64>::max()));
  const double amount =
      static_cast<double>(inside) / std::pow(1000, inside > 0 ? std::floor(std::log10(inside) / 3) : 0);
  const int digits = inside < 1000 || amount >= 10 ? 0 : 1;
  return QLocale().formattedDataSize(inside, digits, QLocale::DataSizeSIFormat);
}

}  // namespace tidemark::ui
