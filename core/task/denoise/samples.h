#pragma once

#include "core/task/denoise/mixture.h"
#include "core/task/task.h"

namespace embellie::denoise {

MixtureRule mixtureRule(const Settings& settings);

/// The sample maker of the task denoise. @throws Error, Cancelled
std::unique_ptr<SampleMaker> makeSamples(const Settings& settings, const DataByRole& data, std::uint64_t seed,
                                         Feedback& feedback);

} // namespace embellie::denoise
