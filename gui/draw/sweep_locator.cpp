#include "gui/draw/kernels.h"
#include "gui/draw/locator.h"
#include "gui/draw/plane_mesh.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace embellie {

namespace {

/// Slivers narrower than this (degrees) between two rays are shared by them: start and stop azimuths are
/// rounded.
constexpr double SliverDegrees = 0.05;
constexpr std::size_t MostTurnBins = 16384;

/// Rays by angle as bins over the turn, from a RayIndex asked at the bins' ends and, where they differ, in
/// between.
BinLookup turnLookup(const Sweep& sweep) {
    const RayIndex rays(sweep);
    const auto label = [&](double turn) {
        const std::optional<std::size_t> ray = rays.find(turn * 360);
        return ray ? static_cast<std::int32_t>(*ray) : -1;
    };
    std::size_t bins = 1024;
    while (bins < 5 * sweep.rays.size() && bins < MostTurnBins)
        bins *= 2;
    for (;; bins *= 2) {
        BinLookup lookup;
        lookup.first = 0;
        lookup.binsPerUnit = static_cast<float>(bins);
        // Lookups shift by one bin, so that rounding below the first edge has a place; a turn of 1 is that of
        // 0.
        lookup.edge.assign(bins + 3, std::numeric_limits<float>::infinity());
        lookup.low.assign(bins + 3, -1);
        lookup.high.assign(bins + 3, -1);
        bool parted = true;
        const std::int32_t start = label(0);
        std::int32_t left = start;
        for (std::size_t b = 0; b < bins; ++b) {
            const double from = static_cast<double>(b) / static_cast<double>(bins);
            const double to = static_cast<double>(b + 1) / static_cast<double>(bins);
            const std::int32_t right = b + 1 < bins ? label(to) : start;
            lookup.low[b + 1] = left;
            lookup.high[b + 1] = right;
            if (left != right) {
                double leftEnd = from, leftOver = to; // the left label ends between them
                double rightOver = from, rightStart = to;
                for (int step = 0; step < 14; ++step) {
                    const double middle = (leftEnd + leftOver) / 2;
                    (label(middle) == left ? leftEnd : leftOver) = middle;
                }
                if (label(leftOver) == right && leftOver < to) {
                    rightStart = leftOver;
                } else {
                    rightOver = leftEnd;
                    for (int step = 0; step < 14; ++step) {
                        const double middle = (rightOver + rightStart) / 2;
                        (label(middle) == right ? rightStart : rightOver) = middle;
                    }
                }
                if (left >= 0 && right >= 0 && (rightStart - leftEnd) * 360 > SliverDegrees)
                    parted = false;
                lookup.edge[b + 1] = static_cast<float>((leftEnd + rightStart) / 2);
            }
            left = right;
        }
        lookup.low[0] = lookup.high[0] = start;
        for (std::size_t b : {bins + 1, bins + 2})
            lookup.low[b] = lookup.high[b] = start;
        if (parted || bins >= MostTurnBins)
            return lookup;
    }
}

std::vector<double> rangeEdges(const Sweep& sweep) {
    std::vector<double> edges(sweep.gates + 1);
    for (std::size_t i = 0; i < edges.size(); ++i)
        edges[i] = sweep.firstGateMeters + (static_cast<double>(i) - 0.5) * sweep.gateMeters;
    return edges;
}

class PolarLocator : public Locator {
public:
    PolarLocator(const Sweep& sweep, const Plane& plane)
        : m_turns(turnLookup(sweep)), m_gates(BinLookup::ofIntervals(groundEdges(sweep))),
          m_gateCount(static_cast<std::int32_t>(sweep.gates)) {
        const std::string own = sitePlane({sweep.site.latitude, sweep.site.longitude});
        if (plane.crs != own)
            m_transfer = std::make_unique<PlaneTransfer>(plane.crs, own);
    }

    void locate(const Camera2D& camera, const QRect& part, IndexMap& map) const override {
        const auto width = static_cast<std::size_t>(part.width());
        MeshPoints points;
        if (m_transfer)
            points = meshPoints(std::cref(*m_transfer), camera, map.size, part);
        std::vector<float> u(width);
        for (std::size_t i = 0; i < width; ++i)
            u[i] =
                static_cast<float>(camera.toPlane(QPointF(part.left() + double(i) + 0.5, 0), map.size).x());
        for (int y = part.top(); y <= part.bottom(); ++y) {
            std::int32_t* cells = map.cells.data() +
                                  static_cast<std::size_t>(y) * static_cast<std::size_t>(map.size.width()) +
                                  part.left();
            if (m_gates.empty()) {
                std::fill(cells, cells + width, -1);
            } else if (m_transfer) {
                const std::size_t row = static_cast<std::size_t>(y - part.top()) * width;
                const float *pu = points.u.data() + row, *pv = points.v.data() + row;
                locatePolar(pu, pv, width, m_turns, m_gates, m_gateCount, cells);
                for (std::size_t i = 0; i < width; ++i)
                    if (!std::isfinite(pu[i]) || !std::isfinite(pv[i]))
                        cells[i] = -1;
            } else {
                const auto v = static_cast<float>(camera.toPlane(QPointF(0, y + 0.5), map.size).y());
                locatePolarRow(u.data(), v, width, m_turns, m_gates, m_gateCount, cells);
            }
        }
    }

private:
    BinLookup m_turns, m_gates;
    std::int32_t m_gateCount;
    std::unique_ptr<PlaneTransfer> m_transfer;
};

class RhiLocator : public Locator {
public:
    explicit RhiLocator(const Sweep& sweep)
        : m_turns(turnLookup(sweep)), m_gates(BinLookup::ofIntervals(rangeEdges(sweep))),
          m_gateCount(static_cast<std::int32_t>(sweep.gates)), m_antenna(sweep.site.heightMeters) {}

    void locate(const Camera2D& camera, const QRect& part, IndexMap& map) const override {
        const auto width = static_cast<std::size_t>(part.width());
        // The antenna's own horizontal and vertical axes on the sphere of 4/3 Earth's radius R: a place at
        // ground distance s and height h lies (R + h) sin(s/R) along and h cos(s/R) - antenna - R (1 -
        // cos(s/R)) up.
        std::vector<float> cosine(width), sine(width), drop(width), along(width), up(width);
        for (std::size_t i = 0; i < width; ++i) {
            const double arc = camera.toPlane(QPointF(part.left() + double(i) + 0.5, 0), map.size).x() /
                               EffectiveEarthRadiusMeters;
            cosine[i] = static_cast<float>(std::cos(arc));
            sine[i] = static_cast<float>(std::sin(arc));
            drop[i] = static_cast<float>(m_antenna +
                                         EffectiveEarthRadiusMeters * 2 * std::pow(std::sin(arc / 2), 2));
        }
        for (int y = part.top(); y <= part.bottom(); ++y) {
            std::int32_t* cells = map.cells.data() +
                                  static_cast<std::size_t>(y) * static_cast<std::size_t>(map.size.width()) +
                                  part.left();
            if (m_gates.empty()) {
                std::fill(cells, cells + width, -1);
                continue;
            }
            const double height = camera.toPlane(QPointF(0, y + 0.5), map.size).y();
            const auto h = static_cast<float>(height),
                       radius = static_cast<float>(EffectiveEarthRadiusMeters + height);
            for (std::size_t i = 0; i < width; ++i) {
                along[i] = radius * sine[i];
                up[i] = h * cosine[i] - drop[i];
            }
            locatePolar(up.data(), along.data(), width, m_turns, m_gates, m_gateCount, cells);
        }
    }

private:
    BinLookup m_turns, m_gates;
    std::int32_t m_gateCount;
    double m_antenna;
};

/// Time to the right, height up; rays stand as long as half the way to their neighbours, but never over a
/// gap.
class TimeHeightLocator : public Locator {
public:
    explicit TimeHeightLocator(const Sweep& sweep) : m_sweep(sweep), m_order(sweep.rays.size()) {
        std::iota(m_order.begin(), m_order.end(), std::size_t(0));
        std::stable_sort(m_order.begin(), m_order.end(), [&](std::size_t a, std::size_t b) {
            return sweep.rays[a].timeSeconds < sweep.rays[b].timeSeconds;
        });
        std::vector<double> steps;
        for (std::size_t i = 1; i < m_order.size(); ++i)
            steps.push_back(time(i) - time(i - 1));
        if (!steps.empty()) {
            std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2),
                             steps.end());
            m_half = std::max(steps[steps.size() / 2], 1e-3) * 0.75;
        }
    }

    void locate(const Camera2D& camera, const QRect& part, IndexMap& map) const override {
        std::vector<std::int32_t> rays(static_cast<std::size_t>(part.width()));
        for (std::size_t i = 0; i < rays.size(); ++i)
            rays[i] = rayAt(camera.toPlane(QPointF(part.left() + double(i) + 0.5, 0), map.size).x());
        for (int y = part.top(); y <= part.bottom(); ++y) {
            std::int32_t* cells = map.cells.data() +
                                  static_cast<std::size_t>(y) * static_cast<std::size_t>(map.size.width()) +
                                  part.left();
            const double height =
                camera.toPlane(QPointF(0, y + 0.5), map.size).y() - m_sweep.site.heightMeters;
            for (std::size_t i = 0; i < rays.size(); ++i)
                cells[i] = rays[i] < 0 ? -1 : cellAt(static_cast<std::size_t>(rays[i]), height);
        }
    }

private:
    double time(std::size_t i) const { return m_sweep.rays[m_order[i]].timeSeconds; }

    std::int32_t rayAt(double seconds) const {
        if (m_order.empty())
            return -1;
        auto after =
            std::upper_bound(m_order.begin(), m_order.end(), seconds, [&](double value, std::size_t ray) {
                return value < m_sweep.rays[ray].timeSeconds;
            });
        auto place = static_cast<std::size_t>(after - m_order.begin());
        if (place == m_order.size() || (place > 0 && seconds - time(place - 1) < time(place) - seconds))
            --place;
        return std::abs(time(place) - seconds) <= m_half ? static_cast<std::int32_t>(m_order[place]) : -1;
    }

    std::int32_t cellAt(std::size_t ray, double height) const {
        const double range = height / std::sin(m_sweep.rays[ray].elevation * 0.017453292519943295);
        const double gate = std::floor((range - m_sweep.firstGateMeters) / m_sweep.gateMeters + 0.5);
        if (!(gate >= 0 && gate < static_cast<double>(m_sweep.gates)))
            return -1;
        return static_cast<std::int32_t>(ray * m_sweep.gates + static_cast<std::size_t>(gate));
    }

    Sweep m_sweep;
    std::vector<std::size_t> m_order;
    double m_half = 0.5;
};

} // namespace

double coneElevation(const Sweep& sweep) {
    if (sweep.rays.empty())
        return sweep.fixedAngle;
    std::vector<double> elevations;
    for (const Ray& ray : sweep.rays)
        elevations.push_back(ray.elevation);
    const auto middle = elevations.begin() + static_cast<std::ptrdiff_t>(elevations.size() / 2);
    std::nth_element(elevations.begin(), middle, elevations.end());
    return *middle;
}

std::vector<RaySegment> raySegments(const Sweep& sweep) {
    const BinLookup lookup = turnLookup(sweep);
    const std::size_t bins = lookup.edge.size() - 3;
    std::vector<RaySegment> segments;
    const auto add = [&](double from, double to, std::int32_t ray) {
        if (ray < 0 || !(to > from))
            return;
        if (!segments.empty() && segments.back().ray == static_cast<std::size_t>(ray) &&
            segments.back().to == from)
            segments.back().to = to;
        else
            segments.push_back({from, to, static_cast<std::size_t>(ray)});
    };
    for (std::size_t b = 0; b < bins; ++b) {
        const double from = static_cast<double>(b) / static_cast<double>(bins);
        const double to = static_cast<double>(b + 1) / static_cast<double>(bins);
        const double edge = std::clamp(static_cast<double>(lookup.edge[b + 1]), from, to);
        add(from, edge, lookup.low[b + 1]);
        add(edge, to, lookup.high[b + 1]);
    }
    return segments;
}

std::vector<double> groundEdges(const Sweep& sweep) {
    std::vector<double> edges = rangeEdges(sweep);
    const double elevation = coneElevation(sweep);
    // A first gate about the antenna begins behind it.
    for (double& edge : edges)
        edge =
            std::copysign(beamPoint(std::abs(edge), elevation, sweep.site.heightMeters).groundMeters, edge);
    return edges;
}

std::unique_ptr<Locator> detail::makeSweepLocator(const Sweep& sweep, const Plane& plane) {
    if (sweep.rays.empty() || sweep.gates == 0)
        return nullptr;
    switch (sweep.mode) {
    case SweepMode::Azimuth:
        return plane.kind == Plane::Kind::Map ? std::make_unique<PolarLocator>(sweep, plane) : nullptr;
    case SweepMode::Rhi:
        return plane.kind == Plane::Kind::RangeHeight ? std::make_unique<RhiLocator>(sweep) : nullptr;
    case SweepMode::VerticalPointing:
        return plane.kind == Plane::Kind::TimeHeight ? std::make_unique<TimeHeightLocator>(sweep) : nullptr;
    }
    return nullptr;
}

} // namespace embellie
