#include "ui/models/inspection_text.h"

#include <QLocale>
#include <QStringList>
#include <map>

#include "ui/theme/byte_text.h"

namespace tidemark::ui {
namespace {

QString say(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString familyText(ModelFamily family) {
  return family == ModelFamily::kGpt2 ? QStringLiteral("GPT-2") : QStringLiteral("Llama");
}

QString number(qint64 value) {
  return QLocale().toString(value);
}

/// "BF16 (2.5 GB), F32 (1 MB)", the largest first.
QString weightsText(const ModelInspection& inspection) {
  std::multimap<quint64, QString, std::greater<>> bySize;
  for (const DTypeTotal& total : inspection.dtypes) {
    bySize.emplace(total.bytes, InspectionText::tr("%1 (%2)").arg(say(name(total.dtype)), byteText(total.bytes)));
  }
  QStringList parts;
  for (const auto& [size, text] : bySize) parts += text;
  return parts.join(QStringLiteral(", "));
}

QString shapeText(const ModelConfig& config) {
  const QString heads = config.keyValueHeads == config.heads
                            ? InspectionText::tr("%Ln head(s)", nullptr, config.heads)
                            : InspectionText::tr("%Ln head(s), %1 for keys and values", nullptr, config.heads)
                                  .arg(number(config.keyValueHeads));
  return InspectionText::tr("%Ln layer(s) of width %1, %2", nullptr, config.layers)
      .arg(number(config.hiddenSize), heads);
}

QString memoryText(const MemoryConfig& memory) {
  return InspectionText::tr("segments of %1 tokens and %2 memory tokens; keys of width %3, %Ln memory head(s)", nullptr,
                            memory.heads)
      .arg(number(memory.segmentSize), number(memory.memoryTokens), number(memory.dMem));
}

QString flagsText(const MemoryConfig& memory) {
  QStringList flags;
  if (memory.correction) flags += InspectionText::tr("corrected sums");
  if (memory.normalizeKeys) flags += InspectionText::tr("keys of unit length");
  if (!memory.useDenominator) flags += InspectionText::tr("no denominator");
  if (memory.gating) flags += InspectionText::tr("gated writes");
  if (memory.wrapPositions) flags += InspectionText::tr("wrapped positions");
  return flags.isEmpty() ? InspectionText::tr("none") : flags.join(QStringLiteral(", "));
}

QString needText(const MemoryNeed& need, quint64 freeBytes) {
  const QString total = byteText(need.total());
  if (freeBytes == 0) return total;
  return need.total() <= freeBytes ? InspectionText::tr("%1 of %2 that are free").arg(total, byteText(freeBytes))
                                   : InspectionText::tr("%1, and only %2 are free").arg(total, byteText(freeBytes));
}

}  // namespace

QString countText(quint64 count) {
  const QLocale locale;
  if (count >= 1'000'000'000) {
    return InspectionText::tr("%1 billion").arg(locale.toString(static_cast<double>(count) / 1e9, 'f', 2));
  }
  if (count >= 1'000'000) {
    return InspectionText::tr("%1 million").arg(locale.toString(static_cast<double>(count) / 1e6, 'f', 1));
  }
  return locale.toString(count);
}

std::vector<InspectionRow> inspectionRows(const ModelInspection& inspection, quint64 freeBytes) {
  std::vector<InspectionRow> rows;
  const auto add = [&rows](const QString& label, const QString& value) {
    if (!value.isEmpty()) rows.push_back({label, value});
  };
  if (inspection.config) {
    const ModelConfig& config = *inspection.config;
    add(InspectionText::tr("Family"), familyText(config.family));
    add(InspectionText::tr("About"), say(config.prompt.about));
    add(InspectionText::tr("Shape"), shapeText(config));
    add(InspectionText::tr("Vocabulary"), number(config.vocabularySize));
  }
  if (inspection.parameters > 0) add(InspectionText::tr("Parameters"), countText(inspection.parameters));
  add(InspectionText::tr("Weights"), weightsText(inspection));
  if (inspection.config && inspection.config->memory) {
    add(InspectionText::tr("Memory"), memoryText(*inspection.config->memory));
    add(InspectionText::tr("Memory flags"), flagsText(*inspection.config->memory));
  }
  if (inspection.memory) {
    add(InspectionText::tr("Needs on the CPU"), needText(*inspection.memory, freeBytes));
    if (inspection.memory->state > 0) {
      add(InspectionText::tr("Each snapshot"), byteText(inspection.memory->snapshot));
    }
  }
  if (inspection.gpuBytes) add(InspectionText::tr("Needs on a GPU"), byteText(*inspection.gpuBytes));
  add(InspectionText::tr("GPU"), say(inspection.cuda.detail));
  add(InspectionText::tr("Tokenizer"),
      inspection.tokenizerFile.empty() ? InspectionText::tr("none") : say(inspection.tokenizerFile));
  add(InspectionText::tr("Questions are put as"), say(inspection.chatTemplate).simplified());
  return rows;
}

QString inspectionHeadline(const ModelInspection& inspection) {
  if (!inspection.canRun()) {
    return InspectionText::tr("This model cannot run here: %Ln obstacle(s).", nullptr,
                              static_cast<int>(inspection.problems.size()));
  }
  if (!inspection.config || !inspection.config->memory) {
    return InspectionText::tr("This model has no memory: it cannot read documents.");
  }
  return InspectionText::tr("This model can run here.");
}

QString inspectionInShort(const ModelInspection& inspection) {
  if (!inspection.canRun()) return say(inspection.problems.front());
  if (!inspection.config) return {};
  return InspectionText::tr("%1 · %2 parameters")
      .arg(familyText(inspection.config->family), countText(inspection.parameters));
}

}  // namespace tidemark::ui
