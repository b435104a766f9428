#include "core/method/gabella/gabella.h"

#include <algorithm>
#include <limits>

namespace embellie {

namespace {

/// How many of a gate's neighbours are alike, by cell.
std::vector<std::uint16_t> alikeNeighbours(const EchoGrid& grid, const GabellaRule& rule) {
    const int reach = rule.window / 2;
    const auto gates = static_cast<std::size_t>(grid.gates);
    std::vector<std::uint16_t> alike(grid.values.size(), 0);
    // A row with room at both ends, where nothing was measured.
    std::vector<float> row(gates + 2 * static_cast<std::size_t>(reach),
                           std::numeric_limits<float>::infinity());
    for (int ray = 0; ray < grid.rays; ++ray) {
        const float* const centre = grid.values.data() + grid.at(ray, 0);
        std::uint16_t* const count = alike.data() + grid.at(ray, 0);
        for (int shift = -reach; shift <= reach; ++shift) {
            const int other = grid.neighbour(ray + shift);
            const auto inner = row.begin() + reach;
            if (other < 0)
                std::fill_n(inner, gates, std::numeric_limits<float>::infinity());
            else
                std::copy_n(grid.values.begin() + static_cast<std::ptrdiff_t>(grid.at(other, 0)), gates,
                            inner);
            for (int along = 0; along <= 2 * reach; ++along) {
                if (shift == 0 && along == reach)
                    continue;
                const float* const neighbour = row.data() + along;
                for (std::size_t gate = 0; gate < gates; ++gate)
                    count[gate] = static_cast<std::uint16_t>(
                        count[gate] + (centre[gate] - neighbour[gate] < rule.difference ? 1 : 0));
            }
        }
    }
    return alike;
}

/// Gates of the area a cell belongs to for each gate on its edge; infinity outside of areas.
std::vector<float> shapes(const EchoGrid& grid, float rainFrom) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    std::vector<std::uint8_t> echo(grid.values.size());
    for (std::size_t i = 0; i < echo.size(); ++i)
        echo[i] = grid.values[i] > rainFrom && grid.values[i] < infinity;
    const Areas areas = areasOf(grid, echo);
    std::vector<std::int32_t> edges(areas.cells.size(), 0);
    for (int ray = 0; ray < grid.rays; ++ray)
        for (int gate = 0; gate < grid.gates; ++gate) {
            const std::int32_t area = areas.area[grid.at(ray, gate)];
            if (area < 0)
                continue;
            bool inside = gate > 0 && gate + 1 < grid.gates;
            for (int r = ray - 1; inside && r <= ray + 1; ++r) {
                const int row = grid.neighbour(r);
                inside = row >= 0 && echo[grid.at(row, gate - 1)] && echo[grid.at(row, gate)] &&
                         echo[grid.at(row, gate + 1)];
            }
            edges[static_cast<std::size_t>(area)] += !inside;
        }
    std::vector<float> shape(grid.values.size(), infinity);
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (const std::int32_t area = areas.area[i]; area >= 0 && edges[static_cast<std::size_t>(area)] > 0)
            shape[i] = static_cast<float>(areas.cells[static_cast<std::size_t>(area)]) /
                       static_cast<float>(edges[static_cast<std::size_t>(area)]);
    return shape;
}

} // namespace

std::vector<float> gabella(const EchoGrid& grid, const GabellaRule& rule) {
    std::vector<float> kept(grid.values.size(), 1);
    if (rule.neighbours > 0) {
        const std::vector<std::uint16_t> alike = alikeNeighbours(grid, rule);
        for (std::size_t i = 0; i < kept.size(); ++i)
            if (alike[i] < rule.neighbours)
                kept[i] = 0;
    }
    if (rule.shape > 0) {
        const std::vector<float> shape = shapes(grid, rule.rainFrom);
        for (std::size_t i = 0; i < kept.size(); ++i)
            if (shape[i] < rule.shape)
                kept[i] = 0;
    }
    return kept;
}

} // namespace embellie
