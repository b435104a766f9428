#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace embellie {

/// Where a radar or a station stands; WGS84 degrees, metres above sea level (a radar: its antenna).
struct Site {
    std::string id;   ///< "frave", "02262", may be empty
    std::string name; ///< for people, may be empty
    double latitude = 0, longitude = 0, heightMeters = 0;
    friend bool operator==(const Site&, const Site&) = default;
};

/// Where a ray points and when it was measured.
struct Ray {
    double azimuthStart = 0,
           azimuthStop = 0; ///< degrees clockwise from north, [0, 360); in the sense of turning
    double elevation = 0;   ///< degrees above the horizon, of the ray's centre
    double timeSeconds = 0; ///< after the Field's time().begin
    /// Centre in [0, 360), going the short way from start to stop.
    double azimuth() const;
    friend bool operator==(const Ray&, const Ray&) = default;
};

enum class SweepMode { Azimuth, Rhi, VerticalPointing };

/// A radar's sweep: cells are (ray, gate), rays in the file's order.
struct Sweep {
    Site site;
    SweepMode mode = SweepMode::Azimuth;
    double fixedAngle = 0; ///< degrees: elevation of a PPI, azimuth of an RHI
    std::vector<Ray> rays;
    double firstGateMeters = 0; ///< centre of the first gate along the beam
    double gateMeters = 0;      ///< length of a gate
    std::size_t gates = 0;
    std::optional<double> nyquist;   ///< m s-1
    std::optional<double> beamWidth; ///< degrees, horizontal
    friend bool operator==(const Sweep&, const Sweep&) = default;
};

enum class AxisRole { X, Y, Level, Time, Other };

/// One dimension of a Grid.
struct Axis {
    std::string name;
    AxisRole role = AxisRole::Other;
    std::string unit; ///< UDUNITS; metres or degrees for X and Y; of Time the file's own text
    std::vector<double>
        centres; ///< strictly monotonic for X and Y; Time: seconds after 1970-01-01 in the calendar
    std::vector<double> bounds; ///< centres.size() + 1 edges (given, or half-way); empty for Other
    std::size_t size() const { return centres.size(); }
    friend bool operator==(const Axis&, const Axis&) = default;
};

/// A regular or curvilinear grid: cells are row-major over the axes in the file's order, Y before X last.
struct Grid {
    std::vector<Axis> axes;
    /// PROJ text of the X and Y axes; empty: X is longitude and Y latitude in degrees.
    std::string crs;
    /// Curvilinear grids and swaths: centres of the cells over (Y, X), WGS84 degrees; else empty.
    std::vector<double> latitudes, longitudes;
    Calendar calendar = Calendar::Standard;

    const Axis* axis(AxisRole role) const; ///< the first of that role; null where there is none
    bool isCurvilinear() const { return !latitudes.empty(); }
    friend bool operator==(const Grid&, const Grid&) = default;
};

/// Station × time.
struct Series {
    std::vector<Site> stations;
    std::vector<TimePoint> times;
    friend bool operator==(const Series&, const Series&) = default;
};

/// Along a track or in time × level: profilers, lidars, curtains. Cells are (position, level).
struct Track {
    std::vector<double> latitudes, longitudes; ///< of each position
    std::vector<TimePoint> times;              ///< of each position
    Axis levels;
    friend bool operator==(const Track&, const Track&) = default;
};

using Geometry = std::variant<Sweep, Grid, Series, Track>;

/// Sizes in the order of the cells: (rays, gates), the axes, (stations, times), (positions, levels).
std::vector<std::size_t> shapeOf(const Geometry& geometry);
std::size_t cellCount(const Geometry& geometry);

/// Edges half-way between the centres, the outer ones mirrored; one centre gives a cell of @p lonely width.
std::vector<double> halfWayBounds(const std::vector<double>& centres, double lonely = 1);

} // namespace embellie
