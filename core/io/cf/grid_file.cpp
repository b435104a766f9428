#include "core/io/cf/grid_file.h"

#include "core/io/netcdf.h"
#include "core/io/netcdf_cells.h"
#include "core/io/words.h"
#include "core/map/projection.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <netcdf.h>

namespace embellie {

namespace {

constexpr const char* TimeUnits = "seconds since 1970-01-01 00:00:00";
constexpr std::size_t PlacesAtOnce = std::size_t(1) << 20;

const char* calendarName(Calendar calendar) {
    switch (calendar) {
    case Calendar::Proleptic:
        return "proleptic_gregorian";
    case Calendar::NoLeap:
        return "noleap";
    case Calendar::AllLeap:
        return "all_leap";
    case Calendar::Day360:
        return "360_day";
    default:
        return "standard";
    }
}

/// Nothing but a number of cells: positions are their counts.
bool isCounted(const Axis& axis) {
    if (axis.unit != "1")
        return false;
    for (std::size_t i = 0; i < axis.size(); ++i)
        if (axis.centres[i] != static_cast<double>(i))
            return false;
    return true;
}

/// Whoever reads the axis puts the edges half-way between its centres: then they need not be written.
bool areHalfWay(const Axis& axis) {
    std::vector<double> edges = halfWayBounds(axis.centres);
    const bool isLatitude = axis.role == AxisRole::Y && axis.unit == "degrees";
    const double cell = edges.size() > 1 ? std::abs(edges[1] - edges[0]) : 1;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const double edge = isLatitude ? std::clamp(edges[i], -90.0, 90.0) : edges[i];
        if (!(std::abs(edge - axis.bounds[i]) <= 1e-9 * cell) && !std::isnan(edge))
            return false;
    }
    return true;
}

bool isPressure(const std::string& unit) {
    return isOneOf(lower(unit), {"pa", "hpa", "mbar", "millibar", "millibars", "mb"});
}

/// Missing places and times are the same as missing ones.
bool areSame(const std::vector<double>& some, const std::vector<double>& others) {
    return std::equal(some.begin(), some.end(), others.begin(), others.end(),
                      [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); });
}

bool areSame(const Axis& some, const Axis& other) {
    return some.name == other.name && some.role == other.role && some.unit == other.unit &&
           areSame(some.centres, other.centres) && areSame(some.bounds, other.bounds);
}

double secondsOf(TimePoint time) {
    return static_cast<double>(time.time_since_epoch().count()) / 1000;
}

} // namespace

std::string CfGridFile::freeName(const std::string& wanted) {
    std::string name = wanted;
    for (int number = 2; m_names.contains(name) || m_dimensions.contains(name); ++number)
        name = wanted + "_" + std::to_string(number);
    m_names.insert(name);
    return name;
}

const std::string& CfGridFile::ends() {
    if (m_ends.empty()) {
        m_ends = freeName("nv"); // the input may have a dimension of this name, of another length
        m_dimensions.insert(m_ends);
        m_file.dimension(m_ends, 2);
    }
    return m_ends;
}

CfGridFile::Place CfGridFile::place(const Grid& grid, const std::optional<Time>& time,
                                    const Feedback& feedback) {
    std::optional<CfGridMapping> mapping;
    const bool hasPlane = grid.axis(AxisRole::X) && grid.axis(AxisRole::Y) && !grid.isCurvilinear();
    if (hasPlane && !grid.crs.empty() && grid.crs != UnplacedPlane)
        mapping = gridMappingOf(grid.crs);
    Place place;
    for (const Axis& axis : grid.axes)
        place.dimensions.push_back(dimensionOf(grid, axis, mapping ? &*mapping : nullptr));
    if (mapping)
        place.mapping = mappingOf(*mapping, grid.crs);
    const auto add = [&](const std::string& name) {
        place.coordinates += (place.coordinates.empty() ? "" : " ") + name;
    };
    if (grid.isCurvilinear() || (mapping && (mapping->name.empty() || mapping->isRotatedPole())))
        add(placesOf(grid, place.dimensions, feedback));
    if (time && !grid.axis(AxisRole::Time))
        add(timeOf(*time));
    return place;
}

std::string CfGridFile::dimensionOf(const Grid& grid, const Axis& axis, const CfGridMapping* mapping) {
    const bool isPlane = axis.role == AxisRole::X || axis.role == AxisRole::Y;
    const bool hasCoordinate = !(isPlane && grid.isCurvilinear()) && !isCounted(axis);
    const std::string crs = isPlane && hasCoordinate ? grid.crs : "";
    const std::string wanted = netcdfName(withoutGroups(axis.name));
    for (const Known& known : m_axes)
        if (known.hasCoordinate == hasCoordinate && known.crs == crs && known.calendar == grid.calendar &&
            known.axis.name == axis.name &&
            (hasCoordinate ? areSame(known.axis, axis) : known.axis.size() == axis.size()))
            return known.name;
    std::string name = wanted;
    for (int number = 2; m_names.contains(name) || m_dimensions.contains(name); ++number)
        name = wanted + "_" + std::to_string(number);
    m_dimensions.insert(name);
    m_file.dimension(name, axis.size());
    if (hasCoordinate)
        writeAxis(grid, axis, mapping, name);
    m_axes.push_back({axis, crs, hasCoordinate, grid.calendar, name});
    return name;
}

void CfGridFile::writeAxis(const Grid& grid, const Axis& axis, const CfGridMapping* mapping,
                           const std::string& name) {
    const NetcdfWriter::Variable variable = m_file.define(name, NC_DOUBLE, {name});
    const auto say = [&](const char* key, const std::string& words) {
        m_file.attribute(variable, key, words);
    };
    double divisor = 1;
    const bool isX = axis.role == AxisRole::X;
    if (axis.role == AxisRole::Time) {
        say("standard_name", "time");
        say("units", TimeUnits);
        say("calendar", calendarName(grid.calendar));
        say("axis", "T");
    } else if (isX || axis.role == AxisRole::Y) {
        const bool isPlace = axis.unit == "degrees" && !(mapping && mapping->isRotatedPole());
        if (axis.unit != "degrees") {
            say("standard_name", isX ? "projection_x_coordinate" : "projection_y_coordinate");
            if (mapping && mapping->isGeostationary())
                divisor = mapping->metersPerRadian;
            say("units", mapping && mapping->isGeostationary() ? "radian" : axis.unit);
        } else if (isPlace) {
            say("standard_name", isX ? "longitude" : "latitude");
            say("units", isX ? "degrees_east" : "degrees_north");
        } else {
            say("standard_name", isX ? "grid_longitude" : "grid_latitude");
            say("units", "degrees");
        }
        say("axis", isX ? "X" : "Y");
    } else {
        if (!axis.unit.empty())
            say("units", axis.unit);
        if (axis.role == AxisRole::Level) {
            if (isPressure(axis.unit)) {
                say("standard_name", "air_pressure");
                say("positive", "down");
            }
            say("axis", "Z");
        }
    }
    std::vector<double> centres = axis.centres;
    for (double& centre : centres)
        centre /= divisor;
    m_file.put(variable, centres);
    if (axis.bounds.size() != axis.size() + 1 || areHalfWay(axis))
        return;
    const std::string boundsName = freeName(name + "_bnds");
    say("bounds", boundsName);
    std::vector<double> bounds;
    for (std::size_t i = 0; i < axis.size(); ++i) {
        bounds.push_back(axis.bounds[i] / divisor);
        bounds.push_back(axis.bounds[i + 1] / divisor);
    }
    m_file.put(m_file.define(boundsName, NC_DOUBLE, {name, ends()}), bounds);
}

std::string CfGridFile::mappingOf(const CfGridMapping& mapping, const std::string& crs) {
    const auto [known, isNew] = m_mappings.try_emplace(crs);
    if (!isNew)
        return known->second;
    known->second = freeName("crs");
    const NetcdfWriter::Variable variable = m_file.define(known->second, NC_INT, {});
    if (!mapping.name.empty())
        m_file.attribute(variable, "grid_mapping_name", mapping.name);
    for (const auto& [key, numbers] : mapping.numbers)
        m_file.numbers(variable, key, NC_DOUBLE, numbers);
    for (const auto& [key, words] : mapping.texts)
        m_file.attribute(variable, key, words);
    if (!mapping.wkt.empty())
        m_file.attribute(variable, "crs_wkt", mapping.wkt);
    return known->second;
}

std::string CfGridFile::placesOf(const Grid& grid, const std::vector<std::string>& dimensions,
                                 const Feedback& feedback) {
    std::size_t y = 0, x = 0;
    for (std::size_t d = 0; d < grid.axes.size(); ++d) {
        if (grid.axes[d].role == AxisRole::Y)
            y = d;
        if (grid.axes[d].role == AxisRole::X)
            x = d;
    }
    const std::vector<std::string> along{dimensions[y], dimensions[x]};
    for (const auto& [other, names] : m_places)
        if (areSame(other.latitudes, grid.latitudes) && areSame(other.longitudes, grid.longitudes) &&
            other.crs == grid.crs && areSame(other.axes[0], grid.axes[y]) &&
            areSame(other.axes[1], grid.axes[x]))
            return names;
    const std::size_t rows = grid.axes[y].size(), columns = grid.axes[x].size();
    const std::string names[] = {freeName("lat"), freeName("lon")};
    NetcdfWriter::Variable variables[2];
    const std::pair<const char*, const char*> attributes[] = {{"latitude", "degrees_north"},
                                                              {"longitude", "degrees_east"}};
    for (int i = 0; i < 2; ++i) {
        variables[i] = m_file.define(names[i], NC_DOUBLE, along, chunksOf({rows, columns}));
        m_file.numbers(variables[i], "_FillValue", NC_DOUBLE, {std::numeric_limits<double>::quiet_NaN()});
        m_file.attribute(variables[i], "standard_name", attributes[i].first);
        m_file.attribute(variables[i], "units", attributes[i].second);
    }
    const Projection plane(grid.isCurvilinear() ? "" : grid.crs);
    const std::size_t step = std::max<std::size_t>(1, PlacesAtOnce / std::max<std::size_t>(1, columns));
    for (std::size_t row = 0; row < rows; row += step) {
        feedback.throwIfCancelled();
        const std::size_t count = std::min(step, rows - row);
        std::vector<double> latitudes, longitudes;
        for (std::size_t cell = row * columns; cell < (row + count) * columns; ++cell) {
            const GeoPoint at = grid.isCurvilinear() ? GeoPoint{grid.latitudes[cell], grid.longitudes[cell]}
                                                     : plane.inverse({grid.axes[x].centres[cell % columns],
                                                                      grid.axes[y].centres[cell / columns]});
            const bool isPlaced = std::isfinite(at.latitude) && std::isfinite(at.longitude);
            const double missing = std::numeric_limits<double>::quiet_NaN();
            latitudes.push_back(isPlaced ? at.latitude : missing);
            longitudes.push_back(isPlaced ? at.longitude : missing);
        }
        m_file.put(variables[0], {row, 0}, {count, columns}, latitudes);
        m_file.put(variables[1], {row, 0}, {count, columns}, longitudes);
    }
    Grid plain{{grid.axes[y], grid.axes[x]}, grid.crs, grid.latitudes, grid.longitudes, grid.calendar};
    m_places.emplace_back(std::move(plain), names[0] + " " + names[1]);
    return m_places.back().second;
}

std::string CfGridFile::timeOf(const Time& of) {
    for (const auto& [known, name] : m_times)
        if (known == of)
            return name;
    const TimeInterval& time = of.interval;
    const std::string name = freeName("time");
    const NetcdfWriter::Variable variable = m_file.define(name, NC_DOUBLE, {});
    m_file.attribute(variable, "standard_name", "time");
    m_file.attribute(variable, "units", TimeUnits);
    m_file.attribute(variable, "calendar", calendarName(time.calendar));
    m_file.put(variable, std::vector<double>{secondsOf(of.nominal)});
    if (time.begin != time.end) {
        const std::string bounds = freeName(name + "_bnds");
        m_file.attribute(variable, "bounds", bounds);
        m_file.put(m_file.define(bounds, NC_DOUBLE, {ends()}),
                   std::vector<double>{secondsOf(time.begin), secondsOf(time.end)});
    }
    m_times.emplace_back(of, name);
    return name;
}

} // namespace embellie
