#include "gui/scene/scene.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace embellie {

namespace {

/// Curvilinear grids that reach no farther from their middle are drawn about it, larger ones on plate carrée;
/// degrees of a great circle.
constexpr double LocalReachDegrees = 75;

/// An RHI is shown up to here, though steep rays go on: there is no weather above.
constexpr double HighestWeatherMeters = 20'000;

/// Bounding box that ignores points outside of a projection's domain.
class Box {
public:
    void add(double x, double y) {
        if (!std::isfinite(x) || !std::isfinite(y))
            return;
        m_left = std::min(m_left, x), m_right = std::max(m_right, x);
        m_low = std::min(m_low, y), m_high = std::max(m_high, y);
    }
    QRectF rect() const {
        return m_left <= m_right ? QRectF(m_left, m_low, m_right - m_left, m_high - m_low) : QRectF();
    }

private:
    double m_left = std::numeric_limits<double>::infinity(), m_right = -m_left, m_low = m_left,
           m_high = -m_left;
};

/// Middle of the cells on the sphere, and how far the farthest of them is from it.
struct Cap {
    GeoPoint middle;
    double reach = 0; ///< degrees
};
std::optional<Cap> capOf(const Grid& grid) {
    constexpr double radians = std::numbers::pi / 180;
    struct Vector {
        double x = 0, y = 0, z = 0;
    };
    std::vector<Vector> places;
    Vector sum;
    const std::size_t step = std::max<std::size_t>(1, grid.latitudes.size() / 20'000);
    for (std::size_t i = 0; i < grid.latitudes.size(); i += step) {
        const double latitude = grid.latitudes[i] * radians, longitude = grid.longitudes[i] * radians;
        if (!std::isfinite(latitude) || !std::isfinite(longitude))
            continue;
        const double ring = std::cos(latitude);
        places.push_back({ring * std::cos(longitude), ring * std::sin(longitude), std::sin(latitude)});
        sum = {sum.x + places.back().x, sum.y + places.back().y, sum.z + places.back().z};
    }
    if (places.empty())
        return std::nullopt;
    const double length = std::sqrt(sum.x * sum.x + sum.y * sum.y + sum.z * sum.z);
    double least = 1; // cosine
    for (const Vector& place : places)
        least = std::min(least, (place.x * sum.x + place.y * sum.y + place.z * sum.z) / length);
    return Cap{{std::atan2(sum.z, std::hypot(sum.x, sum.y)) / radians, std::atan2(sum.y, sum.x) / radians},
               length > 0 ? std::acos(std::max(-1.0, least)) / radians : 180};
}

/// Lambert's plane about a place: true to area, and eight times as quick as the equidistant one, whose
/// distances nobody reads in a grid of millions of places.
std::string planeAbout(const GeoPoint& middle) {
    return "+proj=laea +lat_0=" + numberText(middle.latitude) + " +lon_0=" + numberText(middle.longitude) +
           " +ellps=WGS84 +units=m +no_defs";
}

QRectF ownExtent(const Sweep& sweep) {
    const double start = sweep.firstGateMeters - sweep.gateMeters / 2;
    const double end = start + sweep.gateMeters * static_cast<double>(sweep.gates);
    Box box;
    const double antenna = sweep.site.heightMeters;
    switch (sweep.mode) {
    case SweepMode::Azimuth: {
        const double reach = beamPoint(end, sweep.fixedAngle, antenna).groundMeters;
        box.add(-reach, -reach);
        box.add(reach, reach);
        break;
    }
    case SweepMode::Rhi:
        box.add(0, std::min(antenna, 0.0));
        for (const Ray& ray : sweep.rays) {
            const BeamPoint far = beamPoint(end, ray.elevation, antenna);
            box.add(far.groundMeters, std::min(far.heightMeters, HighestWeatherMeters));
        }
        break;
    case SweepMode::VerticalPointing: {
        double spacing = 1;
        for (std::size_t ray = 1; ray < sweep.rays.size(); ++ray)
            spacing = std::max(1e-3, (sweep.rays.back().timeSeconds - sweep.rays.front().timeSeconds) /
                                         static_cast<double>(sweep.rays.size() - 1));
        for (const Ray& ray : sweep.rays) {
            box.add(ray.timeSeconds - spacing / 2, antenna + std::max(start, 0.0));
            box.add(ray.timeSeconds + spacing / 2, antenna + end);
        }
        break;
    }
    }
    return box.rect();
}

QRectF ownExtent(const Grid& grid) {
    Box box;
    const Axis *x = grid.axis(AxisRole::X), *y = grid.axis(AxisRole::Y);
    if (x && y && !x->bounds.empty() && !y->bounds.empty()) {
        box.add(x->bounds.front(), y->bounds.front());
        box.add(x->bounds.back(), y->bounds.back());
    }
    return box.rect();
}

/// The one of the last call on this thread is kept: PROJ takes milliseconds to set one up, and a read-out
/// follows the cursor.
const Projection& projectionOf(const std::string& crs) {
    thread_local std::string known;
    thread_local std::unique_ptr<Projection> projection;
    if (!projection || known != crs) {
        projection = std::make_unique<Projection>(crs);
        known = crs;
    }
    return *projection;
}

} // namespace

std::optional<Plane> naturalPlane(const Field& field) {
    if (const Sweep* sweep = field.sweep()) {
        switch (sweep->mode) {
        case SweepMode::Azimuth:
            return Plane{Plane::Kind::Map, sitePlane({sweep->site.latitude, sweep->site.longitude})};
        case SweepMode::Rhi:
            return Plane{Plane::Kind::RangeHeight, {}};
        case SweepMode::VerticalPointing:
            return Plane{Plane::Kind::TimeHeight, {}};
        }
    }
    const Grid* grid = field.grid();
    if (!grid)
        return std::nullopt;
    if (grid->isCurvilinear()) {
        const std::optional<Cap> cap = capOf(*grid);
        if (!cap)
            return std::nullopt;
        return Plane{Plane::Kind::Map,
                     cap->reach > LocalReachDegrees ? std::string() : planeAbout(cap->middle)};
    }
    if (!grid->axis(AxisRole::X) || !grid->axis(AxisRole::Y))
        return std::nullopt;
    return Plane{Plane::Kind::Map, grid->crs};
}

QRectF extentIn(const Field& field, const Plane& plane) {
    const std::optional<Plane> own = naturalPlane(field);
    if (!own || own->kind != plane.kind)
        return {};
    const Grid* grid = field.grid();
    if (grid && grid->isCurvilinear()) {
        Box box;
        const Projection to(plane.crs);
        const std::size_t step = std::max<std::size_t>(1, grid->latitudes.size() / 20'000);
        for (std::size_t i = 0; i < grid->latitudes.size(); i += step) {
            if (!std::isfinite(grid->latitudes[i]) || !std::isfinite(grid->longitudes[i]))
                continue;
            const Projection::Point point =
                to.forward({grid->latitudes[i], std::remainder(grid->longitudes[i], 360.0)});
            box.add(point.x, point.y);
        }
        return box.rect();
    }
    const QRectF extent = grid ? ownExtent(*grid) : ownExtent(*field.sweep());
    if (plane.kind != Plane::Kind::Map || own->crs == plane.crs)
        return extent;
    const Projection from(own->crs), to(plane.crs);
    Box box;
    constexpr int steps = 24;
    for (int i = 0; i <= steps; ++i)
        for (int k = 0; k <= steps; ++k) {
            const GeoPoint place = from.inverse(
                {extent.left() + extent.width() * i / steps, extent.top() + extent.height() * k / steps});
            const Projection::Point point = to.forward(place);
            box.add(point.x, point.y);
        }
    return box.rect();
}

CellHit hitOf(const Field& field, std::size_t cell) {
    CellHit hit;
    hit.cell = cell;
    hit.value = field.values()[cell];
    hit.state = field.states()[cell];
    if (const Sweep* sweep = field.sweep()) {
        hit.row = cell / sweep->gates;
        hit.column = cell % sweep->gates;
        hit.gate = gatePlace(*sweep, hit.row, hit.column);
        hit.place = hit.gate->place;
        return hit;
    }
    const Grid* grid = field.grid();
    if (!grid || grid->axes.empty())
        return hit;
    const Axis *x = grid->axis(AxisRole::X), *y = grid->axis(AxisRole::Y);
    const std::size_t columns = x ? x->size() : grid->axes.back().size();
    const std::size_t rows = y                       ? y->size()
                             : grid->axes.size() > 1 ? grid->axes[grid->axes.size() - 2].size()
                                                     : 1;
    hit.row = cell / columns % rows;
    hit.column = cell % columns;
    GeoPoint place;
    if (grid->isCurvilinear()) {
        place = {grid->latitudes[hit.row * columns + hit.column],
                 grid->longitudes[hit.row * columns + hit.column]};
    } else if (x && y) {
        place = projectionOf(grid->crs).inverse({x->centres[hit.column], y->centres[hit.row]});
    } else {
        return hit;
    }
    if (std::isfinite(place.latitude) && std::isfinite(place.longitude)) {
        place.longitude = std::remainder(place.longitude, 360.0);
        hit.place = place;
    }
    return hit;
}

} // namespace embellie
