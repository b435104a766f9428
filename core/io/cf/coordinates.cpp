#include "core/io/cf/coordinates.h"

#include "core/io/words.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <sstream>

namespace embellie {

namespace {

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    std::istringstream listed(text);
    for (std::string word; listed >> word;)
        words.push_back(word);
    return words;
}

/// @p ends, in either order, lie around @p value or touch it; bounds that were left unfilled, or are in
/// another unit, do not.
bool isAround(const std::vector<double>& ends, double value) {
    const auto [low, high] = std::minmax(ends[0], ends[1]);
    const double tolerance = 1e-6 * std::max(1.0, high - low);
    return std::isfinite(high - low) && low - tolerance <= value && value <= high + tolerance;
}

template <class T>
bool contains(const std::vector<T>& list, const T& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
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
    const auto isOfCells = [](const NetcdfVariable* place) { return place->dimensions.size() > 1; };
    if (std::none_of(m_latitudes.begin(), m_latitudes.end(), isOfCells))
        return;
    for (const NetcdfVariable& variable : file.variables())
        if (const NetcdfVariable* const mapping = mappingOf(variable); mapping && !isUsable(*mapping))
            m_unusable.insert(mapping);
}

CfCoordinates::Pair CfCoordinates::curvilinear(const NetcdfVariable& variable) const {
    if (variable.dimensions.size() < 2)
        return {};
    if (const NetcdfVariable* const mapping = mappingOf(variable); mapping && !m_unusable.contains(mapping))
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
    if (variable.text("grid_mapping").empty())
        return nullptr;
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

std::optional<TimeInterval> CfCoordinates::scalarTime(const NetcdfVariable& variable) const {
    const std::vector<const NetcdfVariable*> named = coordinatesOf(variable);
    // A forecast's "time" may be that of its start, which then says so.
    const auto rank = [&](const NetcdfVariable& v) {
        const std::string standard = v.text("standard_name");
        const bool isNamed = v.shortName() == "time";
        return standard == "time" && contains(named, &v) ? 6
               : standard == "time" && isNamed           ? 5
               : standard == "time"                      ? 4
               : isNamed && standard.empty()             ? 3
               : isNamed                                 ? 2
               : contains(named, &v)                     ? 1
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
        std::vector<double> values = m_file.values(*best);
        // What a scalar time stands for may be an interval around it (CF 1.8, section 7.1).
        if (const NetcdfVariable* const bounds = m_file.find(best->text("bounds"), *best);
            bounds && values.size() == 1 && bounds->isNumeric() && cells(*bounds) == 2)
            if (const std::vector<double> ends = m_file.values(*bounds); isAround(ends, values[0]))
                values = ends;
        for (const double value : values)
            if (const double seconds = unit->seconds(value); std::isfinite(seconds)) {
                const TimePoint time = timeAtSeconds(seconds);
                interval = interval ? TimeInterval{std::min(interval->begin, time),
                                                   std::max(interval->end, time), unit->calendar}
                                    : TimeInterval{time, time, unit->calendar};
            }
        if (interval)
            return interval;
    }
    return coverage(Calendar::Standard);
}

std::optional<TimeInterval> CfCoordinates::coverage(Calendar calendar) const {
    const auto begin = parseTime(m_file.globalText("time_coverage_start"), calendar),
               end = parseTime(m_file.globalText("time_coverage_end"), calendar);
    if (begin)
        return TimeInterval{*begin, end && *end >= *begin ? *end : *begin, calendar};
    return std::nullopt;
}

} // namespace embellie
