#include "gui/draw/kernels.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

// The loops here are written so that they can be vectorised; gui/CMakeLists.txt gives this file the options
// for it.

#if defined(__x86_64__)
#define EMBELLIE_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define EMBELLIE_CLONES
#endif

namespace embellie {

namespace {

constexpr std::size_t MostBins = 65536;

struct Lookup {
    const float* edge;
    const std::int32_t *low, *high;
    float first, binsPerUnit, lastBin;
};

Lookup raw(const BinLookup& lookup) {
    return {lookup.edge.data(), lookup.low.data(),  lookup.high.data(),
            lookup.first,       lookup.binsPerUnit, static_cast<float>(lookup.edge.size() - 1)};
}

/// Also for numbers outside: the first and last bin say -1 there.
inline __attribute__((always_inline)) std::int32_t labelOf(const Lookup& lookup, float value) {
    float place = (value - lookup.first) * lookup.binsPerUnit + 1.0f;
    place = place > 0.0f ? place : 0.0f;
    place = place < lookup.lastBin ? place : lookup.lastBin;
    const auto bin = static_cast<std::int32_t>(place);
    const std::int32_t low = lookup.low[bin], high = lookup.high[bin];
    return value < lookup.edge[bin] ? low : high;
}

/// atan2(u, v) in turns, [0, 1]; Abramowitz and Stegun 4.4.49 (error under 2e-8 radians before rounding).
inline __attribute__((always_inline)) float turnsOf(float u, float v) {
    const float au = u < 0 ? -u : u, av = v < 0 ? -v : v;
    const float larger = au > av ? au : av, smaller = au > av ? av : au;
    const float t = smaller / (larger > 1e-30f ? larger : 1e-30f), t2 = t * t;
    float p = 0.0028662257f;
    p = p * t2 - 0.0161657367f;
    p = p * t2 + 0.0429096138f;
    p = p * t2 - 0.0752896400f;
    p = p * t2 + 0.1065626393f;
    p = p * t2 - 0.1420889944f;
    p = p * t2 + 0.1999355085f;
    p = p * t2 - 0.3333314528f;
    p = p * t2 + 1.0f;
    constexpr float turn = static_cast<float>(0.5 * std::numbers::inv_pi);
    float angle = p * t * turn;
    angle = au > av ? 0.25f - angle : angle;
    angle = v < 0 ? 0.5f - angle : angle;
    return u < 0 ? 1.0f - angle : angle;
}

inline __attribute__((always_inline)) std::int32_t cellOf(float u, float v, const Lookup& turns,
                                                          const Lookup& gates, std::int32_t gateCount) {
    const std::int32_t ray = labelOf(turns, turnsOf(u, v));
    const std::int32_t gate = labelOf(gates, std::sqrt(u * u + v * v));
    const std::int32_t cell = ray * gateCount + gate;
    return (ray | gate) < 0 ? -1 : cell;
}

} // namespace

BinLookup BinLookup::ofIntervals(const std::vector<double>& edges) {
    assert(edges.size() >= 2);
    BinLookup lookup;
    std::vector<float> floats(edges.begin(), edges.end());
    float closest = std::numeric_limits<float>::infinity();
    for (std::size_t i = 1; i < floats.size(); ++i)
        closest = std::min(closest, floats[i] - floats[i - 1]);
    const float range = floats.back() - floats.front();
    const float wanted = range / closest * 1.5f + 2;
    if (!(closest > 0) || !(wanted < static_cast<float>(MostBins)))
        return lookup;
    const auto count = static_cast<std::size_t>(wanted);
    lookup.first = floats.front();
    lookup.binsPerUnit = static_cast<float>(count) / range;
    const std::size_t bins = count + 3;
    lookup.edge.assign(bins, std::numeric_limits<float>::infinity());
    lookup.low.assign(bins, -1);
    lookup.high.assign(bins, -1);
    std::size_t next = 0;
    std::int32_t label = -1;
    for (std::size_t b = 0; b < bins; ++b) {
        lookup.low[b] = lookup.high[b] = label;
        if (next >= floats.size())
            continue;
        const auto edgeBin =
            static_cast<std::size_t>((floats[next] - lookup.first) * lookup.binsPerUnit + 1.0f);
        if (edgeBin != b)
            continue;
        lookup.edge[b] = floats[next];
        label = next + 1 < floats.size() ? static_cast<std::int32_t>(next) : -1;
        lookup.high[b] = label;
        ++next;
    }
    return lookup;
}

EMBELLIE_CLONES
void locatePolar(const float* u, const float* v, std::size_t count, const BinLookup& turns,
                 const BinLookup& gates, std::int32_t gateCount, std::int32_t* __restrict cells) {
    const Lookup byTurn = raw(turns), byRange = raw(gates);
    for (std::size_t i = 0; i < count; ++i)
        cells[i] = cellOf(u[i], v[i], byTurn, byRange, gateCount);
}

EMBELLIE_CLONES
void locatePolarRow(const float* u, float v, std::size_t count, const BinLookup& turns,
                    const BinLookup& gates, std::int32_t gateCount, std::int32_t* __restrict cells) {
    const Lookup byTurn = raw(turns), byRange = raw(gates);
    for (std::size_t i = 0; i < count; ++i)
        cells[i] = cellOf(u[i], v, byTurn, byRange, gateCount);
}

EMBELLIE_CLONES
void gatherColours(const std::int32_t* cells, std::size_t count, const QRgb* colours, QRgb* __restrict out) {
    for (std::size_t i = 0; i < count; ++i)
        out[i] = colours[cells[i] + 1];
}

} // namespace embellie
