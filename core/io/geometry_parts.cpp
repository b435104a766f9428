#include "core/io/geometry_parts.h"

#include <algorithm>
#include <cmath>

namespace embellie {

Error unusableGeometry(const std::filesystem::path& file, const std::string& place, const std::string& name,
                       std::optional<double> found) {
    Error error(text(EMBELLIE_TR("io", "the geometry can't be used: {0}"), name));
    error.in(file, place).expected(text(EMBELLIE_TR("io", "a number")));
    error.found(found ? text(EMBELLIE_TR("io", "{0}"), *found) : text(EMBELLIE_TR("io", "nothing")));
    return error.remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
}

double needed(std::optional<double> found, const std::filesystem::path& file, const std::string& place,
              const std::string& name) {
    if (!found || !std::isfinite(*found))
        throw unusableGeometry(file, place, name, found);
    return *found;
}

double wrappedDegrees(double degrees) {
    const double rest = std::fmod(degrees, 360);
    return rest < 0 ? rest + 360 : rest;
}

bool looksUp(const std::vector<double>& elevations) {
    constexpr double near = 0.5; // degrees
    return !elevations.empty() && std::all_of(elevations.begin(), elevations.end(), [](double elevation) {
        return std::abs(elevation - 90) < near;
    });
}

bool looksUp(const std::vector<Ray>& rays) {
    std::vector<double> elevations;
    for (const Ray& ray : rays)
        elevations.push_back(ray.elevation);
    return looksUp(elevations);
}

Axis regularAxis(const std::string& name, AxisRole role, const std::string& unit, double edge, double step,
                 std::size_t count) {
    Axis axis{name, role, unit, {}, {}};
    for (std::size_t i = 0; i <= count; ++i)
        axis.bounds.push_back(edge + step * static_cast<double>(i));
    for (std::size_t i = 0; i < count; ++i)
        axis.centres.push_back((axis.bounds[i] + axis.bounds[i + 1]) / 2);
    return axis;
}

} // namespace embellie
