#pragma once

#include "core/task/denoise/moments.h"
#include "core/task/sample_random.h"

#include <optional>
#include <span>
#include <string>

// Reflectivity in the sweep above, which the task may look at as a further moment: rain reaches up there, and
// the ground, the sea and masts mostly do not.
namespace embellie::denoise {

inline constexpr const char* AloftId = "aloft";
/// dBZ that says that there is no echo above, which is not the same as not knowing.
inline constexpr float NothingAloft = -40;

/// Which of sweeps at @p angles (degrees) is looked at as the one above @p angle: that nearest to 1 degree
/// higher, among those 0.35 to 2.1 degrees higher.
std::optional<std::size_t> sweepAbove(double angle, std::span<const double> angles);

/// Two echoes aloft, each in dB against its own echo below (NaN: unknown), summed: dBZ.
float aloftSum(float powerA, float aloftA, float powerB, float aloftB);

/// What @p all (dBZ) has beside @p rain on the same cells, in linear Z; less than 3 % is rounding and no echo.
Field restOf(const Field& all, const Field& rain);

} // namespace embellie::denoise
