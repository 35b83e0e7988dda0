#pragma once
// What a request for kernels and threads comes to on this machine.

#include <string_view>

#include "engine/backend/cpu/kernels/kernel_table.h"
#include "engine/base/result.h"

namespace tidemark::cpu {

/// The table of that name, or the fastest when it is empty. Errors: kInvalidArgument, naming those that run here.
[[nodiscard]] Result<const KernelTable*> chooseKernels(std::string_view wanted);
/// 0 is as many as the machine has. Errors: kInvalidArgument with the range.
[[nodiscard]] Result<int> chooseThreads(int wanted);

}  // namespace tidemark::cpu
