#pragma once

#include "core/io/cf/crs.h"

#include <set>

namespace embellie {

bool isLatitude(const NetcdfVariable& variable);
bool isLongitude(const NetcdfVariable& variable);
bool isTimeUnit(const NetcdfVariable& variable); ///< "hours since 1900-01-01"
/// Role of a coordinate variable by axis, standard_name, units, positive and, last, its name.
AxisRole roleOf(const NetcdfVariable& coordinate);

/// How the variables of a CF file lie in the world; made from headers, coordinates are read on demand.
class CfCoordinates {
public:
    explicit CfCoordinates(const NetcdfFile& file);

    /// Latitude and longitude over two dimensions of @p variable (or these at each time): those that its
    /// "coordinates" name before others. Null where there is no such pair.
    struct Pair {
        const NetcdfVariable* latitude = nullptr;
        const NetcdfVariable* longitude = nullptr;
        std::size_t y = 0, x = 0; ///< places of the pair's dimensions in the variable's
        bool has(std::size_t dimension) const { return latitude && (dimension == y || dimension == x); }
    };
    Pair curvilinear(const NetcdfVariable& variable) const;
    /// A 1-D variable that says where the cells along a dimension are; null where there is none.
    const NetcdfVariable* along(const std::string& dimension) const;
    AxisRole role(const NetcdfVariable& variable, std::size_t dimension) const;
    /// It has an X and a Y dimension with places.
    bool isGridded(const NetcdfVariable& variable) const;
    /// A coordinate, its bounds, or a grid mapping: no data of its own.
    bool isAuxiliary(const NetcdfVariable& variable) const;

    /// All axes in the file's order, CRS and 2-D coordinates. A mapping that isn't known leaves the latitudes
    /// and longitudes that are there. @throws Error where X or Y is not strictly monotonic or not a number,
    /// and where the projection isn't known and nothing else says where the cells are
    Grid gridOf(const NetcdfVariable& variable) const;
    /// Of a variable without time axis: a scalar time, those of a swath's rows or cells, or the file's
    /// time_coverage_start and _end.
    std::optional<TimeInterval> scalarTime(const NetcdfVariable& variable) const;
    /// The file's time_coverage_start and _end.
    std::optional<TimeInterval> coverage(Calendar calendar) const;

private:
    std::vector<const NetcdfVariable*> coordinatesOf(const NetcdfVariable& variable) const;
    /// Latitudes or longitudes over two dimensions, of the first time where there are several; NaN where they
    /// are missing or beyond @p most.
    std::vector<double> degreesOf(const NetcdfVariable& place, std::size_t cells, double most) const;
    Axis axisOf(const NetcdfVariable& variable, std::size_t dimension, double& meters) const;
    /// What the file says, whether PROJ knows it or not. Nothing where it says nothing.
    std::optional<CfCrs> crsOf(const NetcdfVariable& variable, double axisMeters) const;
    const NetcdfVariable* mappingOf(const NetcdfVariable& variable) const;
    /// Two for each cell of a 1-D coordinate, in its unit; empty where it has none.
    std::vector<double> boundsOf(const NetcdfVariable& coordinate) const;

    const NetcdfFile& m_file;
    std::vector<const NetcdfVariable*> m_latitudes, m_longitudes;
    std::set<const NetcdfVariable*> m_unusable; ///< mappings that give no plane, beside 2-D places
};

} // namespace embellie
