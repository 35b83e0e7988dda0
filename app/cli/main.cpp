// tidemark-cli: the engine without a window. This file only finds the subcommand.

#include <array>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include "app/cli/closest_name.h"
#include "app/cli/commands.h"
#include "app/cli/process_setup.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"
#include "engine/backend/cuda_loader/cuda_loader.h"

namespace tidemark::cli {
namespace {

struct Command {
  const char* name;
  const char* help;
  int (*run)(std::span<char* const> arguments);
};

// One line per subcommand, in the order of the help text.
constexpr Command kCommands[] = {
    {"read", "documents into the memory of a session, resumable", runRead},
    {"ask", "a question, answered from a session's memory", runAsk},
    {"sessions", "what session files hold, and whether they are whole", runSessions},
    {"extract", "the text of a document and how much of it was taken", runExtract},
    {"inspect", "what a model is and whether it can run", runInspect},
    {"trace", "the named tensors of a run, as a safetensors file", runTrace},
    {"bench", "how fast this machine reads, with random weights", runBench},
    {"eval", "how well a model finds facts in long texts (BABILong)", runEval},
};

std::string helpText() {
  std::string text = "Usage: tidemark-cli COMMAND [OPTIONS]\n\nAsks questions of very long documents.\n\n";
  for (const Command& command : kCommands) {
    const std::string name = command.name;
    text += "  " + name + std::string(12 - name.size(), ' ') + command.help + "\n";
  }
  return text +
         "\ntidemark-cli COMMAND --help says more about one; --version says what this program was built with.\n"
         "Exit status: 0 done, 1 failed, 2 wrong usage, 3 cancelled.\n";
}

std::string versionText() {
  std::string text = std::string("tidemark ") + TM_VERSION + "\nbackends: ";
  text += cudaModuleIsBuilt() ? "cpu, cuda (" + describeCuda() + ")\n" : "cpu (CUDA left out of this build)\n";
  text += TM_HAVE_SQLITE ? "session files: yes\n" : "session files: no, SQLite was left out of this build\n";
  text += TM_HAVE_SENTENCEPIECE ? "tokenizer.model: yes\n"
                                : "tokenizer.model: no, SentencePiece was left out of this build\n";
  text += TM_HAVE_PCRE2 ? "tokenizer.json: yes\n" : "tokenizer.json: no, PCRE2 was left out of this build\n";
  return text;
}

const Command* findCommand(const std::string& name) {
  for (const Command& command : kCommands) {
    if (name == command.name) return &command;
  }
  return nullptr;
}

Error unknownCommand(const std::string& name) {
  std::vector<std::string> names;
  std::string list;
  for (const Command& command : kCommands) {
    names.emplace_back(command.name);
    list += (list.empty() ? "" : ", ") + names.back();
  }
  const std::string closest = closestName(name, names);
  return makeError(ErrorCode::kInvalidArgument,
                   "unknown command '" + name + "'; " +
                       (closest.empty() ? "the commands are " + list : "did you mean " + closest + "?"));
}

int print(const std::string& text) {
  const Status written = writeOutput(text);
  return written ? kExitDone : reportError(written.error());
}

/// `help` alone, or `help COMMAND`, which is COMMAND --help.
int runHelp(std::span<char* const> arguments) {
  if (arguments.size() < 2) return print(helpText());
  const Command* command = findCommand(arguments[1]);
  if (command == nullptr) return reportUsage("", unknownCommand(arguments[1]));
  std::string option = "--help";
  const std::array<char*, 2> words = {arguments[1], option.data()};
  return command->run(words);
}

int dispatch(std::span<char* const> arguments) {
  if (arguments.empty()) return reportUsage("", makeError(ErrorCode::kInvalidArgument, "no command was given"));
  const std::string first = arguments.front();
  if (first == "--help" || first == "-h") return print(helpText());
  if (first == "--version") return print(versionText());
  if (first == "help") return runHelp(arguments);
  if (first.starts_with("-")) {
    return reportUsage("",
                       makeError(ErrorCode::kInvalidArgument, "unknown option " + first + "; a command comes first"));
  }
  const Command* command = findCommand(first);
  if (command == nullptr) return reportUsage("", unknownCommand(first));
  return command->run(arguments);
}

}  // namespace
}  // namespace tidemark::cli

int main(int argc, char** argv) {
  using tidemark::ErrorCode;
  using tidemark::makeError;
  tidemark::cli::setUpProcess();
  try {
    const std::span<char* const> words(argv, static_cast<std::size_t>(argc));
    return tidemark::cli::dispatch(words.empty() ? words : words.subspan(1));
  } catch (const std::bad_alloc&) {
    return tidemark::cli::reportError(makeError(
        ErrorCode::kOutOfMemory, "there is not enough memory; close other programs or choose a smaller model"));
  } catch (const std::system_error& error) {  // from the standard library's threads
    return tidemark::cli::reportError(makeError(
        ErrorCode::kOutOfMemory, std::string("a thread could not be started: ") + error.what() +
                                     "; allow more memory or processes, or ask for fewer threads with --threads"));
  } catch (const std::exception& error) {
    return tidemark::cli::reportError(
        makeError(ErrorCode::kInternal, std::string("something failed that should not: ") + error.what()));
  }
}
