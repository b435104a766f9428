#include "core/task/denoise/own_cut.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace embellie::denoise {

double ownCut(const std::vector<float>& probability, const std::vector<std::uint8_t>& echo) {
    constexpr std::size_t Bins = 100;
    std::array<double, Bins> counts{};
    double all = 0, sum = 0;
    const auto middle = [](std::size_t bin) { return (static_cast<double>(bin) + 0.5) / Bins; };
    for (std::size_t i = 0; i < probability.size(); ++i) {
        if (echo[i] == 0)
            continue;
        const auto bin = std::min<std::size_t>(
            Bins - 1, static_cast<std::size_t>(std::max(0.0f, probability[i]) * static_cast<float>(Bins)));
        ++counts[bin];
        ++all;
        sum += middle(bin);
    }
    double below = 0, sumBelow = 0, best = -1, first = 0.5, last = 0.5;
    for (std::size_t bin = 0; bin + 1 < Bins; ++bin) {
        below += counts[bin];
        sumBelow += counts[bin] * middle(bin);
        if (below == 0 || below == all)
            continue;
        const double apart = sumBelow / below - (sum - sumBelow) / (all - below),
                     between = below * (all - below) * apart * apart,
                     edge = (static_cast<double>(bin) + 1) / Bins;
        if (between > best * (1 + 1e-9)) {
            best = between;
            first = edge;
        }
        if (between >= best * (1 - 1e-9))
            last = edge;
    }
    return (first + last) / 2;
}

std::vector<float> partedAtOwnCut(std::vector<float> probability, const std::vector<std::uint8_t>& echo,
                                  const OwnCutRule& rule) {
    const auto echoes =
        static_cast<std::size_t>(std::count_if(echo.begin(), echo.end(), [](auto one) { return one != 0; }));
    if (rule.strength == 0 || echoes < rule.leastEchoes)
        return probability;
    const double cut = std::clamp(ownCut(probability, echo), rule.least, rule.most),
                 factor = std::pow((1 - cut) / cut, rule.strength);
    for (std::size_t i = 0; i < probability.size(); ++i)
        if (echo[i] != 0) {
            const double chance = std::clamp<double>(probability[i], 0, 1), rain = factor * chance;
            probability[i] = static_cast<float>(rain / (rain + 1 - chance));
        }
    return probability;
}

} // namespace embellie::denoise
