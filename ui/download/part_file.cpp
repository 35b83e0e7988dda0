#include "ui/download/part_file.h"

#include <unistd.h>

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSaveFile>
#include <algorithm>
#include <cstdio>

#include "ui/download/model_download.h"

namespace tidemark::ui {
namespace {

constexpr qint64 kPiece = 1 << 20;
constexpr quint64 kSmallFile = quint64{16} << 20;

QJsonObject readInfo(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  return QJsonDocument::fromJson(file.read(1 << 16)).object();
}

void hashPiece(Sha256& hash, const QByteArray& bytes) {
  hash.update(std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

/// The first `bytes` of an open file; false if there are fewer, or `stop` was set.
bool hashBegin(Sha256& hash, QFile& file, quint64 bytes, const std::atomic<bool>& stop) {
  for (quint64 left = bytes; left > 0;) {
    const QByteArray piece = file.read(std::min<qint64>(kPiece, static_cast<qint64>(left)));
    if (piece.isEmpty() || stop) return false;
    hashPiece(hash, piece);
    left -= static_cast<quint64>(piece.size());
  }
  return true;
}

QString nameOf(const QString& path) {
  return QFileInfo(path).fileName();
}

}  // namespace

quint64 PartFile::resumableBytes(const Identity& identity) const {
  const QJsonObject info = readInfo(infoPath());
  if (info.value(QStringLiteral("url")).toString() != identity.url || identity.url.isEmpty()) return 0;
  if (info.value(QStringLiteral("sha256")).toString() != identity.sha256) return 0;
  if (identity.sha256.isEmpty() && etag().isEmpty()) return 0;  // nothing would notice that the file is another
  const auto there = static_cast<quint64>(QFileInfo(partPath()).size());
  return identity.bytes && there > *identity.bytes ? 0 : there;
}

QByteArray PartFile::etag() const {
  return readInfo(infoPath()).value(QStringLiteral("etag")).toString().toLatin1();
}

QString PartFile::open(const Identity& identity, const QByteArray& etag, quint64 bytes, const std::atomic<bool>& stop) {
  close();
  const QJsonObject info{{QStringLiteral("url"), identity.url},
                         {QStringLiteral("sha256"), identity.sha256},
                         {QStringLiteral("etag"), QString::fromLatin1(etag.startsWith("W/") ? QByteArray() : etag)}};
  auto file = std::make_unique<QFile>(partPath());
  const auto failure = [this](const QString& reason) {
    return ModelDownload::tr("%1 could not be written (%2); make room or choose another folder.")
        .arg(partPath(), reason);
  };
  // The note first: a part without one is never gone on with.
  if (bytes == 0) QFile::remove(partPath());
  QSaveFile note(infoPath());
  if (!note.open(QIODevice::WriteOnly) || note.write(QJsonDocument(info).toJson()) < 0 || !note.commit()) {
    return failure(note.errorString());
  }
  if (!file->open(QIODevice::ReadWrite)) return failure(file->errorString());
  m_hash = Sha256();
  if (!hashBegin(m_hash, *file, bytes, stop)) {
    return stop ? QString() : failure(ModelDownload::tr("it became shorter meanwhile"));
  }
  if (!file->resize(static_cast<qint64>(bytes)) || !file->seek(static_cast<qint64>(bytes))) {
    return failure(file->errorString());
  }
  m_bytes = bytes;
  m_file = std::move(file);
  return {};
}

QString PartFile::append(const QByteArray& bytes) {
  if (m_file->write(bytes) != bytes.size() || !m_file->flush()) {
    const QString reason = m_file->errorString();
    close();
    return ModelDownload::tr("%1 could not be written (%2); make room and resume.").arg(partPath(), reason);
  }
  hashPiece(m_hash, bytes);
  m_bytes += static_cast<quint64>(bytes.size());
  return {};
}

void PartFile::close() {
  m_file.reset();
}

void PartFile::discard() {
  close();
  QFile::remove(partPath());
  QFile::remove(infoPath());
}

QString PartFile::finish(const Identity& identity) {
  const quint64 bytes = m_bytes;
  const QString digest = QString::fromStdString(m_hash.hexDigest());
  const bool isWritten = m_file->flush() && ::fsync(m_file->handle()) == 0;
  close();
  if (!isWritten) return ModelDownload::tr("%1 could not be written; make room and resume.").arg(partPath());
  if (identity.bytes && bytes != *identity.bytes) {
    discard();
    return ModelDownload::tr("%1 has %2 bytes and should have %3; what came was thrown away. Try again later.")
        .arg(nameOf(m_path), QLocale().toString(bytes), QLocale().toString(*identity.bytes));
  }
  if (!identity.sha256.isEmpty() && digest != identity.sha256) {
    discard();
    return ModelDownload::tr("%1 has the checksum %2… and should have %3…; what came was thrown away. Try again later.")
        .arg(nameOf(m_path), digest.left(12), identity.sha256.left(12));
  }
  if (std::rename(QFile::encodeName(partPath()).constData(), QFile::encodeName(m_path).constData()) != 0) {
    return ModelDownload::tr("%1 could not be given its name; check that its folder can be written to.")
        .arg(partPath());
  }
  QFile::remove(infoPath());
  return {};
}

bool PartFile::isComplete(const QString& path, const Identity& identity, const std::atomic<bool>& stop) {
  QFile file(path);
  if (!identity.bytes || static_cast<quint64>(QFileInfo(path).size()) != *identity.bytes) return false;
  if (!file.open(QIODevice::ReadOnly)) return false;
  // Nothing tells two small files of one size apart: they are fetched again, which costs little.
  if (identity.sha256.isEmpty()) return *identity.bytes > kSmallFile;
  Sha256 hash;
  return hashBegin(hash, file, *identity.bytes, stop) && hash.hexDigest() == identity.sha256.toStdString();
}

}  // namespace tidemark::ui
