#include "ui/download/hub_listing.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <algorithm>

#include "ui/download/model_download.h"

namespace tidemark::ui {
namespace {

constexpr qsizetype kMostFiles = 20'000;
constexpr double kLargestExactNumber = 9007199254740992.0;  // 2^53: JSON numbers are doubles here

QString latin(const char* text) {
  return QString::fromLatin1(text);
}

const QStringList& smallFiles() {
  static const QStringList names{latin("config.json"), latin("adapter_config.json"), latin("tokenizer.model"),
                                 latin("tokenizer.json"), latin("tokenizer_config.json")};
  return names;
}

bool isWeightFile(const QString& name) {
  static const QRegularExpression pattern(
      latin("\\A(model|pytorch_model)(-\\d{5}-of-\\d{5})?\\.(safetensors|bin)(\\.index\\.json)?\\z"));
  return pattern.match(name).hasMatch();
}

std::optional<quint64> sizeOf(const QJsonValue& value) {
  const double number = value.toDouble(-1);
  if (number < 0 || number >= kLargestExactNumber || number != static_cast<double>(static_cast<quint64>(number))) {
    return std::nullopt;
  }
  return static_cast<quint64>(number);
}

bool isCommit(const QString& text) {
  static const QRegularExpression pattern(latin("\\A[0-9a-f]{40,64}\\z"));
  return pattern.match(text).hasMatch();
}

bool isSha256(const QString& text) {
  static const QRegularExpression pattern(latin("\\A[0-9a-f]{64}\\z"));
  return pattern.match(text).hasMatch();
}

QUrl fileUrl(const QUrl& hub, const ModelSource& source, const QString& commit, const QString& path) {
  QUrl url = hub;
  url.setPath(latin("/%1/%2/resolve/%3/%4").arg(source.owner, source.name, commit, path));
  return url;
}

}  // namespace

std::optional<HubListing> parseHubListing(const QByteArray& json, const ModelSource& source, const QUrl& hub,
                                          QString* problem) {
  const QJsonObject answer = QJsonDocument::fromJson(json).object();
  const QJsonArray siblings = answer.value(latin("siblings")).toArray();
  HubListing listing;
  listing.commit = answer.value(latin("sha")).toString();
  if (!isCommit(listing.commit) || siblings.isEmpty() || siblings.size() > kMostFiles) {
    *problem =
        ModelDownload::tr("%1 answered with something that is not a list of files; try again later.").arg(hub.host());
    return std::nullopt;
  }
  const QString inside = source.folder.isEmpty() ? QString() : source.folder + QLatin1Char('/');
  for (const QJsonValue& each : siblings) {
    const QJsonObject sibling = each.toObject();
    const QString path = sibling.value(latin("rfilename")).toString();
    if (!isPlainRelativeName(path)) {
      *problem = ModelDownload::tr("%1 lists a file called “%2”, which is not a plain name; nothing was fetched.")
                     .arg(hub.host(), path.left(80));
      return std::nullopt;
    }
    const qsizetype slash = path.lastIndexOf(QLatin1Char('/'));
    const QString folder = path.left(std::max<qsizetype>(0, slash));
    const QString name = path.mid(slash + 1);
    if (!isPlainFileName(name)) continue;  // no file of a model is called so
    if (isWeightFile(name) && folder != source.folder && !listing.weightFolders.contains(folder)) {
      listing.weightFolders += folder;
    }
    if (path != inside + name) continue;
    RemoteFile file{name, fileUrl(hub, source, listing.commit, path), sizeOf(sibling.value(latin("size"))), {}};
    const QJsonObject lfs = sibling.value(latin("lfs")).toObject();
    if (!lfs.isEmpty()) {
      file.sha256 = lfs.value(latin("sha256")).toString();
      if (lfs.contains(latin("size"))) file.bytes = sizeOf(lfs.value(latin("size")));
    }
    const bool isKnownTwice = std::any_of(listing.files.begin(), listing.files.end(),
                                          [&name](const RemoteFile& other) { return other.name == name; });
    const bool isOdd = (!file.sha256.isEmpty() && !isSha256(file.sha256)) || file.bytes.value_or(0) > kLargestFile;
    if (isKnownTwice || isOdd) {
      *problem = ModelDownload::tr("%1 says something impossible of the file “%2”; nothing was fetched.")
                     .arg(hub.host(), name);
      return std::nullopt;
    }
    listing.files.push_back(std::move(file));
  }
  return listing;
}

std::vector<RemoteFile> chooseModelFiles(const std::vector<RemoteFile>& files) {
  const auto find = [&files](const QString& name) -> const RemoteFile* {
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const RemoteFile& file) { return file.name == name; });
    return found == files.end() ? nullptr : &*found;
  };
  std::vector<RemoteFile> chosen;
  for (const QString& name : smallFiles()) {
    if (const RemoteFile* file = find(name)) chosen.push_back(*file);
  }
  const std::size_t before = chosen.size();
  for (const auto& [stem, ending] :
       {std::pair(latin("model"), latin(".safetensors")), std::pair(latin("pytorch_model"), latin(".bin"))}) {
    if (const RemoteFile* whole = find(stem + ending)) {
      chosen.push_back(*whole);
    } else if (const RemoteFile* index = find(stem + ending + latin(".index.json"))) {
      chosen.push_back(*index);
      for (const RemoteFile& file : files) {
        if (file.name.startsWith(stem + QLatin1Char('-')) && file.name.endsWith(ending)) chosen.push_back(file);
      }
    }
    if (chosen.size() > before) return chosen;
  }
  return {};
}

std::optional<QStringList> parseWeightIndex(const QByteArray& json, QString* problem) {
  const QJsonObject map = QJsonDocument::fromJson(json).object().value(latin("weight_map")).toObject();
  QStringList names;
  for (const QJsonValue& each : map) {
    const QString name = each.toString();
    if (!isPlainFileName(name)) {
      *problem =
          ModelDownload::tr("The index of the weights names “%1”, which is not a plain name; nothing was fetched.")
              .arg(name.left(80));
      return std::nullopt;
    }
    names += name;
  }
  names.removeDuplicates();
  names.sort();
  if (names.isEmpty() || names.size() > 1000) {
    *problem = ModelDownload::tr("The index of the weights does not say which files they are in; nothing was fetched.");
    return std::nullopt;
  }
  return names;
}

QStringList usualModelFiles() {
  return smallFiles() + QStringList{latin("model.safetensors"), latin("model.safetensors.index.json"),
                                    latin("pytorch_model.bin"), latin("pytorch_model.bin.index.json")};
}

}  // namespace tidemark::ui
