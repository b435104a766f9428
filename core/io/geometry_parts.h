#pragma once

#include "core/base/error.h"
#include "core/field/geometry.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// An attribute that the geometry needs is missing, or no number that can be used.
Error unusableGeometry(const std::filesystem::path& file, const std::string& place, const std::string& name,
                       std::optional<double> found);

/// The number that was found. @throws Error (unusableGeometry) where there is none
double needed(std::optional<double> found, const std::filesystem::path& file, const std::string& place,
              const std::string& name);

/// In [0, 360).
double wrappedDegrees(double degrees);

/// Whether all rays point within half a degree of straight up: such a sweep is one over time
/// (SweepMode::VerticalPointing), whatever its azimuths are. Without rays it is not.
bool looksUp(const std::vector<double>& elevations);
bool looksUp(const std::vector<Ray>& rays);

/// @p count cells of one width, @p step (of either sign) each, from @p edge on.
Axis regularAxis(const std::string& name, AxisRole role, const std::string& unit, double edge, double step,
                 std::size_t count);

} // namespace embellie
