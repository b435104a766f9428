#include "core/simulate/scene_plan.h"

#include "core/simulate/scene.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace embellie {

ScenePlan planOf(const Settings& settings) {
    ScenePlan plan;
    const auto size = [&](const char* key) { return static_cast<std::size_t>(settings.integer(key)); };
    plan.seed = static_cast<std::uint64_t>(settings.integer("sim.seed"));
    plan.times = size("sim.times");
    plan.intervalMinutes = settings.real("sim.interval");
    const auto start = parseTime(settings.string("sim.start"));
    if (!start)
        throw Error(text(EMBELLIE_TR("simulate", "\"{0}\" is no time"), settings.string("sim.start")))
            .in({}, "sim.start")
            .expected(text(EMBELLIE_TR("simulate", "a time such as 2024-06-15T14:00:00Z")));
    plan.start = *start;
    plan.elevations = settings.list("sim.elevations");
    if (plan.elevations.empty())
        throw Error(text(EMBELLIE_TR("simulate", "a scene needs at least one elevation")))
            .in({}, "sim.elevations");
    plan.rays = size("sim.rays");
    plan.gates = size("sim.gates");
    plan.gateMeters = settings.real("sim.gate_length");
    plan.firstGateMeters = settings.real("sim.range_start") + plan.gateMeters / 2;
    if (plan.maxRangeKm() > 600)
        throw Error(
            text(EMBELLIE_TR("simulate", "a range of {0} km is more than a radar has"), plan.maxRangeKm()))
            .in({}, "sim.gates")
            .expected(text(EMBELLIE_TR("simulate", "at most 600 km")))
            .remedy(text(EMBELLIE_TR("simulate", "take fewer or shorter gates")));
    plan.beamWidth = settings.real("sim.beam_width");
    plan.stepDb = settings.real("sim.step");
    plan.offsetDb = settings.real("sim.offset");
    plan.sideLobesDb = settings.real("sim.side_lobes");
    plan.wavelengthMeters = settings.real("sim.wavelength") / 100;
    plan.nyquist = settings.real("sim.nyquist");
    plan.moments = settings.boolean("sim.moments");
    plan.site.id = settings.string("sim.site");
    plan.site.name = SimulatedSiteName;
    plan.site.latitude = settings.real("sim.latitude");
    plan.site.longitude = settings.real("sim.longitude");
    plan.site.heightMeters = settings.real("sim.height");

    plan.rainCover = settings.real("sim.rain_cover");
    plan.rainRate = settings.real("sim.rain_rate");
    plan.rainSpread = settings.real("sim.rain_spread");
    plan.rainScaleKm = settings.real("sim.rain_scale");
    plan.lifetimeMinutes = settings.real("sim.lifetime");
    plan.windKmPerMinute = settings.real("sim.wind_speed") * 0.06;
    plan.windFrom = settings.real("sim.wind_from");
    plan.turbulence = settings.real("sim.turbulence");
    plan.cellsAlive = settings.real("sim.cells");
    plan.band = settings.boolean("sim.band");
    plan.meltingMeters = settings.real("sim.melting_height");
    plan.topMeters = settings.real("sim.top_height");
    plan.dryShare = settings.real("sim.dry_share");
    plan.spellHours = settings.real("sim.spell");

    plan.reliefMeters = settings.real("sim.relief");
    plan.groundDbz = settings.real("sim.ground");
    const auto count = [&](const char* key) { return static_cast<int>(settings.integer(key)); };
    plan.mountains = count("sim.mountains");
    plan.mountainMeters = settings.real("sim.mountain_height");
    plan.coastKm = settings.real("sim.coast");
    plan.seaState = settings.real("sim.sea_state");
    plan.earthFactor = settings.real("sim.bending");
    plan.obstacles = count("sim.obstacles");
    plan.blanked = count("sim.blanked");
    plan.parks = count("sim.turbines");
    plan.clearAirDbz = settings.real("sim.clear_air");
    plan.clearAirMeters = settings.real("sim.clear_air_depth");
    plan.emitters = settings.real("sim.spokes");
    plan.speckleShare = settings.real("sim.speckle");
    plan.noiseDbz = settings.real("sim.noise");
    plan.detectionDb = settings.real("sim.detection");
    plan.noiseLeft = settings.real("sim.noise_left");
    plan.samples = static_cast<double>(settings.integer("sim.samples"));
    plan.despeckle = settings.boolean("sim.despeckle");
    plan.leastSqi = settings.real("sim.least_sqi");
    plan.echoSqi = settings.real("sim.echo_sqi");
    plan.clutterFilterDb = settings.real("sim.clutter_filter");
    plan.clutterLimitDb = settings.real("sim.clutter_limit");
    plan.gauges = count("sim.gauges");
    plan.gaugeStepMm = settings.real("sim.gauge_step");
    plan.gaugeMissing = settings.real("sim.gauge_missing");

    // As fine as the gates where that is affordable; the map must be wider than the range, since it is
    // periodic.
    const double side = 2.3 * plan.maxRangeKm();
    const double fine = std::clamp(plan.gateMeters / 1000, 0.25, 1.0);
    const auto wanted = static_cast<std::size_t>(std::ceil(side / fine));
    plan.map.cells = std::clamp<std::size_t>(std::bit_ceil(wanted), 64, 512);
    plan.map.cellKm = side / static_cast<double>(plan.map.cells);
    return plan;
}

Sweep ScenePlan::sweep(std::size_t index) const {
    Sweep geometry;
    geometry.site = site;
    geometry.fixedAngle = elevations[index];
    geometry.firstGateMeters = firstGateMeters;
    geometry.gateMeters = gateMeters;
    geometry.gates = gates;
    geometry.beamWidth = beamWidth;
    geometry.nyquist = nyquist;
    // One turn takes the sweep's share of the interval, at most 20 s: three turns a minute.
    const double turn = std::min(20.0, 60 * intervalMinutes / static_cast<double>(elevations.size()));
    for (std::size_t ray = 0; ray < rays; ++ray) {
        const double width = 360.0 / static_cast<double>(rays);
        const double from = static_cast<double>(ray) * width;
        geometry.rays.push_back({from, ray + 1 == rays ? 0.0 : from + width, elevations[index],
                                 turn * (static_cast<double>(ray) + 0.5) / static_cast<double>(rays)});
    }
    return geometry;
}

double beamPattern(const ScenePlan& plan, double offDegrees) {
    const double off = offDegrees / plan.beamWidth;
    const double lobes = std::pow(10.0, plan.sideLobesDb / 10);
    return std::exp(-8 * std::numbers::ln2 * off * off) +
           lobes * (0.01 + 0.99 * std::exp(-std::abs(offDegrees) / 5));
}

double shownFor(const ScenePlan& plan, double crossSection, double volume) {
    constexpr double dielectric = 0.93; // |K|² of water
    return 1e18 * std::pow(plan.wavelengthMeters, 4) / (std::pow(std::numbers::pi, 5) * dielectric) *
           crossSection / volume;
}

} // namespace embellie
