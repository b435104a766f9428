#pragma once

#include "core/simulate/random.h"

#include <complex>
#include <utility>
#include <vector>

namespace embellie {

/// A square map over the site, x east and y north in kilometres, periodic; row-major with y rows from south.
struct MapShape {
    std::size_t cells = 512; ///< a power of two, along each side
    double cellKm = 1;
    double sideKm() const { return cellKm * static_cast<double>(cells); }
    double centreKm(std::size_t index) const {
        return (static_cast<double>(index) + 0.5 - static_cast<double>(cells) / 2) * cellKm;
    }
};

/// Shape of the power spectrum of a Gaussian field: flat up to the outer scale, then wavenumber^-slope.
struct SpectrumShape {
    double outerKm = 100, slope = 3;
    double stretch = 1;         ///< >= 1: scales are longer along @ref alongDegrees
    double alongDegrees = 0;    ///< clockwise from north
    double lifetimeMinutes = 0; ///< of the outer scale; smaller scales live shorter (power 2/3); 0: for ever
    double eastKmPerMinute = 0, northKmPerMinute = 0; ///< drift
};

/// A Gaussian random field of mean 0 and variance 1 that drifts and changes with time: a sum of waves whose
/// phases turn, each at its own constant rate, so that the field at any time needs no history.
class GaussianField {
public:
    GaussianField(const MapShape& map, const SpectrumShape& spectrum, const RandomStream& stream);
    std::vector<float> at(double minutes) const;
    /// The field and, for the same price, a second one of the same kind that is independent of it.
    std::pair<std::vector<float>, std::vector<float>> pairAt(double minutes) const;

private:
    MapShape m_map;
    std::vector<std::complex<float>> m_waves;
    std::vector<float> m_turns; ///< radians a minute
};

/// In-place inverse discrete Fourier transform of a square of @p size × @p size (a power of two), without a
/// factor.
void inverseFourier(std::vector<std::complex<float>>& square, std::size_t size);

/// Bilinear value of a periodic map at a place in kilometres.
float sampleMap(const std::vector<float>& map, const MapShape& shape, double eastKm, double northKm);

} // namespace embellie
