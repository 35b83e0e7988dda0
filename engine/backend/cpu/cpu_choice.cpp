#include "engine/backend/cpu/cpu_choice.h"

#include <algorithm>
#include <string>
#include <thread>

namespace tidemark::cpu {
namespace {

constexpr int kMostThreads = 1024;

}  // namespace

Result<const KernelTable*> chooseKernels(std::string_view wanted) {
  const KernelChoice choice = availableKernels();
  std::string known;
  for (int i = 0; i < choice.count; ++i) {
    if (wanted.empty() || wanted == choice.tables[i]->name) return choice.tables[i];
    known += (i > 0 ? ", " : "") + std::string(choice.tables[i]->name);
  }
  return makeError(ErrorCode::kInvalidArgument,
                   "kernels '" + std::string(wanted) + "' do not run on this machine; these do: " + known);
}

Result<int> chooseThreads(int wanted) {
  if (wanted == 0) return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  if (wanted < 1 || wanted > kMostThreads) {
    return makeError(ErrorCode::kInvalidArgument,
                     std::to_string(wanted) + " threads were asked for; choose 1 to " + std::to_string(kMostThreads));
  }
  return wanted;
}

}  // namespace tidemark::cpu
