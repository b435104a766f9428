#include "core/method/echo_grid.h"

#include "core/map/ray_order.h"

#include <algorithm>
#include <limits>

namespace embellie {

/// Rays of @p circle (with NoRay where there is none), beginning behind the widest gap, wherever that lies;
/// of the other gaps as much as the widest window of a method reaches.
static std::vector<std::size_t> behindItsGap(std::vector<std::size_t> circle) {
    constexpr std::size_t Reach = 15;
    std::size_t begin = 0, widest = 0, width = 0;
    for (std::size_t i = 0; i < circle.size(); ++i) {
        width = circle[i] == NoRay ? width + 1 : 0;
        if (width > widest) {
            widest = width;
            begin = i + 1;
        }
    }
    std::rotate(circle.begin(), circle.begin() + static_cast<std::ptrdiff_t>(begin % circle.size()),
                circle.end());
    circle.resize(circle.size() - widest);
    width = 0;
    std::erase_if(circle, [&](std::size_t ray) {
        width = ray == NoRay ? width + 1 : 0;
        return width > Reach;
    });
    return circle;
}

bool missingIsNoEcho(const Field& field) {
    return field.quantity().ambiguous ||
           std::find(field.states().begin(), field.states().end(), State::NoEcho) == field.states().end();
}

EchoGrid::EchoGrid(const Field& field) {
    const Sweep& sweep = *field.sweep();
    gates = static_cast<int>(sweep.gates);
    std::vector<std::size_t> places = wholeCircle(sweep);
    circle =
        places.size() == sweep.rays.size() && places.size() >= LeastCircle && sweep.mode != SweepMode::Rhi;
    order = behindItsGap(std::move(places));
    rays = static_cast<int>(order.size());
    constexpr float infinity = std::numeric_limits<float>::infinity();
    values.assign(order.size() * sweep.gates, infinity);
    const bool noEcho = missingIsNoEcho(field);
    for (std::size_t ray = 0; ray < order.size(); ++ray)
        for (std::size_t gate = 0; gate < sweep.gates && order[ray] != NoRay; ++gate) {
            const std::size_t from = order[ray] * sweep.gates + gate;
            const State state = field.states()[from];
            values[ray * sweep.gates + gate] = state == State::Valid               ? field.values()[from]
                                               : state == State::NoData && !noEcho ? infinity
                                                                                   : -infinity;
        }
}

std::vector<float> EchoGrid::inFieldOrder(const std::vector<float>& byGrid) const {
    const auto width = static_cast<std::size_t>(gates);
    const auto missing = static_cast<std::size_t>(std::count(order.begin(), order.end(), NoRay));
    std::vector<float> out((order.size() - missing) * width);
    for (std::size_t ray = 0; ray < order.size(); ++ray)
        if (order[ray] != NoRay)
            std::copy_n(byGrid.begin() + static_cast<std::ptrdiff_t>(ray * width), width,
                        out.begin() + static_cast<std::ptrdiff_t>(order[ray] * width));
    return out;
}

std::vector<float> EchoGrid::aligned(const Field& other) const {
    std::vector<float> out(values.size(), std::numeric_limits<float>::quiet_NaN());
    const auto width = static_cast<std::size_t>(gates);
    for (std::size_t ray = 0; ray < order.size(); ++ray)
        if (order[ray] != NoRay)
            std::copy_n(other.values().begin() + static_cast<std::ptrdiff_t>(order[ray] * width), width,
                        out.begin() + static_cast<std::ptrdiff_t>(ray * width));
    return out;
}

Areas areasOf(const EchoGrid& grid, const std::vector<std::uint8_t>& marked) {
    Areas areas;
    areas.area.assign(marked.size(), -1);
    std::vector<std::size_t> open;
    const auto width = static_cast<std::size_t>(grid.gates);
    for (std::size_t start = 0; start < marked.size(); ++start) {
        if (!marked[start] || areas.area[start] >= 0)
            continue;
        const auto number = static_cast<std::int32_t>(areas.cells.size());
        open.assign(1, start);
        areas.area[start] = number;
        for (std::size_t next = 0; next < open.size(); ++next) {
            const int ray = static_cast<int>(open[next] / width), gate = static_cast<int>(open[next] % width);
            for (int r = ray - 1; r <= ray + 1; ++r) {
                const int row = grid.neighbour(r);
                if (row < 0)
                    continue;
                for (int g = std::max(0, gate - 1); g <= std::min(grid.gates - 1, gate + 1); ++g) {
                    const std::size_t cell = grid.at(row, g);
                    if (marked[cell] && areas.area[cell] < 0) {
                        areas.area[cell] = number;
                        open.push_back(cell);
                    }
                }
            }
        }
        areas.cells.push_back(static_cast<std::int32_t>(open.size()));
    }
    return areas;
}

} // namespace embellie
