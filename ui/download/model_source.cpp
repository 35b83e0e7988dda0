#include "ui/download/model_source.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

#include "ui/download/model_download.h"

namespace tidemark::ui {
namespace {

bool isPlainPart(const QString& part) {
  static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._-]{0,95}\\z"));
  return pattern.match(part).hasMatch() && !part.contains(QStringLiteral(".."));
}

bool isPlainRevision(const QString& revision) {
  static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._/-]{0,127}\\z"));
  return pattern.match(revision).hasMatch() && isPlainRelativeName(revision);
}

/// The parts of the path of a hub page: owner, name, and perhaps tree|blob|resolve, revision, folder or file.
std::optional<ModelSource> fromHubPage(const QStringList& parts) {
  if (parts.size() < 2 || !isPlainPart(parts[0]) || !isPlainPart(parts[1])) return std::nullopt;
  ModelSource source;
  source.owner = parts[0];
  source.name = parts[1];
  source.revision = QStringLiteral("main");
  if (parts.size() == 2) return source;
  const bool isFile = parts[2] == QStringLiteral("resolve") || parts[2] == QStringLiteral("blob");
  if ((!isFile && parts[2] != QStringLiteral("tree")) || parts.size() < 4) return std::nullopt;
  source.revision = parts[3];
  source.folder = parts.mid(4, parts.size() - 4 - (isFile ? 1 : 0)).join(QLatin1Char('/'));
  const bool isPlain =
      isPlainRevision(source.revision) && (source.folder.isEmpty() || isPlainRelativeName(source.folder));
  return isPlain ? std::optional(source) : std::nullopt;
}

std::optional<ModelSource> fromAddress(const QUrl& url) {
  ModelSource source;
  source.base = url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
  QString path = source.base.path();
  const QString last = path.section(QLatin1Char('/'), -1);
  static const QStringList endings{QStringLiteral(".json"), QStringLiteral(".safetensors"), QStringLiteral(".bin"),
                                   QStringLiteral(".model")};
  const bool isFile =
      std::any_of(endings.begin(), endings.end(), [&last](const QString& ending) { return last.endsWith(ending); });
  if (isFile) {
    if (!isPlainFileName(last)) return std::nullopt;
    source.file = last;
    path.chop(last.size());
  } else if (!path.endsWith(QLatin1Char('/'))) {
    path += QLatin1Char('/');
  }
  source.base.setPath(path);
  return source;
}

}  // namespace

QString ModelSource::text() const {
  if (!isOnHub()) return base.toDisplayString() + file;
  QString text = owner + QLatin1Char('/') + name;
  if (revision != QStringLiteral("main")) text += QLatin1Char('@') + revision;
  return folder.isEmpty() ? text : text + QStringLiteral(" (%1)").arg(folder);
}

QString ModelSource::folderName() const {
  if (isOnHub()) {
    const QString last = folder.section(QLatin1Char('/'), -1);
    return isPlainPart(last) ? name + QLatin1Char('-') + last : name;
  }
  const QString last = base.path().section(QLatin1Char('/'), -2, -2);
  if (isPlainPart(last)) return last;
  return isPlainPart(base.host()) ? base.host() : QStringLiteral("model");
}

std::optional<ModelSource> parseModelSource(const QString& typed, const QUrl& hub, QString* problem) {
  const QString text = typed.trimmed();
  std::optional<ModelSource> source;
  if (text.contains(QStringLiteral("://"))) {
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) {
      *problem = ModelDownload::tr("“%1” is not an address; give one that begins with https://.").arg(text.left(200));
      return std::nullopt;
    }
    if (!isSafeAddress(url)) {
      *problem = ModelDownload::tr("Models are fetched over https only; “%1” is another kind of address.")
                     .arg(url.toDisplayString(QUrl::RemoveUserInfo).left(200));
      return std::nullopt;
    }
    source =
        isSameOrigin(url, hub) ? fromHubPage(url.path().split(QLatin1Char('/'), Qt::SkipEmptyParts)) : fromAddress(url);
  } else {
    const QString name = text.section(QLatin1Char('@'), 0, 0);
    const QStringList parts = name.split(QLatin1Char('/'));
    if (parts.size() == 2) source = fromHubPage(parts);
    if (source && text.contains(QLatin1Char('@'))) {
      source->revision = text.section(QLatin1Char('@'), 1);
      if (!isPlainRevision(source->revision)) source.reset();
    }
  }
  if (!source) {
    *problem = ModelDownload::tr(
                   "“%1” is neither the name of a model (OWNER/NAME) nor the address of one; look up how it is called "
                   "on the hub.")
                   .arg(text.left(200));
  }
  return source;
}

bool isSafeAddress(const QUrl& url) {
  if (url.scheme() == QStringLiteral("https")) return true;
  if (url.scheme() != QStringLiteral("http")) return false;
  return url.host() == QStringLiteral("localhost") || QHostAddress(url.host()).isLoopback();
}

bool isSameOrigin(const QUrl& a, const QUrl& b) {
  const auto port = [](const QUrl& url) { return url.port(url.scheme() == QStringLiteral("https") ? 443 : 80); };
  return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

bool isPlainRelativeName(const QString& name) {
  if (name.isEmpty() || name.size() > 1000 || name.contains(QLatin1Char('\\'))) return false;
  for (const QChar c : name) {
    if (!c.isPrint()) return false;
  }
  const QStringList parts = name.split(QLatin1Char('/'));
  return std::none_of(parts.begin(), parts.end(), [](const QString& part) {
    return part.isEmpty() || part == QStringLiteral(".") || part == QStringLiteral("..");
  });
}

bool isPlainFileName(const QString& name) {
  static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}\\z"));
  return pattern.match(name).hasMatch();
}

}  // namespace tidemark::ui
