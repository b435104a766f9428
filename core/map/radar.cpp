#include "core/map/radar.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <geodesic.h>

namespace embellie {

namespace {

constexpr double RadiansPerDegree = std::numbers::pi / 180;

const geod_geodesic& wgs84() {
    static const geod_geodesic ellipsoid = [] {
        geod_geodesic made;
        geod_init(&made, 6378137.0, 1 / 298.257223563);
        return made;
    }();
    return ellipsoid;
}

double turned(double degrees) {
    const double rest = std::fmod(degrees, 360.0);
    return rest < 0 ? rest + 360.0 : rest;
}

double medianOf(std::vector<double> numbers) {
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    return *middle;
}

} // namespace

BeamPoint beamPoint(double rangeMeters, double elevation, double antennaMeters) {
    const double angle = elevation * RadiansPerDegree;
    const double centre =
        EffectiveEarthRadiusMeters + antennaMeters; // from the centre of the effective Earth
    const double up = rangeMeters * std::sin(angle), along = rangeMeters * std::cos(angle);
    // hypot - R written so that a range of zero gives the antenna's height without cancellation.
    const double distance = std::hypot(centre + up, along);
    const double rise = (rangeMeters * rangeMeters + 2 * centre * up) / (distance + centre);
    return {antennaMeters + rise, EffectiveEarthRadiusMeters * std::atan2(along, centre + up)};
}

double rangeAtGround(double groundMeters, double elevation, double antennaMeters) {
    const double angle = elevation * RadiansPerDegree;
    const double arc = groundMeters / EffectiveEarthRadiusMeters;
    if (groundMeters <= 0)
        return 0;
    if (angle + arc >= std::numbers::pi / 2 - 1e-12)
        return std::numeric_limits<double>::infinity();
    return (EffectiveEarthRadiusMeters + antennaMeters) * std::sin(arc) / std::cos(angle + arc);
}

GeoPoint geodesicForward(const GeoPoint& from, double azimuth, double meters) {
    GeoPoint to;
    geod_direct(&wgs84(), from.latitude, from.longitude, azimuth, meters, &to.latitude, &to.longitude,
                nullptr);
    return to;
}

Bearing geodesicInverse(const GeoPoint& from, const GeoPoint& to) {
    Bearing bearing;
    geod_inverse(&wgs84(), from.latitude, from.longitude, to.latitude, to.longitude, &bearing.meters,
                 &bearing.azimuth, nullptr);
    bearing.azimuth = turned(bearing.azimuth);
    return bearing;
}

GatePlace gatePlace(const Sweep& sweep, std::size_t ray, std::size_t gate) {
    GatePlace found;
    found.azimuth = sweep.rays[ray].azimuth();
    found.elevation = sweep.rays[ray].elevation;
    found.rangeMeters = sweep.firstGateMeters + sweep.gateMeters * static_cast<double>(gate);
    const BeamPoint beam = beamPoint(found.rangeMeters, found.elevation, sweep.site.heightMeters);
    found.groundMeters = beam.groundMeters;
    found.heightMeters = beam.heightMeters;
    found.place =
        geodesicForward({sweep.site.latitude, sweep.site.longitude}, found.azimuth, found.groundMeters);
    return found;
}

RayIndex::RayIndex(const Sweep& sweep) {
    const bool rhi = sweep.mode == SweepMode::Rhi;
    const std::size_t count = sweep.rays.size();
    std::vector<double> centres(count), widths(count, 0);
    for (std::size_t ray = 0; ray < count; ++ray) {
        const Ray& known = sweep.rays[ray];
        centres[ray] = turned(rhi ? known.elevation : known.azimuth());
        if (!rhi)
            widths[ray] = std::abs(std::remainder(known.azimuthStop - known.azimuthStart, 360.0));
    }
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return centres[a] < centres[b]; });
    std::vector<double> gaps(count); // from a ray to the next one round the circle
    for (std::size_t i = 0; i < count; ++i)
        gaps[i] = turned(centres[order[(i + 1) % count]] - centres[order[i]]);
    const double usual = count > 1 ? medianOf(gaps) : sweep.beamWidth.value_or(1.0);
    const auto side = [&](double gap) { return gap <= 1.5 * usual && count > 1 ? gap / 2 : usual / 2; };

    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t ray = order[i];
        double before = widths[ray] / 2, after = widths[ray] / 2;
        if (widths[ray] <= 0) {
            before = side(gaps[(i + count - 1) % count]);
            after = side(gaps[i]);
        }
        const double from = turned(centres[ray] - before);
        m_covers.push_back({from, from + before + after, ray, from + before});
        m_widest = std::max(m_widest, before + after);
    }
    std::stable_sort(m_covers.begin(), m_covers.end(),
                     [](const Cover& a, const Cover& b) { return a.from < b.from; });
    m_slack = usual / 20;
}

std::optional<std::size_t> RayIndex::find(double angle) const {
    if (m_covers.empty() || !std::isfinite(angle))
        return std::nullopt;
    angle = turned(angle);
    for (const double slack : {0.0, m_slack}) { // the slack closes slivers between rounded edges
        std::optional<std::size_t> best;
        double nearest = std::numeric_limits<double>::infinity();
        // The second and third round find covers that pass 360 degrees, or slack that reaches below 0.
        for (const double position : {angle, angle + 360.0, angle - 360.0}) {
            auto cover = std::upper_bound(m_covers.begin(), m_covers.end(), position + slack,
                                          [](double value, const Cover& each) { return value < each.from; });
            while (cover != m_covers.begin()) {
                --cover;
                if (cover->from < position - m_widest - slack)
                    break;
                const double distance = std::abs(position - cover->centre);
                if (position <= cover->to + slack && distance < nearest) {
                    nearest = distance;
                    best = cover->ray;
                }
            }
        }
        if (best)
            return best;
    }
    return std::nullopt;
}

std::vector<std::int32_t> RayIndex::table(std::size_t steps) const {
    std::vector<std::int32_t> rays(steps, -1);
    for (std::size_t step = 0; step < steps; ++step)
        if (const auto ray = find((static_cast<double>(step) + 0.5) * 360.0 / static_cast<double>(steps)))
            rays[step] = static_cast<std::int32_t>(*ray);
    return rays;
}

} // namespace embellie
