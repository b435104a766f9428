#pragma once

#include "core/field/field.h"

#include <cstdint>
#include <vector>

namespace embellie {

/// True where a cell without a value is taken for one without echo: the file has one code for both, or (as
/// CfRadial without _Undetect) never says that there was no echo.
bool missingIsNoEcho(const Field& field);

/// Values of a sweep in the order of azimuth, for methods that look at neighbours.
struct EchoGrid {
    int rays = 0, gates = 0;
    bool circle = true; ///< the last ray is a neighbour of the first
    /// Row of the field, by row of the grid; NoRay for one that stands for a gap.
    std::vector<std::size_t> order;
    /// By ray and gate: -infinity where there is no echo, +infinity where nothing was measured.
    std::vector<float> values;

    explicit EchoGrid(const Field& field);
    std::size_t at(int ray, int gate) const {
        return static_cast<std::size_t>(ray) * static_cast<std::size_t>(gates) +
               static_cast<std::size_t>(gate);
    }
    /// The row @p ray of a grid that closes in a circle, -1 beyond the edge of a sector.
    int neighbour(int ray) const {
        if (ray >= 0 && ray < rays)
            return ray;
        return circle ? (ray % rays + rays) % rays : -1;
    }
    /// Back into the field's order.
    std::vector<float> inFieldOrder(const std::vector<float>& byGrid) const;
    /// Values of another field of the same cells in the order of this grid; NaN where there is none.
    std::vector<float> aligned(const Field& other) const;
};

/// Connected areas of marked cells (8 neighbours, rays in a circle).
struct Areas {
    std::vector<std::int32_t> area;  ///< by cell; -1 outside
    std::vector<std::int32_t> cells; ///< of each area
};
Areas areasOf(const EchoGrid& grid, const std::vector<std::uint8_t>& marked);

} // namespace embellie
