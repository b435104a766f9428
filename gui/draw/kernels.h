#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <QRgb>

/// Inner loops of the CPU painter, compiled once per instruction set and chosen when the program starts.
namespace embellie {

/// Finds the interval of a number among ascending edges, by bins of equal width with at most one edge in
/// each.
struct BinLookup {
    float first = 0, binsPerUnit = 0;
    std::vector<float> edge;             ///< of the bin; infinity where it has none
    std::vector<std::int32_t> low, high; ///< label before the edge and from it on; -1 is outside
    /// Intervals 0 to edges.size() - 2, -1 outside. @p edges ascend strictly and lie so evenly that 2^16 bins
    /// part them.
    static BinLookup ofIntervals(const std::vector<double>& edges);
    bool empty() const { return edge.empty(); }
};

/// For each of @p count points the cell ray × gates + gate, or -1. turns: label by the angle clockwise from v
/// towards u in turns [0, 1); gates: label by the distance from the origin.
void locatePolar(const float* u, const float* v, std::size_t count, const BinLookup& turns,
                 const BinLookup& gates, std::int32_t gateCount, std::int32_t* cells);

/// The same with one v for all points.
void locatePolarRow(const float* u, float v, std::size_t count, const BinLookup& turns,
                    const BinLookup& gates, std::int32_t gateCount, std::int32_t* cells);

/// out[i] = colours[cells[i] + 1]
void gatherColours(const std::int32_t* cells, std::size_t count, const QRgb* colours, QRgb* out);

} // namespace embellie
