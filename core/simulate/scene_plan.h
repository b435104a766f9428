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
    double stepDb = 0.5;

    double rainCover = 0.3, rainRate = 1, rainSpread = 1; ///< share, mm/h, of ln(rate)
    double rainScaleKm = 100, lifetimeMinutes = 90;
    double windKmPerMinute = 0.7, windFrom = 240; ///< degrees clockwise from north
    double cellsAlive = 10;
    bool band = true;
    double meltingMeters = 2500, topMeters = 9000;

    double reliefMeters = 250, groundDbz = 55;
    int turbines = 6;
    double clearAirDbz = 6;
    double emitters = 3; ///< mean number of spokes a sweep
    double speckleShare = 0.001;
    double noiseDbz = -40, detectionDb = -3; ///< of the noise at 1 km; above which SNR an echo counts

    MapShape map; ///< covers the range with room to spare

    double maxRangeKm() const {
        return (firstGateMeters + gateMeters * (static_cast<double>(gates) - 0.5)) / 1000;
    }
    double rangeMeters(std::size_t gate) const {
        return firstGateMeters + gateMeters * static_cast<double>(gate);
    }
    /// Reflectivity that equals the receiver's noise, at a range (20 log r of a radar's equation for rain).
    double noiseAt(double meters) const { return noiseDbz + 20 * std::log10(std::max(meters, 100.0) / 1000); }
    Sweep sweep(std::size_t index) const; ///< its geometry
};

/// @throws Error for settings that do not fit together
ScenePlan planOf(const Settings& settings);

} // namespace embellie
