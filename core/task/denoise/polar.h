#pragma once

#include "core/field/field.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embellie::denoise {

/// Reflectivity of a sweep for mixing: rays evenly around the circle from north, in linear units (mm6 m-3), 0
/// without echo.
struct Polar {
    int rays = 0, gates = 0;
    float gateMeters = 0;
    std::vector<float> z;
    float elevation = 0;              ///< degrees
    std::optional<float> temperature; ///< °C, as expectedTemperature(); nothing: unknown
    /// Further moments by number (those that a task chose), each by gate in 8 bits (momentCode); empty ones
    /// are those that the sweep lacks.
    std::vector<std::vector<std::uint8_t>> moments;

    Polar() = default;
    Polar(int rayCount, int gateCount, float meters)
        : rays(rayCount), gates(gateCount), gateMeters(meters),
          z(static_cast<std::size_t>(rayCount) * static_cast<std::size_t>(gateCount), 0.0f) {}
    std::size_t at(int ray, int gate) const {
        return static_cast<std::size_t>(ray) * static_cast<std::size_t>(gates) +
               static_cast<std::size_t>(gate);
    }
    float rangeMeters(int gate) const { return (static_cast<float>(gate) + 0.5f) * gateMeters; }
};

float linear(float dbz); ///< 10^(dBZ / 10)
float decibels(float z); ///< the reverse; z > 0

/// A sweep on @p rays even rays (nearest in azimuth) and gates of @p gateMeters from the radar on: mean of
/// linear Z over the gates whose centres lie in a gate, cells without a value counted as 0.
Polar polarOf(const Field& field, int rays, float gateMeters);

/// Which echo of a real rain file may be trusted, since none is clean near the radar: 1 in the core, 0.3 on a
/// rim of two gates around it, 0 elsewhere. Core: in 5 × 5 gates at least 0.7 have echo, with a deviation of
/// at most 5 dB, beyond 8 km, in a connected area of at least 100 rays × km.
std::vector<float> rainTrust(const Polar& sweep);

} // namespace embellie::denoise
