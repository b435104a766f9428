#pragma once

#include "core/learn/run_setup.h"
#include "core/learn/task_learn.h"

#include <map>
#include <string>

namespace embellie {

/// card.md of a run, for people who meet its weights without the rest: what they are, how they were made and
/// from which data, how good they are, for what not, and the lines of Python that use them. @p weights are
/// the trained numbers; data.jsonl is there. @throws Error
std::string trainedCard(const RunPaths& paths, const RunSetup& setup, std::int64_t weights,
                        const RunState& state, const SampleMaker& samples,
                        const std::map<std::string, double>& baseline);

/// Numbers that a task's optimisers change.
std::int64_t trainedNumbers(TaskLearn& task);

} // namespace embellie
