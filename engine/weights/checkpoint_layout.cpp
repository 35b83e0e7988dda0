#include "engine/weights/checkpoint_layout.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "engine/base/json_reader.h"
#include "engine/base/sha256.h"
#include "engine/base/system_memory.h"
#include "engine/weights/lora_merge.h"
#include "engine/weights/weight_file.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAdapterFile = "adapter_model.safetensors";
constexpr const char* kTorchAdapterFile = "adapter_model.bin";
constexpr const char* kAdapterConfigFile = "adapter_config.json";
constexpr std::size_t kMaxAdapterConfigBytes = 16 * 1024 * 1024;

bool fileExists(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// Where a name of ours comes from.
struct StoredCopy {
  std::string storedName;
  CopyRank rank = CopyRank::kPlain;
  std::string adapter;
  bool ofAdapterFile = false;
};

/// Sorts stored tensors under our names.
class Arranger {
 public:
  Arranger(CheckpointLayout& layout, std::string place) : m_layout(layout), m_place(std::move(place)) {}

  Status add(const std::string& storedName, const TensorView& view, const NameContext& context, bool ofAdapterFile);
  /// Pairs complete? Then everything is written into the layout.
  Status finish();

 private:
  Status addSide(const std::string& storedName, const TensorView& view, const TensorName& found);
  Status addWhole(const std::string& storedName, const TensorView& view, TensorName found, bool ofAdapterFile);
  /// A tensor that gives way: it keeps its stored name, so that it can still be listed.
  void setAside(const std::string& storedName, const TensorView& view) { m_setAside.emplace(storedName, view); }
  void writeNotes();
  [[nodiscard]] Error fail(ErrorCode code, const std::string& sentence) const {
    return makeError(code, m_place + ": " + sentence);
  }

  CheckpointLayout& m_layout;
  std::string m_place;
  std::map<std::string, StoredCopy> m_sources;                      // by our name
  std::map<std::pair<std::string, std::string>, LoraPair> m_pairs;  // by target and adapter
  std::map<std::string, TensorView> m_setAside;
  std::size_t m_renamed = 0, m_fromLayerList = 0, m_replaced = 0;
};

Status Arranger::addSide(const std::string& storedName, const TensorView& view, const TensorName& found) {
  LoraPair& pair = m_pairs[{found.name, found.adapter}];
  pair.target = found.name;
  pair.adapter = found.adapter;
  LoraSide& side = found.part == TensorPart::kLoraA ? pair.a : pair.b;
  if (side.storedName.empty()) {
    side = {storedName, view};
    return {};
  }
  const bool isSame =
      side.view.dtype == view.dtype && side.view.shape == view.shape && std::ranges::equal(side.view.bytes, view.bytes);
  if (isSame) return {};
  return fail(ErrorCode::kMismatch, "tensors " + inQuotes(side.storedName) + " and " + inQuotes(storedName) +
                                        " are the same LoRA matrix with different values; remove one of them");
}

Status Arranger::addWhole(const std::string& storedName, const TensorView& view, TensorName found, bool ofAdapterFile) {
  if (ofAdapterFile) found.rank = CopyRank::kReplacement;  // what an adapter stores whole was trained with it
  const StoredCopy source{storedName, found.rank, found.adapter, ofAdapterFile};
  const auto [entry, isNew] = m_sources.emplace(found.name, source);
  if (isNew) {
    m_layout.tensors.emplace(found.name, view);
    return {};
  }
  StoredCopy& other = entry->second;
  TensorView& kept = m_layout.tensors.at(found.name);
  if (other.rank < source.rank) {
    setAside(other.storedName, kept);
    other = source;
    kept = view;
    return {};
  }
  if (other.rank > source.rank) {
    setAside(storedName, view);
    return {};
  }
  if (kept.dtype == view.dtype && kept.shape == view.shape && std::ranges::equal(kept.bytes, view.bytes)) return {};
  return fail(ErrorCode::kMismatch, "tensors " + inQuotes(other.storedName) + " and " + inQuotes(storedName) +
                                        " are both " + inQuotes(found.name) +
                                        " and differ; remove the one that does not belong to the model");
}

Status Arranger::add(const std::string& storedName, const TensorView& view, const NameContext& context,
                     bool ofAdapterFile) {
  const TensorName found = tensorNameOf(storedName, context);
  if (found.part == TensorPart::kUnsupported) {
    return fail(ErrorCode::kUnsupported, "tensor " + inQuotes(storedName) + " belongs to " + found.unsupported +
                                             ", which is not supported; merge the adapter with the program that made "
                                             "it");
  }
  if (found.part != TensorPart::kWhole) return addSide(storedName, view, found);
  return addWhole(storedName, view, found, ofAdapterFile);
}

void Arranger::writeNotes() {
  if (m_renamed > 0) {
    m_layout.notes.push_back(counted(m_renamed, "tensor has", "tensors have") +
                             " another name in the file and was brought into the usual layout");
  }
  if (m_fromLayerList > 0) {
    m_layout.notes.push_back(counted(m_fromLayerList, "tensor is", "tensors are") +
                             " stored as memory_cell.layers.* only and taken from there");
  }
  if (m_replaced > 0) {
    m_layout.notes.push_back(counted(m_replaced, "tensor", "tensors") + " of the adapter replaced those of the base");
  }
}

Status Arranger::finish() {
  std::string lastTarget;
  for (auto& [key, pair] : m_pairs) {
    const LoraSide& present = pair.a.storedName.empty() ? pair.b : pair.a;
    if (pair.a.storedName.empty() || pair.b.storedName.empty()) {
      return fail(ErrorCode::kMismatch, "tensor " + inQuotes(present.storedName) + " has no lora_" +
                                            (pair.a.storedName.empty() ? "A" : "B") +
                                            " beside it; a LoRA pair is needed whole");
    }
    if (!m_layout.tensors.contains(pair.target)) {
      return fail(ErrorCode::kNotFound, "tensor " + inQuotes(present.storedName) + " changes " + inQuotes(pair.target) +
                                            ", which is not there; put the weights of the base model beside the "
                                            "adapter");
    }
    if (pair.target == lastTarget) {
      return fail(ErrorCode::kUnsupported, "two adapters (" + inQuotes(m_layout.pairs.back().adapter) + " and " +
                                               inQuotes(pair.adapter) + ") change " + inQuotes(pair.target) +
                                               "; merge one of them with the program that made it");
    }
    lastTarget = pair.target;
    m_layout.pairs.push_back(std::move(pair));
  }
  for (const auto& [name, source] : m_sources) {
    if (source.storedName == name) continue;
    m_layout.changed = true;
    if (source.rank == CopyRank::kLayerList) {
      ++m_fromLayerList;
    } else if (source.rank == CopyRank::kReplacement) {
      ++m_replaced;
    } else {
      ++m_renamed;
    }
  }
  m_layout.changed = m_layout.changed || !m_layout.pairs.empty();
  m_layout.tensors.merge(m_setAside);
  writeNotes();
  return {};
}

/// Parts of newer models that change every result and are not computed here.
Status refuseUnknownParts(const CheckpointLayout& layout, const std::string& place) {
  for (const auto& [name, view] : layout.tensors) {
    const bool isSink = name == "memory_cell.sink";
    const bool isAdaptive = name.starts_with("memory_cell.model.") && name.find(".act.p.") != std::string::npos;
    if (!isSink && !isAdaptive) continue;
    return makeError(ErrorCode::kUnsupported, place + ": tensor " + inQuotes(name) + " belongs to " +
                                                  (isSink ? "an attention sink" : "adaptive computation time") +
                                                  ", which is not supported; use a model without it");
  }
  return {};
}

Result<std::optional<AdapterConfig>> readAdapterConfig(const fs::path& directory, CheckpointLayout& layout) {
  const fs::path path = directory / kAdapterConfigFile;
  if (!fileExists(path)) return std::optional<AdapterConfig>();
  const auto file = MappedFile::open(path);
  if (!file) return file.error();
  if (file->bytes().size() > kMaxAdapterConfigBytes) {
    return makeError(ErrorCode::kCorrupt, path.string() + " has " + std::to_string(file->bytes().size()) +
                                              " bytes; an adapter's config has at most " +
                                              std::to_string(kMaxAdapterConfigBytes));
  }
  auto config =
      parseAdapterConfig({reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size()}, path.string());
  if (!config) return config.error();
  layout.adapterIdentity += "\nadapter config " + sha256Hex(file->bytes());
  return std::optional(std::move(config).value());
}

Status addAdapterFile(const fs::path& directory, const NameContext& context, CheckpointLayout& layout,
                      Arranger& arranger) {
  const bool isTorch = !fileExists(directory / kAdapterFile);
  const char* name = isTorch ? kTorchAdapterFile : kAdapterFile;
  const fs::path path = directory / name;
  if (!fileExists(path)) return {};
  auto mapping = MappedFile::open(path);
  if (!mapping) return mapping.error();
  const auto file = std::make_shared<const MappedFile>(std::move(*mapping));
  auto parsed = parseWeightFile(file->bytes(), isTorch, path.string());
  if (!parsed) return parsed.error();
  for (const auto& [stored, view] : parsed->tensors) {
    if (Status added = arranger.add(stored, view, context, true); !added) return added;
  }
  layout.adapterFile = file;
  layout.adapterCopies = std::make_shared<const std::vector<Tensor>>(std::move(parsed->copies));
  layout.adapterIdentity += "\nadapter weights " + sha256Hex(file->bytes());
  layout.notes.push_back(std::string(name) + " beside the weights is applied to them");
  return {};
}

/// The base weights, or what to do about an adapter that came alone.
Result<std::shared_ptr<const Checkpoint>> openBase(const fs::path& directory) {
  auto base = Checkpoint::open(directory);
  if (base || base.error().code != ErrorCode::kNotFound) return base;
  if (!fileExists(directory / kAdapterFile) && !fileExists(directory / kTorchAdapterFile)) return base;
  return makeError(ErrorCode::kNotFound, directory.string() +
                                             " holds an adapter alone; put model.safetensors of the base model, with "
                                             "its memory, beside it");
}

/// Whether a view looks into these bytes.
bool isWithin(const TensorView& view, std::span<const std::byte> bytes) {
  const std::less<const std::byte*> before{};
  return !view.bytes.empty() && !before(view.bytes.data(), bytes.data()) &&
         before(view.bytes.data(), bytes.data() + bytes.size());
}

/// Copies views out of what was read of the adapter, which the checkpoint does not keep.
void ownAdapterTensors(const CheckpointLayout& layout, std::map<std::string, TensorView>& tensors,
                       std::vector<Tensor>& owned) {
  if (!layout.adapterFile) return;
  for (auto& [name, view] : tensors) {
    const bool isOfAdapter = isWithin(view, layout.adapterFile->bytes()) ||
                             std::ranges::any_of(*layout.adapterCopies, [&stored = view](const Tensor& copy) {
                               return isWithin(stored, copy.bytes());
                             });
    if (!isOfAdapter) continue;
    Tensor copy(view.dtype, view.shape);
    std::ranges::copy(view.bytes, copy.bytes().begin());
    view = copy.view();
    owned.push_back(std::move(copy));
  }
}

/// safetensors stores tensors that share memory once, under one of their names.
void untieEmbedding(std::map<std::string, TensorView>& tensors, std::vector<std::string>& notes) {
  const bool hasMemory = tensors.contains("memory_cell.memory");
  const std::string model = hasMemory ? "memory_cell.model." : "";
  const auto head = tensors.find(model + "lm_head.weight");
  if (head == tensors.end()) return;
  for (const char* table : {"model.embed_tokens.weight", "transformer.wte.weight"}) {
    const auto embedding = tensors.find(model + table);
    if (embedding == tensors.end()) continue;
    if (!std::ranges::equal(embedding->second.bytes, head->second.bytes)) {
      notes.emplace_back(
          "lm_head.weight differs from the embedding and is not used, because config.json says that the two are tied; "
          "if it was trained, set tie_word_embeddings = false there");
    }
    return;
  }
  const auto next = tensors.lower_bound(model + "transformer.");
  const bool isGpt2 = next != tensors.end() && next->first.starts_with(model + "transformer.");
  tensors.emplace(model + (isGpt2 ? "transformer.wte.weight" : "model.embed_tokens.weight"), head->second);
  notes.emplace_back("the embedding is stored as lm_head.weight only, because the two are tied");
}

bool isConv1D(std::string_view weight) {
  return weight.ends_with(".c_attn.weight") || weight.ends_with(".c_proj.weight") || weight.ends_with(".c_fc.weight");
}

Error missingSetting(const LoraPair& pair, const std::string& what, const std::string& flag) {
  return makeError(ErrorCode::kNotFound, "the weights hold LoRA matrices (" + inQuotes(pair.a.storedName) +
                                             "), and nothing says their " + what + "; pass --lora-" + flag +
                                             ", or put adapter_config.json into the model directory");
}

Result<Tensor> mergePair(const CheckpointLayout& layout, const LoraPair& pair, const AdapterConfig& adapter) {
  const std::string_view weight = pair.target;
  const std::string_view module = weight.substr(0, weight.size() - std::string_view(".weight").size());
  const auto alpha = alphaOf(adapter, module);
  if (!alpha) return missingSetting(pair, "alpha", "alpha");
  const std::int64_t stored = pair.a.view.shape.empty() ? 0 : pair.a.view.shape[0];
  const std::int64_t rank = rankOf(adapter, module).value_or(static_cast<int>(std::min<std::int64_t>(stored, 65536)));
  if (rank != stored || rank < 1) {
    return makeError(ErrorCode::kMismatch, "LoRA matrix " + inQuotes(pair.a.storedName) + " has shape " +
                                               toString(pair.a.view.shape) + ", which is not of rank " +
                                               std::to_string(rank) + "; correct the rank");
  }
  auto merged = mergeLora({layout.tensors.at(pair.target), pair.a.view, pair.b.view,
                           adapterScale(adapter, *alpha, static_cast<int>(rank)), isConv1D(weight)});
  return merged ? std::move(merged) : Result<Tensor>(merged.error().withContext("tensor " + inQuotes(pair.target)));
}

std::string lastPartOf(std::string_view weight) {
  weight.remove_suffix(std::string_view(".weight").size());
  return std::string(weight.substr(weight.find_last_of('.') + 1));
}

std::string factorText(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

Status refusePairs(const CheckpointLayout& layout, const AdapterConfig& adapter, bool tiedHead) {
  for (const LoraPair& pair : layout.pairs) {
    const std::string_view target = pair.target;
    const bool isHead = target.ends_with("lm_head.weight");
    const bool isEmbedding = target.ends_with("embed_tokens.weight") || target.ends_with(".wte.weight");
    if (!isEmbedding && !(isHead && tiedHead)) continue;
    return makeError(ErrorCode::kUnsupported, "LoRA of " + inQuotes(target) + " is not supported" +
                                                  (isHead ? ", because the head is tied to the embedding" : "") +
                                                  "; merge the adapter with the program that made it");
  }
  if (layout.adapterFile && !adapter.changedBase.empty()) {
    return makeError(ErrorCode::kUnsupported, "the adapter was begun with " + inQuotes(adapter.changedBase) +
                                                  ", which changed the base weights, and they are not stored with it; "
                                                  "merge the adapter with the program that made it");
  }
  return {};
}

}  // namespace

Result<CheckpointLayout> openCheckpointLayout(const fs::path& directory) {
  auto base = openBase(directory);
  if (!base) return base.error();
  CheckpointLayout layout;
  layout.base = std::move(base).value();
  const std::map<std::string, TensorView>& stored = layout.base->tensors();
  NameContext context;
  if (std::ranges::any_of(stored, [](const auto& entry) { return isGpt2Name(entry.first); })) {
    context.family = ModelFamily::kGpt2;
  }
  Arranger arranger(layout, directory.string());
  for (const auto& [name, view] : stored) {
    if (Status added = arranger.add(name, view, context, false); !added) return added.error();
  }
  context.memoryModel = layout.tensors.contains("memory_cell.memory");
  if (Status added = addAdapterFile(directory, context, layout, arranger); !added) return added.error();
  if (Status done = arranger.finish(); !done) return done.error();
  if (Status known = refuseUnknownParts(layout, directory.string()); !known) return known.error();
  if (!layout.pairs.empty()) {
    auto config = readAdapterConfig(directory, layout);
    if (!config) return config.error();
    layout.adapterConfig = std::move(config).value();
  }
  return layout;
}

AdapterConfig adapterSettings(const CheckpointLayout& layout, const ModelConfig& config) {
  AdapterConfig adapter = layout.adapterConfig.value_or(AdapterConfig{});
  if (config.lora.alpha) adapter.alpha = config.lora.alpha;
  if (config.lora.rank) adapter.rank = config.lora.rank;
  return adapter;
}

std::string configIdentity(const std::string& configText, const CheckpointLayout& layout) {
  Sha256 hash;
  hash.update(configText);
  hash.update(layout.adapterIdentity);
  return hash.hexDigest();
}

Result<std::shared_ptr<const Checkpoint>> mergeLayout(const CheckpointLayout& layout, const AdapterConfig& adapter,
                                                      bool tiedHead, std::vector<std::string>& notes) {
  if (Status possible = refusePairs(layout, adapter, tiedHead); !possible) return possible.error();
  std::map<std::string, TensorView> tensors = layout.tensors;
  std::vector<Tensor> owned;
  owned.reserve(layout.pairs.size());
  std::uint64_t bytes = 0;
  for (const LoraPair& pair : layout.pairs) {
    bytes += elementCount(layout.tensors.at(pair.target).shape).value_or(0) * sizeof(float);
  }
  if (Status enough = requireMemory(bytes, "merging the LoRA matrices into the weights"); !enough)
    return enough.error();
  std::set<std::string> modules;
  std::set<std::string> factors;
  for (const LoraPair& pair : layout.pairs) {
    auto merged = mergePair(layout, pair, adapter);
    if (!merged) return merged.error();
    tensors.at(pair.target) = merged->view();
    owned.push_back(std::move(merged).value());
    modules.insert(lastPartOf(pair.target));
    const std::string_view module = std::string_view(pair.target).substr(0, pair.target.size() - 7);
    factors.insert(
        factorText(adapterScale(adapter, *alphaOf(adapter, module), static_cast<int>(pair.a.view.shape[0]))));
  }
  if (!layout.pairs.empty()) {
    std::string names, scales;
    for (const std::string& module : modules) names += (names.empty() ? "" : ", ") + module;
    for (const std::string& factor : factors) scales += (scales.empty() ? "" : ", ") + factor;
    notes.push_back(counted(layout.pairs.size(), "LoRA pair was", "LoRA pairs were") + " merged into the weights (" +
                    names + "; factor " + scales + ")");
  }
  const std::size_t before = tensors.size();
  if (tiedHead) untieEmbedding(tensors, notes);
  if (!layout.changed && tensors.size() == before) return layout.base;
  ownAdapterTensors(layout, tensors, owned);
  return Checkpoint::derive(layout.base, std::move(tensors), std::move(owned));
}

}  // namespace tidemark
