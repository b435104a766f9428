#include "core/task/denoise/polar.h"

#include "core/map/radar.h"
#include "core/task/denoise/season.h"

#include <algorithm>
#include <cmath>

namespace embellie::denoise {

float linear(float dbz) {
    return std::exp(dbz * 0.230258509f);
}

float decibels(float z) {
    return 10 * std::log10(z);
}

Polar polarOf(const Field& field, int rays, float gateMeters) {
    const Sweep& sweep = *field.sweep();
    const double end = sweep.firstGateMeters + (static_cast<double>(sweep.gates) - 0.5) * sweep.gateMeters;
    Polar polar(rays, std::max(1, static_cast<int>(end / gateMeters)), gateMeters);
    polar.elevation = static_cast<float>(sweep.fixedAngle);
    polar.temperature = expectedTemperature(field);
    std::vector<int> target(sweep.gates), counts(static_cast<std::size_t>(polar.gates), 0);
    for (std::size_t gate = 0; gate < sweep.gates; ++gate) {
        target[gate] = static_cast<int>(
            std::floor((sweep.firstGateMeters + static_cast<double>(gate) * sweep.gateMeters) / gateMeters));
        if (target[gate] >= 0 && target[gate] < polar.gates)
            ++counts[static_cast<std::size_t>(target[gate])];
    }
    const RayIndex index(sweep);
    for (int ray = 0; ray < rays; ++ray) {
        const auto source = index.find((ray + 0.5) * 360.0 / rays);
        if (!source)
            continue;
        const float* values = field.values().data() + *source * sweep.gates;
        for (std::size_t gate = 0; gate < sweep.gates; ++gate)
            if (target[gate] >= 0 && target[gate] < polar.gates && std::isfinite(values[gate]))
                polar.z[polar.at(ray, target[gate])] += linear(values[gate]);
        for (int gate = 0; gate < polar.gates; ++gate)
            if (counts[static_cast<std::size_t>(gate)] > 1)
                polar.z[polar.at(ray, gate)] /= static_cast<float>(counts[static_cast<std::size_t>(gate)]);
    }
    return polar;
}

namespace {

/// Removes connected areas (4 neighbours, rays in a circle) of fewer cells than @p least.
void removeSmallAreas(const Polar& sweep, std::vector<std::uint8_t>& core, std::size_t least) {
    std::vector<std::uint8_t> seen(core.size(), 0);
    std::vector<std::size_t> area;
    for (std::size_t start = 0; start < core.size(); ++start) {
        if (!core[start] || seen[start])
            continue;
        area.assign(1, start);
        seen[start] = 1;
        for (std::size_t next = 0; next < area.size(); ++next) {
            const int ray = static_cast<int>(area[next] / static_cast<std::size_t>(sweep.gates));
            const int gate = static_cast<int>(area[next] % static_cast<std::size_t>(sweep.gates));
            const auto visit = [&](int r, int g) {
                if (g < 0 || g >= sweep.gates)
                    return;
                const std::size_t cell = sweep.at((r + sweep.rays) % sweep.rays, g);
                if (core[cell] && !seen[cell]) {
                    seen[cell] = 1;
                    area.push_back(cell);
                }
            };
            visit(ray - 1, gate);
            visit(ray + 1, gate);
            visit(ray, gate - 1);
            visit(ray, gate + 1);
        }
        if (area.size() < least)
            for (const std::size_t cell : area)
                core[cell] = 0;
    }
}

} // namespace

std::vector<float> rainTrust(const Polar& sweep) {
    std::vector<float> dbz(sweep.z.size());
    for (std::size_t i = 0; i < dbz.size(); ++i)
        dbz[i] = sweep.z[i] > 0 ? decibels(sweep.z[i]) : 0;
    std::vector<std::uint8_t> core(sweep.z.size(), 0);
    const int nearest = static_cast<int>(8000 / sweep.gateMeters);
    for (int ray = 0; ray < sweep.rays; ++ray)
        for (int gate = nearest; gate < sweep.gates; ++gate) {
            if (sweep.z[sweep.at(ray, gate)] <= 0)
                continue;
            int cells = 0, echoes = 0;
            double sum = 0, squares = 0;
            for (int r = ray - 2; r <= ray + 2; ++r)
                for (int g = std::max(0, gate - 2); g <= std::min(sweep.gates - 1, gate + 2); ++g) {
                    const std::size_t cell = sweep.at((r + sweep.rays) % sweep.rays, g);
                    ++cells;
                    if (sweep.z[cell] <= 0)
                        continue;
                    ++echoes;
                    sum += dbz[cell];
                    squares += static_cast<double>(dbz[cell]) * dbz[cell];
                }
            const double mean = sum / echoes, variance = squares / echoes - mean * mean;
            core[sweep.at(ray, gate)] = echoes >= 0.7 * cells && variance <= 25;
        }
    removeSmallAreas(sweep, core, static_cast<std::size_t>(100'000 / sweep.gateMeters));

    std::vector<float> trust(core.size(), 0);
    for (int ray = 0; ray < sweep.rays; ++ray)
        for (int gate = 0; gate < sweep.gates; ++gate) {
            if (!core[sweep.at(ray, gate)])
                continue;
            for (int r = ray - 2; r <= ray + 2; ++r)
                for (int g = std::max(0, gate - 2); g <= std::min(sweep.gates - 1, gate + 2); ++g) {
                    const std::size_t cell = sweep.at((r + sweep.rays) % sweep.rays, g);
                    if (sweep.z[cell] > 0)
                        trust[cell] = core[cell] ? 1.0f : std::max(trust[cell], 0.3f);
                }
        }
    return trust;
}

} // namespace embellie::denoise
