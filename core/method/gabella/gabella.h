#pragma once

#include "core/method/echo_grid.h"

namespace embellie {

/// Parameters of the filter of Gabella and Notarpietro, Ground clutter characterization and elimination in
/// mountainous terrain, Proc. ERAD 2002, pp. 305–311, as wradlib's documentation describes its two parts.
struct GabellaRule {
    int window = 5;       ///< rays and gates of the square, odd
    float difference = 6; ///< dB
    int neighbours = 6;
    float rainFrom = 0; ///< dBZ
    float shape = 1.3f; ///< gates of an area ÷ gates on its edge
};

/// 1 where an echo is kept, 0 where it is removed, by ray and gate of the grid.
/// Part one: of the cells of a window fewer than `neighbours` are alike (the gate is less than `difference`
/// stronger); what was not measured, or lies outside the sweep, counts as alike. Part two: the area of
/// connected echo (8 neighbours) above `rainFrom` that the gate belongs to has fewer than `shape` gates for
/// each gate on its edge (one with a neighbour outside the area).
std::vector<float> gabella(const EchoGrid& grid, const GabellaRule& rule);

} // namespace embellie
