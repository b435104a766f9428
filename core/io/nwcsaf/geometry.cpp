#include "core/io/geometry_parts.h"
#include "core/io/nwcsaf/nwcsaf_source.h"
#include "core/io/proj_metres.h"
#include "core/map/projection.h"

#include <charconv>
#include <cmath>
#include <numbers>

namespace embellie {

namespace {

constexpr double SatelliteMeters = 35785831; ///< height that the factors of these files are made for

/// "GEOS<+009.5>" as PROJ text, for files without one; nothing for other names.
std::optional<std::string> projOfName(const std::string& name) {
    if (!name.starts_with("GEOS<"))
        return std::nullopt;
    const std::size_t from = name.starts_with("GEOS<+") ? 6 : 5;
    double longitude = 0;
    const auto [end, error] = std::from_chars(name.data() + from, name.data() + name.size(), longitude);
    if (error != std::errc() || end == name.data() + name.size() || *end != '>')
        return std::nullopt;
    return "+proj=geos +a=6378169.0 +b=6356583.8 +lon_0=" + numberText(longitude) + " +h=35785831.0";
}

/// Centres of the first and the last cell along an axis.
struct Ends {
    double first = 0, last = 0;
};

/// The places that the file names are those of the outer cells' centres: the first lies COFF cells from the
/// point below the satellite, and both are one cell less apart than there are cells.
Ends endsOf(const Hdf5File& file, char axis, std::size_t count) {
    const std::string letter(1, axis);
    const auto first = file.number("/", letter + "GEO_UP_LEFT"),
               last = file.number("/", letter + "GEO_LOW_RIGHT");
    if (first && last && std::isfinite(*first) && std::isfinite(*last) && (*first != *last || count == 1))
        return {*first, *last};
    const char prefix = axis == 'X' ? 'C' : 'L';
    const std::string factorName = std::string(1, prefix) + "FAC",
                      offsetName = std::string(1, prefix) + "OFF";
    const auto factor = file.number("/", factorName), offset = file.number("/", offsetName);
    if (!factor || !std::isfinite(*factor) || *factor == 0)
        throw unusableGeometry(file.path(), "/", factorName, factor);
    if (!offset || !std::isfinite(*offset))
        throw unusableGeometry(file.path(), "/", offsetName, offset);
    const double degrees = 65536 / std::abs(*factor);
    const double step = degrees * std::numbers::pi / 180 * SatelliteMeters * (axis == 'X' ? 1 : -1);
    return {-*offset * step, (static_cast<double>(count) - 1 - *offset) * step};
}

} // namespace

Grid nwcSafGrid(const Hdf5File& file, const std::vector<std::size_t>& shape) {
    auto definition = file.string("/", "PROJECTION");
    const std::string name = file.string("/", "PROJECTION_NAME").value_or("");
    if (!definition)
        definition = projOfName(name);
    if (!definition)
        throw Error(text(EMBELLIE_TR("io", "the geometry can't be used: {0}"), "PROJECTION"))
            .in(file.path(), "/")
            .expected(text(EMBELLIE_TR("io", "a PROJ text")))
            .found(name.empty() ? text(EMBELLIE_TR("io", "nothing")) : text(EMBELLIE_TR("io", "{0}"), name))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    const ProjInMetres metres = inMetres(*definition);
    try {
        Projection known(metres.text);
    } catch (Error& error) {
        throw error.in(file.path(), "/");
    }
    const auto axis = [&](char letter, std::size_t count) {
        const Ends ends = endsOf(file, letter, count);
        const double cells = static_cast<double>(count > 1 ? count - 1 : 1);
        const double step = count > 1 ? (ends.last - ends.first) / cells : 3000;
        return regularAxis(letter == 'X' ? "x" : "y", letter == 'X' ? AxisRole::X : AxisRole::Y, "m",
                           ends.first - step / 2, step, count);
    };
    Grid grid;
    grid.axes = {axis('Y', shape[0]), axis('X', shape[1])};
    grid.crs = metres.text;
    return grid;
}

} // namespace embellie
