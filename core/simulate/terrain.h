#pragma once

#include "core/simulate/scene_plan.h"

namespace embellie {

/// What the surface around the site does to one elevation; fixed for the life of a scene. All by (ray, gate).
struct GroundView {
    std::vector<float> groundDbz;    ///< mean ground echo; NoGround where nothing of it is heard
    std::vector<float> seaDbz;       ///< mean sea echo; NoGround where there is none
    std::vector<float> transmission; ///< share of the beam's power (both ways) that passes, [0, 1]
    static constexpr float NoGround = -60;
};

/// The land around the site: a fractal relief (a Gaussian field with the spectrum of relief, wavenumber^-3.6:
/// Turcotte, Fractals and Chaos in Geology and Geophysics, 2nd ed., 1997, chapter 7) with a hill for the
/// site; massifs of mountains; a coast with bays, beyond which is sea; near obstacles.
class Terrain {
public:
    explicit Terrain(const ScenePlan& plan);
    float metersAt(double eastKm, double northKm) const {
        return sampleMap(m_heights, m_map, eastKm, northKm);
    }
    bool isSea(double eastKm, double northKm) const {
        return !m_inland.empty() && sampleMap(m_inland, m_map, eastKm, northKm) < 0;
    }
    /// Walks each ray outwards and keeps its horizon: a gate's ground echo is what of the land rises above
    /// the horizon so far, seen through the beam's two-way pattern, with the texture of what grows and stands
    /// there; the horizon hides part of the beam from what lies behind. Through the side lobes the land close
    /// by is heard at all elevations, as a smooth ring. Sea is heard as far as it is seen, and 2 dB less with
    /// each kilometre behind its horizon.
    GroundView view(const ScenePlan& plan, double elevation) const;

private:
    struct Obstacle {
        double azimuth, halfWidth, rangeMeters, topDegrees; ///< degrees
    };
    double topOfObstacles(double azimuthDegrees, double from, double to) const;
    void raiseMountains(const ScenePlan& plan, const std::vector<float>& ridges);
    void lowerToSea(const ScenePlan& plan, const std::vector<float>& bays);

    MapShape m_map;
    std::vector<float> m_heights; ///< metres
    std::vector<float> m_cover;   ///< of the land: fields, woods, towns; standard normal
    std::vector<float> m_inland;  ///< km from the coast; empty without a sea
    std::vector<Obstacle> m_obstacles;
};

/// Radar cross-section of the sea over its area, in dB: the NRL model of Gregers-Hansen and Mital (An
/// improved empirical model for radar sea clutter reflectivity, IEEE Trans. Aerosp. Electron. Syst. 48,
/// 2012), for 0.5 to 35 GHz, grazing angles of 0.1 to 60 degrees (smaller ones count as 0.1), sea states 0 to
/// 6.
double seaDb(double gigahertz, double seaState, double grazingDegrees, bool horizontal);

} // namespace embellie
