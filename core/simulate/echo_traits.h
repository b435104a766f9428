#pragma once

#include "core/simulate/moments.h"
#include "core/simulate/rain.h"

#include <array>

namespace embellie {

/// The parts of a gate's echo, in the order of EchoClass from Rain to WindPark.
inline constexpr std::size_t EchoParts = 8;

/// How the scatterers of each kind move and how alike they look in both polarisations, in one sweep.
///
/// Rain: the radial part of the wind at the beam's height with gusts, and of its fall (Atlas, Srivastava and
/// Sekhon, Rev. Geophys. 11, 1973); broadened by the shear in the beam; RHOHV of 0.995, down to 0.92 in the
/// melting layer and where hail may be; ZDR grows with Z as drops flatten (Seliga and Bringi, J. Appl.
/// Meteorol. 15, 1976). Ground: at rest, RHOHV and ZDR spread widely from place to place. Sea: drifts with a
/// fifth of the wind; ZDR of the two polarisations' models (seaDb). Wind parks: blades give any velocity.
/// Clear air: the wind and a will of their own; insects are flat and unlike one another. Interference: no
/// phase from pulse to pulse; what the sender's polarisation is, a ray shows. Speckle: birds and aircraft
/// that fly some m/s beside the wind. Noise has neither (it is not a part with traits but the noise of the
/// estimate). The widths of these spreads are those of the observed clutter of tests/bench/scene.
class SweepTraits {
public:
    SweepTraits(const ScenePlan& plan, const BeamProfile& profile, double elevation, std::uint32_t time,
                std::uint32_t sweep);
    /// @p powers linear Z; parts without power are left at their defaults. @p gust as RainMap::gusts.
    std::array<EchoTraits, EchoParts> at(std::size_t ray, std::size_t gate,
                                         const std::array<float, EchoParts>& powers, float gust) const;

private:
    struct Gate {
        float east, north, nearEast, nearNorth; ///< m/s: at the beam's height; near the surface
        float broadening;                       ///< m/s, by shear across the beam
        float melting, seaZdr;
        bool aboveMelting;
    };
    struct RayPart {
        float sine, cosine; ///< of the azimuth, times the cosine of the elevation
        float senderZdr, senderRho;
    };
    const ScenePlan* m_plan;
    std::vector<Gate> m_gates;
    std::vector<RayPart> m_rays;
    float m_rise; ///< sine of the elevation
    RandomStream m_fixed, m_now;
};

} // namespace embellie
