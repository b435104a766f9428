#pragma once

#include <filesystem>
#include <optional>

namespace embellie {

/// Above which probability a run's predictions keep an echo, in thousandths (see ProbabilitySteps).
struct RunThreshold {
    int trained = 0; ///< as the run has it of itself
    int chosen = 0;  ///< what predictions take: the user's own choice, else the run's
};

/// Of a task that has such a setting: "<task>.threshold", from 0 to 1. Nothing for others. @throws Error
std::optional<RunThreshold> readRunThreshold(const std::filesystem::path& run);
/// For all later predictions of the run, here and by embellie-cli. The run's own value takes the choice back.
/// @throws Error
void chooseRunThreshold(const std::filesystem::path& run, int step);

} // namespace embellie
