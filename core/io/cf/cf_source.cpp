#include "core/io/cf/cf_source.h"

#include "core/io/cfradial/roles.h"
#include "core/io/cut.h"
#include "core/io/window.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace embellie {

Recognition CfSource::recognise(const NetcdfFile& file) {
    const CfCoordinates coordinates(file);
    for (const NetcdfVariable& variable : file.variables())
        if (!coordinates.isAuxiliary(variable) && coordinates.isGridded(variable))
            return {file.globalText("Conventions").starts_with("CF") ? 80 : 70,
                    text(EMBELLIE_TR("io", "its variable {0} lies on a grid"), variable.name)};
    return {0, text(EMBELLIE_TR("io", "none of its variables lies on a grid"))};
}

/// From the first to the last time of the axis; nothing where there is none, or all are missing.
static std::optional<TimeInterval> timesOf(const Grid& grid) {
    const Axis* const axis = grid.axis(AxisRole::Time);
    std::optional<TimeInterval> times;
    for (const double seconds : axis ? axis->centres : std::vector<double>{})
        if (std::isfinite(seconds)) {
            const TimePoint at = timeAtSeconds(seconds);
            if (!times)
                times = TimeInterval{at, at, grid.calendar};
            times->begin = std::min(times->begin, at);
            times->end = std::max(times->end, at);
        }
    return times;
}

CfSource::CfSource(const std::filesystem::path& file) : m_file(file), m_coordinates(m_file) {
    m_info.file = file;
    const std::string conventions = m_file.globalText("Conventions");
    m_info.format = "NetCDF grid";
    if (conventions.starts_with("CF-"))
        m_info.format = "CF " + conventions.substr(3, conventions.find_first_of(" ,/", 3) - 3);
    m_info.title = m_file.globalText("title");
    if (m_info.title.empty())
        m_info.title = file.stem().string();
    std::optional<Error> nothing;
    for (const NetcdfVariable& variable : m_file.variables()) {
        if (m_coordinates.isAuxiliary(variable))
            continue;
        ArrayInfo array;
        array.id = variable.name;
        array.path = variable.name;
        array.quantity = quantityOf(variable);
        array.shape = variable.shape;
        array.dimensions = variable.dimensions;
        if (m_coordinates.isGridded(variable)) {
            const auto empty = std::find(array.shape.begin(), array.shape.end(), std::size_t(0));
            if (empty !=
                array.shape.end()) { // a record that was never written is no reason to refuse the others
                nothing =
                    Error(text(EMBELLIE_TR("io", "the grid has no cells")))
                        .in(file, array.path)
                        .found(text(EMBELLIE_TR("io", "the dimension {0} of size 0"),
                                    array.dimensions[static_cast<std::size_t>(empty - array.shape.begin())]));
                continue;
            }
            array.grid = gridOf(variable);
        }
        if (const auto places = exchanged(variable)) {
            std::swap(array.shape[places->first], array.shape[places->second]);
            std::swap(array.dimensions[places->first], array.dimensions[places->second]);
        }
        readRole(array, variable);
        m_info.arrays.push_back(std::move(array));
    }
    nameShortly();
    // What was measured comes before where and when, which may lack its axes.
    std::stable_partition(m_info.arrays.begin(), m_info.arrays.end(), [&](const ArrayInfo& array) {
        const NetcdfVariable& variable = *m_file.find(array.path);
        return !isLatitude(variable) && !isLongitude(variable) && !isTimeUnit(variable);
    });
    const auto first = std::find_if(m_info.arrays.begin(), m_info.arrays.end(),
                                    [](const ArrayInfo& array) { return array.grid != nullptr; });
    if (first != m_info.arrays.end()) {
        m_info.grid = *first->grid;
        auto time = timesOf(*m_info.grid);
        if (!time)
            time = nominalTime(*m_file.find(first->path));
        m_info.hasTime = time.has_value();
        m_info.time = time.value_or(TimeInterval{});
    }
    if (!m_info.grid && nothing)
        throw *nothing;
    if (!m_info.grid)
        throw Error(text(EMBELLIE_TR("io", "the netCDF file has no fields")))
            .in(file)
            .expected(
                text(EMBELLIE_TR("io", "a variable over latitude and longitude, or over projected axes")));
}

void CfSource::nameShortly() {
    std::map<std::string, int> times;
    for (const ArrayInfo& array : m_info.arrays)
        ++times[withoutGroups(array.path)];
    for (ArrayInfo& array : m_info.arrays)
        if (times[withoutGroups(array.path)] == 1 && array.qualityOf.empty())
            array.quantity.id = withoutGroups(array.path);
}

std::optional<TimeInterval> CfSource::nominalTime(const NetcdfVariable& variable) const {
    const auto time = m_coordinates.scalarTime(variable);
    const auto named = m_coordinates.coverage(time ? time->calendar : Calendar::Standard);
    const bool isInside = time && named && named->begin >= time->begin && named->end <= time->end;
    return isInside ? named : time;
}

std::shared_ptr<const Grid> CfSource::gridOf(const NetcdfVariable& variable) {
    std::vector<std::string> key = variable.dimensions;
    const CfCoordinates::Pair pair = m_coordinates.curvilinear(variable);
    for (const NetcdfVariable* place : {pair.latitude, pair.longitude})
        key.push_back(place ? place->name : "");
    for (const char* name : {"grid_mapping", "crs", "proj4", "esri_pe_string", "spatial_ref"})
        key.push_back(variable.text(name));
    auto found = m_grids.find(key);
    if (found == m_grids.end()) {
        Grid grid = m_coordinates.gridOf(variable);
        if (const auto places = exchanged(variable))
            std::swap(grid.axes[places->first], grid.axes[places->second]);
        found = m_grids.emplace(std::move(key), std::make_shared<const Grid>(std::move(grid))).first;
    }
    return found->second;
}

std::optional<std::pair<std::size_t, std::size_t>> CfSource::exchanged(const NetcdfVariable& variable) const {
    std::optional<std::size_t> x, y;
    for (std::size_t d = 0; d < variable.dimensions.size(); ++d) {
        const AxisRole role = m_coordinates.role(variable, d);
        if (role == AxisRole::X && !x)
            x = d;
        if (role == AxisRole::Y && !y)
            y = d;
    }
    return x && y && *x < *y ? std::optional(std::pair(*x, *y)) : std::nullopt;
}

/// Row-major cells of @p shape with two of the axes exchanged, @p first before @p second.
template <class Cell>
static std::vector<Cell> withExchanged(const std::vector<Cell>& cells, const std::vector<std::size_t>& shape,
                                       std::size_t first, std::size_t second) {
    const auto product = [&](std::size_t from, std::size_t to) {
        std::size_t size = 1;
        for (std::size_t d = from; d < to; ++d)
            size *= shape[d];
        return size;
    };
    const std::size_t outer = product(0, first), a = shape[first], middle = product(first + 1, second),
                      b = shape[second], inner = product(second + 1, shape.size());
    std::vector<Cell> out(cells.size());
    for (std::size_t o = 0; o < outer; ++o)
        for (std::size_t i = 0; i < a; ++i)
            for (std::size_t m = 0; m < middle; ++m)
                for (std::size_t k = 0; k < b; ++k)
                    std::copy_n(cells.begin() +
                                    static_cast<std::ptrdiff_t>((((o * a + i) * middle + m) * b + k) * inner),
                                inner,
                                out.begin() + static_cast<std::ptrdiff_t>(
                                                  (((o * b + k) * middle + m) * a + i) * inner));
    return out;
}

Field CfSource::read(const std::string& idOrPath, const Window& window, Feedback& feedback) {
    feedback.throwIfCancelled();
    const ArrayInfo* const array = m_info.find(idOrPath);
    if (!array)
        throw noSuchArray(m_info, idOrPath);
    const NetcdfVariable& variable = *m_file.find(array->path);
    const std::vector<AxisPart> parts = resolveWindow(window, *array, m_info.file);
    const auto places = exchanged(variable);
    std::vector<AxisPart> filed = parts;
    if (places)
        std::swap(filed[places->first], filed[places->second]);
    const RawArray raw = m_file.read(variable, filed);
    Decoded decoded = decode(raw, packingOf(variable));
    if (const NetcdfVariable* const rejected = rejectedOf(m_file, variable))
        restoreRejected(decoded, m_file.read(*rejected, filed));
    if (places) {
        decoded.values = withExchanged(decoded.values, raw.shape, places->first, places->second);
        decoded.states = withExchanged(decoded.states, raw.shape, places->first, places->second);
    }
    const std::shared_ptr<const Grid> whole = gridOf(variable);
    Geometry geometry = cut(*whole, parts);
    TimeInterval time = m_coordinates.scalarTime(variable).value_or(m_info.time);
    if (const auto own = timesOf(std::get<Grid>(geometry)))
        time = *own;
    return Field(array->quantity, std::move(geometry), time, std::move(decoded.values),
                 std::move(decoded.states), {m_info.file.string(), array->path, {}});
}

} // namespace embellie
