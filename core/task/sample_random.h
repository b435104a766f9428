#pragma once

#include "core/simulate/random.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace embellie {

/// Random numbers of one sample, a function of (seed, epoch, index) alone: whichever thread makes the sample,
/// and whatever was made before, it is the same. The start is drawn from the counter-based RandomStream; the
/// numbers of the cells come from xoshiro256++ (Blackman and Vigna, Scrambled linear pseudorandom number
/// generators, 2021), which is quick.
class SampleRandom {
public:
    SampleRandom(std::uint64_t seed, std::int64_t epoch, std::int64_t index) {
        const RandomStream stream(seed ^ 0x9E3779B97F4A7C15ull, static_cast<Purpose>(200),
                                  static_cast<std::uint32_t>(epoch));
        const auto a = stream.at(2 * static_cast<std::uint64_t>(index)),
                   b = stream.at(2 * static_cast<std::uint64_t>(index) + 1);
        for (std::size_t i = 0; i < 2; ++i) {
            m_state[i] = static_cast<std::uint64_t>(a[2 * i]) << 32 | a[2 * i + 1];
            m_state[i + 2] = static_cast<std::uint64_t>(b[2 * i]) << 32 | b[2 * i + 1];
        }
        m_state[0] |= 1; // never all zero
    }

    std::uint64_t bits() {
        const std::uint64_t result = std::rotl(m_state[0] + m_state[3], 23) + m_state[0];
        const std::uint64_t t = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= t;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }
    /// In [0, 1[.
    float uniform() { return static_cast<float>(bits() >> 40) * 0x1p-24f; }
    float uniform(float from, float to) { return from + (to - from) * uniform(); }
    bool chance(double share) { return uniform() < static_cast<float>(share); }
    /// In [0, count[.
    std::int64_t below(std::int64_t count) {
        return static_cast<std::int64_t>((bits() >> 32) * static_cast<std::uint64_t>(count) >> 32);
    }
    /// Mean 0, deviation 1: the sum of four uniform numbers, whose tails end at 3.5; enough to disturb gates.
    float normal() {
        const std::uint64_t all = bits();
        const auto sum =
            static_cast<float>((all & 0xFFFF) + (all >> 16 & 0xFFFF) + (all >> 32 & 0xFFFF) + (all >> 48));
        return (sum * (1.0f / 65536) - 2.0f) * 1.7320508f;
    }
    /// Mean 1.
    float exponential() { return -std::log(1 - uniform()); }

private:
    std::array<std::uint64_t, 4> m_state{};
};

} // namespace embellie
