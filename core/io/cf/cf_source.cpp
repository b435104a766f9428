#include "core/io/cf/cf_source.h"

#include "core/io/cut.h"
#include "core/io/window.h"

#include <algorithm>

namespace embellie {

Recognition CfSource::recognise(const NetcdfFile& file) {
    const CfCoordinates coordinates(file);
    for (const NetcdfVariable& variable : file.variables())
        if (!coordinates.isAuxiliary(variable) && coordinates.isGridded(variable))
            return {file.globalText("Conventions").starts_with("CF") ? 80 : 70,
                    text(EMBELLIE_TR("io", "its variable {0} lies on a grid"), variable.name)};
    return {0, text(EMBELLIE_TR("io", "none of its variables lies on a grid"))};
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
    std::vector<double> times;
    for (const NetcdfVariable& variable : m_file.variables()) {
        if (m_coordinates.isAuxiliary(variable))
            continue;
        ArrayInfo array;
        array.id = variable.name;
        array.path = variable.name;
        array.quantity = quantityOf(variable);
        array.shape = variable.shape;
        array.dimensions = variable.dimensions;
        if (m_coordinates.isGridded(variable))
            array.grid = gridOf(variable);
        m_info.arrays.push_back(std::move(array));
        if (!m_info.grid && m_info.arrays.back().grid) {
            m_info.grid = *m_info.arrays.back().grid;
            const Axis* const axis = m_info.grid->axis(AxisRole::Time);
            if (axis && axis->size() > 0) {
                const auto [first, last] = std::minmax_element(axis->centres.begin(), axis->centres.end());
                m_info.time = {timeAtSeconds(*first), timeAtSeconds(*last), m_info.grid->calendar};
                m_info.hasTime = true;
            } else if (const auto time = m_coordinates.scalarTime(variable)) {
                m_info.time = *time;
                m_info.hasTime = true;
            }
        }
    }
    if (!m_info.grid)
        throw Error(text(EMBELLIE_TR("io", "the netCDF file has no fields")))
            .in(file)
            .expected(
                text(EMBELLIE_TR("io", "a variable over latitude and longitude, or over projected axes")));
    for (const ArrayInfo& array : m_info.arrays)
        for (std::size_t i = 0; i < array.shape.size(); ++i)
            if (array.shape[i] == 0 && array.grid)
                throw Error(text(EMBELLIE_TR("io", "the grid has no cells")))
                    .in(file, array.path)
                    .found(text(EMBELLIE_TR("io", "the dimension {0} of size 0"), array.dimensions[i]));
}

std::shared_ptr<const Grid> CfSource::gridOf(const NetcdfVariable& variable) {
    std::vector<std::string> key = variable.dimensions;
    const CfCoordinates::Pair pair = m_coordinates.curvilinear(variable);
    key.push_back(pair.latitude ? pair.latitude->name : "");
    for (const char* name : {"grid_mapping", "crs", "proj4", "esri_pe_string", "spatial_ref"})
        key.push_back(variable.text(name));
    auto found = m_grids.find(key);
    if (found == m_grids.end())
        found = m_grids.emplace(std::move(key), std::make_shared<const Grid>(m_coordinates.gridOf(variable)))
                    .first;
    return found->second;
}

Field CfSource::read(const std::string& idOrPath, const Window& window, Feedback& feedback) {
    feedback.throwIfCancelled();
    const ArrayInfo* const array = m_info.find(idOrPath);
    if (!array)
        throw noSuchArray(m_info, idOrPath);
    const NetcdfVariable& variable = *m_file.find(array->path);
    const std::vector<AxisPart> parts = resolveWindow(window, *array, m_info.file);
    Decoded decoded = decode(m_file.read(variable, parts), packingOf(variable));
    const std::shared_ptr<const Grid> whole = gridOf(variable);
    Geometry geometry = cut(*whole, parts);
    TimeInterval time = m_coordinates.scalarTime(variable).value_or(m_info.time);
    if (const Axis* const axis = std::get<Grid>(geometry).axis(AxisRole::Time); axis && axis->size() > 0) {
        const auto [first, last] = std::minmax_element(axis->centres.begin(), axis->centres.end());
        time = {timeAtSeconds(*first), timeAtSeconds(*last), whole->calendar};
    }
    return Field(array->quantity, std::move(geometry), time, std::move(decoded.values),
                 std::move(decoded.states), {m_info.file.string(), array->path, {}});
}

} // namespace embellie
