#include "core/simulate/clutter.h"

#include "core/map/radar.h"
#include "core/simulate/terrain.h"

#include <algorithm>
#include <cmath>

namespace embellie {

namespace {

constexpr double Degree = std::numbers::pi / 180;
} // namespace

static SpectrumShape patchSpectrum(const ScenePlan& plan) {
    SpectrumShape spectrum;
    spectrum.outerKm = 25;
    spectrum.slope = 2.8;
    spectrum.lifetimeMinutes = 50;
    spectrum.eastKmPerMinute = -0.5 * plan.windKmPerMinute * std::sin(plan.windFrom * Degree);
    spectrum.northKmPerMinute = -0.5 * plan.windKmPerMinute * std::cos(plan.windFrom * Degree);
    return spectrum;
}

void smear(std::vector<float>& z, std::size_t rays, std::size_t gates, double acrossShare,
           double alongShare) {
    const auto across = static_cast<float>(acrossShare), along = static_cast<float>(alongShare);
    const std::vector<float> before(z);
    for (std::size_t ray = 0; ray < rays; ++ray) {
        const float* left = before.data() + (ray + rays - 1) % rays * gates;
        const float* middle = before.data() + ray * gates;
        const float* right = before.data() + (ray + 1) % rays * gates;
        for (std::size_t gate = 0; gate < gates; ++gate) {
            const float near = gate > 0 ? middle[gate - 1] : 0, far = gate + 1 < gates ? middle[gate + 1] : 0;
            z[ray * gates + gate] = middle[gate] + across * (left[gate] + right[gate]) + along * (near + far);
        }
    }
}

Nuisance::Nuisance(const ScenePlan& plan)
    : m_plan(plan),
      m_patches(plan.map, patchSpectrum(plan), RandomStream(plan.seed, Purpose::ClearAirPatches)) {}

std::vector<float> Nuisance::clearAir(double elevation, const std::vector<float>& patches, std::uint32_t time,
                                      std::uint32_t sweep) const {
    std::vector<float> echo(m_plan.rays * m_plan.gates);
    if (m_plan.clearAirDbz <= -30)
        return echo;
    const RandomStream fading(m_plan.seed, Purpose::ClearAir, time, sweep);
    for (std::size_t gate = 0; gate < m_plan.gates; ++gate) {
        const BeamPoint beam = beamPoint(m_plan.rangeMeters(gate), elevation, m_plan.site.heightMeters);
        const double above = beam.heightMeters - m_plan.site.heightMeters;
        // Insects fill the mixed layer and thin out above it; far away the beam's lower half still meets
        // them.
        const double deep = above / m_plan.clearAirMeters;
        const double mean = m_plan.clearAirDbz - 6 * deep - 9 * std::max(0.0, deep - 1) -
                            0.05 * m_plan.rangeMeters(gate) / 1000;
        if (mean < m_plan.noiseAt(m_plan.rangeMeters(gate)) + m_plan.detectionDb - 14)
            continue;
        for (std::size_t ray = 0; ray < m_plan.rays; ++ray) {
            const double azimuth = m_plan.azimuth(ray);
            const double side = std::cos(2 * (azimuth - (m_plan.windFrom + 90) * Degree));
            const double patch = sampleMap(patches, m_plan.map, beam.groundMeters / 1000 * std::sin(azimuth),
                                           beam.groundMeters / 1000 * std::cos(azimuth));
            const std::size_t place = ray * m_plan.gates + gate;
            // Few insects share a gate: what one holds says little of the next one.
            echo[place] = linearZ(mean - 2 + 2.5 * side + 4 * patch + 5.5 * fading.normal(place)[0]);
        }
    }
    smear(echo, m_plan.rays, m_plan.gates, 0.3, 0.1 * std::min(1.0, 300 / m_plan.gateMeters));
    return echo;
}

std::vector<float> Nuisance::spokes(std::uint32_t time, std::uint32_t sweep) const {
    std::vector<float> echo(m_plan.rays * m_plan.gates);
    // Transmitters stay where they are; each is heard in some sweeps only.
    RandomSequence emitters(RandomStream(m_plan.seed, Purpose::Emitters));
    RandomSequence random(RandomStream(m_plan.seed, Purpose::Spokes, time, sweep));
    constexpr double heard = 0.6;
    for (int left = emitters.poisson(m_plan.emitters / heard); left > 0; --left) {
        const double azimuth = emitters.uniform(0, 360), width = emitters.uniform(0.8, 3);
        const double level = emitters.uniform(1, 14); // dB over the noise
        const bool pulsed = emitters.uniform() < 0.45;
        const double turn = random.normal() * 0.4;
        if (random.uniform() > heard)
            continue;
        const double strength = level + 2 * random.normal();
        const double dash = random.uniform(4, 25), gap = random.uniform(3, 30);
        for (std::size_t ray = 0; ray < m_plan.rays; ++ray) {
            const double off = std::remainder(m_plan.azimuth(ray) / Degree - azimuth - turn, 360.0) / width;
            const double through = strength - 12 * off * off;
            if (through < -8)
                continue;
            double until = 0;
            bool on = true;
            for (std::size_t gate = 0; gate < m_plan.gates; ++gate) {
                const double km = m_plan.rangeMeters(gate) / 1000;
                if (pulsed && km >= until) {
                    on = !on;
                    until = km + (on ? dash : gap) * random.uniform(0.5, 1.5);
                }
                if (!on)
                    continue;
                // 0.016 dB/km both ways: the radar corrects for the gases' attenuation, also what met none.
                echo[ray * m_plan.gates + gate] += linearZ(m_plan.noiseAt(1000 * km) + through + 0.016 * km);
            }
        }
    }
    return echo;
}

std::vector<float> Nuisance::speckle(std::uint32_t time, std::uint32_t sweep) const {
    std::vector<float> echo(m_plan.rays * m_plan.gates);
    RandomSequence random(RandomStream(m_plan.seed, Purpose::Speckle, time, sweep));
    const double number = m_plan.speckleShare * static_cast<double>(echo.size());
    const auto count = static_cast<std::size_t>(std::max(0.0, number + std::sqrt(number) * random.normal()));
    for (std::size_t i = 0; i < count; ++i) {
        const auto ray = static_cast<std::size_t>(random.uniform() * static_cast<double>(m_plan.rays));
        const auto gate = static_cast<std::size_t>(random.uniform() * static_cast<double>(m_plan.gates));
        const double over = -7 * std::log(random.uniform()); // exponential, dB over what can be heard
        echo[ray * m_plan.gates + gate] =
            linearZ(m_plan.noiseAt(m_plan.rangeMeters(gate)) + m_plan.detectionDb + 1 + over);
    }
    return echo;
}

WindParks::WindParks(const ScenePlan& plan, const Terrain& terrain) : m_plan(plan) {
    RandomSequence random(RandomStream(plan.seed, Purpose::Turbines));
    for (int park = 0; park < plan.parks; ++park) {
        const double azimuth = random.uniform(0, 2 * std::numbers::pi), range = random.uniform(8, 75);
        const double eastKm = range * std::sin(azimuth), northKm = range * std::cos(azimuth);
        const double spreadKm = random.uniform(0.8, 2.5);
        for (int left = 4 + random.poisson(8); left > 0; --left) {
            const double east = eastKm + spreadKm * random.normal(),
                         north = northKm + spreadKm * random.normal();
            Turbine turbine{};
            turbine.azimuth = std::atan2(east, north) / Degree;
            turbine.rangeMeters = 1000 * std::hypot(east, north);
            turbine.hubMeters = terrain.metersAt(east, north) + random.uniform(70, 140);
            turbine.crossSectionDb = 22 + 5 * random.normal();
            if (turbine.rangeMeters > 1000)
                m_turbines.push_back(turbine);
        }
    }
}

std::vector<float> WindParks::echo(double elevation, const std::vector<float>& transmission,
                                   std::uint32_t time, std::uint32_t sweep) const {
    std::vector<float> echo(m_plan.rays * m_plan.gates);
    RandomSequence random(RandomStream(m_plan.seed, Purpose::Parks, time, sweep));
    const double rayWidth = 360.0 / static_cast<double>(m_plan.rays);
    const double resolution = std::max(m_plan.gateMeters, 150.0);
    for (const Turbine& turbine : m_turbines) {
        // Blades flash, and the nacelle follows the wind.
        const double now = turbine.crossSectionDb + 5 * random.normal();
        const double tailKm = random.uniform(0.5, 4), tailDb = -random.uniform(22, 40);
        const double range = turbine.rangeMeters;
        const double above = std::atan2(turbine.hubMeters - m_plan.site.heightMeters -
                                            range * range / (2 * m_plan.earthFactor * EarthRadiusMeters),
                                        range) /
                                 Degree -
                             elevation;
        const double volume = std::numbers::pi * std::pow(range * m_plan.beamWidth * Degree, 2) * resolution /
                              (16 * std::numbers::ln2);
        const double peak = shownFor(m_plan, std::pow(10.0, now / 10), volume);
        const double at = (range - m_plan.firstGateMeters) / m_plan.gateMeters;
        const auto middle = static_cast<std::ptrdiff_t>(std::lround(at));
        if (middle < 0 || middle >= static_cast<std::ptrdiff_t>(m_plan.gates))
            continue;
        const auto last = std::min<std::ptrdiff_t>(
            middle + static_cast<std::ptrdiff_t>(std::ceil(4 * tailKm * 1000 / m_plan.gateMeters)),
            static_cast<std::ptrdiff_t>(m_plan.gates) - 1);
        const std::ptrdiff_t first = std::max<std::ptrdiff_t>(0, middle - 2);
        std::vector<double> along; // shares of the echo by gate
        for (std::ptrdiff_t gate = first; gate <= last; ++gate) {
            // The pulse's shape; behind it, echoes that went from mast to mast or to the ground first.
            const double off = (static_cast<double>(gate) - at) * m_plan.gateMeters / resolution;
            const double tail =
                off > 0 ? std::pow(10.0, tailDb / 10) * std::exp(-off * resolution / 1000 / tailKm) : 0;
            along.push_back(std::exp(-4 * std::numbers::ln2 * off * off) + tail);
        }
        const auto reach = static_cast<std::ptrdiff_t>(std::ceil(25 / rayWidth)); // of the side lobes
        const auto nearest = static_cast<std::ptrdiff_t>(std::floor(turbine.azimuth / rayWidth));
        const auto rays = static_cast<std::ptrdiff_t>(m_plan.rays);
        const double heard = 0.01 * linearZ(m_plan.noiseAt(range));
        for (std::ptrdiff_t i = -std::min(reach, rays / 2); i <= std::min(reach, (rays - 1) / 2); ++i) {
            const std::ptrdiff_t ray = ((nearest + i) % rays + rays) % rays;
            const double aside =
                std::remainder((static_cast<double>(ray) + 0.5) * rayWidth - turbine.azimuth, 360.0);
            double pattern = beamPattern(m_plan, std::hypot(aside, above));
            const double ripple = random.normal();
            if (std::abs(aside) > 1.5 * m_plan.beamWidth)
                pattern *= linearZ(3 * ripple); // between the lobes are gaps
            if (peak * pattern < heard)
                continue;
            for (std::ptrdiff_t gate = first; gate <= last; ++gate) {
                const std::size_t place =
                    static_cast<std::size_t>(ray) * m_plan.gates + static_cast<std::size_t>(gate);
                echo[place] += static_cast<float>(
                    peak * pattern * along[static_cast<std::size_t>(gate - first)] * transmission[place]);
            }
        }
    }
    return echo;
}

} // namespace embellie
