#include "core/method/fuzzy/texture.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie {

namespace {

constexpr float None = std::numeric_limits<float>::quiet_NaN();
constexpr float SpinDecibels = 6.5f;

/// Sums over a window of rays and gates, by running sums along the rays.
std::vector<float> windowSums(const EchoGrid& grid, const std::vector<float>& values, int windowRays,
                              int windowGates) {
    const int reach = windowGates / 2, across = windowRays / 2;
    std::vector<float> along(values.size()), sums(values.size(), 0);
    std::vector<double> running(static_cast<std::size_t>(grid.gates) + 1, 0);
    for (int ray = 0; ray < grid.rays; ++ray) {
        for (int gate = 0; gate < grid.gates; ++gate)
            running[static_cast<std::size_t>(gate) + 1] =
                running[static_cast<std::size_t>(gate)] + values[grid.at(ray, gate)];
        for (int gate = 0; gate < grid.gates; ++gate)
            along[grid.at(ray, gate)] =
                static_cast<float>(running[static_cast<std::size_t>(std::min(grid.gates, gate + reach + 1))] -
                                   running[static_cast<std::size_t>(std::max(0, gate - reach))]);
    }
    for (int ray = 0; ray < grid.rays; ++ray)
        for (int shift = -across; shift <= across; ++shift) {
            const int other = grid.neighbour(ray + shift);
            if (other < 0)
                continue;
            for (int gate = 0; gate < grid.gates; ++gate)
                sums[grid.at(ray, gate)] += along[grid.at(other, gate)];
        }
    return sums;
}

} // namespace

std::vector<float> texture(const EchoGrid& grid, const std::vector<float>& values, float period) {
    std::vector<float> out(values.size(), None);
    for (int ray = 0; ray < grid.rays; ++ray)
        for (int gate = 0; gate < grid.gates; ++gate) {
            const float centre = values[grid.at(ray, gate)];
            if (std::isnan(centre))
                continue;
            float squares = 0;
            int neighbours = 0;
            for (int r = ray - 1; r <= ray + 1; ++r) {
                const int row = grid.neighbour(r);
                if (row < 0)
                    continue;
                for (int g = std::max(0, gate - 1); g <= std::min(grid.gates - 1, gate + 1); ++g) {
                    const float other = values[grid.at(row, g)];
                    if (std::isnan(other) || (r == ray && g == gate))
                        continue;
                    float difference = other - centre;
                    if (period > 0)
                        difference -= period * std::round(difference / period);
                    squares += difference * difference;
                    ++neighbours;
                }
            }
            if (neighbours > 0)
                out[grid.at(ray, gate)] = std::sqrt(squares / static_cast<float>(neighbours));
        }
    return out;
}

AlongRay alongRay(const EchoGrid& grid, int windowRays, int windowGates) {
    const std::size_t cells = grid.values.size();
    std::vector<float> squares(cells, 0), pairs(cells, 0), changes(cells, 0), triples(cells, 0);
    for (int ray = 0; ray < grid.rays; ++ray) {
        float before = None; // the difference that leads to the gate before
        for (int gate = 1; gate < grid.gates; ++gate) {
            const std::size_t cell = grid.at(ray, gate);
            const float difference = grid.values[cell] - grid.values[cell - 1];
            if (!std::isfinite(difference)) { // an end of the echo: infinities
                before = None;
                continue;
            }
            squares[cell] = difference * difference;
            pairs[cell] = 1;
            if (!std::isnan(before)) {
                triples[cell - 1] = 1;
                changes[cell - 1] =
                    difference * before < 0 && (std::abs(difference) + std::abs(before)) / 2 > SpinDecibels;
            }
            before = difference;
        }
    }
    const auto quotient = [&](const std::vector<float>& of, const std::vector<float>& by, float factor) {
        std::vector<float> sums = windowSums(grid, of, windowRays, windowGates);
        const std::vector<float> counts = windowSums(grid, by, windowRays, windowGates);
        for (std::size_t i = 0; i < cells; ++i)
            sums[i] = counts[i] > 0.5f ? factor * sums[i] / counts[i] : None;
        return sums;
    };
    return {quotient(squares, pairs, 1), quotient(changes, triples, 100)};
}

} // namespace embellie
