#pragma once

#include <cstdint>
#include <vector>

namespace embellie::denoise {

/// How far the share of rain in a sweep may move the probabilities of its gates.
struct ContextRule {
    double strength = 0.6;  ///< 0: not at all, 1: as Bayes' rule asks for if the shares were known
    double kilometres = 40; ///< "around a gate" is up to about this far
    double local = 0.5;     ///< weight of the share around the gate against that of the whole sweep
    /// A smaller share counts as this. With one half the share speaks for rain and never against it: where a
    /// network is unsure of a whole sweep (weak rain in much clutter), all the rain would go otherwise.
    double leastShare = 0.5;
};

/// Probabilities of rain as they are where so much of the echo is rain. A network learns from mixtures in
/// which rain and the rest count alike; a real sweep is nearly all rain, or has none. The odds are multiplied
/// by those of the share of rain, which is itself the mean of the corrected probabilities, found by
/// repetition: Saerens, Latinne and Decaestecker 2002 (Neural Computation 14, 21), here with a share that
/// varies in space.
/// @p probability has rays × gates cells, rays by azimuth and evenly over the circle; cells without echo
/// (@p echo 0) count for nothing and stay as they are.
std::vector<float> inContext(const std::vector<float>& probability, const std::vector<std::uint8_t>& echo,
                             int rays, int gates, double firstGateMeters, double gateMeters,
                             const ContextRule& rule);

} // namespace embellie::denoise
