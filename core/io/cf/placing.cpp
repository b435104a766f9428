// Axes, CRS and places of a grid: the half of CfCoordinates that reads coordinates.

#include "core/base/error.h"
#include "core/io/cf/coordinates.h"
#include "core/io/words.h"
#include "core/map/projection.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

namespace embellie {

namespace {

/// Metres, or degrees of angles, that @p unit is; "100 km" too. Nothing for other units.
struct UnitFactor {
    double factor = 1;
    bool isAngle = false;
};
std::optional<UnitFactor> factorOf(std::string unit) {
    double number = 1;
    const auto [end, error] = std::from_chars(unit.data(), unit.data() + unit.size(), number);
    if (error == std::errc())
        unit.erase(0, static_cast<std::size_t>(end - unit.data()));
    else
        number = 1;
    unit.erase(0, unit.find_first_not_of(' '));
    constexpr double degrees = 180 / std::numbers::pi;
    if (isOneOf(unit, {"m", "metre", "meter", "metres", "meters"}))
        return UnitFactor{number, false};
    if (isOneOf(unit, {"km", "kilometre", "kilometer", "kilometres", "kilometers"}))
        return UnitFactor{1000 * number, false};
    if (isOneOf(unit, {"rad", "radian", "radians"}))
        return UnitFactor{degrees * number, true};
    if (isOneOf(unit, {"microradian", "microradians", "urad", "µrad"}))
        return UnitFactor{1e-6 * degrees * number, true};
    if (unit.starts_with("degree") || isOneOf(unit, {"deg", "degs", "°"}))
        return UnitFactor{number, true};
    return std::nullopt;
}

bool isGeographic(const CfCrs& crs) {
    try {
        return Projection(crs.text).isGeographic();
    } catch (const Error&) {
        return false;
    }
}

/// The edges of cells out of two bounds for each, which may run along the axis or against it. Empty where the
/// cells don't join, or don't all go the way of their centres.
std::vector<double> edgesOf(const std::vector<double>& bounds, const std::vector<double>& centres) {
    const double way = centres.size() > 1 ? centres.back() - centres.front() : 0;
    for (const std::size_t first : {std::size_t(0), std::size_t(1)}) {
        std::vector<double> edges;
        bool joined = !bounds.empty();
        for (std::size_t i = 0; 2 * i < bounds.size(); ++i) {
            const double from = bounds[2 * i + first], to = bounds[2 * i + 1 - first];
            if (i > 0)
                joined &= std::abs(edges.back() - from) <= 1e-6 * std::abs(to - from);
            else
                edges.push_back(from);
            edges.push_back(to);
            joined &= std::isfinite(to - from) && (way == 0 || (to - from) * way > 0);
        }
        if (joined)
            return edges;
    }
    return {};
}

/// 358, 359, 0, 1: one way round. Bounds follow their centres, but for those that have the centre between
/// them or go all round.
void unwrap(std::vector<double>& centres, std::vector<double>& bounds) {
    for (std::size_t i = 1; i < centres.size(); ++i) {
        const double step = centres[i] - centres[i - 1];
        if (std::abs(step) > 180)
            centres[i] -= std::round(step / 360) * 360;
    }
    for (std::size_t i = 0; 2 * i < bounds.size(); ++i) {
        double &one = bounds[2 * i], &other = bounds[2 * i + 1];
        if ((one - centres[i]) * (other - centres[i]) >= 0 && std::abs(one - other) < 360)
            for (double* const bound : {&one, &other})
                *bound -= std::round((*bound - centres[i]) / 360) * 360;
    }
}

} // namespace

std::vector<double> CfCoordinates::boundsOf(const NetcdfVariable& coordinate) const {
    const NetcdfVariable* const bounds = m_file.find(coordinate.text("bounds"), coordinate);
    if (!bounds || bounds->shape != std::vector<std::size_t>{coordinate.shape[0], 2})
        return {};
    return m_file.values(*bounds);
}

std::vector<double> CfCoordinates::degreesOf(const NetcdfVariable& place, std::size_t cells,
                                             double most) const {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    const auto unit = factorOf(lower(place.text("units")));
    std::vector<double> degrees = m_file.values(place);
    degrees.resize(cells, missing);
    for (double& value : degrees) {
        value *= unit && unit->isAngle ? unit->factor : 1;
        if (std::abs(value) > most + 1e-3) // a missing value that the file doesn't declare
            value = missing;
        value = std::clamp(value, -most, most); // pi / 2 in float32 is more than 90 degrees
    }
    return degrees;
}

Axis CfCoordinates::axisOf(const NetcdfVariable& variable, std::size_t dimension, double& meters) const {
    Axis axis;
    axis.name = variable.dimensions[dimension];
    axis.role = role(variable, dimension);
    const std::size_t size = variable.shape[dimension];
    const NetcdfVariable* const coordinate = along(axis.name);
    const bool counted = !coordinate || curvilinear(variable).has(dimension);
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
    std::vector<double> bounds = boundsOf(*coordinate);
    if (axis.role == AxisRole::Time) {
        const auto unit = parseTimeUnit(axis.unit, coordinate->text("calendar"));
        for (std::vector<double>* list : {&axis.centres, &bounds})
            for (double& value : *list)
                value = unit->seconds(value);
    }
    if (axis.role == AxisRole::X || axis.role == AxisRole::Y) {
        const NetcdfVariable* const mapping = mappingOf(variable);
        const auto unit = factorOf(lower(axis.unit));
        bool angular = isLatitude(*coordinate) || isLongitude(*coordinate) ||
                       isOneOf(coordinate->text("standard_name"), {"grid_latitude", "grid_longitude"});
        double scale = unit ? unit->factor : 1;
        if (!angular && (!unit || unit->isAngle)) // bare x and y, as rioxarray writes them
            if (const auto crs = crsOf(variable, 1)) {
                angular = isGeographic(*crs);
                scale *= unit ? 1 : crs->metres;
            }
        if (mapping && mapping->text("grid_mapping_name") == "geostationary" && (!unit || unit->isAngle)) {
            // Scan angles, in radians where nothing is said.
            const double radians = unit ? unit->factor * std::numbers::pi / 180 : 1;
            scale = radians * mapping->number("perspective_point_height").value_or(1);
            // FCI on MTG counts towards west, PROJ towards east.
            if (axis.role == AxisRole::X && mapping->shortName() == "mtg_geos_projection")
                scale = -scale;
        }
        for (std::vector<double>* list : {&axis.centres, &bounds})
            for (double& value : *list)
                value *= scale;
        meters = std::abs(scale);
        axis.unit = angular ? "degrees" : "m";
        if (angular && axis.role == AxisRole::X)
            unwrap(axis.centres, bounds);
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
    axis.bounds = edgesOf(bounds, axis.centres);
    if (axis.bounds.empty() && axis.role != AxisRole::Other) {
        axis.bounds = halfWayBounds(axis.centres);
        if (axis.role == AxisRole::Y && axis.unit == "degrees")
            for (double& edge : axis.bounds)
                edge = std::clamp(edge, -90.0, 90.0);
    }
    return axis;
}

std::optional<CfCrs> CfCoordinates::crsOf(const NetcdfVariable& variable, double axisMeters) const {
    if (const NetcdfVariable* const mapping = mappingOf(variable))
        return crsOfGridMapping(*mapping, axisMeters);
    for (const char* name : {"crs", "proj4", "esri_pe_string", "spatial_ref"})
        if (const std::string written = variable.text(name); !written.empty())
            return crsOfText(written);
    for (const char* name : {"spatial_ref", "crs"})
        if (const NetcdfVariable* const mapping = m_file.find(name, variable))
            if (const auto crs = crsOfGridMapping(*mapping, axisMeters))
                return crs;
    return std::nullopt;
}

Grid CfCoordinates::gridOf(const NetcdfVariable& variable) const {
    Grid grid;
    double meters = 1;
    bool isLength = false, isPlaced = true;
    for (std::size_t d = 0; d < variable.dimensions.size(); ++d) {
        grid.axes.push_back(axisOf(variable, d, meters));
        const Axis& axis = grid.axes.back();
        if (axis.role == AxisRole::X || axis.role == AxisRole::Y) {
            const NetcdfVariable* const coordinate = along(axis.name);
            isLength |= axis.unit == "m";
            isPlaced &= coordinate && (isLatitude(*coordinate) || isLongitude(*coordinate));
        }
        if (axis.role == AxisRole::Time)
            grid.calendar = parseTimeUnit(axis.unit, along(axis.name)->text("calendar"))->calendar;
    }
    if (const Pair pair = curvilinear(variable); pair.latitude) {
        const std::size_t cells = variable.shape[pair.y] * variable.shape[pair.x];
        grid.latitudes = degreesOf(*pair.latitude, cells, 90);
        grid.longitudes = degreesOf(*pair.longitude, cells, 720);
        const auto finite = [](double degrees) { return std::isfinite(degrees); };
        if (std::none_of(grid.latitudes.begin(), grid.latitudes.end(), finite))
            throw Error(text(EMBELLIE_TR("io", "the latitudes are all missing")))
                .in(m_file.path(), pair.latitude->name);
        return grid;
    }
    const NetcdfVariable* const mapping = mappingOf(variable);
    if (!isLength && !mapping)
        return grid;
    const auto crs = crsOf(variable, meters);
    try {
        if (!crs && mapping && !mapping->text("grid_mapping_name").empty())
            throw Error(text(EMBELLIE_TR("io", "the projection \"{0}\" isn't known"),
                             mapping->text("grid_mapping_name")))
                .expected(text(EMBELLIE_TR("io", "a grid mapping of the CF conventions, or its crs_wkt")));
        grid.crs = crs ? crs->text : "";
        if (isLength && grid.crs.empty())
            grid.crs = UnplacedPlane;
        Projection known(grid.crs);
    } catch (Error& error) {
        if (!isPlaced)
            throw error.in(m_file.path(), mapping ? mapping->name : variable.name);
        grid.crs.clear();
    }
    return grid;
}

} // namespace embellie
