#include "core/simulate/gaussian_field.h"

#include <cassert>

namespace embellie {

namespace {

// Iterative radix-2 (Cooley and Tukey 1965) over `size` values that lie `step` apart, for `lines`
// neighbouring lines at once, so that columns are walked along the rows.
class Fourier {
public:
    explicit Fourier(std::size_t size) : m_size(size), m_reversed(size), m_roots(size / 2) {
        std::size_t bits = 0;
        while ((std::size_t(1) << bits) < size)
            ++bits;
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t bit = 0; bit < bits; ++bit)
                m_reversed[i] |= (i >> bit & 1) << (bits - 1 - bit);
        for (std::size_t i = 0; i < size / 2; ++i) {
            const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size);
            m_roots[i] = {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
        }
    }

    void transform(std::complex<float>* data, std::size_t step, std::size_t lines,
                   std::size_t lineStep) const {
        for (std::size_t i = 0; i < m_size; ++i)
            if (i < m_reversed[i])
                for (std::size_t line = 0; line < lines; ++line)
                    std::swap(data[i * step + line * lineStep], data[m_reversed[i] * step + line * lineStep]);
        for (std::size_t half = 1; half < m_size; half *= 2)
            for (std::size_t start = 0; start < m_size; start += 2 * half)
                for (std::size_t k = 0; k < half; ++k) {
                    const std::complex<float> root = m_roots[k * (m_size / (2 * half))];
                    std::complex<float>* low = data + (start + k) * step;
                    std::complex<float>* high = low + half * step;
                    for (std::size_t line = 0; line < lines; ++line) {
                        const std::complex<float> b = high[line * lineStep];
                        // Written out: operator* of complex<float> checks for NaN at a price.
                        const std::complex<float> turned{b.real() * root.real() - b.imag() * root.imag(),
                                                         b.real() * root.imag() + b.imag() * root.real()};
                        high[line * lineStep] = low[line * lineStep] - turned;
                        low[line * lineStep] += turned;
                    }
                }
    }

private:
    std::size_t m_size;
    std::vector<std::size_t> m_reversed;
    std::vector<std::complex<float>> m_roots;
};

} // namespace

void inverseFourier(std::vector<std::complex<float>>& square, std::size_t size) {
    assert(square.size() == size * size && (size & (size - 1)) == 0);
    const Fourier fourier(size);
    for (std::size_t row = 0; row < size; ++row)
        fourier.transform(square.data() + row * size, 1, 1, 0);
    constexpr std::size_t block = 16; // columns at once: a cache line or two of each row
    for (std::size_t column = 0; column < size; column += block)
        fourier.transform(square.data() + column, size, std::min(block, size - column), 1);
}

GaussianField::GaussianField(const MapShape& map, const SpectrumShape& spectrum, const RandomStream& stream)
    : m_map(map), m_waves(map.cells * map.cells), m_turns(map.cells * map.cells) {
    const auto cells = static_cast<std::ptrdiff_t>(map.cells);
    const double unit = 2 * std::numbers::pi / map.sideKm();
    const double along = spectrum.alongDegrees * std::numbers::pi / 180;
    const double stretch = std::sqrt(spectrum.stretch);
    double total = 0;
    std::vector<double> power(m_waves.size());
    for (std::ptrdiff_t row = 0; row < cells; ++row)
        for (std::ptrdiff_t column = 0; column < cells; ++column) {
            const std::size_t place = static_cast<std::size_t>(row * cells + column);
            const double east = unit * static_cast<double>(column <= cells / 2 ? column : column - cells);
            const double north = unit * static_cast<double>(row <= cells / 2 ? row : row - cells);
            const double lengthwise = (east * std::sin(along) + north * std::cos(along)) * stretch;
            const double crosswise = (east * std::cos(along) - north * std::sin(along)) / stretch;
            const double relative =
                std::hypot(lengthwise, crosswise) * spectrum.outerKm / (2 * std::numbers::pi);
            power[place] = place == 0 ? 0 : std::pow(1 + relative * relative, -spectrum.slope / 2);
            total += power[place];

            const auto drawn = stream.normal(place);
            m_waves[place] = {drawn[0], drawn[1]};
            const double change = spectrum.lifetimeMinutes > 0 ? drawn[2] / spectrum.lifetimeMinutes *
                                                                     std::cbrt(1 + relative * relative)
                                                               : 0;
            m_turns[place] = static_cast<float>(change - east * spectrum.eastKmPerMinute -
                                                north * spectrum.northKmPerMinute);
        }
    for (std::size_t place = 0; place < m_waves.size(); ++place)
        m_waves[place] *= static_cast<float>(std::sqrt(power[place] / total));
}

std::pair<std::vector<float>, std::vector<float>> GaussianField::pairAt(double minutes) const {
    std::vector<std::complex<float>> waves = m_waves;
    if (minutes != 0)
        for (std::size_t place = 0; place < waves.size(); ++place) {
            const float angle =
                static_cast<float>(std::remainder(m_turns[place] * minutes, 2 * std::numbers::pi));
            const float cosine = std::cos(angle), sine = std::sin(angle);
            const std::complex<float> wave = m_waves[place];
            waves[place] = {wave.real() * cosine - wave.imag() * sine,
                            wave.real() * sine + wave.imag() * cosine};
        }
    inverseFourier(waves, m_map.cells);
    std::pair<std::vector<float>, std::vector<float>> fields;
    fields.first.resize(waves.size());
    fields.second.resize(waves.size());
    for (std::size_t place = 0; place < waves.size(); ++place) {
        fields.first[place] = waves[place].real();
        fields.second[place] = waves[place].imag();
    }
    return fields;
}

std::vector<float> GaussianField::at(double minutes) const {
    return pairAt(minutes).first;
}

float sampleMap(const std::vector<float>& map, const MapShape& shape, double eastKm, double northKm) {
    const double half = static_cast<double>(shape.cells) / 2 - 0.5;
    const double column = eastKm / shape.cellKm + half, row = northKm / shape.cellKm + half;
    const double left = std::floor(column), low = std::floor(row);
    const float right = static_cast<float>(column - left), up = static_cast<float>(row - low);
    const std::size_t mask = shape.cells - 1;
    const std::size_t c0 = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(left)) & mask,
                      c1 = (c0 + 1) & mask;
    const std::size_t r0 = (static_cast<std::size_t>(static_cast<std::ptrdiff_t>(low)) & mask) * shape.cells;
    const std::size_t r1 = (r0 + shape.cells) & (shape.cells * shape.cells - 1);
    return (map[r0 + c0] * (1 - right) + map[r0 + c1] * right) * (1 - up) +
           (map[r1 + c0] * (1 - right) + map[r1 + c1] * right) * up;
}

} // namespace embellie
