#include "app/gui/instance_message.h"

#include <QDir>
#include <QStringDecoder>
#include <QtEndian>
#include <optional>

namespace tidemark::ui {
namespace {

// magic[4], version u16, payload length u32; payload: directory, token, number of files u32, files. A string is its
// length in bytes as u32 and UTF-8. All integers big-endian.
constexpr char kMagic[] = "TDMK";
constexpr quint16 kVersion = 1;
constexpr qsizetype kHeaderBytes = 10;

template <typename Integer>
void append(QByteArray* bytes, Integer value) {
  const Integer big = qToBigEndian(value);
  bytes->append(reinterpret_cast<const char*>(&big), sizeof big);
}

void appendText(QByteArray* bytes, const QByteArray& text) {
  append(bytes, static_cast<quint32>(text.size()));
  bytes->append(text);
}

QByteArray limited(const QString& text, quint32 most) {
  const QByteArray bytes = text.toUtf8();
  return bytes.size() <= static_cast<qsizetype>(most) && !bytes.contains('\0') ? bytes : QByteArray();
}

class PayloadReader {
 public:
  explicit PayloadReader(QByteArrayView bytes) : m_bytes(bytes) {}

  [[nodiscard]] bool isAtEnd() const { return m_bytes.isEmpty(); }

  std::optional<quint32> number() {
    if (m_bytes.size() < 4) return std::nullopt;
    const auto value = qFromBigEndian<quint32>(m_bytes.data());
    m_bytes = m_bytes.sliced(4);
    return value;
  }

  std::optional<QString> text(quint32 most) {
    const std::optional<quint32> length = number();
    if (!length || *length > most || static_cast<qsizetype>(*length) > m_bytes.size()) return std::nullopt;
    const QByteArrayView encoded = m_bytes.first(static_cast<qsizetype>(*length));
    m_bytes = m_bytes.sliced(static_cast<qsizetype>(*length));
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString decoded = decode(encoded);
    if (decode.hasError() || decoded.contains(QChar(0))) return std::nullopt;
    return decoded;
  }

 private:
  QByteArrayView m_bytes;
};

std::optional<InstanceMessage> parsePayload(QByteArrayView payload) {
  PayloadReader reader(payload);
  InstanceMessage message;
  const std::optional<QString> directory = reader.text(kMostPathBytes);
  const std::optional<QString> token = directory ? reader.text(kMostTokenBytes) : std::nullopt;
  const std::optional<quint32> count = token ? reader.number() : std::nullopt;
  if (!count || *count > kMostInstanceFiles) return std::nullopt;
  if (!directory->isEmpty() && !QDir::isAbsolutePath(*directory)) return std::nullopt;
  message.directory = *directory;
  message.activationToken = *token;
  for (quint32 i = 0; i < *count; ++i) {
    std::optional<QString> file = reader.text(kMostPathBytes);
    // A leading ":/" is a resource to Qt, not a file.
    if (!file || !file->startsWith(QLatin1Char('/'))) return std::nullopt;
    message.files += *std::move(file);
  }
  if (!reader.isAtEnd()) return std::nullopt;
  return message;
}

}  // namespace

QByteArray encodeInstanceMessage(const InstanceMessage& message, int* droppedFiles) {
  QByteArray files;
  quint32 count = 0;
  int dropped = 0;
  for (const QString& file : message.files) {
    QString path = file;
    if (!path.startsWith(QLatin1Char('/'))) path = QDir(message.directory).absoluteFilePath(path);
    const QByteArray encoded = limited(QDir::cleanPath(path), kMostPathBytes);
    const bool fits = files.size() + encoded.size() + 4 + 2 * kMostPathBytes < kMostInstanceBytes;
    if (!encoded.startsWith('/') || count >= kMostInstanceFiles || !fits) {
      ++dropped;
      continue;
    }
    appendText(&files, encoded);
    ++count;
  }
  QByteArray payload;
  appendText(&payload,
             QDir::isAbsolutePath(message.directory) ? limited(message.directory, kMostPathBytes) : QByteArray());
  appendText(&payload, limited(message.activationToken, kMostTokenBytes));
  append(&payload, count);
  payload += files;

  QByteArray bytes(kMagic, 4);
  append(&bytes, kVersion);
  append(&bytes, static_cast<quint32>(payload.size()));
  if (droppedFiles != nullptr) *droppedFiles = dropped;
  return bytes + payload;
}

InstanceParse parseInstanceMessage(const QByteArray& bytes) {
  const InstanceParse broken;
  const InstanceParse incomplete{InstanceParseState::kIncomplete, {}};
  const QByteArray magic(kMagic, 4);
  if (!bytes.startsWith(magic.first(qMin<qsizetype>(4, bytes.size())))) return broken;
  if (bytes.size() < kHeaderBytes) return incomplete;
  if (qFromBigEndian<quint16>(bytes.constData() + 4) != kVersion) return broken;
  const auto length = qFromBigEndian<quint32>(bytes.constData() + 6);
  if (length > kMostInstanceBytes) return broken;
  const qsizetype whole = kHeaderBytes + static_cast<qsizetype>(length);
  if (bytes.size() < whole) return incomplete;
  if (bytes.size() > whole) return broken;
  std::optional<InstanceMessage> message = parsePayload(QByteArrayView(bytes).sliced(kHeaderBytes));
  if (!message) return broken;
  return {InstanceParseState::kComplete, *std::move(message)};
}

QByteArray instanceAcknowledgement() {
  return QByteArrayLiteral("TDOK\1");
}

}  // namespace tidemark::ui
