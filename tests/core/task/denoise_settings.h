#pragma once

#include "core/task/denoise/moments.h"

#include <limits>
#include <string>

namespace embellie::test {

inline constexpr float None = std::numeric_limits<float>::quiet_NaN();

/// The task's defaults with these further moments.
inline Settings denoiseSettings(const std::string& moments) {
    Settings settings(taskOf("denoise").settings);
    settings.setText("denoise.moments", moments);
    return settings;
}

inline denoise::ChosenMoments chosenOf(const std::string& moments) {
    return denoise::chosenMoments(denoiseSettings(moments));
}

} // namespace embellie::test
