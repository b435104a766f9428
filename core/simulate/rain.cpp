#include "core/simulate/rain.h"

#include "core/map/radar.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace embellie {

namespace {

constexpr double Degree = std::numbers::pi / 180;
constexpr double SlotMinutes = 5;      // storms are born in slots of time
constexpr double LongestLife = 90;     // minutes
constexpr double StormsTogether = 2.5; // mean number of cells that are born together

// Marshall and Palmer 1948.
float reflectivityOf(double rate) {
    return static_cast<float>(200 * std::pow(rate, 1.6));
}

// The value that a standard normal variable passes with this chance, within 0.01: the logistic approximation
// of Bowling et al., J. Ind. Eng. Manag. 2, 2009, turned round by iteration.
double passedWith(double chance) {
    const double logit = std::log((1 - chance) / chance);
    double value = logit / 1.702;
    for (int i = 0; i < 20; ++i)
        value = logit / (1.5976 + 0.07056 * value * value);
    return value;
}

double stratiformDb(double meters, double melting, double top) {
    const double band = (meters - (melting - 250)) / 220;
    double db = 6 * std::exp(-0.5 * band * band);
    if (meters > melting)
        db -= 4.5 * (meters - melting) / 1000;
    if (meters > top)
        db -= 20 * (meters - top) / 1000;
    return db;
}

double convectiveDb(double meters, double top) {
    const double knee = 0.45 * top;
    double db = 0;
    if (meters > knee)
        db -= 2.2 * (meters - knee) / 1000;
    if (meters > top)
        db -= 18 * (meters - top) / 1000;
    return db;
}

double fromDb(double db) {
    return std::pow(10.0, db / 10);
}

SpectrumShape stratiformSpectrum(const ScenePlan& plan) {
    SpectrumShape spectrum;
    spectrum.outerKm = plan.rainScaleKm;
    spectrum.slope = 3.6;
    spectrum.stretch = 1.8; // banding across the wind
    spectrum.alongDegrees = plan.windFrom + 65;
    spectrum.lifetimeMinutes = plan.lifetimeMinutes;
    spectrum.eastKmPerMinute = -plan.windKmPerMinute * std::sin(plan.windFrom * Degree);
    spectrum.northKmPerMinute = -plan.windKmPerMinute * std::cos(plan.windFrom * Degree);
    return spectrum;
}

SpectrumShape textureSpectrum(const ScenePlan& plan) {
    SpectrumShape spectrum = stratiformSpectrum(plan);
    spectrum.outerKm = plan.rainScaleKm / 3;
    spectrum.slope = 3.0;
    spectrum.stretch = 1.4;
    spectrum.lifetimeMinutes = plan.lifetimeMinutes / 2;
    return spectrum;
}

} // namespace

struct RainModel::Storm {
    double eastKm, northKm;
    double rate;            // mm/h at its centre now
    double lengthKm, ratio; // distance over which the rate falls by e; long over short axis
    double axis;            // radians
    double topKm;
};

RainModel::RainModel(const ScenePlan& plan)
    : m_plan(plan),
      m_stratiform(plan.map, stratiformSpectrum(plan), RandomStream(plan.seed, Purpose::Stratiform)),
      m_texture(plan.map, textureSpectrum(plan), RandomStream(plan.seed, Purpose::Texture)),
      m_eastKmPerMinute(-plan.windKmPerMinute * std::sin(plan.windFrom * Degree)),
      m_northKmPerMinute(-plan.windKmPerMinute * std::cos(plan.windFrom * Degree)) {
    RandomSequence random(RandomStream(plan.seed, Purpose::Band));
    m_bandDegrees = plan.windFrom + 180 + random.uniform(-25, 25); // where it goes to
    m_bandStartKm = random.uniform(-0.9, 0.3) * plan.maxRangeKm();
    m_bandSpeed = std::max(0.2, plan.windKmPerMinute * random.uniform(0.8, 1.1));
    m_bandWave = random.uniform(0, 2 * std::numbers::pi);
    if (plan.dryShare > 0) {
        RandomSequence spells(RandomStream(plan.seed, Purpose::Spells));
        for (int i = 0; i < 24; ++i)
            m_spells.push_back({std::numbers::pi / (60 * plan.spellHours) * spells.normal(),
                                spells.uniform(0, 2 * std::numbers::pi)});
    }
}

double RainModel::wetness(double minutes) const {
    if (m_spells.empty())
        return 1;
    double sum = 0;
    for (const Wave& wave : m_spells)
        sum += std::cos(wave.perMinute * minutes + wave.phase);
    const double over = sum * std::sqrt(2 / static_cast<double>(m_spells.size())) -
                        passedWith(1 - std::min(m_plan.dryShare, 0.999));
    return std::clamp(over / 0.3, 0.0, 1.0);
}

double RainModel::bandPositionKm(double minutes) const {
    const double reach = 1.6 * m_plan.maxRangeKm(); // far outside it starts anew on the other side
    const double moved = m_bandStartKm + m_bandSpeed * minutes + reach;
    return moved - 2 * reach * std::floor(moved / (2 * reach)) - reach;
}

std::vector<RainModel::Storm> RainModel::stormsAt(double minutes) const {
    std::vector<Storm> storms;
    const double reach = 1.15 * m_plan.maxRangeKm();
    const double births = m_plan.cellsAlive / 45 * SlotMinutes / StormsTogether; // mean life: 45 minutes
    const auto last = static_cast<std::int64_t>(std::floor(minutes / SlotMinutes));
    for (auto slot = last - static_cast<std::int64_t>(LongestLife / SlotMinutes); slot <= last; ++slot) {
        RandomSequence random(RandomStream(m_plan.seed, Purpose::Cells, static_cast<std::uint32_t>(slot)));
        for (int cluster = random.poisson(births); cluster > 0; --cluster) {
            const double east = random.uniform(-reach, reach), north = random.uniform(-reach, reach);
            for (int cell = 1 + random.poisson(StormsTogether - 1); cell > 0; --cell) {
                const double birth = (static_cast<double>(slot) + random.uniform()) * SlotMinutes;
                const double life = random.uniform(20, 70) * random.uniform(0.7, 1.25);
                const double age = (minutes - birth) / life;
                Storm storm{};
                storm.eastKm = east + 9 * random.normal();
                storm.northKm = north + 9 * random.normal();
                const double peak = 12 * std::exp(0.75 * random.normal());
                storm.lengthKm = random.uniform(1.2, 3.4);
                storm.ratio = random.uniform(1, 1.8);
                storm.axis = random.uniform(0, std::numbers::pi);
                const double top = std::min(15.0, 6 + 2.2 * std::log1p(peak) * random.uniform(0.6, 1));
                const double drift = random.uniform(0.85, 1.15), aside = 0.12 * random.normal();
                if (age <= 0 || age >= 1)
                    continue;
                const double elapsed = minutes - birth;
                storm.eastKm += (m_eastKmPerMinute * drift + m_northKmPerMinute * aside) * elapsed;
                storm.northKm += (m_northKmPerMinute * drift - m_eastKmPerMinute * aside) * elapsed;
                const double vigour =
                    std::sin(std::numbers::pi * std::pow(age, 0.7)); // grows faster than it dies
                storm.rate = peak * vigour * vigour;
                storm.topKm = 3 + (top - 3) * std::sqrt(vigour);
                storms.push_back(storm);
            }
        }
    }
    return storms;
}

RainMap RainModel::at(double minutes) const {
    const MapShape& map = m_plan.map;
    const double wet = wetness(minutes);
    const std::vector<float> wide = m_stratiform.at(minutes);
    RainMap rain;
    std::vector<float> fine;
    std::tie(fine, rain.gusts) = m_texture.pairAt(minutes);
    rain.cells.resize(wide.size());
    std::vector<float> convectiveRate(wide.size());

    if (wet <= 0)
        return rain;
    for (Storm& storm : stormsAt(minutes)) {
        storm.rate *= wet;
        const double reach = 7 * storm.lengthKm;
        const double half = static_cast<double>(map.cells) / 2;
        const auto clampIndex = [&](double km) {
            return static_cast<std::size_t>(std::clamp(km / map.cellKm + half, 0.0, 2 * half - 1));
        };
        for (std::size_t row = clampIndex(storm.northKm - reach); row <= clampIndex(storm.northKm + reach);
             ++row)
            for (std::size_t column = clampIndex(storm.eastKm - reach);
                 column <= clampIndex(storm.eastKm + reach); ++column) {
                const double east = map.centreKm(column) - storm.eastKm,
                             north = map.centreKm(row) - storm.northKm;
                const double lengthwise =
                    (east * std::sin(storm.axis) + north * std::cos(storm.axis)) / storm.ratio;
                const double crosswise = east * std::cos(storm.axis) - north * std::sin(storm.axis);
                const double distance = std::hypot(lengthwise, crosswise);
                const std::size_t place = row * map.cells + column;
                // Exponential in distance, to zero at the reach.
                const double rate = storm.rate * (std::exp(-distance / storm.lengthKm) - 0.004);
                if (rate <= 0)
                    continue;
                convectiveRate[place] += static_cast<float>(rate);
                rain.cells[place].topKm = std::max(rain.cells[place].topKm, static_cast<float>(storm.topKm));
            }
    }

    const double passed = passedWith(std::clamp(wet * m_plan.rainCover, 1e-4, 1 - 1e-4));
    const double position = bandPositionKm(minutes);
    const double goesEast = std::sin(m_bandDegrees * Degree), goesNorth = std::cos(m_bandDegrees * Degree);
    for (std::size_t row = 0; row < map.cells; ++row)
        for (std::size_t column = 0; column < map.cells; ++column) {
            const std::size_t place = row * map.cells + column;
            RainMap::Cell& cell = rain.cells[place];
            double lift = 0, line = 0;
            if (m_plan.band) {
                const double east = map.centreKm(column), north = map.centreKm(row);
                const double along = east * goesNorth - north * goesEast;
                const double bow = 14 * std::sin(along / 55 + m_bandWave) - along * along / 900;
                const double behind = position + bow - (east * goesEast + north * goesNorth);
                const double trailing = (behind - 22) / (behind > 22 ? 28 : 12);
                lift = 2.1 * wet * std::exp(-0.5 * trailing * trailing);
                // The leading edge: a narrow convective line, broken up by the texture.
                const double edge = behind / (behind > 0 ? 3.2 : 1.3);
                line = 26 * wet * std::exp(-std::abs(edge)) * std::exp(0.9 * fine[place] - 0.3);
                if (line < 0.3)
                    line = 0;
            }
            const double excess = wide[place] + lift - passed;
            if (excess > 0) {
                const double fade = std::pow(std::min(1.0, excess / 0.7), 2.2);
                const double rate =
                    m_plan.rainRate * fade *
                    std::exp(m_plan.rainSpread * (0.45 * (excess - 0.9) + 0.75 * fine[place]));
                cell.stratiform = reflectivityOf(rate);
            }
            double shower = convectiveRate[place] * std::exp(0.8 * fine[place]);
            if (line > 0) {
                shower += line;
                cell.topKm =
                    std::max(cell.topKm, static_cast<float>(std::clamp(7 + 2.0 * fine[place], 4.0, 13.0)));
            }
            if (shower > 0.05)
                cell.convective = reflectivityOf(std::min(shower, 140.0));
        }
    return rain;
}

float rateOf(const RainMap::Cell& cell) {
    return static_cast<float>(std::pow((cell.stratiform + cell.convective) / 200, 1 / 1.6));
}

BeamProfile beamProfile(const ScenePlan& plan, double elevation) {
    BeamProfile profile;
    profile.stratiform.resize(plan.gates);
    profile.convective.resize(plan.gates);
    profile.melting.resize(plan.gates);
    profile.groundKm.resize(plan.gates);
    profile.heightMeters.resize(plan.gates);
    for (std::size_t gate = 0; gate < plan.gates; ++gate) {
        const double range = plan.rangeMeters(gate);
        const BeamPoint centre = beamPoint(range, elevation, plan.site.heightMeters);
        profile.groundKm[gate] = static_cast<float>(centre.groundMeters / 1000);
        profile.heightMeters[gate] = static_cast<float>(centre.heightMeters);
        double stratiform = 0, melting = 0, weights = 0;
        std::array<double, BeamProfile::Tops> convective{};
        for (int part = -4; part <= 4; ++part) { // beam widths off the axis, in fifths
            const double off = 0.2 * part;
            const double weight = std::exp(-8 * std::numbers::ln2 * off * off); // two-way Gaussian pattern
            const double height =
                beamPoint(range, elevation + off * plan.beamWidth, plan.site.heightMeters).heightMeters;
            weights += weight;
            if (height < plan.meltingMeters && height > plan.meltingMeters - 500)
                melting += weight;
            stratiform += weight * fromDb(stratiformDb(height, plan.meltingMeters, plan.topMeters));
            for (std::size_t top = 0; top < convective.size(); ++top)
                convective[top] += weight * fromDb(convectiveDb(height, 1000.0 * static_cast<double>(top)));
        }
        profile.stratiform[gate] = static_cast<float>(stratiform / weights);
        profile.melting[gate] = static_cast<float>(melting / weights);
        for (std::size_t top = 0; top < convective.size(); ++top)
            profile.convective[gate][top] = static_cast<float>(convective[top] / weights);
    }
    return profile;
}

std::vector<float> rainInSweep(const ScenePlan& plan, const RainMap& rain, const BeamProfile& profile) {
    std::vector<float> inGates(plan.rays * plan.gates);
    const MapShape& map = plan.map;
    const float half = static_cast<float>(map.cells) / 2 - 0.5f, scale = static_cast<float>(1 / map.cellKm);
    const std::size_t mask = map.cells - 1;
    const double rayWidth = 360.0 / static_cast<double>(plan.rays);
    const float spread = static_cast<float>(0.35 * std::max(rayWidth, plan.beamWidth) * Degree);
    const float gateKm = static_cast<float>(plan.gateMeters / 1000);
    // Two points along the range where a gate is longer than the map's cell, three across where the beam is
    // wider.
    const int alongPoints = gateKm > map.cellKm ? 2 : 1;
    for (std::size_t ray = 0; ray < plan.rays; ++ray) {
        const double azimuth = plan.azimuth(ray);
        const float sine = static_cast<float>(std::sin(azimuth)),
                    cosine = static_cast<float>(std::cos(azimuth));
        for (std::size_t gate = 0; gate < plan.gates; ++gate) {
            const float ground = profile.groundKm[gate];
            const bool wide = ground * spread > 0.35f * static_cast<float>(map.cellKm);
            float sum = 0;
            int points = 0;
            for (int along = 0; along < alongPoints; ++along)
                for (int across = wide ? -1 : 0; across <= (wide ? 1 : 0); ++across) {
                    const float distance =
                        ground +
                        (alongPoints == 2 ? (static_cast<float>(along) - 0.5f) * 0.5f * gateKm : 0.0f);
                    const float aside = distance * spread * static_cast<float>(across);
                    const float column = (distance * sine + aside * cosine) * scale + half;
                    const float row = (distance * cosine - aside * sine) * scale + half;
                    const float left = std::floor(column), low = std::floor(row);
                    const float right = column - left, up = row - low;
                    const std::size_t c0 = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(left)) & mask;
                    const std::size_t r0 = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(low)) & mask;
                    const std::size_t c1 = (c0 + 1) & mask, r1 = (r0 + 1) & mask;
                    const RainMap::Cell* corners[4] = {
                        &rain.cells[r0 * map.cells + c0], &rain.cells[r0 * map.cells + c1],
                        &rain.cells[r1 * map.cells + c0], &rain.cells[r1 * map.cells + c1]};
                    const float shares[4] = {(1 - right) * (1 - up), right * (1 - up), (1 - right) * up,
                                             right * up};
                    for (int corner = 0; corner < 4; ++corner) {
                        const RainMap::Cell& cell = *corners[corner];
                        const auto top = std::min<std::size_t>(static_cast<std::size_t>(cell.topKm + 0.5f),
                                                               BeamProfile::Tops - 1);
                        sum += shares[corner] * (cell.stratiform * profile.stratiform[gate] +
                                                 cell.convective * profile.convective[gate][top]);
                    }
                    ++points;
                }
            inGates[ray * plan.gates + gate] = sum / static_cast<float>(points);
        }
    }
    return inGates;
}

} // namespace embellie
