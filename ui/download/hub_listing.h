#pragma once
// Which files make up a model: read from the hub's answer to GET /api/models/OWNER/NAME/revision/REVISION?blobs=true
// ("sha", and "siblings" with "rfilename", "size" and, for large files, "lfs": {"sha256", "size"}), or from the index
// of a sharded checkpoint. Everything a server says is hostile until it is checked here. Pure functions.

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>
#include <optional>
#include <vector>

#include "ui/download/model_source.h"

namespace tidemark::ui {

struct RemoteFile {
  QString name;  // plain, in the model's folder
  QUrl url;
  std::optional<quint64> bytes;
  QString sha256;  // 64 lower-case digits; empty: not known
  bool operator==(const RemoteFile&) const = default;
};

struct HubListing {
  QString commit;                 // what `revision` meant when it was asked
  std::vector<RemoteFile> files;  // of the source's folder
  QStringList weightFolders;      // other folders that hold weights
};

/// Nothing, and a sentence in `problem`, for what is not such an answer or holds a name that is not plain.
[[nodiscard]] std::optional<HubListing> parseHubListing(const QByteArray& json, const ModelSource& source,
                                                        const QUrl& hub, QString* problem);

/// Those that a model directory needs: config.json, the tokenizer, an adapter's config, and one set of weights,
/// safetensors before pytorch_model.bin. Empty if there are no weights.
[[nodiscard]] std::vector<RemoteFile> chooseModelFiles(const std::vector<RemoteFile>& files);

/// The files that *.index.json names, each once. Nothing, and a sentence, if it is no index or names what is not plain.
[[nodiscard]] std::optional<QStringList> parseWeightIndex(const QByteArray& json, QString* problem);

/// What is asked for, one after another, where nothing lists the files.
[[nodiscard]] QStringList usualModelFiles();

/// What sums cannot reach.
inline constexpr quint64 kLargestFile = quint64{1} << 42;

}  // namespace tidemark::ui
