#include "core/simulate/moments.h"

#include <algorithm>

namespace embellie {

float gammaMean(float samples, float normal) {
    const float root = 1 - 1 / (9 * samples) + normal / (3 * std::sqrt(samples));
    return std::max(0.0f, root * root * root);
}

std::complex<float> estimatedCoherency(std::complex<float> truth, float samples,
                                       const std::array<float, 4>& normals, float& powerRatio) {
    const float modulus = std::abs(truth);
    if (modulus > 0.9999f)
        truth *= 0.9999f / modulus;
    const float rest = std::sqrt(1 - std::norm(truth));
    const float first = std::sqrt(samples * gammaMean(samples, normals[0]));
    const float second = std::sqrt((samples - 1) * gammaMean(samples - 1, normals[1]));
    const std::complex<float> mixed(normals[2] * std::numbers::sqrt2_v<float> / 2,
                                    normals[3] * std::numbers::sqrt2_v<float> / 2);
    const std::complex<float> cross = truth * first + rest * std::conj(mixed);
    const float power = std::norm(cross) + rest * rest * second * second;
    powerRatio = first * first / power;
    return cross / std::sqrt(power);
}

GateMoments momentsOf(std::span<const EchoTraits> echoes, float noise, float nyquist, float samples,
                      const RandomStream& copolar, const RandomStream& pulsePair, std::uint64_t index) {
    constexpr float pi = std::numbers::pi_v<float>;
    float horizontal = 0, vertical = 0;
    std::complex<float> across = 0, later = 0;
    for (const EchoTraits& echo : echoes) {
        if (echo.power <= 0)
            continue;
        const float other = echo.power * std::pow(10.0f, -echo.zdrDb / 10);
        horizontal += echo.power;
        vertical += other;
        across += std::polar(std::sqrt(echo.power * other) * echo.rho, echo.phase);
        const float spread = pi * echo.width / nyquist;
        later += std::polar(echo.power * std::exp(-spread * spread / 2), pi * echo.velocity / nyquist);
    }
    GateMoments moments;
    const float whole = std::max(horizontal + noise, 1e-30f);
    float ratio = 1;
    moments.rhohv =
        std::abs(estimatedCoherency(across / std::sqrt(whole * std::max(vertical + noise, 1e-30f)), samples,
                                    copolar.normal(index), ratio));
    moments.zdrDb = 10 * std::log10(std::max(horizontal, 1e-30f) / std::max(vertical, 1e-30f) * ratio);
    const std::complex<float> pair =
        estimatedCoherency(later / whole, samples, pulsePair.normal(index), ratio);
    moments.sqi = std::abs(pair);
    moments.velocity = nyquist / pi * std::arg(pair);
    const float coherent = std::clamp(moments.sqi * whole / std::max(horizontal, 1e-3f * whole), 1e-4f, 1.0f);
    moments.width = std::min(nyquist, nyquist / pi * std::sqrt(-2 * std::log(coherent)));
    return moments;
}

} // namespace embellie
