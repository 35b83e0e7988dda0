#pragma once
// Where a model is fetched from, as somebody typed it: a name on the Hugging Face hub, or an address. Pure functions.

#include <QString>
#include <QUrl>
#include <optional>

namespace tidemark::ui {

struct ModelSource {
  // On the hub; empty for a plain address.
  QString owner;
  QString name;
  QString revision;  // a branch, tag or commit
  // Inside of it; empty: its top.
  QString folder;
  // Not on the hub: the folder's address, which ends in '/', and the file in it that was named, if one was.
  QUrl base;
  QString file;

  [[nodiscard]] bool isOnHub() const { return !owner.isEmpty(); }
  /// "owner/name", or the address without user and password.
  [[nodiscard]] QString text() const;
  /// A name for its folder on this machine.
  [[nodiscard]] QString folderName() const;
};

/// "owner/name", "owner/name@revision", the address of a hub page or file, or any other https address of a model's
/// folder or of one file in it. Nothing, and a sentence in `problem`, for everything else.
[[nodiscard]] std::optional<ModelSource> parseModelSource(const QString& typed, const QUrl& hub, QString* problem);

/// https, or http to this machine itself.
[[nodiscard]] bool isSafeAddress(const QUrl& url);
/// The same scheme, host and port: what may be told the same secret.
[[nodiscard]] bool isSameOrigin(const QUrl& a, const QUrl& b);

/// "a/b.json": relative, no "..", no backslash, nothing invisible. What is not, is refused.
[[nodiscard]] bool isPlainRelativeName(const QString& name);
/// The same without a folder, in letters, digits, '.', '-' and '_', at most 200 of them, not hidden.
[[nodiscard]] bool isPlainFileName(const QString& name);

}  // namespace tidemark::ui
