#include "core/io/cf/coordinates.h"

#include "core/base/error.h"
#include "core/io/cf/crs.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace embellie {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool isOneOf(const std::string& text, std::initializer_list<const char*> list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool isTimeUnit(const NetcdfVariable& variable) {
    return parseTimeUnit(variable.text("units"), variable.text("calendar")).has_value();
}

} // namespace

bool isLatitude(const NetcdfVariable& variable) {
    const std::string unit = lower(variable.text("units"));
    return variable.text("standard_name") == "latitude" ||
           isOneOf(unit, {"degrees_north", "degree_north", "degrees_n", "degree_n"}) ||
           isOneOf(lower(variable.name), {"lat", "latitude", "latitudes", "nav_lat", "xlat"});
}

bool isLongitude(const NetcdfVariable& variable) {
    const std::string unit = lower(variable.text("units"));
    return variable.text("standard_name") == "longitude" ||
           isOneOf(unit, {"degrees_east", "degree_east", "degrees_e", "degree_e"}) ||
           isOneOf(lower(variable.name), {"lon", "longitude", "longitudes", "nav_lon", "xlong", "long"});
}

AxisRole roleOf(const NetcdfVariable& coordinate) {
    if (isTimeUnit(coordinate))
        return AxisRole::Time;
    const std::string axis = coordinate.text("axis"), standard = coordinate.text("standard_name");
    if (axis == "X" || isLongitude(coordinate) ||
        isOneOf(standard, {"projection_x_coordinate", "grid_longitude", "projection_x_angular_coordinate"}))
        return AxisRole::X;
    if (axis == "Y" || isLatitude(coordinate) ||
        isOneOf(standard, {"projection_y_coordinate", "grid_latitude", "projection_y_angular_coordinate"}))
        return AxisRole::Y;
    const std::string unit = lower(coordinate.text("units")), name = lower(coordinate.name);
    if (axis == "Z" || !coordinate.text("positive").empty() ||
        isOneOf(unit, {"pa", "hpa", "mbar", "millibar", "millibars", "mb", "level", "sigma_level"}) ||
        isOneOf(standard, {"height", "altitude", "depth", "air_pressure", "model_level_number"}) ||
        isOneOf(name, {"lev", "level", "levels", "plev", "height", "depth", "altitude", "isobaric", "z"}))
        return AxisRole::Level;
    if (isOneOf(name, {"x", "rlon", "xc", "west_east", "ni"}))
        return AxisRole::X;
    if (isOneOf(name, {"y", "rlat", "yc", "south_north", "nj"}))
        return AxisRole::Y;
    return AxisRole::Other;
}

CfCoordinates::Pair CfCoordinates::curvilinear(const NetcdfVariable& variable) const {
    if (variable.dimensions.size() < 2 || mappingOf(variable))
        return {};
    const std::vector<std::string> plane(variable.dimensions.end() - 2, variable.dimensions.end());
    Pair pair;
    for (const NetcdfVariable& other : m_file.variables()) {
        if (other.dimensions != plane || !other.isNumeric())
            continue;
        if (!pair.latitude && isLatitude(other))
            pair.latitude = &other;
        else if (!pair.longitude && isLongitude(other))
            pair.longitude = &other;
    }
    return pair.latitude && pair.longitude ? pair : Pair{};
}

const NetcdfVariable* CfCoordinates::along(const std::string& dimension) const {
    const std::vector<std::string> only{dimension};
    const NetcdfVariable* const named = m_file.find(dimension);
    if (named && named->dimensions == only && named->isNumeric())
        return named;
    // "latitude(lat)": a place under another name, unless latitude and longitude share the dimension, as at
    // stations.
    const NetcdfVariable* place = nullptr;
    for (const NetcdfVariable& variable : m_file.variables())
        if (variable.dimensions == only && variable.isNumeric() &&
            (isLatitude(variable) || isLongitude(variable))) {
            if (place)
                return nullptr;
            place = &variable;
        }
    return place;
}

AxisRole CfCoordinates::role(const NetcdfVariable& variable, std::size_t dimension) const {
    const std::size_t rank = variable.dimensions.size();
    if (const Pair pair = curvilinear(variable); pair.latitude && dimension + 2 >= rank)
        return dimension + 1 == rank ? AxisRole::X : AxisRole::Y;
    const NetcdfVariable* const coordinate = along(variable.dimensions[dimension]);
    return coordinate ? roleOf(*coordinate) : AxisRole::Other;
}

const NetcdfVariable* CfCoordinates::mappingOf(const NetcdfVariable& variable) const {
    const std::string named = variable.text("grid_mapping"); // "crs" or "crs: x y"
    const NetcdfVariable* const mapping = m_file.find(named.substr(0, named.find_first_of(": ")));
    if (named.empty() || !mapping)
        return nullptr;
    // A mapping without coordinates along X and Y says nothing.
    std::size_t found = 0;
    for (const std::string& dimension : variable.dimensions)
        if (const NetcdfVariable* const coordinate = along(dimension)) {
            const AxisRole role = roleOf(*coordinate);
            found += role == AxisRole::X || role == AxisRole::Y ? 1 : 0;
        }
    return found >= 2 ? mapping : nullptr;
}

bool CfCoordinates::isGridded(const NetcdfVariable& variable) const {
    bool x = false, y = false;
    for (std::size_t d = 0; d < variable.dimensions.size(); ++d) {
        x |= role(variable, d) == AxisRole::X;
        y |= role(variable, d) == AxisRole::Y;
    }
    return x && y;
}

bool CfCoordinates::isAuxiliary(const NetcdfVariable& variable) const {
    if (!variable.isNumeric() || variable.dimensions.empty() || m_file.dimensions().contains(variable.name) ||
        !variable.text("grid_mapping_name").empty())
        return true;
    for (const char* ending : {"_bounds", "_bnds", "_vertices", "_pal"})
        if (variable.name.ends_with(ending))
            return true;
    return std::any_of(m_file.variables().begin(), m_file.variables().end(),
                       [&](const NetcdfVariable& other) { return other.text("bounds") == variable.name; });
}

std::vector<double> CfCoordinates::edgesOf(const NetcdfVariable& coordinate,
                                           const std::vector<double>& centres) const {
    const NetcdfVariable* const bounds = m_file.find(coordinate.text("bounds"));
    if (!bounds || bounds->shape != std::vector<std::size_t>{centres.size(), 2} || centres.empty())
        return {};
    const std::vector<double> pairs = m_file.values(*bounds);
    // Pairs may run along the axis or against it.
    for (const std::size_t first : {std::size_t(0), std::size_t(1)}) {
        std::vector<double> edges;
        bool joined = true;
        for (std::size_t i = 0; i < centres.size(); ++i) {
            edges.push_back(pairs[2 * i + first]);
            const double width = std::abs(pairs[2 * i] - pairs[2 * i + 1]);
            if (i > 0)
                joined &= std::abs(pairs[2 * (i - 1) + 1 - first] - pairs[2 * i + first]) <= 1e-6 * width;
            joined &= std::isfinite(edges.back());
        }
        edges.push_back(pairs[2 * (centres.size() - 1) + 1 - first]);
        const bool along =
            centres.size() == 1 || (edges.back() - edges.front()) * (centres.back() - centres.front()) > 0;
        if (joined && along)
            return edges;
    }
    return {};
}

Axis CfCoordinates::axisOf(const NetcdfVariable& variable, std::size_t dimension, double& meters) const {
    Axis axis;
    axis.name = variable.dimensions[dimension];
    axis.role = role(variable, dimension);
    const std::size_t size = variable.shape[dimension];
    const NetcdfVariable* const coordinate = along(axis.name);
    const bool counted =
        !coordinate || (curvilinear(variable).latitude && dimension + 2 >= variable.dimensions.size());
    if (counted) {
        axis.unit = "1";
        for (std::size_t i = 0; i < size; ++i)
            axis.centres.push_back(static_cast<double>(i));
        if (axis.role != AxisRole::Other)
            axis.bounds = halfWayBounds(axis.centres);
        return axis;
    }
    axis.unit = coordinate->text("units");
    axis.centres = m_file.values(*coordinate);
    axis.bounds = edgesOf(*coordinate, axis.centres);
    if (axis.role == AxisRole::Time) {
        const auto unit = parseTimeUnit(axis.unit, coordinate->text("calendar"));
        for (std::vector<double>* list : {&axis.centres, &axis.bounds})
            for (double& value : *list)
                value = unit->seconds(value);
    }
    if (axis.role == AxisRole::X || axis.role == AxisRole::Y) {
        double scale = 1;
        const std::string unit = lower(axis.unit);
        const NetcdfVariable* const mapping = mappingOf(variable);
        if (mapping && mapping->text("grid_mapping_name") == "geostationary" && unit != "m" && unit != "km" &&
            unit != "metre" && unit != "meters")
            scale = mapping->number("perspective_point_height").value_or(1); // scan angles in radians
        else if (isOneOf(unit, {"km", "kilometre", "kilometer", "kilometres", "kilometers"}))
            scale = 1000;
        for (std::vector<double>* list : {&axis.centres, &axis.bounds})
            for (double& value : *list)
                value *= scale;
        meters = scale;
        const bool angular = isLatitude(*coordinate) || isLongitude(*coordinate) ||
                             isOneOf(coordinate->text("standard_name"), {"grid_latitude", "grid_longitude"});
        axis.unit = angular ? "degrees" : "m";
        if (isLongitude(*coordinate)) // 358, 359, 0, 1: one way round
            for (std::size_t i = 1; i < axis.centres.size(); ++i) {
                const double step = axis.centres[i] - axis.centres[i - 1];
                if (std::abs(step) > 180)
                    axis.centres[i] -= std::round(step / 360) * 360;
            }
        for (std::size_t i = 0; i < axis.centres.size(); ++i) {
            const bool turned =
                i > 1 && (axis.centres[i] - axis.centres[i - 1]) * (axis.centres[1] - axis.centres[0]) <= 0;
            if (!std::isfinite(axis.centres[i]) || turned || (i == 1 && axis.centres[1] == axis.centres[0]))
                throw Error(text(EMBELLIE_TR("io", "the coordinates along {0} can't be used"), axis.name))
                    .in(m_file.path(), coordinate->name)
                    .expected(text(EMBELLIE_TR("io", "numbers that only grow, or only fall")))
                    .found(text(EMBELLIE_TR("io", "{0} at index {1}"), axis.centres[i], i))
                    .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
        }
    }
    if (axis.bounds.empty() && axis.role != AxisRole::Other) {
        axis.bounds = halfWayBounds(axis.centres);
        if (isLatitude(*coordinate))
            for (double& edge : axis.bounds)
                edge = std::clamp(edge, -90.0, 90.0);
    }
    return axis;
}

std::string CfCoordinates::crsOf(const NetcdfVariable& variable, double axisMeters) const {
    if (const NetcdfVariable* const mapping = mappingOf(variable)) {
        if (const auto proj = projOfGridMapping(*mapping, axisMeters))
            return *proj;
        throw Error(
            text(EMBELLIE_TR("io", "the projection \"{0}\" isn't known"), mapping->text("grid_mapping_name")))
            .in(m_file.path(), mapping->name)
            .expected(text(EMBELLIE_TR("io", "a grid mapping of the CF conventions, or its crs_wkt")));
    }
    for (const char* name : {"crs", "proj4", "esri_pe_string", "spatial_ref"})
        if (const std::string proj = variable.text(name); !proj.empty())
            return proj;
    for (const char* name : {"spatial_ref", "crs"})
        if (const NetcdfVariable* const mapping = m_file.find(name))
            if (const auto proj = projOfGridMapping(*mapping, axisMeters))
                return *proj;
    return {};
}

Grid CfCoordinates::gridOf(const NetcdfVariable& variable) const {
    Grid grid;
    double meters = 1;
    bool projected = false;
    for (std::size_t d = 0; d < variable.dimensions.size(); ++d) {
        grid.axes.push_back(axisOf(variable, d, meters));
        const Axis& axis = grid.axes.back();
        projected |= (axis.role == AxisRole::X || axis.role == AxisRole::Y) &&
                     (axis.unit == "m" || mappingOf(variable));
        if (axis.role == AxisRole::Time)
            grid.calendar = parseTimeUnit(axis.unit, along(axis.name)->text("calendar"))->calendar;
    }
    if (const Pair pair = curvilinear(variable); pair.latitude) {
        grid.latitudes = m_file.values(*pair.latitude);
        grid.longitudes = m_file.values(*pair.longitude);
        const auto finite = [](double degrees) { return std::isfinite(degrees); };
        if (std::none_of(grid.latitudes.begin(), grid.latitudes.end(), finite))
            throw Error(text(EMBELLIE_TR("io", "the latitudes are all missing")))
                .in(m_file.path(), pair.latitude->name);
    } else if (projected) {
        grid.crs = crsOf(variable, meters);
    }
    return grid;
}

std::optional<TimeInterval> CfCoordinates::scalarTime(const NetcdfVariable& variable) const {
    std::vector<std::string> names;
    std::istringstream listed(variable.text("coordinates"));
    for (std::string name; listed >> name;)
        names.push_back(name);
    const auto rank = [&](const NetcdfVariable& v) {
        const bool inList = std::find(names.begin(), names.end(), v.name) != names.end();
        return v.name == "time" ? 3 : v.text("standard_name") == "time" ? 2 : inList ? 1 : 0;
    };
    const NetcdfVariable* best = nullptr;
    for (const NetcdfVariable& other : m_file.variables())
        if (other.isNumeric() && rank(other) > 0 && isTimeUnit(other) &&
            (!best || rank(other) > rank(*best)) &&
            (other.dimensions.empty() || (other.shape.size() == 1 && other.shape[0] == 1)))
            best = &other;
    if (best) {
        const auto unit = parseTimeUnit(best->text("units"), best->text("calendar"));
        const std::vector<double> values = m_file.values(*best);
        if (!values.empty() && std::isfinite(values[0])) {
            const TimePoint time = timeAtSeconds(unit->seconds(values[0]));
            return TimeInterval{time, time, unit->calendar};
        }
    }
    const auto begin = parseTime(m_file.globalText("time_coverage_start")),
               end = parseTime(m_file.globalText("time_coverage_end"));
    if (begin)
        return TimeInterval{*begin, end && *end >= *begin ? *end : *begin, Calendar::Standard};
    return std::nullopt;
}

} // namespace embellie
