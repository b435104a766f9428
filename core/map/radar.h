#pragma once

#include "core/field/field.h"

#include <cstdint>
#include <optional>

namespace embellie {

/// Radius of the sphere on which a ray of a standard atmosphere is straight is 4/3 of this (Doviak and Zrnić,
/// Doppler Radar and Weather Observations, 2nd ed., 1993, section 2.2.3); metres.
inline constexpr double EarthRadiusMeters = 6'371'000.0;
inline constexpr double EffectiveEarthRadiusMeters = EarthRadiusMeters * 4 / 3;

/// Where the beam is at a range: height of its centre above sea level and distance along the ground at sea
/// level.
struct BeamPoint {
    double heightMeters = 0, groundMeters = 0;
};

/// Doviak and Zrnić 1993, eq. 2.28b and 2.28c. @p rangeMeters >= 0 along the beam, @p elevation in degrees
/// [-90, 90], @p antennaMeters above sea level.
BeamPoint beamPoint(double rangeMeters, double elevation, double antennaMeters);

/// Range along the beam whose ground distance is @p groundMeters; the reverse of beamPoint. Infinity where
/// the ray never gets that far (elevations near 90 degrees).
double rangeAtGround(double groundMeters, double elevation, double antennaMeters);

/// Latitude and longitude of a point at an azimuth and a ground distance from a site (geodesic on WGS84).
struct GeoPoint {
    double latitude = 0, longitude = 0;
};
GeoPoint geodesicForward(const GeoPoint& from, double azimuth, double meters);
/// Azimuth in [0, 360) and distance from one point to another (geodesic on WGS84).
struct Bearing {
    double azimuth = 0, meters = 0;
};
Bearing geodesicInverse(const GeoPoint& from, const GeoPoint& to);

/// Place of the centre of a gate.
struct GatePlace {
    double azimuth = 0, elevation = 0; ///< degrees
    double rangeMeters = 0, groundMeters = 0;
    double heightMeters = 0; ///< beam centre above sea level
    GeoPoint place;
};
GatePlace gatePlace(const Sweep& sweep, std::size_t ray, std::size_t gate);

/// Finds rays by azimuth (an RHI: by elevation), for rays in any order, with gaps and overlaps.
class RayIndex {
public:
    explicit RayIndex(const Sweep& sweep);
    /// The ray whose beam covers the angle (of several the one with the nearest centre); nothing in a gap. A
    /// ray covers what lies between its start and stop, and slivers of a twentieth of the usual spacing
    /// beside it; rays with no width (those of an RHI) cover half the way to a neighbour within 1.5 usual
    /// (median) spacings, else half of one.
    std::optional<std::size_t> find(double angle) const;
    /// A table of @p steps equal angles over [0, 360): ray or -1, for painters.
    std::vector<std::int32_t> table(std::size_t steps) const;

private:
    struct Cover {
        double from, to; ///< degrees, from <= to, may pass 360
        std::size_t ray;
        double centre;
    };
    std::vector<Cover> m_covers;      ///< by from
    double m_widest = 0, m_slack = 0; ///< degrees
};

} // namespace embellie
