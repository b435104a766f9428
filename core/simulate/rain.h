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
    std::vector<float>
        gusts; ///< deviations from the mean wind, standard normal, smooth as the rain's texture
};

/// Rain rate (mm/h) of a cell near the ground, by Z = 200 R^1.6.
float rateOf(const RainMap::Cell& cell);

/// Rain over the site; see SimulatedScene for the model and its sources.
class RainModel {
public:
    explicit RainModel(const ScenePlan& plan);
    RainMap at(double minutes) const;
    /// Between 0 (a dry spell) and 1: a sum of waves of chance, Gaussian by their number, passes a limit for
    /// the wet share of the time; the mean length of spells follows by Rice's formula (Bell Syst. Tech. J.
    /// 23, 1944).
    double wetness(double minutes) const;

private:
    struct Storm;
    std::vector<Storm> stormsAt(double minutes) const;
    double bandPositionKm(double minutes) const;

    ScenePlan m_plan;
    GaussianField m_stratiform, m_texture;
    double m_eastKmPerMinute, m_northKmPerMinute;
    struct Wave {
        double perMinute, phase; ///< radians
    };
    std::vector<Wave> m_spells;
    double m_bandDegrees, m_bandStartKm, m_bandSpeed, m_bandWave;
};

/// Share of the ground's Z that the beam of an elevation sees of the rain aloft, by gate: stratiform (with
/// its bright band), and convective for echo tops of 0, 1, …, 16 km. Averaged over the beam's two-way
/// Gaussian pattern.
struct BeamProfile {
    static constexpr std::size_t Tops = 17;
    std::vector<float> stratiform;
    std::vector<std::array<float, Tops>> convective;
    std::vector<float> melting;                ///< share of the beam in the layer where snow melts
    std::vector<float> groundKm, heightMeters; ///< of the beam's centre
};
BeamProfile beamProfile(const ScenePlan& plan, double elevation);

/// Linear Z of the rain in the gates of a sweep (ray, gate), averaged over points of the beam's
/// cross-section.
std::vector<float> rainInSweep(const ScenePlan& plan, const RainMap& rain, const BeamProfile& profile);

} // namespace embellie
