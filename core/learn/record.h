#pragma once

#include "core/learn/run_setup.h"
#include "core/run/run_writer.h"

namespace embellie {

/// data.jsonl and split.json: what was read, with hashes, and what it serves for. On a later attempt the
/// files are compared with what was recorded. @return a sentence for each file that changed since @throws
/// Error, Cancelled
std::vector<std::string> recordData(const RunPaths& paths, const SampleMaker& samples, Feedback& feedback);

/// weights.safetensors (with task, network and settings in its metadata) and card.md. @throws Error
void writeBest(const RunPaths& paths, const RunSetup& setup, TaskLearn& task, const RunState& state,
               const SampleMaker& samples, const std::map<std::string, double>& baseline);

/// samples/N/{raw,result,reference}.h5 of the first validation cases, by the weights as they are. @throws
/// Error, Cancelled
void writeSamples(const RunPaths& paths, std::int64_t count, TaskLearn& task, const SampleMaker& samples,
                  Feedback& feedback);

} // namespace embellie
