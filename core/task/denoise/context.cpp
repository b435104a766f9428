#include "core/task/denoise/context.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace embellie::denoise {

namespace {

constexpr int Repetitions = 8;
constexpr double MostShare = 0.98;   ///< nothing is all rain beyond doubt
constexpr double LeastChance = 1e-4; ///< and no gate
constexpr double GatesOfTheSweep =
    30; ///< so many gates' weight has the share of the sweep among those around

/// Means over a neighbourhood of constant size on the ground: along the ray, and across as many rays as fit.
class Neighbourhood {
public:
    Neighbourhood(int rays, int gates, double firstGateMeters, double gateMeters, double meters)
        : m_rays(rays), m_gates(gates), m_along(std::clamp(static_cast<int>(std::lround(meters / gateMeters)),
                                                           0, std::max(0, gates / 2 - 1))),
          m_across(static_cast<std::size_t>(gates)) {
        for (int gate = 0; gate < gates; ++gate) {
            const double range = std::max(firstGateMeters + gate * gateMeters, 0.5 * gateMeters),
                         arc = range * 2 * std::numbers::pi / rays;
            m_across[static_cast<std::size_t>(gate)] =
                static_cast<int>(std::min<double>((rays - 1) / 2, std::round(meters / arc)));
        }
    }
    /// Of the cells: a box taken twice, hence a triangle; the range ends at zero.
    std::vector<double> mean(std::vector<double> field) const {
        for (int time = 0; time < 2; ++time) {
            acrossRays(field);
            alongRays(field);
        }
        return field;
    }
    double cells(int gate) const {
        return (2.0 * m_across[static_cast<std::size_t>(gate)] + 1) * (2.0 * m_along + 1);
    }

private:
    std::size_t at(int ray, int gate) const {
        return static_cast<std::size_t>(ray) * static_cast<std::size_t>(m_gates) +
               static_cast<std::size_t>(gate);
    }
    void acrossRays(std::vector<double>& field) const {
        std::vector<double> sums(static_cast<std::size_t>(m_rays) + 1);
        for (int gate = 0; gate < m_gates; ++gate) {
            const int half = m_across[static_cast<std::size_t>(gate)];
            for (int ray = 0; ray < m_rays; ++ray)
                sums[static_cast<std::size_t>(ray) + 1] =
                    sums[static_cast<std::size_t>(ray)] + field[at(ray, gate)];
            const double circle = sums.back();
            const auto upTo = [&](int ray) { // sum of the rays before it, round the circle
                return ray < 0        ? sums[static_cast<std::size_t>(ray + m_rays)] - circle
                       : ray > m_rays ? sums[static_cast<std::size_t>(ray - m_rays)] + circle
                                      : sums[static_cast<std::size_t>(ray)];
            };
            for (int ray = 0; ray < m_rays; ++ray)
                field[at(ray, gate)] = (upTo(ray + half + 1) - upTo(ray - half)) / (2 * half + 1);
        }
    }
    void alongRays(std::vector<double>& field) const {
        std::vector<double> sums(static_cast<std::size_t>(m_gates) + 1);
        for (int ray = 0; ray < m_rays; ++ray) {
            for (int gate = 0; gate < m_gates; ++gate)
                sums[static_cast<std::size_t>(gate) + 1] =
                    sums[static_cast<std::size_t>(gate)] + field[at(ray, gate)];
            for (int gate = 0; gate < m_gates; ++gate) {
                const auto end = static_cast<std::size_t>(std::min(gate + m_along + 1, m_gates)),
                           begin = static_cast<std::size_t>(std::max(gate - m_along, 0));
                field[at(ray, gate)] = (sums[end] - sums[begin]) / (2 * m_along + 1);
            }
        }
    }

    int m_rays, m_gates, m_along;
    std::vector<int> m_across; ///< rays to either side, by gate
};

double odds(double share) {
    return share / (1 - share);
}

} // namespace

std::vector<float> inContext(const std::vector<float>& probability, const std::vector<std::uint8_t>& echo,
                             int rays, int gates, double firstGateMeters, double gateMeters,
                             const ContextRule& rule) {
    const auto echoes =
        static_cast<double>(std::count_if(echo.begin(), echo.end(), [](auto one) { return one != 0; }));
    if (echoes == 0 || rule.strength == 0)
        return probability;
    const Neighbourhood around(rays, gates, firstGateMeters, gateMeters, 1000 * rule.kilometres);
    const std::vector<double> share = around.mean({echo.begin(), echo.end()});
    std::vector<double> corrected(probability.begin(), probability.end());
    for (int repetition = 0; repetition < Repetitions; ++repetition) {
        double sum = 0;
        for (std::size_t i = 0; i < corrected.size(); ++i) {
            corrected[i] = echo[i] != 0 ? corrected[i] : 0;
            sum += corrected[i];
        }
        const double ofSweep = std::clamp(sum / echoes, rule.leastShare, MostShare);
        const std::vector<double> rain = around.mean(corrected);
        for (std::size_t i = 0; i < corrected.size(); ++i) {
            if (echo[i] == 0)
                continue;
            const double few = GatesOfTheSweep /
                               around.cells(static_cast<int>(i % static_cast<std::size_t>(gates))),
                         nearby = (rain[i] + few * ofSweep) / (share[i] + few),
                         here = std::clamp(rule.local * nearby + (1 - rule.local) * ofSweep, rule.leastShare,
                                           MostShare),
                         chance = std::clamp<double>(probability[i], LeastChance, 1 - LeastChance),
                         moved = std::pow(odds(here), rule.strength) * odds(chance);
            corrected[i] = moved / (1 + moved);
        }
    }
    std::vector<float> answer = probability;
    for (std::size_t i = 0; i < answer.size(); ++i)
        if (echo[i] != 0)
            answer[i] = static_cast<float>(corrected[i]);
    return answer;
}

} // namespace embellie::denoise
