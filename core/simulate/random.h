#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace embellie {

/// What a random stream is for: streams of different purposes are independent.
enum class Purpose : std::uint32_t {
    Stratiform = 1,
    Texture,
    Cells,
    Band,
    Terrain,
    Ground,
    Turbines,
    ClearAir,
    ClearAirPatches,
    Emitters,
    Spokes,
    Speckle,
    Fading,
    Cover,
    Coast,
    Mountains,
    Obstacles,
    Blanked,
    Sea,
    Parks,
    Spells,
    Gauges,
    Variety,
    Traits,
    GroundTraits,
    Copolar,
    PulsePair,
};

/// A counter-based random stream: the numbers at an index are a function of seed, purpose, two labels (time,
/// sweep) and the index, so that any part of a scene can be made in any order. Philox4x32-10: Salmon et al.,
/// Parallel random numbers: as easy as 1, 2, 3, SC11, 2011. Distributions are our own: those of the standard
/// library differ between its makers.
class RandomStream {
public:
    RandomStream(std::uint64_t seed, Purpose purpose, std::uint32_t first = 0, std::uint32_t second = 0)
        : m_key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
          m_purpose(static_cast<std::uint32_t>(purpose) | second << 8), m_first(first) {}

    /// Four 32-bit numbers.
    std::array<std::uint32_t, 4> at(std::uint64_t index) const {
        std::array<std::uint32_t, 4> block{static_cast<std::uint32_t>(index),
                                           static_cast<std::uint32_t>(index >> 32), m_first, m_purpose};
        std::uint32_t key0 = m_key[0], key1 = m_key[1];
        for (int round = 0; round < 10; ++round) {
            const std::uint64_t left = 0xD2511F53ull * block[0], right = 0xCD9E8D57ull * block[2];
            block = {
                static_cast<std::uint32_t>(right >> 32) ^ block[1] ^ key0, static_cast<std::uint32_t>(right),
                static_cast<std::uint32_t>(left >> 32) ^ block[3] ^ key1, static_cast<std::uint32_t>(left)};
            key0 += 0x9E3779B9u;
            key1 += 0xBB67AE85u;
        }
        return block;
    }

    /// Four uniform numbers in ]0, 1[.
    std::array<double, 4> uniform(std::uint64_t index) const {
        const auto bits = at(index);
        std::array<double, 4> numbers;
        for (std::size_t i = 0; i < 4; ++i)
            numbers[i] = (static_cast<double>(bits[i]) + 0.5) * 0x1p-32;
        return numbers;
    }

    /// Four standard normal numbers (Box and Muller 1958).
    std::array<float, 4> normal(std::uint64_t index) const {
        const auto u = uniform(index);
        std::array<float, 4> numbers;
        for (std::size_t pair = 0; pair < 4; pair += 2) {
            const double radius = std::sqrt(-2 * std::log(u[pair]));
            const double angle = 2 * std::numbers::pi * u[pair + 1];
            numbers[pair] = static_cast<float>(radius * std::cos(angle));
            numbers[pair + 1] = static_cast<float>(radius * std::sin(angle));
        }
        return numbers;
    }

private:
    std::array<std::uint32_t, 2> m_key;
    std::uint32_t m_purpose, m_first;
};

/// Uniform and normal numbers one after another, of one stream.
class RandomSequence {
public:
    explicit RandomSequence(const RandomStream& stream) : m_stream(stream) {}
    double uniform() {
        if (m_place == 4) {
            m_block = m_stream.uniform(m_index++);
            m_place = 0;
        }
        return m_block[m_place++];
    }
    double uniform(double from, double to) { return from + (to - from) * uniform(); }
    double normal() {
        const double radius = std::sqrt(-2 * std::log(uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }
    /// Poisson number of a small mean (Knuth's product of uniforms).
    int poisson(double mean) {
        const double limit = std::exp(-mean);
        int count = 0;
        for (double product = uniform(); product > limit; product *= uniform())
            ++count;
        return count;
    }

private:
    RandomStream m_stream;
    std::array<double, 4> m_block{};
    std::size_t m_place = 4;
    std::uint64_t m_index = 0;
};

} // namespace embellie
