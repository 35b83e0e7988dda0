#pragma once
// Three models to show: one that comes along, a large one that was downloaded, and half a one.

#include <QString>
#include <vector>

#include "ui/models/inspection_page.h"
#include "ui/models/model_list_model.h"

namespace tidemark::ui {

inline const QString kMini = QStringLiteral("/usr/share/tidemark/models/mini");
inline const QString kBig = QStringLiteral("/home/mary/models/armt-llama-3.2-1b-instruct");
inline const QString kBroken = QStringLiteral("/home/mary/models/half");

inline std::vector<ModelRow> someModels() {
  return {{kMini, QStringLiteral("Built-in model"), true, true, CheckState::kGood,
           QStringLiteral("Llama · 4.9 million parameters")},
          {kBig, QStringLiteral("armt-llama-3.2-1b-instruct"), false, false, CheckState::kGood,
           QStringLiteral("Llama · 1.24 billion parameters")},
          {kBroken, QStringLiteral("half"), false, false, CheckState::kBad,
           QStringLiteral("there is no config.json in /home/mary/models/half")}};
}

inline ModelDetails detailsOf(const QString& path) {
  ModelDetails details;
  details.path = path;
  details.name = path.section(QLatin1Char('/'), -1);
  details.isBuiltin = path == kMini;
  details.isDefault = path == kMini;
  details.isDownloaded = path == kBig;
  details.canRun = path != kBroken;
  details.headline = details.canRun ? QStringLiteral("This model can run here.")
                                    : QStringLiteral("This model cannot run here: 1 obstacle.");
  details.rows = {
      {QStringLiteral("Family"), QStringLiteral("Llama")},
      {QStringLiteral("Shape"), QStringLiteral("16 layers of width 2,048, 32 heads, 8 for keys and values")},
      {QStringLiteral("Vocabulary"), QStringLiteral("128,256")},
      {QStringLiteral("Parameters"), QStringLiteral("1.24 billion")},
      {QStringLiteral("Weights"), QStringLiteral("BF16 (2.5 GB), F32 (1.1 MB)")},
      {QStringLiteral("Memory"),
       QStringLiteral("segments of 1,024 tokens and 128 memory tokens; keys of width 64, 1 memory head")},
      {QStringLiteral("Memory flags"), QStringLiteral("corrected sums")},
      {QStringLiteral("Needs on the CPU"), QStringLiteral("6.1 GB of 14 GB that are free")},
      {QStringLiteral("GPU"), QStringLiteral("this build has no GPU backend")},
      {QStringLiteral("Tokenizer"), QStringLiteral("tokenizer.json")}};
  details.notes = {
      QStringLiteral("rope_scaling of the base config is used, because config.json says nothing about it")};
  if (path == kBroken) {
    details.rows.clear();
    details.problems = {
        QStringLiteral("/home/mary/models/half/config.json was not found; name a base config that has the same shape")};
    details.notes.clear();
  }
  return details;
}

}  // namespace tidemark::ui
