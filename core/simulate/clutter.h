#pragma once

#include "core/simulate/scene_plan.h"

namespace embellie {

/// What the terrain around the site does to one elevation; fixed for the life of a scene. All by (ray, gate).
struct GroundView {
    std::vector<float> groundDbz; ///< mean ground echo; below -50 where the beam does not touch it
    std::vector<float>
        transmission; ///< share of the beam's power (both ways) that passes the terrain, [0, 1]
};

/// A fractal terrain around the site: a Gaussian field with the spectrum of relief (wavenumber^-3.6:
/// Turcotte, Fractals and Chaos in Geology and Geophysics, 2nd ed., 1997, chapter 7) with a hill for the
/// site.
class Terrain {
public:
    explicit Terrain(const ScenePlan& plan);
    float metersAt(double eastKm, double northKm) const {
        return sampleMap(m_heights, m_map, eastKm, northKm);
    }
    /// Walks each ray outwards and keeps its horizon: a gate's ground echo is what of the terrain rises above
    /// the horizon so far, seen through the beam's two-way pattern; the horizon hides part of the beam from
    /// what lies behind.
    GroundView view(const ScenePlan& plan, double elevation) const;

private:
    MapShape m_map;
    std::vector<float> m_heights;
};

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

} // namespace embellie
