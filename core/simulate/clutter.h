#pragma once

#include "core/simulate/scene_plan.h"

namespace embellie {

class Terrain;

/// The antenna turns while it listens, and a gate is not much longer than the pulse: neighbours hear a share
/// of each other's power. @p z by (ray, gate).
void smear(std::vector<float>& z, std::size_t rays, std::size_t gates, double acrossShare, double alongShare);

/// Echoes that are neither rain nor ground, as linear Z by (ray, gate); zero where there is none.
class Nuisance {
public:
    explicit Nuisance(const ScenePlan& plan);
    /// How the clear air's echo is spread over the map at a time: mean 0, variance 1.
    std::vector<float> patchesAt(double minutes) const { return m_patches.at(minutes); }
    /// Insects and eddies of the boundary layer, falling off with height, patchy, stronger broadside to the
    /// wind.
    std::vector<float> clearAir(double elevation, const std::vector<float>& patches, std::uint32_t time,
                                std::uint32_t sweep) const;
    /// Transmitters heard along a ray: what arrives is constant, and the radar multiplies it by range
    /// squared.
    std::vector<float> spokes(std::uint32_t time, std::uint32_t sweep) const;
    /// Single gates: birds, aircraft, insects.
    std::vector<float> speckle(std::uint32_t time, std::uint32_t sweep) const;

private:
    ScenePlan m_plan;
    GaussianField m_patches;
};

/// Parks of wind turbines: points of about 22 dB(m2) that flash from scan to scan, seen through the beam's
/// side lobes in neighbouring rays and with a tail behind them, from ways over several masts (what
/// operational radars see of them: Norin, Atmos. Meas. Tech. 8, 2015).
class WindParks {
public:
    WindParks(const ScenePlan& plan, const Terrain& terrain);
    /// Linear Z by (ray, gate). @p transmission as GroundView's.
    std::vector<float> echo(double elevation, const std::vector<float>& transmission, std::uint32_t time,
                            std::uint32_t sweep) const;

private:
    struct Turbine {
        double azimuth, rangeMeters, hubMeters, crossSectionDb; ///< degrees, m, m above sea, dB(m2)
    };
    ScenePlan m_plan;
    std::vector<Turbine> m_turbines;
};

} // namespace embellie
