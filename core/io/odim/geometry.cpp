#include "core/io/odim/odim_source.h"
#include "core/io/proj_metres.h"
#include "core/io/geometry_parts.h"
#include "core/map/projection.h"

#include <cmath>

namespace embellie {

namespace {

// The middle of the short way from a to b, not wrapped: elevations may be negative.
double middle(double a, double b) {
    return (a + b) / 2;
}

struct RayAngles {
    std::vector<double> start, stop;
    bool fits(std::size_t rays) const { return start.size() == rays && stop.size() == rays; }
};

RayAngles anglesOf(const OdimAttributes& attributes, const char* start, const char* stop) {
    return {attributes.numbers("how", start), attributes.numbers("how", stop)};
}

// Nothing but a number of rays: they share the circle (or the sector that "where" names), the first begins at
// how/astart, which counts from north.
RayAngles sharedCircle(const OdimAttributes& attributes, std::size_t rays) {
    const auto from = attributes.number("where", "startaz"), to = attributes.number("where", "stopaz");
    const double start = from && to ? *from : attributes.number("how", "astart").value_or(0);
    const double turned = from && to ? wrappedDegrees(*to - *from) : 0, width = turned > 0 ? turned : 360;
    RayAngles angles;
    for (std::size_t i = 0; i < rays; ++i) {
        angles.start.push_back(start + width * static_cast<double>(i) / static_cast<double>(rays));
        angles.stop.push_back(start + width * static_cast<double>(i + 1) / static_cast<double>(rays));
    }
    return angles;
}

void setTimes(Sweep& sweep, const OdimAttributes& attributes, const TimeInterval& time) {
    const std::size_t rays = sweep.rays.size();
    for (const auto& [start, stop] :
         {std::pair{"startazT", "stopazT"}, {"startelT", "stopelT"}, {"startT", "stopT"}}) {
        const RayAngles times = anglesOf(attributes, start, stop);
        if (!times.fits(rays))
            continue;
        const double zero = static_cast<double>(time.begin.time_since_epoch().count()) / 1000;
        for (std::size_t i = 0; i < rays; ++i)
            sweep.rays[i].timeSeconds = (times.start[i] + times.stop[i]) / 2 - zero;
        return;
    }
    // The antenna turned evenly, and a1gate is the row that it radiated first.
    const double seconds = std::chrono::duration<double>(time.end - time.begin).count();
    const double first = attributes.number("where", "a1gate").value_or(0);
    const std::size_t begin =
        first >= 0 && first < static_cast<double>(rays) ? static_cast<std::size_t>(first) : 0;
    for (std::size_t i = 0; i < rays; ++i) {
        const std::size_t turn = (i + rays - begin) % rays;
        sweep.rays[i].timeSeconds = seconds * (static_cast<double>(turn) + 0.5) / static_cast<double>(rays);
    }
}

} // namespace

Sweep odimSweep(const Hdf5File& file, const std::string& dataset, const std::vector<std::size_t>& shape,
                const TimeInterval& time, const Site& site, bool rhi, double version) {
    const OdimAttributes attributes(file, {dataset, ""});
    const std::string where = dataset + "/where";
    const auto number = [&](const char* name) {
        return needed(attributes.number("where", name), file.path(), where, name);
    };
    if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0)
        throw Error(text(EMBELLIE_TR("io", "the sweep has no gates")))
            .in(file.path(), dataset)
            .expected(text(EMBELLIE_TR("io", "an array of rays by gates")))
            .found(shape.size() == 2 ? text(EMBELLIE_TR("io", "{0} by {1}"), shape[0], shape[1])
                                     : text(EMBELLIE_TR("io", "{0} dimensions"), shape.size()))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    Sweep sweep;
    sweep.site = site;
    sweep.mode = rhi ? SweepMode::Rhi : SweepMode::Azimuth;
    sweep.gates = shape[1];
    sweep.gateMeters = number("rscale");
    if (sweep.gateMeters <= 0)
        throw unusableGeometry(file.path(), where, "rscale", sweep.gateMeters);
    const double start = attributes.number("where", "rstart").value_or(0);
    if (!std::isfinite(start))
        throw unusableGeometry(file.path(), where, "rstart", start);
    sweep.firstGateMeters = start * (version >= 2.395 ? 1 : 1000) + sweep.gateMeters / 2;
    sweep.fixedAngle = number(rhi ? "az_angle" : "elangle");
    const std::size_t rays = shape[0];
    sweep.rays.resize(rays);

    RayAngles azimuths = anglesOf(attributes, "startazA", "stopazA");
    if (rhi) {
        RayAngles elevations = anglesOf(attributes, "startelA", "stopelA");
        if (!elevations.fits(rays))
            elevations.start = elevations.stop = attributes.numbers("where", "angles");
        if (!elevations.fits(rays))
            throw unusableGeometry(file.path(), dataset + "/how", "startelA", std::nullopt);
        for (std::size_t i = 0; i < rays; ++i)
            sweep.rays[i] = {wrappedDegrees(sweep.fixedAngle), wrappedDegrees(sweep.fixedAngle),
                             middle(elevations.start[i], elevations.stop[i]), 0};
    } else {
        if (azimuths.start.size() == rays && azimuths.stop.empty() && rays > 1) {
            // A ray ends where the next one begins.
            azimuths.stop.assign(azimuths.start.begin() + 1, azimuths.start.end());
            azimuths.stop.push_back(2 * azimuths.start.back() - azimuths.start[rays - 2]);
        }
        if (!azimuths.fits(rays))
            azimuths = sharedCircle(attributes, rays);
        const std::vector<double> elevations = attributes.numbers("how", "elangles");
        for (std::size_t i = 0; i < rays; ++i)
            sweep.rays[i] = {wrappedDegrees(azimuths.start[i]), wrappedDegrees(azimuths.stop[i]),
                             elevations.size() == rays ? elevations[i] : sweep.fixedAngle, 0};
    }
    if (!rhi && looksUp(sweep.rays))
        sweep.mode = SweepMode::VerticalPointing;
    for (const Ray& ray : sweep.rays)
        if (!std::isfinite(ray.azimuthStart) || !std::isfinite(ray.azimuthStop) ||
            !std::isfinite(ray.elevation))
            throw unusableGeometry(file.path(), dataset + "/how", rhi ? "startelA" : "startazA",
                                   std::numeric_limits<double>::quiet_NaN());
    setTimes(sweep, attributes, time);
    sweep.nyquist = attributes.number("how", "NI");
    for (const char* name : {"beamwH", "beamwidth"})
        if (!sweep.beamWidth)
            sweep.beamWidth = attributes.number("how", name);
    return sweep;
}

Grid odimGrid(const Hdf5File& file, const std::string& dataset, const std::vector<std::size_t>& shape) {
    const OdimAttributes attributes(file, {dataset, ""});
    const std::string where = dataset + "/where";
    if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0)
        throw Error(text(EMBELLIE_TR("io", "the grid has no cells"))).in(file.path(), dataset);
    const auto number = [&](const std::string& name) {
        const auto value = attributes.number("where", name);
        return value && std::isfinite(*value) ? value : std::nullopt;
    };
    const auto definition = attributes.string("where", "projdef");
    const auto xScale = number("xscale"), yScale = number("yscale");
    if (!definition)
        throw unusableGeometry(file.path(), where, "projdef", std::nullopt);
    if (!xScale || !yScale || *xScale == 0 || *yScale == 0)
        throw unusableGeometry(file.path(), where, xScale && *xScale != 0 ? "yscale" : "xscale",
                               attributes.number("where", "xscale"));
    double dx = std::abs(*xScale), dy = std::abs(*yScale);
    const ProjInMetres metres = inMetres(*definition);
    const Projection projection = [&] {
        try {
            return Projection(metres.text);
        } catch (Error& error) {
            throw error.in(file.path(), where);
        }
    }();
    double unitMeters = 1;
    const auto corner = [&](const std::string& name) -> std::optional<Projection::Point> {
        if (const auto x = number(name + "_x"), y = number(name + "_y"); x && y)
            return Projection::Point{*x * unitMeters, *y * unitMeters};
        const auto latitude = number(name + "_lat"), longitude = number(name + "_lon");
        if (!latitude || !longitude)
            return std::nullopt;
        const Projection::Point point = projection.forward({*latitude, *longitude});
        return std::isfinite(point.x) && std::isfinite(point.y) ? std::optional(point) : std::nullopt;
    };
    if (metres.wasKilometres) {
        // Cells are in metres by the book, or in the projection's km: what the corners say, or the size.
        const auto lowerLeft = corner("LL"), upperRight = corner("UR");
        const double cells = dx * static_cast<double>(shape[1]);
        const double ratio = lowerLeft && upperRight ? std::abs(upperRight->x - lowerLeft->x) / cells
                             : dx < 50               ? 1000
                                                     : 1;
        if (ratio > 30) {
            unitMeters = 1000;
            dx *= unitMeters;
            dy *= unitMeters;
        }
    }
    const double width = dx * static_cast<double>(shape[1]), height = dy * static_cast<double>(shape[0]);
    std::optional<Projection::Point> upperLeft = corner("UL");
    if (!upperLeft) {
        if (const auto lowerLeft = corner("LL"))
            upperLeft = Projection::Point{lowerLeft->x, lowerLeft->y + height};
        else if (const auto upperRight = corner("UR"))
            upperLeft = Projection::Point{upperRight->x - width, upperRight->y};
        else
            throw unusableGeometry(file.path(), where, "UL_lat", std::nullopt);
    }
    const std::string unit = projection.isGeographic() ? "degrees" : "m";
    Grid grid;
    grid.axes = {regularAxis("y", AxisRole::Y, unit, upperLeft->y, -dy, shape[0]),
                 regularAxis("x", AxisRole::X, unit, upperLeft->x, dx, shape[1])};
    grid.crs = projection.isGeographic() ? "" : metres.text;
    return grid;
}

} // namespace embellie
