#include "core/simulate/clutter.h"

#include "core/map/radar.h"

#include <algorithm>
#include <cmath>

namespace embellie {

namespace {

constexpr double Degree = std::numbers::pi / 180;
constexpr float NoGround = -60;

float fromDb(double db) {
    return static_cast<float>(std::pow(10.0, db / 10));
}

// One-way Gaussian pattern: share of the beam's power below an angle from its axis, in degrees.
double powerBelow(double degrees, double beamWidth) {
    const double deviation = beamWidth / std::sqrt(8 * std::numbers::ln2);
    return 0.5 * std::erfc(-degrees / deviation / std::numbers::sqrt2);
}

} // namespace

Terrain::Terrain(const ScenePlan& plan) : m_map(plan.map) {
    SpectrumShape spectrum;
    spectrum.outerKm = 60;
    spectrum.slope = 3.6;
    spectrum.stretch = 1.6;
    spectrum.alongDegrees = RandomStream(plan.seed, Purpose::Terrain, 1).uniform(0)[0] * 180;
    m_heights = GaussianField(m_map, spectrum, RandomStream(plan.seed, Purpose::Terrain)).at(0);
    const double relief = plan.reliefMeters, tower = 20;
    for (std::size_t row = 0; row < m_map.cells; ++row)
        for (std::size_t column = 0; column < m_map.cells; ++column) {
            const double far = std::hypot(m_map.centreKm(column), m_map.centreKm(row));
            float& height = m_heights[row * m_map.cells + column];
            // Plains stay flat and mountains become steep: a radar's horizon is made by few ridges. Its
            // builders chose a hill that looks over the land around, so that the ridges begin some way off.
            const double shaped = height > 0 ? height * (0.5 + 0.6 * height) : 0.35 * height;
            const double ridges =
                0.06 * (1 - std::exp(-far / 6)) + 0.94 * (1 - std::exp(-std::pow(far / 32, 2)));
            const double hill = 0.3 * relief * (1 - std::exp(-far / 5));
            height = static_cast<float>(plan.site.heightMeters - tower - hill + relief * ridges * shaped);
        }
}

GroundView Terrain::view(const ScenePlan& plan, double elevation) const {
    GroundView seen;
    seen.groundDbz.assign(plan.rays * plan.gates, NoGround);
    seen.transmission.assign(plan.rays * plan.gates, 1);
    const RandomStream texture(plan.seed, Purpose::Ground);
    constexpr int parts = 3; // of a gate: a ridge may be narrower
    for (std::size_t ray = 0; ray < plan.rays; ++ray) {
        const double azimuth =
            (static_cast<double>(ray) + 0.5) * 360.0 / static_cast<double>(plan.rays) * Degree;
        double horizon = -8; // degrees above the antenna's horizontal
        for (std::size_t gate = 0; gate < plan.gates; ++gate) {
            const std::size_t place = ray * plan.gates + gate;
            const double hidden = powerBelow(horizon - elevation, plan.beamWidth);
            const double open = 1 - hidden;
            seen.transmission[place] = static_cast<float>(open * open);
            double lit = 0;
            for (int part = 0; part < parts; ++part) {
                const double range = plan.rangeMeters(gate) + ((part + 0.5) / parts - 0.5) * plan.gateMeters;
                if (range < 50)
                    continue;
                const double height =
                    metersAt(range / 1000 * std::sin(azimuth), range / 1000 * std::cos(azimuth));
                const double drop = range * range / (2 * EffectiveEarthRadiusMeters);
                const double angle = std::atan2(height - drop - plan.site.heightMeters, range) / Degree;
                if (angle > horizon) {
                    const double middle = (angle + horizon) / 2 - elevation;
                    const double off = middle / plan.beamWidth;
                    // Beyond the main lobe stay side lobes 50 dB down, both ways together.
                    const double pattern = std::exp(-8 * std::numbers::ln2 * off * off) + 1e-5;
                    lit += std::min(angle - horizon, plan.beamWidth) / plan.beamWidth * pattern;
                    horizon = angle;
                }
            }
            if (lit <= 0)
                continue;
            const auto drawn = texture.normal(place);
            // Fields, woods and roofs differ by far more than the slope: a log-normal texture fixed to the
            // place.
            seen.groundDbz[place] =
                static_cast<float>(plan.groundDbz + 10 * std::log10(lit)) + 6.5f * drawn[0];
        }
    }
    RandomSequence random(RandomStream(plan.seed, Purpose::Turbines));
    for (int park = 0; park < plan.turbines; ++park) {
        const double azimuth = random.uniform(0, 360), range = random.uniform(12, 75) * 1000;
        const double spreadKm = random.uniform(0.8, 2.5);
        for (int mast = 5 + random.poisson(6); mast > 0; --mast) {
            const double aside = spreadKm * random.normal() / (range / 1000) / Degree;
            const double along = spreadKm * random.normal() * 1000, strength = 40 + 6 * random.normal();
            const double turnedTo = std::fmod(azimuth + aside + 720, 360);
            const auto ray =
                static_cast<std::size_t>(turnedTo / 360 * static_cast<double>(plan.rays)) % plan.rays;
            const double gate = (range + along - plan.firstGateMeters) / plan.gateMeters;
            if (gate < 0 || gate >= static_cast<double>(plan.gates))
                continue;
            const std::size_t place = ray * plan.gates + static_cast<std::size_t>(gate);
            const double height = 120 - range * range / (2 * EffectiveEarthRadiusMeters) +
                                  metersAt(range / 1000 * std::sin(azimuth * Degree),
                                           range / 1000 * std::cos(azimuth * Degree)) -
                                  plan.site.heightMeters;
            const double off = (std::atan2(height, range) / Degree - elevation) / plan.beamWidth;
            const double dbz =
                strength + 10 * std::log10(std::exp(-8 * std::numbers::ln2 * off * off) + 1e-5);
            seen.groundDbz[place] = std::max(seen.groundDbz[place], static_cast<float>(dbz));
        }
    }
    return seen;
}

static SpectrumShape patchSpectrum(const ScenePlan& plan) {
    SpectrumShape spectrum;
    spectrum.outerKm = 25;
    spectrum.slope = 2.8;
    spectrum.lifetimeMinutes = 50;
    spectrum.eastKmPerMinute = -0.5 * plan.windKmPerMinute * std::sin(plan.windFrom * Degree);
    spectrum.northKmPerMinute = -0.5 * plan.windKmPerMinute * std::cos(plan.windFrom * Degree);
    return spectrum;
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
        const double mean = m_plan.clearAirDbz - 5.5 * above / 1000 - 8 * std::max(0.0, above - 1100) / 1000 -
                            0.05 * m_plan.rangeMeters(gate) / 1000;
        if (mean < m_plan.noiseAt(m_plan.rangeMeters(gate)) + m_plan.detectionDb - 14)
            continue;
        for (std::size_t ray = 0; ray < m_plan.rays; ++ray) {
            const double azimuth =
                (static_cast<double>(ray) + 0.5) * 360.0 / static_cast<double>(m_plan.rays) * Degree;
            const double side = std::cos(2 * (azimuth - (m_plan.windFrom + 90) * Degree));
            const double patch = sampleMap(patches, m_plan.map, beam.groundMeters / 1000 * std::sin(azimuth),
                                           beam.groundMeters / 1000 * std::cos(azimuth));
            const std::size_t place = ray * m_plan.gates + gate;
            echo[place] = fromDb(mean + 2.5 * side + 4 * patch + 1.8 * fading.normal(place)[0]);
        }
    }
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
            const double centre = (static_cast<double>(ray) + 0.5) * 360.0 / static_cast<double>(m_plan.rays);
            const double off = std::remainder(centre - azimuth - turn, 360.0) / width;
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
                echo[ray * m_plan.gates + gate] += fromDb(m_plan.noiseAt(1000 * km) + through + 0.016 * km);
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
            fromDb(m_plan.noiseAt(m_plan.rangeMeters(gate)) + m_plan.detectionDb + 1 + over);
    }
    return echo;
}

} // namespace embellie
