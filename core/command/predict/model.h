#pragma once

#include "core/base/feedback.h"

#include <filesystem>

namespace embellie {

/// predict --model: the run that holds this model of somebody else (core/network/script/script.h), an earlier
/// one of the same content or a new one in the folder of runs ($EMBELLIE_RUNS, else ~/embellie/runs), where
/// Judge finds it. @throws Error
std::filesystem::path runOfModel(const std::filesystem::path& file, Feedback& feedback);

} // namespace embellie
