#pragma once

#include "core/field/geometry.h"
#include "core/settings/settings.h"
#include "core/simulate/gaussian_field.h"

#include <algorithm>
#include <cmath>

namespace embellie {

/// A scene's settings as plain numbers.
struct ScenePlan {
    std::uint64_t seed = 1;
    std::size_t times = 1;
    double intervalMinutes = 5;
    TimePoint start{};

    Site site;
    std::vector<double> elevations; ///< degrees
    std::size_t rays = 360, gates = 240;
    double gateMeters = 1000, firstGateMeters = 500; ///< centre
    double beamWidth = 1;                            ///< degrees
    double sideLobesDb = -50;                        ///< both ways, against the main lobe
    double stepDb = 0.5, offsetDb = 0;
    double wavelengthMeters = 0.0533;
    double nyquist = 16; ///< m/s
    bool moments = true; ///< RHOHV, VRADH and the like beside the reflectivities

    double rainCover = 0.3, rainRate = 1, rainSpread = 1; ///< share, mm/h, of ln(rate)
    double rainScaleKm = 100, lifetimeMinutes = 90;
    double windKmPerMinute = 0.7, windFrom = 240; ///< degrees clockwise from north
    double turbulence = 1;                        ///< m/s
    double cellsAlive = 10;
    bool band = true;
    double meltingMeters = 2500, topMeters = 9000;
    double dryShare = 0, spellHours = 12; ///< of the time; mean length of a dry or wet spell

    double reliefMeters = 250, groundDbz = 55;
    int mountains = 0;
    double mountainMeters = 1200;
    double coastKm = 0; ///< distance to the sea; 0: none
    double seaState = 3;
    double earthFactor = 4.0 / 3; ///< of the Earth's radius, for the rays that meet ground and sea
    int obstacles = 0, blanked = 0;
    int parks = 6;                                 ///< of wind turbines
    double clearAirDbz = 6, clearAirMeters = 1100; ///< at the ground; depth of its layer
    double emitters = 3;                           ///< mean number of spokes a sweep
    double speckleShare = 0.001;
    double noiseDbz = -40, detectionDb = -3; ///< of the noise at 1 km; above which SNR an echo counts
    double noiseLeft = 0;                    ///< share of the mean noise that is not subtracted
    double samples = 24;                     ///< independent pulses of a gate
    bool despeckle = false;                  ///< the radar drops gates that are alone along the ray
    double leastSqi = 0.2;                   ///< below which no velocity is given
    double echoSqi = 0;                      ///< below which no echo is given at all
    double clutterFilterDb = 0;              ///< by which the radar itself weakens the ground
    double clutterLimitDb = 0;               ///< ground over the rest from which it shows nothing; 0: never

    int gauges = 12;
    double gaugeStepMm = 0.2, gaugeMissing = 0;

    MapShape map; ///< covers the range with room to spare

    double maxRangeKm() const {
        return (firstGateMeters + gateMeters * (static_cast<double>(gates) - 0.5)) / 1000;
    }
    double rangeMeters(std::size_t gate) const {
        return firstGateMeters + gateMeters * static_cast<double>(gate);
    }
    /// Centre of a ray, radians clockwise from north.
    double azimuth(std::size_t ray) const {
        return (static_cast<double>(ray) + 0.5) * 2 * std::numbers::pi / static_cast<double>(rays);
    }
    /// Reflectivity that equals the receiver's noise, at a range (20 log r of a radar's equation for rain).
    double noiseAt(double meters) const { return noiseDbz + 20 * std::log10(std::max(meters, 100.0) / 1000); }
    Sweep sweep(std::size_t index) const; ///< its geometry
};

/// @throws Error for settings that do not fit together
ScenePlan planOf(const Settings& settings);

/// Linear Z (mm6 m-3) from dBZ.
inline float linearZ(double dbz) {
    return static_cast<float>(std::pow(10.0, dbz / 10));
}

/// The beam's two-way pattern at an angle off its axis: Gaussian (Probert-Jones 1962), and side lobes that
/// fall off over some degrees to a hundredth.
double beamPattern(const ScenePlan& plan, double offDegrees);

/// Reflectivity (mm6 m-3) that a radar shows for @p crossSection m2 in a pulse volume of @p volume m3:
/// Z = λ⁴ / (π⁵ |K|²) η (Doviak and Zrnić, Doppler Radar and Weather Observations, 2nd ed., 1993, chapter 4).
double shownFor(const ScenePlan& plan, double crossSection, double volume);

} // namespace embellie
