#pragma once

#include "core/simulate/random.h"

#include <complex>
#include <span>

namespace embellie {

/// What the scatterers of one kind look like in one gate.
struct EchoTraits {
    float power = 0;    ///< linear Z of the horizontal channel
    float velocity = 0; ///< m/s, away from the radar; not folded
    float width = 1;    ///< m/s, of the Doppler spectrum
    float rho = 1;      ///< correlation of the two polarisations, [0, 1]
    float zdrDb = 0;
    float phase = 0; ///< between the polarisations, radians
};

struct GateMoments {
    float rhohv = 0, zdrDb = 0;
    float velocity = 0, width = 0; ///< m/s, velocity in ]-nyquist, nyquist]
    float sqi = 0;
};

/// What a pulse-pair processor says of a gate in which several echoes and white noise of the power @p noise
/// overlap: echoes add as complex correlations, and are estimated from @p samples independent pulses, so that
/// folding, bias and scatter come out by themselves (Doviak and Zrnić, Doppler Radar and Weather
/// Observations, 2nd ed., 1993, chapter 6; Bringi and Chandrasekar, Polarimetric Doppler Weather Radar, 2001,
/// chapter 6). RHOHV and SQI are not corrected for noise. The numbers are a function of the two streams at
/// @p index.
GateMoments momentsOf(std::span<const EchoTraits> echoes, float noise, float nyquist, float samples,
                      const RandomStream& copolar, const RandomStream& pulsePair, std::uint64_t index);

/// Mean of @p samples exponential numbers, from a normal one: the cube-root approximation of Wilson and
/// Hilferty 1931.
float gammaMean(float samples, float normal);

/// The estimated coherency of two complex normal series of @p samples pairs whose true one is @p truth: from
/// a complex Wishart matrix by Bartlett's decomposition, by four normal numbers. Its modulus is in [0, 1];
/// @p powerRatio becomes the estimated power of the first over that of the second.
std::complex<float> estimatedCoherency(std::complex<float> truth, float samples,
                                       const std::array<float, 4>& normals, float& powerRatio);

} // namespace embellie
