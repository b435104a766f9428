#include "core/io/cf/coordinates.h"

#include "core/base/error.h"
#include "core/io/cf/crs.h"
#include "core/map/projection.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <optional>
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

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    std::istringstream listed(text);
    for (std::string word; listed >> word;)
        words.push_back(word);
    return words;
}

template <class T>
bool contains(const std::vector<T>& list, const T& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

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

} // namespace

bool isTimeUnit(const NetcdfVariable& variable) {
    return parseTimeUnit(variable.text("units"), variable.text("calendar")).has_value();
}

bool isLatitude(const NetcdfVariable& variable) {
    const std::string unit = lower(variable.text("units"));
    return variable.text("standard_name") == "latitude" ||
           isOneOf(unit, {"degrees_north", "degree_north", "degrees_n", "degree_n"}) ||
           isOneOf(lower(variable.shortName()), {"lat", "latitude", "latitudes", "nav_lat", "xlat"});
}

bool isLongitude(const NetcdfVariable& variable) {
    const std::string unit = lower(variable.text("units"));
    return variable.text("standard_name") == "longitude" ||
           isOneOf(unit, {"degrees_east", "degree_east", "degrees_e", "degree_e"}) ||
           isOneOf(lower(variable.shortName()),
                   {"lon", "longitude", "longitudes", "nav_lon", "xlong", "long"});
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
    const std::string unit = lower(coordinate.text("units")), name = lower(coordinate.shortName());
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

CfCoordinates::CfCoordinates(const NetcdfFile& file) : m_file(file) {
    for (const NetcdfVariable& variable : file.variables())
        if (isLatitude(variable))
            m_latitudes.push_back(&variable);
        else if (isLongitude(variable))
            m_longitudes.push_back(&variable);
}

CfCoordinates::Pair CfCoordinates::curvilinear(const NetcdfVariable& variable) const {
    if (variable.dimensions.size() < 2 || mappingOf(variable))
        return {};
    const auto placeOf = [&](const std::string& dimension) {
        const auto begin = variable.dimensions.begin(), end = variable.dimensions.end();
        return static_cast<std::size_t>(std::find(begin, end, dimension) - begin);
    };
    // Of several pairs on the same cells (centres and corners, say) "coordinates" names the variable's own.
    // WRF's have a time in front, at which they are the same.
    const std::vector<const NetcdfVariable*> named = coordinatesOf(variable);
    const auto rank = [&](const NetcdfVariable& other) {
        const auto& dimensions = other.dimensions;
        if (!other.isNumeric() || dimensions.size() < 2)
            return 0;
        const std::size_t y = placeOf(*(dimensions.end() - 2)), x = placeOf(dimensions.back());
        if (y == x || std::max(y, x) >= variable.dimensions.size() ||
            !std::all_of(dimensions.begin(), dimensions.end() - 2, [&](const std::string& dimension) {
                return lower(withoutGroups(dimension)) == "time" || m_file.dimensions().at(dimension) == 1;
            }))
            return 0;
        return 1 + (dimensions.size() == 2 ? 1 : 0) + (contains(named, &other) ? 2 : 0);
    };
    Pair best;
    int of = 0;
    for (const NetcdfVariable* latitude : m_latitudes) {
        const int one = rank(*latitude);
        for (const NetcdfVariable* longitude : m_longitudes) {
            const int other = one > 0 ? rank(*longitude) : 0;
            if (other > 0 && one + other > of &&
                std::equal(latitude->dimensions.end() - 2, latitude->dimensions.end(),
                           longitude->dimensions.end() - 2)) {
                best = {latitude, longitude, placeOf(*(latitude->dimensions.end() - 2)),
                        placeOf(latitude->dimensions.back())};
                of = one + other;
            }
        }
    }
    return best;
}

std::vector<const NetcdfVariable*> CfCoordinates::coordinatesOf(const NetcdfVariable& variable) const {
    std::vector<const NetcdfVariable*> found;
    for (const std::string& word : wordsOf(variable.text("coordinates")))
        if (const NetcdfVariable* const coordinate = m_file.find(word, variable))
            found.push_back(coordinate);
    return found;
}

const NetcdfVariable* CfCoordinates::along(const std::string& dimension) const {
    const std::vector<std::string> only{dimension};
    const NetcdfVariable* named = m_file.find(dimension);
    if (named && (named->dimensions != only || !named->isNumeric()))
        named = nullptr;
    if (named && named->text("standard_name") != "forecast_period")
        return named;
    // "latitude(lat)": a place under another name, unless latitude and longitude share the dimension, as at
    // stations. "valid_time(step)" says more than the hours since a forecast began.
    const NetcdfVariable *place = nullptr, *time = nullptr;
    for (const NetcdfVariable& variable : m_file.variables()) {
        if (variable.dimensions != only || !variable.isNumeric())
            continue;
        if (isLatitude(variable) || isLongitude(variable)) {
            if (place)
                return named;
            place = &variable;
        } else if (isTimeUnit(variable) && (!time || variable.text("standard_name") == "time")) {
            time = &variable; // "XTIME(Time)"
        }
    }
    return place ? place : time ? time : named;
}

AxisRole CfCoordinates::role(const NetcdfVariable& variable, std::size_t dimension) const {
    if (const Pair pair = curvilinear(variable); pair.has(dimension))
        return dimension == pair.x ? AxisRole::X : AxisRole::Y;
    const NetcdfVariable* const coordinate = along(variable.dimensions[dimension]);
    return coordinate ? roleOf(*coordinate) : AxisRole::Other;
}

const NetcdfVariable* CfCoordinates::mappingOf(const NetcdfVariable& variable) const {
    // A mapping without coordinates along X and Y says nothing.
    std::vector<const NetcdfVariable*> places;
    for (const std::string& dimension : variable.dimensions)
        if (const NetcdfVariable* const coordinate = along(dimension)) {
            const AxisRole role = roleOf(*coordinate);
            if (role == AxisRole::X || role == AxisRole::Y)
                places.push_back(coordinate);
        }
    if (places.size() < 2)
        return nullptr;
    // "crs", or "crs: x y other: lat lon", of which that counts which names the coordinates along the axes.
    const NetcdfVariable *first = nullptr, *current = nullptr;
    std::size_t named = 0;
    for (std::string word : wordsOf(variable.text("grid_mapping"))) {
        if (!first || word.ends_with(':')) {
            if (word.ends_with(':'))
                word.pop_back();
            current = m_file.find(word, variable);
            named = 0;
            if (!first)
                first = current;
            if (!first)
                return nullptr;
        } else if (contains(places, m_file.find(word, variable)) && ++named == places.size()) {
            return current;
        }
    }
    return first;
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
        !variable.text("grid_mapping_name").empty() ||
        (isTimeUnit(variable) && variable.dimensions.size() == 1 &&
         along(variable.dimensions[0]) == &variable))
        return true;
    for (const char* ending : {"_bounds", "_bnds", "_vertices", "_pal"})
        if (variable.name.ends_with(ending))
            return true;
    return std::any_of(m_file.variables().begin(), m_file.variables().end(),
                       [&](const NetcdfVariable& other) {
                           const std::string bounds = other.text("bounds");
                           return !bounds.empty() && m_file.find(bounds, other) == &variable;
                       });
}

std::vector<double> CfCoordinates::edgesOf(const NetcdfVariable& coordinate,
                                           const std::vector<double>& centres) const {
    const NetcdfVariable* const bounds = m_file.find(coordinate.text("bounds"), coordinate);
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
    axis.bounds = edgesOf(*coordinate, axis.centres);
    if (axis.role == AxisRole::Time) {
        const auto unit = parseTimeUnit(axis.unit, coordinate->text("calendar"));
        for (std::vector<double>* list : {&axis.centres, &axis.bounds})
            for (double& value : *list)
                value = unit->seconds(value);
    }
    if (axis.role == AxisRole::X || axis.role == AxisRole::Y) {
        const NetcdfVariable* const mapping = mappingOf(variable);
        const auto unit = factorOf(lower(axis.unit));
        double scale = unit ? unit->factor : 1;
        if (mapping && mapping->text("grid_mapping_name") == "geostationary" && (!unit || unit->isAngle)) {
            // Scan angles, in radians where nothing is said.
            const double radians = unit ? unit->factor * std::numbers::pi / 180 : 1;
            scale = radians * mapping->number("perspective_point_height").value_or(1);
        }
        for (std::vector<double>* list : {&axis.centres, &axis.bounds})
            for (double& value : *list)
                value *= scale;
        meters = scale;
        const bool angular = isLatitude(*coordinate) || isLongitude(*coordinate) ||
                             isOneOf(coordinate->text("standard_name"), {"grid_latitude", "grid_longitude"});
        axis.unit = angular ? "degrees" : "m";
        if (angular && axis.role == AxisRole::X) // 358, 359, 0, 1: one way round
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
        if (const NetcdfVariable* const mapping = m_file.find(name, variable))
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
        const std::size_t cells = variable.shape[pair.y] * variable.shape[pair.x];
        grid.latitudes = m_file.values(*pair.latitude);
        grid.longitudes = m_file.values(*pair.longitude);
        for (std::vector<double>* places : {&grid.latitudes, &grid.longitudes})
            places->resize(cells, std::numeric_limits<double>::quiet_NaN()); // of the first time
        const auto finite = [](double degrees) { return std::isfinite(degrees); };
        if (std::none_of(grid.latitudes.begin(), grid.latitudes.end(), finite))
            throw Error(text(EMBELLIE_TR("io", "the latitudes are all missing")))
                .in(m_file.path(), pair.latitude->name);
    } else if (projected) {
        grid.crs = crsOf(variable, meters);
        const auto isLength = [](const Axis& axis) {
            return (axis.role == AxisRole::X || axis.role == AxisRole::Y) && axis.unit == "m";
        };
        if (grid.crs.empty() && std::any_of(grid.axes.begin(), grid.axes.end(), isLength))
            grid.crs = UnplacedPlane;
        try {
            Projection known(grid.crs);
        } catch (Error& error) {
            const NetcdfVariable* const mapping = mappingOf(variable);
            throw error.in(m_file.path(), mapping ? mapping->name : variable.name);
        }
    }
    return grid;
}

std::optional<TimeInterval> CfCoordinates::scalarTime(const NetcdfVariable& variable) const {
    const std::vector<const NetcdfVariable*> named = coordinatesOf(variable);
    // A forecast's "time" may be that of its start, which then says so.
    const auto rank = [&](const NetcdfVariable& v) {
        const std::string standard = v.text("standard_name");
        const bool isNamed = v.shortName() == "time";
        return standard == "time" && isNamed ? 5
               : standard == "time"          ? 4
               : isNamed && standard.empty() ? 3
               : isNamed                     ? 2
               : contains(named, &v)         ? 1
                                             : 0;
    };
    // Of each row or cell of a swath: from the first to the last.
    constexpr std::size_t most = 1'000'000;
    const auto cells = [](const NetcdfVariable& v) {
        return std::accumulate(v.shape.begin(), v.shape.end(), std::size_t(1), std::multiplies<>());
    };
    const NetcdfVariable* best = nullptr;
    for (const NetcdfVariable& other : m_file.variables())
        if (other.isNumeric() && rank(other) > 0 && isTimeUnit(other) && cells(other) <= most &&
            (!best || std::pair(cells(other) == 1, rank(other)) > std::pair(cells(*best) == 1, rank(*best))))
            best = &other;
    if (best) {
        const auto unit = parseTimeUnit(best->text("units"), best->text("calendar"));
        std::optional<TimeInterval> interval;
        for (const double value : m_file.values(*best))
            if (const double seconds = unit->seconds(value); std::isfinite(seconds)) {
                const TimePoint time = timeAtSeconds(seconds);
                interval = interval ? TimeInterval{std::min(interval->begin, time),
                                                   std::max(interval->end, time), unit->calendar}
                                    : TimeInterval{time, time, unit->calendar};
            }
        if (interval)
            return interval;
    }
    const auto begin = parseTime(m_file.globalText("time_coverage_start")),
               end = parseTime(m_file.globalText("time_coverage_end"));
    if (begin)
        return TimeInterval{*begin, end && *end >= *begin ? *end : *begin, Calendar::Standard};
    return std::nullopt;
}

} // namespace embellie
