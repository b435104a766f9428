#include "core/simulate/echo_traits.h"

#include "core/map/radar.h"
#include "core/simulate/terrain.h"
#include "core/simulate/wind.h"

#include <algorithm>

namespace embellie {

namespace {

constexpr double Degree = std::numbers::pi / 180;

float dbOf(float z) {
    return 10 * std::log10(std::max(z, 1e-6f));
}

} // namespace

SweepTraits::SweepTraits(const ScenePlan& plan, const BeamProfile& profile, double elevation,
                         std::uint32_t time, std::uint32_t sweep)
    : m_plan(&plan), m_rise(static_cast<float>(std::sin(elevation * Degree))),
      m_fixed(plan.seed, Purpose::GroundTraits), m_now(plan.seed, Purpose::Traits, time, sweep) {
    const WindProfile wind(plan);
    const double gigahertz = 0.299792458 / plan.wavelengthMeters;
    const auto [nearEast, nearNorth] = wind.at(10);
    for (std::size_t gate = 0; gate < plan.gates; ++gate) {
        const double above = profile.heightMeters[gate] - plan.site.heightMeters;
        const double half = 0.5 * plan.beamWidth * Degree * plan.rangeMeters(gate);
        const auto [east, north] = wind.at(above);
        const auto [lowEast, lowNorth] = wind.at(above - half);
        const auto [highEast, highNorth] = wind.at(above + half);
        // A quarter of what changes from edge to edge of the beam.
        const double shear = 0.25 * std::hypot(highEast - lowEast, highNorth - lowNorth);
        const double grazing = plan.site.heightMeters / plan.rangeMeters(gate) / Degree;
        const double zdr =
            seaDb(gigahertz, plan.seaState, grazing, true) - seaDb(gigahertz, plan.seaState, grazing, false);
        m_gates.push_back({static_cast<float>(east), static_cast<float>(north), static_cast<float>(nearEast),
                           static_cast<float>(nearNorth), static_cast<float>(shear), profile.melting[gate],
                           static_cast<float>(std::clamp(zdr, -8.0, 2.0)),
                           profile.heightMeters[gate] > plan.meltingMeters});
    }
    const double flat = std::cos(elevation * Degree);
    const RandomStream senders(plan.seed, Purpose::Emitters, 1);
    for (std::size_t ray = 0; ray < plan.rays; ++ray) {
        // A sender is as wide as a few rays.
        const auto sector = static_cast<std::uint64_t>(plan.azimuth(ray) / Degree / 3);
        m_rays.push_back({static_cast<float>(std::sin(plan.azimuth(ray)) * flat),
                          static_cast<float>(std::cos(plan.azimuth(ray)) * flat),
                          4 * senders.normal(sector)[0],
                          static_cast<float>(senders.uniform(sector + 1000)[0])});
    }
}

std::array<EchoTraits, EchoParts> SweepTraits::at(std::size_t ray, std::size_t gate,
                                                  const std::array<float, EchoParts>& powers,
                                                  float gust) const {
    std::array<EchoTraits, EchoParts> parts;
    const Gate& air = m_gates[gate];
    const RayPart& towards = m_rays[ray];
    const float nyquist = static_cast<float>(m_plan->nyquist);
    const float radial = air.east * towards.sine + air.north * towards.cosine;
    const float near = air.nearEast * towards.sine + air.nearNorth * towards.cosine;
    const std::uint64_t cell = ray * m_plan->gates + gate;
    const auto normal = m_now.normal(2 * cell);
    const auto uniform = m_now.uniform(2 * cell + 1);
    for (std::size_t i = 0; i < EchoParts; ++i)
        parts[i].power = powers[i];

    if (EchoTraits& rain = parts[0]; rain.power > 0) {
        const float dbz = dbOf(rain.power);
        const float fall = air.aboveMelting ? 1.2f : 2.65f * std::pow(rain.power, 0.114f);
        rain.velocity = radial + static_cast<float>(m_plan->turbulence) * gust - fall * m_rise;
        rain.width = std::hypot(0.8f + 0.03f * std::max(0.0f, dbz - 25), air.broadening);
        rain.rho = 0.995f - 0.075f * air.melting - (air.aboveMelting ? 0.005f : 0) -
                   0.004f * std::max(0.0f, dbz - 50);
        rain.zdrDb = air.aboveMelting ? 0.2f : 0.001f * std::max(0.0f, dbz) * std::max(0.0f, dbz);
        rain.zdrDb += 0.8f * air.melting;
    }
    if (EchoTraits& ground = parts[1]; ground.power > 0) {
        const auto fixed = m_fixed.normal(cell);
        ground.velocity = 0.1f * normal[0];
        ground.width = 0.25f;
        ground.rho = std::clamp(0.6f + 0.24f * fixed[0], 0.1f, 0.98f);
        ground.zdrDb = 2.5f * fixed[1];
        ground.phase = fixed[2];
    }
    if (EchoTraits& insects = parts[2]; insects.power > 0) {
        insects.velocity = radial + 1.2f * normal[0];
        insects.width = 1.3f + 0.6f * std::abs(normal[3]);
        insects.rho = std::clamp(0.6f + 0.2f * normal[1], 0.1f, 0.98f);
        insects.zdrDb = 2.5f + 2 * normal[2];
    }
    if (EchoTraits& sender = parts[3]; sender.power > 0) {
        sender.velocity = nyquist * static_cast<float>(2 * uniform[0] - 1);
        sender.width = nyquist;
        sender.rho = 0.15f + 0.75f * towards.senderRho;
        sender.zdrDb = towards.senderZdr;
    }
    if (EchoTraits& bird = parts[4]; bird.power > 0) {
        bird.velocity = radial + 8 * normal[0];
        bird.width = 1;
        bird.rho = std::clamp(0.6f + 0.2f * normal[1], 0.1f, 0.97f);
        bird.zdrDb = 1 + 3 * normal[2];
    }
    if (EchoTraits& sea = parts[6]; sea.power > 0) {
        sea.velocity = 0.2f * near + 0.5f * normal[0];
        sea.width = 1;
        sea.rho = std::clamp(0.75f + 0.12f * normal[1], 0.2f, 0.97f);
        sea.zdrDb = air.seaZdr + 1.5f * normal[2];
    }
    if (EchoTraits& park = parts[7]; park.power > 0) {
        park.velocity = nyquist * static_cast<float>(2 * uniform[1] - 1);
        park.width = 0.15f * nyquist + 0.25f * nyquist * static_cast<float>(uniform[2]);
        park.rho = 0.3f + 0.6f * static_cast<float>(uniform[3]);
        park.zdrDb = 3 * normal[3];
    }
    return parts;
}

} // namespace embellie
