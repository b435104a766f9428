#pragma once

#include "core/simulate/scene_plan.h"

namespace embellie {

/// Rain near the ground at one time, as linear Z (mm6 m-3) on the plan's map.
struct RainMap {
    struct Cell {
        float stratiform = 0, convective = 0;
        float topKm = 0; ///< echo top of the convective part
    };
    std::vector<Cell> cells;
};

/// Rain over the site; see SimulatedScene for the model and its sources.
class RainModel {
public:
    explicit RainModel(const ScenePlan& plan);
    RainMap at(double minutes) const;

private:
    struct Storm;
    std::vector<Storm> stormsAt(double minutes) const;
    double bandPositionKm(double minutes) const;

    ScenePlan m_plan;
    GaussianField m_stratiform, m_texture;
    double m_eastKmPerMinute, m_northKmPerMinute;
    double m_bandDegrees, m_bandStartKm, m_bandSpeed, m_bandWave;
};

/// Share of the ground's Z that the beam of an elevation sees of the rain aloft, by gate: stratiform (with
/// its bright band), and convective for echo tops of 0, 1, …, 16 km. Averaged over the beam's two-way
/// Gaussian pattern.
struct BeamProfile {
    static constexpr std::size_t Tops = 17;
    std::vector<float> stratiform;
    std::vector<std::array<float, Tops>> convective;
    std::vector<float> groundKm, heightMeters; ///< of the beam's centre
};
BeamProfile beamProfile(const ScenePlan& plan, double elevation);

/// Linear Z of the rain in the gates of a sweep (ray, gate), averaged over points of the beam's
/// cross-section.
std::vector<float> rainInSweep(const ScenePlan& plan, const RainMap& rain, const BeamProfile& profile);

} // namespace embellie
