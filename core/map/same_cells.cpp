#include "core/map/same_cells.h"

#include "core/map/radar.h"

#include <algorithm>
#include <cmath>

namespace embellie {

/// Median of the angles between neighbours.
static double usualSpacing(std::vector<double> angles) {
    std::sort(angles.begin(), angles.end());
    std::vector<double> gaps;
    for (std::size_t i = 1; i < angles.size(); ++i)
        gaps.push_back(angles[i] - angles[i - 1]);
    if (gaps.empty())
        return 360;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return *middle;
}

FieldPtr onCellsOf(const Sweep& sweep, FieldPtr other) {
    const Sweep* const theirs = other->sweep();
    if (!theirs)
        return other;
    const std::size_t rays = sweep.rays.size();
    if (theirs->rays.size() != rays || theirs->gates != sweep.gates || theirs->mode != sweep.mode ||
        std::abs(theirs->gateMeters - sweep.gateMeters) > 0.01 * sweep.gateMeters ||
        std::abs(theirs->firstGateMeters - sweep.firstGateMeters) > 0.5 * sweep.gateMeters)
        return nullptr;
    const bool isRhi = sweep.mode == SweepMode::Rhi;
    const auto angle = [&](const Ray& ray) { return isRhi ? ray.elevation : ray.azimuth(); };
    std::vector<double> angles;
    for (const Ray& ray : sweep.rays)
        angles.push_back(angle(ray));
    const double near = 0.75 * usualSpacing(std::move(angles)); // antennas are uneven
    const auto apart = [&](std::size_t own, std::size_t their) {
        return std::abs(std::remainder(angle(sweep.rays[own]) - angle(theirs->rays[their]), 360));
    };
    bool isSame = true;
    for (std::size_t ray = 0; ray < rays && isSame; ++ray)
        isSame = apart(ray, ray) <= near;
    if (isSame || sweep.mode == SweepMode::VerticalPointing)
        return other;
    const RayIndex index(*theirs);
    std::vector<std::size_t> rows;
    std::vector<bool> taken(rays);
    for (std::size_t ray = 0; ray < rays; ++ray) {
        const auto row = index.find(angle(sweep.rays[ray]));
        if (!row || taken[*row])
            return nullptr;
        taken[*row] = true;
        rows.push_back(*row);
    }
    Sweep ordered = *theirs;
    std::vector<float> values(other->size());
    std::vector<State> states(other->size());
    for (std::size_t ray = 0; ray < rays; ++ray) {
        ordered.rays[ray] = theirs->rays[rows[ray]];
        const auto from = static_cast<std::ptrdiff_t>(rows[ray] * sweep.gates),
                   to = static_cast<std::ptrdiff_t>(ray * sweep.gates);
        std::copy_n(other->values().begin() + from, sweep.gates, values.begin() + to);
        std::copy_n(other->states().begin() + from, sweep.gates, states.begin() + to);
    }
    return std::make_shared<const Field>(other->quantity(), std::move(ordered), other->time(),
                                         std::move(values), std::move(states), other->origin());
}

} // namespace embellie
