#pragma once
// A subcommand's options as a table: what they are called, what they accept, where the value goes. Parsing is
// getopt_long's
// (--name VALUE, --name=VALUE, unambiguous abbreviations, "--" ends options); help and checks come from the table.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/result.h"

namespace tidemark::cli {

/// Made by flag(), text(), integer(), number() and choice(). Targets keep their value when the option is not given, so
/// whatever stands in them before is the default.
struct Option {
  struct Flag {
    bool* target = nullptr;
  };
  struct Text {
    std::variant<std::string*, std::filesystem::path*> target;
  };
  struct Integer {
    std::variant<int*, std::int64_t*> target;
    std::int64_t min = 0;
    std::int64_t max = 0;
  };
  struct Number {
    double* target = nullptr;
    double min = 0;
    double max = 0;
  };
  struct Choice {
    std::string* target = nullptr;
    std::vector<std::string> values;
  };

  std::string name;         // without the dashes
  std::string placeholder;  // of the value, in help
  std::string help;         // one line
  std::variant<Flag, Text, Integer, Number, Choice> kind;
  bool required = false;

  [[nodiscard]] bool takesValue() const { return !std::holds_alternative<Flag>(kind); }
};

[[nodiscard]] Option flag(std::string name, bool* target, std::string help);
[[nodiscard]] Option text(std::string name, std::string placeholder,
                          std::variant<std::string*, std::filesystem::path*> target, std::string help);
[[nodiscard]] Option integer(std::string name, std::string placeholder, std::variant<int*, std::int64_t*> target,
                             std::int64_t min, std::int64_t max, std::string help);
[[nodiscard]] Option number(std::string name, std::string placeholder, double* target, double min, double max,
                            std::string help);
[[nodiscard]] Option choice(std::string name, std::vector<std::string> values, std::string* target, std::string help);
/// The same option, without which the command does not run.
[[nodiscard]] Option required(Option option);

/// What stands beside the options, in order.
struct Positionals {
  std::string placeholder;  // as help shows it: "QUESTION", "FILE..."
  std::string help;
  std::vector<std::string>* target = nullptr;  // nullptr: none are accepted
  std::size_t min = 0;
  std::size_t max = SIZE_MAX;
};

struct CommandSyntax {
  std::string name;
  std::string summary;  // one or two sentences
  Positionals positionals;
  std::vector<Option> options;  // --help is added to every table
};

enum class ParseOutcome { kRun, kHelp };

/// Parses arguments[1 ..] into the targets. Errors: kInvalidArgument, one sentence.
[[nodiscard]] Result<ParseOutcome> parseArguments(const CommandSyntax& syntax, std::span<char* const> arguments);

[[nodiscard]] std::string helpText(const CommandSyntax& syntax);

/// Parses, and does what is the same in every command: nothing if it should run, otherwise the exit status after help
/// or a usage error was printed.
[[nodiscard]] std::optional<int> handleArguments(const CommandSyntax& syntax, std::span<char* const> arguments);

}  // namespace tidemark::cli
