#include "core/simulate/scene_plan.h"

#include "core/simulate/scene.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace embellie {

SettingTable sceneSettings() {
    return {
        integerSetting("sim.seed", 1, 0, 9007199254740992.0, "", EMBELLIE_TR("simulate", "Seed"),
                       EMBELLIE_TR("simulate", "Another seed is another site with other weather")),
        integerSetting("sim.times", 6, 1, 100000, "", EMBELLIE_TR("simulate", "Times"),
                       EMBELLIE_TR("simulate", "How many volumes, one after another")),
        realSetting("sim.interval", 5, 0.1, 1440, "min", EMBELLIE_TR("simulate", "Interval"),
                    EMBELLIE_TR("simulate", "Time from one volume to the next")),
        textSetting("sim.start", "2024-06-15T14:00:00Z", EMBELLIE_TR("simulate", "Start"),
                    EMBELLIE_TR("simulate", "Time of the first volume, UTC")),
        listSetting("sim.elevations", {0.5, 1.3, 2.4, 4, 7}, 0, 90, "degree",
                    EMBELLIE_TR("simulate", "Elevations"),
                    EMBELLIE_TR("simulate", "Elevation of each sweep above the horizon")),
        integerSetting("sim.rays", 360, 8, 2880, "", EMBELLIE_TR("simulate", "Rays"),
                       EMBELLIE_TR("simulate", "Rays of a sweep")),
        integerSetting("sim.gates", 240, 8, 8000, "", EMBELLIE_TR("simulate", "Gates"),
                       EMBELLIE_TR("simulate", "Gates of a ray")),
        realSetting("sim.gate_length", 1000, 25, 10000, "m", EMBELLIE_TR("simulate", "Gate length"),
                    EMBELLIE_TR("simulate", "Length of a gate along the beam")),
        advanced(realSetting("sim.range_start", 0, 0, 50000, "m", EMBELLIE_TR("simulate", "Start of range"),
                             EMBELLIE_TR("simulate", "Where the first gate begins"))),
        advanced(realSetting("sim.beam_width", 1, 0.2, 5, "degree", EMBELLIE_TR("simulate", "Beam width"),
                             EMBELLIE_TR("simulate", "Half-power width of the beam"))),
        advanced(realSetting("sim.step", 0.5, 0.01, 2, "dB", EMBELLIE_TR("simulate", "Step"),
                             EMBELLIE_TR("simulate", "Reflectivities are rounded to multiples of it"))),
        advanced(textSetting("sim.site", "simul", EMBELLIE_TR("simulate", "Site"),
                             EMBELLIE_TR("simulate", "Short name of the radar, part of the file names"))),
        advanced(realSetting("sim.latitude", 45.7, -85, 85, "degrees_north",
                             EMBELLIE_TR("simulate", "Latitude"),
                             EMBELLIE_TR("simulate", "Latitude of the radar"))),
        advanced(realSetting("sim.longitude", 3.1, -180, 180, "degrees_east",
                             EMBELLIE_TR("simulate", "Longitude"),
                             EMBELLIE_TR("simulate", "Longitude of the radar"))),
        advanced(realSetting("sim.height", 420, -100, 5000, "m", EMBELLIE_TR("simulate", "Height"),
                             EMBELLIE_TR("simulate", "Height of the antenna above sea level"))),

        realSetting("sim.rain_cover", 0.22, 0, 1, "1", EMBELLIE_TR("simulate", "Rain cover"),
                    EMBELLIE_TR("simulate", "Share of the area with widespread rain; 0: a day without it")),
        realSetting("sim.rain_rate", 1, 0.05, 20, "mm h-1", EMBELLIE_TR("simulate", "Rain rate"),
                    EMBELLIE_TR("simulate", "Median rate of the widespread rain")),
        advanced(realSetting("sim.rain_spread", 1, 0.1, 2.5, "1", EMBELLIE_TR("simulate", "Spread of rates"),
                             EMBELLIE_TR("simulate", "Standard deviation of the logarithm of the rate"))),
        advanced(realSetting("sim.rain_scale", 110, 10, 400, "km",
                             EMBELLIE_TR("simulate", "Size of rain areas"),
                             EMBELLIE_TR("simulate", "Outer scale of the rain field"))),
        advanced(realSetting("sim.lifetime", 100, 5, 1000, "min", EMBELLIE_TR("simulate", "Lifetime"),
                             EMBELLIE_TR("simulate", "How long a large rain area keeps its shape"))),
        realSetting("sim.cells", 14, 0, 500, "", EMBELLIE_TR("simulate", "Showers"),
                    EMBELLIE_TR("simulate", "Mean number of convective cells alive")),
        booleanSetting("sim.band", true, EMBELLIE_TR("simulate", "Rain band"),
                       EMBELLIE_TR("simulate", "A squall line with its trailing rain crosses the area")),
        realSetting("sim.wind_speed", 12, 0, 60, "m s-1", EMBELLIE_TR("simulate", "Wind speed"),
                    EMBELLIE_TR("simulate", "With which the rain drifts")),
        realSetting("sim.wind_from", 245, 0, 360, "degree", EMBELLIE_TR("simulate", "Wind from"),
                    EMBELLIE_TR("simulate", "Where the wind comes from, clockwise from north")),
        advanced(realSetting("sim.melting_height", 2900, 0, 6000, "m",
                             EMBELLIE_TR("simulate", "Melting height"),
                             EMBELLIE_TR("simulate", "0 °C level above sea: the bright band lies below it"))),
        advanced(realSetting("sim.top_height", 8500, 1000, 18000, "m", EMBELLIE_TR("simulate", "Top of rain"),
                             EMBELLIE_TR("simulate", "Top of the widespread rain above sea"))),

        realSetting("sim.relief", 220, 0, 3000, "m", EMBELLIE_TR("simulate", "Relief"),
                    EMBELLIE_TR("simulate", "Standard deviation of the terrain's height")),
        realSetting("sim.ground", 56, -30, 80, "dBZ", EMBELLIE_TR("simulate", "Ground echo"),
                    EMBELLIE_TR("simulate", "Of a slope that fills the beam; -30: no ground echo")),
        integerSetting("sim.turbines", 5, 0, 200, "", EMBELLIE_TR("simulate", "Wind farms"),
                       EMBELLIE_TR("simulate", "Groups of masts within 75 km")),
        realSetting("sim.clear_air", 5, -30, 30, "dBZ", EMBELLIE_TR("simulate", "Clear-air echo"),
                    EMBELLIE_TR("simulate", "Insects and eddies near the ground; -30: none")),
        realSetting("sim.spokes", 4, 0, 30, "", EMBELLIE_TR("simulate", "Interference spokes"),
                    EMBELLIE_TR("simulate", "Mean number in a sweep")),
        realSetting("sim.speckle", 0.0015, 0, 0.2, "1", EMBELLIE_TR("simulate", "Speckle"),
                    EMBELLIE_TR("simulate", "Share of gates with a lonely echo")),
        advanced(realSetting("sim.noise", -40, -80, 0, "dBZ", EMBELLIE_TR("simulate", "Receiver noise"),
                             EMBELLIE_TR("simulate", "Reflectivity that equals the noise at 1 km"))),
        advanced(
            realSetting("sim.detection", -3, -10, 20, "dB", EMBELLIE_TR("simulate", "Detection"),
                        EMBELLIE_TR("simulate", "Signal-to-noise ratio above which an echo is reported"))),
    };
}

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
    plan.cellsAlive = settings.real("sim.cells");
    plan.band = settings.boolean("sim.band");
    plan.meltingMeters = settings.real("sim.melting_height");
    plan.topMeters = settings.real("sim.top_height");

    plan.reliefMeters = settings.real("sim.relief");
    plan.groundDbz = settings.real("sim.ground");
    plan.turbines = static_cast<int>(settings.integer("sim.turbines"));
    plan.clearAirDbz = settings.real("sim.clear_air");
    plan.emitters = settings.real("sim.spokes");
    plan.speckleShare = settings.real("sim.speckle");
    plan.noiseDbz = settings.real("sim.noise");
    plan.detectionDb = settings.real("sim.detection");

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

} // namespace embellie
