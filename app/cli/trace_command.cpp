// trace: what a model computes from token ids, tensor by tensor, for comparing engines and machines.

#include <filesystem>
#include <string>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_output.h"
#include "app/cli/model_options.h"
#include "app/cli/open_model.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"
#include "app/cli/token_file.h"
#include "app/cli/trace_run.h"
#include "engine/weights/safetensors.h"

namespace tidemark::cli {
namespace {

struct TraceSettings {
  std::filesystem::path model, tokens, question, out;
  BackendRequest backend;
  ModelSettings hints;
  int maxTokens = 16;
  std::string schedule = "diagonal";
  bool fullAttention = false;
  bool json = false;
};

CommandSyntax syntaxOf(TraceSettings& s) {
  CommandSyntax syntax;
  syntax.name = "trace";
  syntax.summary =
      "Reads token ids, answers a question given as token ids, and writes what was computed as a safetensors file:\n"
      "input_ids, logits, W_mem.after_segment_N, z.after_segment_N, question_ids, generated_ids, generated_logits,\n"
      "full_attention_logits. The answer is greedy and ends after --max-tokens only.";
  syntax.options = {
      required(text("model", "DIR", &s.model, "the model directory")),
      required(text("tokens", "IDS.json", &s.tokens, "a JSON list of token ids to read")),
      required(text("out", "FILE", &s.out, "the safetensors file to write")),
      text("question", "IDS.json", &s.question, "a JSON list of token ids to answer after reading"),
      integer("max-tokens", "N", &s.maxTokens, 1, 1'000'000, "tokens of the answer (default 16)"),
      choice("schedule", {"diagonal", "sequential"}, &s.schedule, "order of the cells; the result is the same"),
      choice("backend", {"auto", "cpu", "cuda"}, &s.backend.backend, "what computes (default auto)"),
      integer("threads", "N", &s.backend.threads, 1, kMostThreads, "compute threads (default: all cores)"),
      text("kernels", "NAME", &s.backend.kernels, "avx512, avx2 or plain (default: the fastest that runs here)"),
      flag("full-attention", &s.fullAttention,
           "also the same decoder without memory (GPT-2: its first n_positions tokens)"),
      flag("json", &s.json, "print one JSON object"),
  };
  append(syntax.options, modelOptions(s.hints));
  return syntax;
}

Status writeTrace(const std::filesystem::path& path, const Trace& trace) {
  std::vector<std::pair<std::string, TensorView>> views;
  for (const auto& [tensorName, tensor] : trace.tensors) views.emplace_back(tensorName, tensor.view());
  return writeSafetensors(path, views, {{"state_hash", trace.stateHash}});
}

Status printTrace(const TraceSettings& s, const Backend& backend, const Trace& trace) {
  Json tensors = Json::object();
  std::string lines;
  for (const auto& [tensorName, tensor] : trace.tensors) {
    tensors[tensorName] = {{"dtype", name(tensor.dtype())}, {"shape", tensor.shape()}};
    lines += tensorName + " " + std::string(name(tensor.dtype())) + " " + toString(tensor.shape()) + "\n";
  }
  if (!s.json) {
    return writeOutput(lines + (trace.stateHash.empty() ? "" : "state_hash " + trace.stateHash + "\n"));
  }
  Json object;
  object["out"] = s.out.string();
  object["tensors"] = std::move(tensors);
  object["state_hash"] = trace.stateHash.empty() ? Json() : Json(trace.stateHash);
  object["segments"] = trace.segments;
  object["schedule"] = s.schedule;
  object["backend"] = backend.name();
  object["backend_description"] = backend.description();
  object["precision"] = backend.precision();
  return printJson(object);
}

Status trace(const TraceSettings& s) {
  if (Status possible = checkBackend(s.backend); !possible) return possible;
  // The small files first: a wrong token is not worth packing a large model for.
  auto files = openModelFiles(s.model, hintsOf(s.hints));
  if (!files) return files.error();
  const ModelConfig config = files->config;
  const auto tokens = loadTokenFile(s.tokens, config.vocabularySize);
  if (!tokens) return tokens.error();
  Result<std::vector<TokenId>> question = std::vector<TokenId>{};
  if (!s.question.empty()) question = loadTokenFile(s.question, config.vocabularySize);
  if (!question) return question.error();
  reportNotes(files->notes);
  const auto chosen = openBackend(s.backend, config, std::move(files->weights));
  if (!chosen) return chosen.error();
  if (chosen->gpuFound) reportProgress(chosen->note);
  Backend& backend = *chosen->backend;
  TraceRequest request;
  request.tokens = *tokens;
  request.question = *question;
  request.maxTokens = s.maxTokens;
  request.schedule = s.schedule == "diagonal" ? Schedule::kDiagonal : Schedule::kSequential;
  request.fullAttention = s.fullAttention;
  request.cancelled = interrupted;
  const auto traced = runTrace(backend, request);
  if (!traced) return traced.error();
  if (Status written = writeTrace(s.out, *traced); !written) return written;
  return printTrace(s, backend, *traced);
}

}  // namespace

int runTrace(std::span<char* const> arguments) {
  TraceSettings settings;
  if (const auto status = handleArguments(syntaxOf(settings), arguments)) return *status;
  catchInterrupts();
  const Status done = trace(settings);
  return done ? kExitDone : reportError(done.error());
}

}  // namespace tidemark::cli
