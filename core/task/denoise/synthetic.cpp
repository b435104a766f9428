#include "core/task/denoise/synthetic.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace embellie::denoise {

namespace {

constexpr float Circle = 2 * std::numbers::pi_v<float>;

/// Smooth noise on the plane: random numbers on a lattice, bilinear between; a few octaves. About standard
/// normal.
class PlaneNoise {
public:
    PlaneNoise(SampleRandom& random, float scaleMeters, int octaves) : m_scale(scaleMeters) {
        float power = 0, weight = 1;
        for (int i = 0; i < octaves; ++i, weight *= 0.6f) {
            Octave octave{weight, random.uniform(0, 64), random.uniform(0, 64), {}};
            for (float& value : octave.lattice)
                value = random.normal();
            power += weight * weight * 0.45f; // what bilinear weights leave of the variance, on average
            m_octaves.push_back(std::move(octave));
        }
        for (Octave& octave : m_octaves)
            octave.weight /= std::sqrt(power);
    }
    float at(float x, float y) const {
        float sum = 0, scale = 1 / m_scale;
        for (const Octave& octave : m_octaves) {
            sum += octave.weight * lattice(octave, x * scale + octave.x, y * scale + octave.y);
            scale *= 2;
        }
        return sum;
    }

private:
    static constexpr int Size = 64;
    struct Octave {
        float weight, x, y;
        std::array<float, Size * Size> lattice;
    };
    static float lattice(const Octave& octave, float x, float y) {
        const float left = std::floor(x), top = std::floor(y);
        const float dx = x - left, dy = y - top;
        const auto value = [&](int i, int j) {
            return octave.lattice[static_cast<std::size_t>(((static_cast<int>(top) + j) & (Size - 1)) * Size +
                                                           ((static_cast<int>(left) + i) & (Size - 1)))];
        };
        return (value(0, 0) * (1 - dx) + value(1, 0) * dx) * (1 - dy) +
               (value(0, 1) * (1 - dx) + value(1, 1) * dx) * dy;
    }
    float m_scale;
    std::vector<Octave> m_octaves;
};

/// Calls each(cell, ray, gate, range in m, x, y) for gates in a range and a sector of azimuth (radians).
template <class Each>
void forSector(const Polar& sweep, float fromMeters, float toMeters, float azimuth, float halfWidth,
               Each&& each) {
    const int first = std::max(0, static_cast<int>(fromMeters / sweep.gateMeters));
    const int last = std::min(sweep.gates, static_cast<int>(toMeters / sweep.gateMeters) + 1);
    const float step = Circle / static_cast<float>(sweep.rays);
    const int middle = static_cast<int>(azimuth / step);
    const int half = static_cast<int>(std::ceil(std::min(halfWidth, Circle) / step));
    const int count = std::min(2 * half + 1, sweep.rays); // no ray twice
    for (int i = 0; i < count; ++i) {
        const int ray = ((middle - half + i) % sweep.rays + sweep.rays) % sweep.rays;
        const float angle = (static_cast<float>(ray) + 0.5f) * step;
        const float sine = std::sin(angle), cosine = std::cos(angle);
        for (int gate = first; gate < last; ++gate) {
            const float range = sweep.rangeMeters(gate);
            each(sweep.at(ray, gate), ray, gate, range, range * sine, range * cosine);
        }
    }
}

template <class Each>
void forAll(const Polar& sweep, float toMeters, Each&& each) {
    forSector(sweep, 0, toMeters, 0, Circle, each);
}

void addSpecks(Polar& sweep, SampleRandom& random) {
    const float reach = random.uniform(8e3f, 45e3f), density = random.uniform(0.1f, 0.8f);
    const float mean = random.uniform(8, 32), spread = random.uniform(6, 14);
    const PlaneNoise terrain(random, random.uniform(4e3f, 15e3f), 3);
    forAll(sweep, 5 * reach, [&](std::size_t cell, int, int, float range, float x, float y) {
        const float share = density * std::exp(-range / reach) * std::clamp(1 + terrain.at(x, y), 0.0f, 2.0f);
        if (random.uniform() < share)
            sweep.z[cell] += linear(mean + spread * random.normal());
    });
}

void addClearAir(Polar& sweep, SampleRandom& random) {
    const float reach = random.uniform(15e3f, 80e3f), top = random.uniform(-6, 16),
                spread = random.uniform(1.5f, 5);
    const float fall = random.uniform(5, 20), holes = random.uniform(-1.5f, 0.5f);
    const PlaneNoise patches(random, random.uniform(5e3f, 30e3f), 3);
    forAll(sweep, 1.4f * reach, [&](std::size_t cell, int, int, float range, float x, float y) {
        const float patch = patches.at(x, y);
        const float edge = range / reach + 0.15f * patch;
        if (edge < 1 && patch > holes && random.uniform() < 1.2f - edge)
            sweep.z[cell] += linear(top - fall * edge + 2 * patch + spread * random.normal());
    });
}

void addSpokes(Polar& sweep, SampleRandom& random) {
    const std::int64_t count = 1 + random.below(6);
    const float end = static_cast<float>(sweep.gates) * sweep.gateMeters;
    for (std::int64_t i = 0; i < count; ++i) {
        const float level = random.uniform(-8, 22), spread = random.uniform(0.3f, 3),
                    holes = random.chance(0.4) ? random.uniform(0, 0.6f) : 0;
        const float from = random.chance(0.6) ? 0 : random.uniform(0, 0.6f * end),
                    to = random.chance(0.7) ? end : random.uniform(from, end);
        const float width = random.uniform(0.3f, 2.2f) * Circle / 360;
        forSector(sweep, from, to, random.uniform(0, Circle), width,
                  [&](std::size_t cell, int, int, float range, float, float) {
                      if (random.uniform() >= holes)
                          sweep.z[cell] +=
                              linear(level + 20 * std::log10(range / 100e3f) + spread * random.normal());
                  });
    }
}

/// Many spokes of about the same strength side by side, in runs of gates: senders near each other, or one
/// that is heard through side lobes.
void addSpokeSector(Polar& sweep, SampleRandom& random) {
    const float end = static_cast<float>(sweep.gates) * sweep.gateMeters;
    const float middle = random.uniform(0, Circle), half = random.uniform(0.1f, 1.6f);
    const float level = random.uniform(-12, 12), unlike = random.uniform(0, 6),
                spread = random.uniform(0.3f, 3);
    const float width = random.uniform(0.5f, 8) * Circle / 360, leastSpoke = random.uniform(-1.05f, 0.9f);
    const float run = random.uniform(3e3f, 40e3f), leastRun = random.uniform(-3, 0.8f);
    const float from = random.chance(0.5) ? 0 : random.uniform(0, 0.3f * end);
    const PlaneNoise spokes(random, 1, 2), runs(random, 1, 2);
    forSector(sweep, from, end, middle, half, [&](std::size_t cell, int ray, int, float range, float, float) {
        const auto number = static_cast<float>(ray);
        const float spoke = spokes.at(number * Circle / static_cast<float>(sweep.rays) / width, 0.5f);
        if (spoke >= leastSpoke && runs.at(range / run, 0.7f * number) >= leastRun)
            sweep.z[cell] +=
                linear(level + unlike * spoke + 20 * std::log10(range / 100e3f) + spread * random.normal());
    });
}

void addSpeckle(Polar& sweep, SampleRandom& random) {
    const float share = std::pow(10.0f, random.uniform(-4, -1.7f)), level = random.uniform(-10, 12),
                spread = random.uniform(2, 8);
    for (float& z : sweep.z)
        if (random.uniform() < share)
            z += linear(level + spread * random.exponential());
}

void addPointTargets(Polar& sweep, SampleRandom& random) {
    const std::int64_t count = 1 + random.below(10);
    const float sector = random.uniform(0, Circle), distance = random.uniform(5e3f, 90e3f);
    for (std::int64_t i = 0; i < count; ++i) {
        const float azimuth = sector + random.normal() * 0.15f,
                    range = std::max(2e3f, distance + random.normal() * 8e3f);
        const float peak = random.uniform(25, 62), fall = random.uniform(8, 16),
                    length = random.uniform(0.4f, 1.2f) * sweep.gateMeters;
        const float lobes = peak - random.uniform(22, 38), width = random.uniform(0.05f, 0.5f);
        forSector(sweep, range - 3 * sweep.gateMeters, range + 3 * sweep.gateMeters, azimuth + Circle, width,
                  [&](std::size_t cell, int ray, int, float at, float, float) {
                      const float step = Circle / static_cast<float>(sweep.rays);
                      const float offset = std::abs(std::remainder(
                                               (static_cast<float>(ray) + 0.5f) * step - azimuth, Circle)) *
                                           57.3f;
                      const float away = (at - range) / length;
                      const float main = peak - fall * offset * offset,
                                  side = lobes - 0.4f * offset + 2 * random.normal();
                      const float level = std::max(main, side) - 4 * away * away;
                      if (level > -15)
                          sweep.z[cell] += linear(level);
                  });
    }
}

void addSea(Polar& sweep, SampleRandom& random) {
    const float reach = random.uniform(15e3f, 70e3f), top = random.uniform(5, 30),
                spread = random.uniform(2, 6), fall = random.uniform(8, 25);
    const PlaneNoise waves(random, random.uniform(3e3f, 12e3f), 2);
    forSector(sweep, random.uniform(0, 4e3f), reach, random.uniform(0, Circle), random.uniform(0.3f, 1.4f),
              [&](std::size_t cell, int, int, float range, float x, float y) {
                  const float edge = range / reach;
                  if (random.uniform() < 1.3f - edge)
                      sweep.z[cell] +=
                          linear(top - fall * edge + 2 * waves.at(x, y) + spread * random.normal());
              });
}

void addMountains(Polar& sweep, SampleRandom& random) {
    const float from = random.uniform(10e3f, 90e3f), to = from + random.uniform(10e3f, 70e3f);
    const float level = random.uniform(12, 40), spread = random.uniform(3, 10),
                threshold = random.uniform(0.6f, 1.6f);
    const PlaneNoise ridges(random, random.uniform(4e3f, 12e3f), 3);
    forSector(sweep, from, to, random.uniform(0, Circle), random.uniform(0.2f, 1.5f),
              [&](std::size_t cell, int, int, float, float x, float y) {
                  const float above = ridges.at(x, y) - threshold;
                  if (above > 0)
                      sweep.z[cell] += linear(level + 6 * std::min(above, 1.5f) + spread * random.normal());
              });
}

void addRing(Polar& sweep, SampleRandom& random) {
    const float reach = random.uniform(4e3f, 28e3f), top = random.uniform(-6, 24),
                spread = random.uniform(0.5f, 3), fall = random.uniform(0, 15);
    const PlaneNoise shape(random, random.uniform(3e3f, 15e3f), 2);
    const float strength = random.uniform(0.5f, 3), holes = random.uniform(-3, -0.5f);
    forAll(sweep, 1.3f * reach, [&](std::size_t cell, int, int, float range, float x, float y) {
        const float wave = shape.at(x, y);
        const float edge = range / reach + 0.12f * wave;
        if (edge < 1 && wave > holes)
            sweep.z[cell] += linear(top - fall * edge + strength * wave + spread * random.normal());
    });
}

/// Short arcs at one range, gate by gate: what a ground filter leaves, side lobes, anomalous propagation.
void addStreaks(Polar& sweep, SampleRandom& random) {
    const float from = random.uniform(0, 60e3f), to = from + random.uniform(20e3f, 150e3f);
    const float azimuth = random.uniform(0, Circle), half = random.uniform(0.2f, 2.0f);
    const float level = random.uniform(0, 22), spread = random.uniform(2, 6), longest = random.uniform(2, 12);
    const float density = std::pow(10.0f, random.uniform(-2.3f, -0.8f));
    const PlaneNoise patches(random, random.uniform(8e3f, 40e3f), 3);
    forSector(sweep, from, to, azimuth, half, [&](std::size_t, int ray, int gate, float, float x, float y) {
        if (random.uniform() >= density * std::exp(patches.at(x, y)) / longest)
            return;
        const float own = level + spread * random.normal();
        const int length = 1 + static_cast<int>(longest * random.uniform());
        for (int i = 0; i < length; ++i)
            sweep.z[sweep.at((ray + i) % sweep.rays, gate)] += linear(own + 2 * random.normal());
    });
}

/// Weak and smooth, in patches or in streaks of one direction, up to the range where the beam leaves the
/// clouds.
void addSnow(Polar& sweep, SampleRandom& random) {
    const PlaneNoise coarse(random, random.uniform(8e3f, 60e3f), 4),
        fine(random, random.uniform(2e3f, 6e3f), 2);
    const float turn = random.uniform(0, Circle), stretch = random.uniform(1, 5), sine = std::sin(turn),
                cosine = std::cos(turn);
    const float mean = random.uniform(-8, 12), strength = random.uniform(3, 7),
                threshold = random.uniform(-2.5f, 0.6f);
    const float grain = random.uniform(0.5f, 3), noise = random.uniform(0.3f, 2);
    const float top = random.uniform(25e3f, 160e3f), fall = random.uniform(8, 60);
    forAll(sweep, 2 * top, [&](std::size_t cell, int, int, float range, float x, float y) {
        const float wave = coarse.at(x * cosine + y * sine, (y * cosine - x * sine) / stretch);
        if (wave < threshold)
            return;
        const float edge = std::min(1.0f, (wave - threshold) / 0.4f);
        sweep.z[cell] += linear(mean + strength * wave - 8 * (1 - edge) + grain * fine.at(x, y) -
                                fall * std::max(0.0f, range / top - 1) + noise * random.normal());
    });
}

/// Scattered showers of a few km, anywhere or in streets along the wind, as over a sea in a cold outbreak.
void addSnowShowers(Polar& sweep, SampleRandom& random) {
    const float reach = random.uniform(50e3f, 200e3f), top = random.uniform(40e3f, 160e3f),
                fall = random.uniform(8, 60);
    const float mean = random.uniform(-6, 14), spread = random.uniform(2, 7), noise = random.uniform(0.3f, 2);
    const float longest = random.uniform(1, 4), largest = random.uniform(2e3f, 8e3f);
    const float wind = random.uniform(0, Circle), sine = std::sin(wind), cosine = std::cos(wind);
    const float streets = random.chance(0.5) ? random.uniform(8e3f, 25e3f) : 0;
    const std::int64_t count = 20 + random.below(250);
    constexpr float gone = 30; // dB
    for (std::int64_t i = 0; i < count; ++i) {
        const float away = reach * std::sqrt(random.uniform()), towards = random.uniform(0, Circle);
        float along = away * std::cos(towards), across = away * std::sin(towards);
        if (streets > 0)
            across = streets * (std::round(across / streets) + 0.12f * random.normal());
        const float radius = random.uniform(1e3f, largest), stretch = random.uniform(1, longest);
        const float peak = mean + spread * random.normal(), farthest = 2.7f * radius * stretch;
        const float range = std::hypot(along, across);
        const float azimuth = std::atan2(along * sine + across * cosine, along * cosine - across * sine);
        const float half = range > farthest ? std::asin(farthest / range) : Circle;
        forSector(sweep, range - farthest, range + farthest, azimuth + Circle, half,
                  [&](std::size_t cell, int, int, float at, float x, float y) {
                      const float u = (x * sine + y * cosine - along) / (radius * stretch),
                                  v = (x * cosine - y * sine - across) / radius;
                      const float drop = 4.3f * (u * u + v * v); // dB: a bell of power
                      if (drop < gone)
                          sweep.z[cell] += linear(peak - drop - fall * std::max(0.0f, at / top - 1) +
                                                  noise * random.normal());
                  });
    }
}

void addLayer(Polar& sweep, SampleRandom& random, bool widespread) {
    const PlaneNoise coarse(random, random.uniform(25e3f, 90e3f), 4);
    const PlaneNoise fine(random, random.uniform(4e3f, 10e3f), 2);
    const float mean = widespread ? random.uniform(8, 28) : random.uniform(2, 22),
                strength = random.uniform(4, 9);
    const float threshold = widespread ? random.uniform(-2.5f, -0.7f) : random.uniform(-0.4f, 1.1f),
                noise = random.uniform(0.3f, 1.5f);
    // Clouds end: beyond some range the beam is above the rain.
    const float top = random.uniform(80e3f, 300e3f), fade = random.uniform(10, 30);
    forAll(sweep, 1e9f, [&](std::size_t cell, int, int, float range, float x, float y) {
        const float wave = coarse.at(x, y);
        if (wave < threshold)
            return;
        const float edge = std::min(1.0f, (wave - threshold) / 0.4f);
        const float above = std::max(0.0f, range / top - 1);
        sweep.z[cell] += linear(mean + strength * wave - 10 * (1 - edge) + 1.5f * fine.at(x, y) -
                                fade * above * 3 + noise * random.normal());
    });
}

} // namespace

void keepPatches(Polar& sweep, SampleRandom& random) {
    const PlaneNoise patches(random, random.uniform(8e3f, 40e3f), 3);
    const float least = random.uniform(0, 1.8f), fall = random.uniform(8, 60), weaker = random.uniform(0, 12);
    const float reach = random.chance(0.5) ? random.uniform(30e3f, 120e3f) : 1e9f;
    constexpr float gone = 25; // dB
    forAll(sweep, 1e9f, [&](std::size_t cell, int, int, float range, float x, float y) {
        const float outside = least - patches.at(x, y) + 5 * std::max(0.0f, range / reach - 1);
        const float drop = fall * std::max(0.0f, outside);
        sweep.z[cell] = drop > gone ? 0 : sweep.z[cell] * linear(-weaker - drop);
    });
}

void makeShallow(Polar& sweep, SampleRandom& random) {
    const float top = random.uniform(15e3f, 140e3f), fall = random.uniform(10, 80),
                weaker = random.uniform(0, 15);
    constexpr float gone = 40; // dB
    forAll(sweep, 1e9f, [&](std::size_t cell, int, int, float range, float, float) {
        const float drop = weaker + fall * std::max(0.0f, range / top - 1);
        sweep.z[cell] = drop > gone ? 0 : sweep.z[cell] * linear(-drop);
    });
}

void addCells(Polar& sweep, SampleRandom& random, int count) {
    const float end = static_cast<float>(sweep.gates) * sweep.gateMeters;
    for (int i = 0; i < count; ++i) {
        const float range = end * std::sqrt(random.uniform()), azimuth = random.uniform(0, Circle);
        const float radius = random.uniform(0.8e3f, 6e3f), peak = random.uniform(14, 52);
        const float x0 = range * std::sin(azimuth), y0 = range * std::cos(azimuth);
        const float reach = 4 * radius;
        const float half = range > reach ? std::asin(reach / range) : Circle;
        forSector(sweep, range - reach, range + reach, azimuth, half,
                  [&](std::size_t cell, int, int, float, float x, float y) {
                      // Exponential in distance, as convective cells are (HYCELL: Féral et al., Radio Sci.
                      // 38, 2003).
                      const float level = peak - 9 * std::hypot(x - x0, y - y0) / radius;
                      if (level > -10)
                          sweep.z[cell] += linear(level + 0.7f * random.normal());
                  });
    }
}

void addSyntheticRain(Polar& sweep, SampleRandom& random, float snow) {
    if (random.chance(snow))
        return random.chance(0.4) ? addSnowShowers(sweep, random) : addSnow(sweep, random);
    addLayer(sweep, random, random.chance(0.4));
    if (random.chance(0.5))
        addCells(sweep, random, static_cast<int>(1 + random.below(30)));
}

void addSyntheticClutter(Polar& sweep, SampleRandom& random, float share, float sectors, double insects,
                         const std::function<void(ClutterKind)>& added) {
    using enum ClutterKind;
    const struct {
        ClutterKind kind;
        double chance;
        void (*add)(Polar&, SampleRandom&);
    } kinds[] = {{Specks, 0.5, addSpecks},
                 {ClearAir, 0.45 * insects, addClearAir},
                 {Spokes, 0.3 * (1 - sectors), addSpokes},
                 {Spokes, 0.3 * sectors, addSpokeSector},
                 {Speckle, 0.4, addSpeckle},
                 {PointTargets, 0.4, addPointTargets},
                 {Sea, 0.15, addSea},
                 {Mountains, 0.25, addMountains},
                 {Ring, 0.35 * (0.5 + 0.5 * insects), addRing},
                 {Streaks, 0.3, addStreaks}};
    for (const auto& [kind, chance, add] : kinds)
        if (random.chance(chance * share)) {
            add(sweep, random);
            if (added)
                added(kind);
        }
}

} // namespace embellie::denoise
