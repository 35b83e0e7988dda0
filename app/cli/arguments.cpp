#include "app/cli/arguments.h"

#include <getopt.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <string_view>

#include "app/cli/closest_name.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"

namespace tidemark::cli {
namespace {

// getopt_long's return values: above every character, so that they are not taken for short options.
constexpr int kFirstOption = 256;

Error usageError(const std::string& message) {
  return makeError(ErrorCode::kInvalidArgument, message);
}

std::string shown(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : std::string(separator)) + part;
  return all;
}

template <typename T>
std::optional<T> parseWhole(std::string_view text) {
  T value{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Writes a value into its option's target.
struct Store {
  const Option& option;
  const std::string& value;

  Status operator()(const Option::Flag& kind) const {
    *kind.target = true;
    return {};
  }
  Status operator()(const Option::Text& kind) const {
    if (value.empty()) return usageError("--" + option.name + " needs a value, and it is empty");
    std::visit([this](auto* target) { *target = value; }, kind.target);
    return {};
  }
  Status operator()(const Option::Integer& kind) const {
    const auto parsed = parseWhole<std::int64_t>(value);
    if (!parsed || *parsed < kind.min || *parsed > kind.max) {
      return usageError("--" + option.name + " is '" + value + "'; it must be a whole number from " +
                        std::to_string(kind.min) + " to " + std::to_string(kind.max));
    }
    std::visit([&](auto* target) { *target = static_cast<std::remove_pointer_t<decltype(target)>>(*parsed); },
               kind.target);
    return {};
  }
  Status operator()(const Option::Number& kind) const {
    const auto parsed = parseWhole<double>(value);
    if (!parsed || !std::isfinite(*parsed) || *parsed < kind.min || *parsed > kind.max) {
      return usageError("--" + option.name + " is '" + value + "'; it must be a number from " + shown(kind.min) +
                        " to " + shown(kind.max));
    }
    *kind.target = *parsed;
    return {};
  }
  Status operator()(const Option::Choice& kind) const {
    if (std::find(kind.values.begin(), kind.values.end(), value) == kind.values.end()) {
      return usageError("--" + option.name + " is '" + value + "'; it can be " + joined(kind.values, ", "));
    }
    *kind.target = value;
    return {};
  }
};

/// Why getopt_long returned '?'.
Error unknownOption(const CommandSyntax& syntax, const std::string& typed) {
  if (optopt >= kFirstOption) {
    const Option& option = syntax.options[static_cast<std::size_t>(optopt - kFirstOption)];
    return usageError("--" + option.name + " takes no value");
  }
  if (optopt == 'h') return usageError("--help takes no value");
  if (optopt != 0) return usageError(std::string("unknown option -") + static_cast<char>(optopt));
  const std::string option = typed.substr(0, typed.find('='));
  const std::string name = option.substr(std::min<std::size_t>(2, option.size()));
  std::vector<std::string> names = {"help"};
  std::vector<std::string> completions;
  for (const Option& known : syntax.options) {
    names.push_back(known.name);
    if (known.name.starts_with(name)) completions.push_back("--" + known.name);
  }
  if (completions.size() > 1) return usageError(option + " could be " + joined(completions, " or "));
  const std::string closest = closestName(name, names);
  return usageError("unknown option " + option + (closest.empty() ? "" : "; did you mean --" + closest + "?"));
}

std::vector<option> longOptions(const CommandSyntax& syntax) {
  std::vector<option> table = {{"help", no_argument, nullptr, 'h'}};
  int value = kFirstOption;
  for (const Option& known : syntax.options) {
    table.push_back({known.name.c_str(), known.takesValue() ? required_argument : no_argument, nullptr, value++});
  }
  table.push_back({nullptr, 0, nullptr, 0});
  return table;
}

bool isOptionName(const CommandSyntax& syntax, std::string_view value) {
  return value.starts_with("--") && std::any_of(syntax.options.begin(), syntax.options.end(),
                                                [&](const Option& known) { return value.substr(2) == known.name; });
}

Status storePositionals(const Positionals& expected, std::span<char* const> given) {
  if (expected.target == nullptr) {
    if (given.empty()) return {};
    return usageError("unexpected argument '" + std::string(given.front()) + "'");
  }
  if (given.size() < expected.min) return usageError(expected.placeholder + " is missing: " + expected.help);
  if (given.size() > expected.max) {
    return usageError("unexpected argument '" + std::string(given[expected.max]) + "' after " + expected.placeholder +
                      "; put quotes around text with spaces");
  }
  expected.target->assign(given.begin(), given.end());
  return {};
}

}  // namespace

Option flag(std::string name, bool* target, std::string help) {
  return {std::move(name), "", std::move(help), Option::Flag{target}};
}

Option text(std::string name, std::string placeholder, std::variant<std::string*, std::filesystem::path*> target,
            std::string help) {
  return {std::move(name), std::move(placeholder), std::move(help), Option::Text{target}};
}

Option integer(std::string name, std::string placeholder, std::variant<int*, std::int64_t*> target, std::int64_t min,
               std::int64_t max, std::string help) {
  return {std::move(name), std::move(placeholder), std::move(help), Option::Integer{target, min, max}};
}

Option number(std::string name, std::string placeholder, double* target, double min, double max, std::string help) {
  return {std::move(name), std::move(placeholder), std::move(help), Option::Number{target, min, max}};
}

Option choice(std::string name, std::vector<std::string> values, std::string* target, std::string help) {
  std::string placeholder = joined(values, "|");
  return {std::move(name), std::move(placeholder), std::move(help), Option::Choice{target, std::move(values)}};
}

Option required(Option option) {
  option.required = true;
  return option;
}

Result<ParseOutcome> parseArguments(const CommandSyntax& syntax, std::span<char* const> arguments) {
  const std::vector<option> table = longOptions(syntax);
  std::vector<char*> words(arguments.begin(), arguments.end());  // getopt_long moves positionals to the end
  words.push_back(nullptr);
  const int count = static_cast<int>(arguments.size());
  std::set<std::string> given;
  optind = 0;  // glibc: forget whatever was parsed before
  opterr = 0;
  while (true) {
    const int found = getopt_long(count, words.data(), ":h", table.data(), nullptr);
    if (found == -1) break;
    if (found == 'h') return ParseOutcome::kHelp;
    const std::string typed = words[static_cast<std::size_t>(optind - 1)];
    if (found == '?') return unknownOption(syntax, typed);
    const int index = (found == ':' ? optopt : found) - kFirstOption;
    const Option& known = syntax.options[static_cast<std::size_t>(index)];
    if (found == ':' || (optarg != nullptr && isOptionName(syntax, optarg))) {
      return usageError("--" + known.name + " needs a value: " + known.placeholder);
    }
    const std::string value = optarg != nullptr ? optarg : "";
    if (Status stored = std::visit(Store{known, value}, known.kind); !stored) return stored.error();
    given.insert(known.name);
  }
  for (const Option& known : syntax.options) {
    if (known.required && !given.contains(known.name)) {
      return usageError("--" + known.name + " " + known.placeholder + " is missing: " + known.help);
    }
  }
  const std::span<char* const> rest =
      std::span(words).subspan(static_cast<std::size_t>(optind), static_cast<std::size_t>(count - optind));
  if (Status stored = storePositionals(syntax.positionals, rest); !stored) return stored.error();
  return ParseOutcome::kRun;
}

std::string helpText(const CommandSyntax& syntax) {
  std::string usage = "Usage: tidemark-cli " + syntax.name;
  for (const Option& known : syntax.options) {
    if (known.required) usage += " --" + known.name + " " + known.placeholder;
  }
  const Positionals& positionals = syntax.positionals;
  if (positionals.target != nullptr) {
    usage += positionals.min == 0 ? " [" + positionals.placeholder + "]" : " " + positionals.placeholder;
  }
  std::vector<std::pair<std::string, std::string>> lines;
  if (positionals.target != nullptr) lines.emplace_back(positionals.placeholder, positionals.help);
  for (const Option& known : syntax.options) {
    lines.emplace_back("--" + known.name + (known.takesValue() ? " " + known.placeholder : ""), known.help);
  }
  lines.emplace_back("-h, --help", "show this text");
  constexpr std::size_t kHelpColumn = 30;
  std::string body;
  for (const auto& [left, right] : lines) {
    body += "  " + left;
    body += left.size() + 4 > kHelpColumn ? "\n" + std::string(kHelpColumn, ' ')
                                          : std::string(kHelpColumn - left.size() - 2, ' ');
    body += right + "\n";
  }
  return usage + " [OPTIONS]\n\n" + syntax.summary + "\n\n" + body;
}

std::optional<int> handleArguments(const CommandSyntax& syntax, std::span<char* const> arguments) {
  const auto outcome = parseArguments(syntax, arguments);
  if (!outcome) return reportUsage(syntax.name, outcome.error());
  if (*outcome == ParseOutcome::kRun) return std::nullopt;
  if (Status written = writeOutput(helpText(syntax)); !written) return reportError(written.error());
  return kExitDone;
}

}  // namespace tidemark::cli
