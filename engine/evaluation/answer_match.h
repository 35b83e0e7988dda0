#pragma once
// Whether an answer is right, by the rule of BABILong (arXiv:2402.10790; babilong/metrics.py): of the answer's first
// sentence, in lower case, only the labels of the task count; those that the question itself mentions do not; and the
// target must be the only one left. A target of several labels ("apple,milk") needs exactly these.
//
// One difference: a label that stands only inside a longer label of the same task is not mentioned. Otherwise "none"
// would also mention "one" (task qa7) and could never be right.

#include <string>
#include <string_view>
#include <vector>

#include "engine/evaluation/babi_task.h"

namespace tidemark {

/// Lower case, sorted, each once.
using LabelSet = std::vector<std::string>;

/// The labels of bAbI task `name` ("qa1" to "qa20"), and every answer that the file has: all that can be right.
[[nodiscard]] LabelSet taskLabels(std::string_view name, const BabiTask& task);

[[nodiscard]] bool isRightAnswer(std::string_view target, std::string_view answer, std::string_view question,
                                 const LabelSet& labels);

}  // namespace tidemark
