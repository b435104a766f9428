#include "core/io/cut.h"

#include "core/settings/settings.h"

namespace embellie {

Axis cut(const Axis& axis, const AxisPart& part) {
    Axis out = axis;
    out.centres = pick(axis.centres, part);
    if (axis.bounds.empty())
        return out;
    if (part.step == 1)
        out.bounds.assign(axis.bounds.begin() + static_cast<std::ptrdiff_t>(part.from),
                          axis.bounds.begin() + static_cast<std::ptrdiff_t>(part.to) + 1);
    else
        out.bounds = halfWayBounds(out.centres, axis.bounds[part.from + 1] - axis.bounds[part.from]);
    return out;
}

Sweep cut(const Sweep& sweep, const std::vector<AxisPart>& parts) {
    Sweep out = sweep;
    out.rays = pick(sweep.rays, parts[0]);
    out.gates = parts[1].count();
    out.firstGateMeters += static_cast<double>(parts[1].from) * sweep.gateMeters;
    out.gateMeters *= static_cast<double>(parts[1].step);
    return out;
}

Grid cut(const Grid& grid, const std::vector<AxisPart>& parts) {
    Grid out = grid;
    for (std::size_t i = 0; i < parts.size(); ++i)
        out.axes[i] = cut(grid.axes[i], parts[i]);
    if (grid.isCurvilinear()) {
        std::size_t y = 0, x = 0; // swaths may have levels or channels behind them
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (grid.axes[i].role == AxisRole::Y)
                y = i;
            if (grid.axes[i].role == AxisRole::X)
                x = i;
        }
        const AxisPart &rows = parts[y], &columns = parts[x];
        const std::size_t width = grid.axes[x].size();
        out.latitudes.clear();
        out.longitudes.clear();
        for (std::size_t row = rows.from; row < rows.to; row += rows.step)
            for (std::size_t column = columns.from; column < columns.to; column += columns.step) {
                out.latitudes.push_back(grid.latitudes[row * width + column]);
                out.longitudes.push_back(grid.longitudes[row * width + column]);
            }
    }
    return out;
}

Geometry cut(const Geometry& whole, const std::vector<AxisPart>& parts) {
    if (const auto* sweep = std::get_if<Sweep>(&whole))
        return cut(*sweep, parts);
    return cut(std::get<Grid>(whole), parts);
}

Error noSuchArray(const SourceInfo& info, const std::string& idOrPath) {
    std::vector<std::string> known;
    for (const ArrayInfo& array : info.arrays)
        known.push_back(array.id);
    const std::string nearest = nearestName(idOrPath, known);
    const std::string example = nearest.empty() && !known.empty() ? known.front() : nearest;
    return Error(text(EMBELLIE_TR("io", "the file has no array \"{0}\""), idOrPath))
        .in(info.file)
        .expected(text(EMBELLIE_TR("io", "one of its {0} arrays, such as {1}"), known.size(), example))
        .remedy(text(EMBELLIE_TR("io", "see \"embellie-cli info\" for the list")));
}

} // namespace embellie
