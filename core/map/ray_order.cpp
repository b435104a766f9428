#include "core/map/ray_order.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

namespace embellie {

std::vector<std::size_t> raysByAzimuth(const Sweep& sweep) {
    std::vector<std::size_t> order(sweep.rays.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return sweep.mode == SweepMode::Rhi ? sweep.rays[a].elevation < sweep.rays[b].elevation
                                            : sweep.rays[a].azimuth() < sweep.rays[b].azimuth();
    });
    return order;
}

std::vector<std::size_t> wholeCircle(const Sweep& sweep) {
    const std::vector<std::size_t> order = raysByAzimuth(sweep);
    if (sweep.mode == SweepMode::Rhi || order.size() < LeastCircle)
        return order;
    std::vector<double> steps;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double step =
            sweep.rays[order[(i + 1) % order.size()]].azimuth() - sweep.rays[order[i]].azimuth();
        steps.push_back(i + 1 < order.size() ? step : step + 360);
    }
    // An antenna that dwells, or turns several times in one sweep, has rays that all but coincide.
    constexpr double Coinciding = 0.05; // degrees
    std::vector<double> sorted;
    std::copy_if(steps.begin(), steps.end(), std::back_inserter(sorted),
                 [](double step) { return step >= Coinciding; });
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const double usual = *middle;
    constexpr double Wide = 3; // steps: narrower gaps are an antenna's unevenness
    constexpr std::size_t Most = 720;
    std::vector<std::size_t> circle;
    for (std::size_t i = 0; i < order.size(); ++i) {
        circle.push_back(order[i]);
        if (steps[i] > Wide * usual)
            circle.insert(circle.end(),
                          std::min(Most, static_cast<std::size_t>(std::lround(steps[i] / usual)) - 1), NoRay);
    }
    return circle;
}

} // namespace embellie
