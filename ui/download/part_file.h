#pragma once
// A file that is being fetched: NAME.part grows, NAME.part.info says what it is a part of, and only a file whose size
// and checksum are right gets its name. Worker thread.

#include <QFile>
#include <QString>
#include <atomic>
#include <memory>
#include <optional>

#include "engine/base/sha256.h"

namespace tidemark::ui {

class PartFile {
 public:
  /// What the bytes belong to. A part is gone on with only if address and size are the same, and either the ETag or the
  /// checksum tells whether the rest is of the same file.
  struct Identity {
    QString url;
    QString sha256;                // empty: not known
    std::optional<quint64> bytes;  // the whole file's
  };

  explicit PartFile(QString finalPath) : m_path(std::move(finalPath)) {}

  [[nodiscard]] QString partPath() const { return m_path + QStringLiteral(".part"); }
  [[nodiscard]] QString infoPath() const { return m_path + QStringLiteral(".part.info"); }

  /// How many bytes of `identity` are there; 0 if none or if they belong to something else.
  [[nodiscard]] quint64 resumableBytes(const Identity& identity) const;
  /// Of what is there; empty: none was given, or a weak one.
  [[nodiscard]] QByteArray etag() const;

  /// Opens for appending behind `bytes` (0: anew) and reads what is kept, for the checksum; `stop` ends that early. A
  /// sentence if it failed.
  [[nodiscard]] QString open(const Identity& identity, const QByteArray& etag, quint64 bytes,
                             const std::atomic<bool>& stop);
  [[nodiscard]] bool isOpen() const { return m_file != nullptr; }
  [[nodiscard]] QString append(const QByteArray& bytes);
  [[nodiscard]] quint64 bytes() const { return m_bytes; }
  /// Keeps the part for another time.
  void close();
  /// Forgets it: the bytes are wrong.
  void discard();
  /// Checks size and checksum and gives the file its name; a sentence, and nothing left, if they are wrong. Writing it
  /// through may take a moment.
  [[nodiscard]] QString finish(const Identity& identity);

  /// Whether `path` is such a file already; reads it where a checksum is known.
  [[nodiscard]] static bool isComplete(const QString& path, const Identity& identity, const std::atomic<bool>& stop);

 private:
  QString m_path;
  std::unique_ptr<QFile> m_file;
  Sha256 m_hash;
  quint64 m_bytes = 0;
};

}  // namespace tidemark::ui
