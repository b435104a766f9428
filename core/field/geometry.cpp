#include "core/field/geometry.h"

#include <cmath>
#include <functional>
#include <numeric>

namespace embellie {

double Ray::azimuth() const {
    const double width = std::remainder(azimuthStop - azimuthStart, 360.0);
    const double centre = std::fmod(azimuthStart + width / 2 + 720.0, 360.0);
    return centre;
}

const Axis* Grid::axis(AxisRole role) const {
    for (const Axis& candidate : axes)
        if (candidate.role == role)
            return &candidate;
    return nullptr;
}

std::vector<std::size_t> shapeOf(const Geometry& geometry) {
    struct Shape {
        std::vector<std::size_t> operator()(const Sweep& sweep) const {
            return {sweep.rays.size(), sweep.gates};
        }
        std::vector<std::size_t> operator()(const Grid& grid) const {
            std::vector<std::size_t> sizes;
            for (const Axis& axis : grid.axes)
                sizes.push_back(axis.size());
            return sizes;
        }
        std::vector<std::size_t> operator()(const Series& series) const {
            return {series.stations.size(), series.times.size()};
        }
        std::vector<std::size_t> operator()(const Track& track) const {
            return {track.latitudes.size(), track.levels.size()};
        }
    };
    return std::visit(Shape(), geometry);
}

std::size_t cellCount(const Geometry& geometry) {
    const auto shape = shapeOf(geometry);
    return std::accumulate(shape.begin(), shape.end(), std::size_t(1), std::multiplies<>());
}

std::vector<double> halfWayBounds(const std::vector<double>& centres, double lonely) {
    if (centres.empty())
        return {};
    if (centres.size() == 1)
        return {centres[0] - lonely / 2, centres[0] + lonely / 2};
    std::vector<double> bounds(centres.size() + 1);
    for (std::size_t i = 1; i < centres.size(); ++i)
        bounds[i] = (centres[i - 1] + centres[i]) / 2;
    bounds.front() = 2 * centres.front() - bounds[1];
    bounds.back() = 2 * centres.back() - bounds[centres.size() - 1];
    return bounds;
}

} // namespace embellie
