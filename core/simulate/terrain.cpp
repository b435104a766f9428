#include "core/simulate/terrain.h"

#include "core/map/radar.h"
#include "core/simulate/clutter.h"

#include <algorithm>
#include <cmath>

namespace embellie {

namespace {

constexpr double Degree = std::numbers::pi / 180;
constexpr double TowerMeters = 20;
constexpr float NoGround = GroundView::NoGround;

// One-way Gaussian pattern: share of the beam's power below an angle from its axis, in degrees.
double powerBelow(double degrees, double beamWidth) {
    const double deviation = beamWidth / std::sqrt(8 * std::numbers::ln2);
    return 0.5 * std::erfc(-degrees / deviation / std::numbers::sqrt2);
}

SpectrumShape reliefSpectrum(const ScenePlan& plan) {
    SpectrumShape spectrum;
    spectrum.outerKm = 60;
    spectrum.slope = 3.6;
    spectrum.stretch = 1.6;
    spectrum.alongDegrees = RandomStream(plan.seed, Purpose::Terrain, 1).uniform(0)[0] * 180;
    return spectrum;
}

SpectrumShape coverSpectrum() {
    SpectrumShape spectrum;
    spectrum.outerKm = 9;
    spectrum.slope = 2.6;
    return spectrum;
}

} // namespace

Terrain::Terrain(const ScenePlan& plan) : m_map(plan.map) {
    const auto [relief, second] =
        GaussianField(m_map, reliefSpectrum(plan), RandomStream(plan.seed, Purpose::Terrain)).pairAt(0);
    m_cover = GaussianField(m_map, coverSpectrum(), RandomStream(plan.seed, Purpose::Cover)).at(0);
    m_heights.resize(relief.size());
    for (std::size_t row = 0; row < m_map.cells; ++row)
        for (std::size_t column = 0; column < m_map.cells; ++column) {
            const std::size_t place = row * m_map.cells + column;
            const double far = std::hypot(m_map.centreKm(column), m_map.centreKm(row));
            // Plains stay flat and mountains become steep: a radar's horizon is made by few ridges. Its
            // builders chose a hill that looks over the land around, so that the ridges begin some way off.
            const double height = relief[place];
            const double shaped = height > 0 ? height * (0.5 + 0.6 * height) : 0.35 * height;
            const double ridges =
                0.06 * (1 - std::exp(-far / 6)) + 0.94 * (1 - std::exp(-std::pow(far / 32, 2)));
            const double hill = 0.3 * plan.reliefMeters * (1 - std::exp(-far / 5));
            m_heights[place] = static_cast<float>(plan.site.heightMeters - TowerMeters - hill +
                                                  plan.reliefMeters * ridges * shaped);
        }
    raiseMountains(plan, relief);
    if (plan.coastKm > 0)
        lowerToSea(plan, second);

    RandomSequence random(RandomStream(plan.seed, Purpose::Obstacles));
    for (int i = 0; i < plan.obstacles; ++i) {
        Obstacle obstacle{};
        obstacle.azimuth = random.uniform(0, 360);
        obstacle.halfWidth = std::min(20.0, 0.3 - 3 * std::log(random.uniform()));
        obstacle.rangeMeters = random.uniform(200, 2500);
        obstacle.topDegrees = random.uniform(-0.2, 1.2);
        m_obstacles.push_back(obstacle);
    }
}

void Terrain::raiseMountains(const ScenePlan& plan, const std::vector<float>& ridges) {
    RandomSequence random(RandomStream(plan.seed, Purpose::Mountains));
    for (int i = 0; i < plan.mountains; ++i) {
        const double azimuth = random.uniform(0, 2 * std::numbers::pi), range = random.uniform(25, 150);
        const double axis = random.uniform(0, std::numbers::pi);
        // Nobody builds a radar into a mountain's side.
        const double length = std::min(random.uniform(10, 35), range / 2.2),
                     width = std::min(random.uniform(5, 14), range / 2.2);
        const double summit = plan.mountainMeters * random.uniform(0.4, 1.4);
        for (std::size_t row = 0; row < m_map.cells; ++row)
            for (std::size_t column = 0; column < m_map.cells; ++column) {
                const double east = m_map.centreKm(column) - range * std::sin(azimuth),
                             north = m_map.centreKm(row) - range * std::cos(azimuth);
                const double along = (east * std::sin(axis) + north * std::cos(axis)) / length,
                             across = (east * std::cos(axis) - north * std::sin(axis)) / width;
                const double off = along * along + across * across;
                if (off > 6)
                    continue;
                const std::size_t place = row * m_map.cells + column;
                // Valleys cut into the massif: its small shapes come from the land cover's field, which is
                // rougher than the relief's.
                const double cut = std::clamp(0.6 + 0.2 * ridges[place] + 0.35 * m_cover[place], 0.1, 1.5);
                m_heights[place] += static_cast<float>(summit * std::exp(-off) * cut);
            }
    }
}

void Terrain::lowerToSea(const ScenePlan& plan, const std::vector<float>& bays) {
    const double towards = RandomStream(plan.seed, Purpose::Coast).uniform(0)[0] * 2 * std::numbers::pi;
    const double slope = std::min(15.0, std::max(1.0, 0.7 * plan.coastKm)); // km from the shore to the plain
    m_inland.resize(m_heights.size());
    for (std::size_t row = 0; row < m_map.cells; ++row)
        for (std::size_t column = 0; column < m_map.cells; ++column) {
            const std::size_t place = row * m_map.cells + column;
            const double east = m_map.centreKm(column), north = m_map.centreKm(row);
            const double far = std::hypot(east, north);
            const double bay = 12 * bays[place] * (1 - std::exp(-far / 15)); // the site stays on land
            const double inland = plan.coastKm - (east * std::sin(towards) + north * std::cos(towards)) + bay;
            m_inland[place] = static_cast<float>(inland);
            const double risen = inland <= 0 ? 0 : 1 - std::exp(-2 * inland / slope);
            m_heights[place] = static_cast<float>(std::max(0.0, risen * m_heights[place]));
        }
}

double Terrain::topOfObstacles(double azimuthDegrees, double from, double to) const {
    double top = -90;
    for (const Obstacle& obstacle : m_obstacles)
        if (obstacle.rangeMeters >= from && obstacle.rangeMeters < to &&
            std::abs(std::remainder(azimuthDegrees - obstacle.azimuth, 360.0)) < obstacle.halfWidth)
            top = std::max(top, obstacle.topDegrees);
    return top;
}

GroundView Terrain::view(const ScenePlan& plan, double elevation) const {
    GroundView seen;
    const std::size_t cells = plan.rays * plan.gates;
    seen.groundDbz.assign(cells, NoGround);
    seen.seaDbz.assign(cells, NoGround);
    seen.transmission.assign(cells, 1);
    std::vector<float> ground(cells);
    const RandomStream texture(plan.seed, Purpose::Ground);
    const double radius = plan.earthFactor * EarthRadiusMeters;
    const double gigahertz = 0.299792458 / plan.wavelengthMeters;
    const double lobes = std::pow(10.0, plan.sideLobesDb / 10);
    const double groundZ = plan.groundDbz > -30 ? linearZ(plan.groundDbz) : 0;
    constexpr int parts = 3; // of a gate: a ridge may be narrower
    for (std::size_t ray = 0; ray < plan.rays; ++ray) {
        const double azimuth = plan.azimuth(ray), east = std::sin(azimuth), north = std::cos(azimuth);
        double horizon = -8; // degrees above the antenna's horizontal
        double past = 0;     // metres behind the sea's horizon
        for (std::size_t gate = 0; gate < plan.gates; ++gate) {
            const std::size_t place = ray * plan.gates + gate;
            const double hidden = powerBelow(horizon - elevation, plan.beamWidth);
            const double open = 1 - hidden;
            seen.transmission[place] = static_cast<float>(open * open);
            double main = 0, side = 0, sea = 0;
            for (int part = 0; part < parts; ++part) {
                const double step = plan.gateMeters / parts;
                const double range = plan.rangeMeters(gate) + ((part + 0.5) / parts - 0.5) * plan.gateMeters;
                if (range < 50)
                    continue;
                const double km = range / 1000;
                const double height = metersAt(km * east, km * north);
                double angle =
                    std::atan2(height - range * range / (2 * radius) - plan.site.heightMeters, range) /
                    Degree;
                const bool isSea = this->isSea(km * east, km * north);
                if (!isSea && !m_obstacles.empty())
                    angle =
                        std::max(angle, topOfObstacles(azimuth / Degree, range - step / 2, range + step / 2));
                if (isSea) {
                    past = angle < horizon ? past + step : 0;
                    // Through the curved surface the ray comes in flatter than it left.
                    const double grazing = -angle - 2 * range / (2 * radius) / Degree;
                    const double lit = beamPattern(plan, std::max(angle, horizon) - elevation);
                    // What fills the beam from side to side and the gate from end to end.
                    const double area = range * plan.beamWidth * Degree * step;
                    const double volume = std::numbers::pi * std::pow(range * plan.beamWidth * Degree, 2) *
                                          plan.gateMeters / (16 * std::numbers::ln2);
                    const double perArea =
                        std::pow(10.0, seaDb(gigahertz, plan.seaState, grazing, true) / 10);
                    sea += shownFor(plan, perArea * area * lit, volume) * std::pow(10.0, -0.2 * past / 1000);
                    horizon = std::max(horizon, angle);
                } else if (angle > horizon) {
                    const double middle = (angle + horizon) / 2 - elevation;
                    const double share = std::min(angle - horizon, plan.beamWidth) / plan.beamWidth;
                    main += share * std::exp(-8 * std::numbers::ln2 * std::pow(middle / plan.beamWidth, 2));
                    side += share * (beamPattern(plan, middle) -
                                     std::exp(-8 * std::numbers::ln2 * std::pow(middle / plan.beamWidth, 2)));
                    horizon = angle;
                }
            }
            if (plan.seaState > 0 && sea > 0)
                seen.seaDbz[place] = std::max(NoGround, static_cast<float>(10 * std::log10(sea)));
            if (main + side <= 1e-3 * lobes || groundZ <= 0)
                continue;
            const double km = plan.rangeMeters(gate) / 1000;
            // Woods, roofs and fields differ by far more than the slope: a texture fixed to the place, partly
            // shared by its surroundings. Side lobes see many places at once.
            const double cover = sampleMap(m_cover, m_map, km * east, km * north);
            const auto drawn = texture.normal(place);
            ground[place] = static_cast<float>(groundZ * (main * linearZ(4 * cover + 7.5 * drawn[0] - 2) +
                                                          side * linearZ(2 * cover + 3 * drawn[1])));
        }
    }
    smear(ground, plan.rays, plan.gates, 0.2, 0.08 * std::min(1.0, 300 / plan.gateMeters));
    for (std::size_t cell = 0; cell < cells; ++cell)
        if (ground[cell] > 0)
            seen.groundDbz[cell] = std::max(NoGround, 10 * std::log10(ground[cell]));
    return seen;
}

double seaDb(double gigahertz, double seaState, double grazingDegrees, bool horizontal) {
    const double grazing = std::clamp(grazingDegrees, 0.1, 60.0);
    constexpr double Horizontal[] = {-73.0, 20.781, 7.351, 25.65, 0.0054},
                     Vertical[] = {-50.796, 25.93, 0.7093, 21.588, 0.00211};
    const double(&c)[5] = horizontal ? Horizontal : Vertical;
    return c[0] + c[1] * std::log10(std::sin(grazing * Degree)) +
           (27.5 + c[2] * grazing) * std::log10(gigahertz) / (1 + 0.95 * grazing) +
           c[3] * std::pow(1 + seaState, 1 / (2 + 0.085 * grazing + 0.033 * seaState)) +
           c[4] * grazing * grazing;
}

} // namespace embellie
