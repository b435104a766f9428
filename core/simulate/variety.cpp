#include "core/simulate/variety.h"

#include "core/map/climate.h"
#include "core/simulate/random.h"

#include <algorithm>

namespace embellie {

namespace {

class Draw {
public:
    Draw(const Settings& settings, std::uint64_t seed)
        : m_settings(settings), m_seed(seed), m_result(settings) {}

    /// A stream of its own for each setting, so that the order of the lines below means nothing.
    RandomSequence about(const std::string& key) const {
        std::uint32_t name = 2166136261u; // FNV-1a
        for (const char letter : key)
            name = (name ^ static_cast<unsigned char>(letter)) * 16777619u;
        return RandomSequence(RandomStream(m_seed, Purpose::Variety, name));
    }
    double uniform(const std::string& key, double from, double to) const {
        return about(key).uniform(from, to);
    }
    double logUniform(const std::string& key, double from, double to) const {
        return from * std::pow(to / from, about(key).uniform());
    }
    double normal(const std::string& key, double mean, double width) const {
        return mean + width * std::clamp(about(key).normal(), -3.0, 3.0);
    }
    double oneOf(const std::string& key, std::initializer_list<double> values) const {
        return values
            .begin()[static_cast<std::size_t>(about(key).uniform() * static_cast<double>(values.size()))];
    }
    bool chance(const std::string& key, double share) const { return about(key).uniform() < share; }
    int poisson(const std::string& key, double mean) const { return about(key).poisson(mean); }

    template <class Value>
    void set(const std::string& key, const Value& value) {
        if (m_settings.isDefault(key))
            m_result.set(key, value);
    }
    const Settings& result() const { return m_result; }
    const Settings& settings() const { return m_settings; }

private:
    const Settings& m_settings;
    std::uint64_t m_seed;
    Settings m_result;
};

std::int64_t whole(double value) {
    return static_cast<std::int64_t>(std::llround(value));
}

void drawRadar(Draw& draw) {
    const Settings& given = draw.settings();
    const double gate =
        given.isDefault("sim.gate_length")
            ? draw.oneOf("gate", {250, 250, 300, 500, 500, 500, 600, 960, 1000, 1000, 1000, 1500, 2000})
            : given.real("sim.gate_length");
    draw.set("sim.gate_length", gate);
    const double range = draw.uniform("range", 100e3, 260e3);
    draw.set("sim.gates", std::clamp<std::int64_t>(whole(range / gate), 40, 1000));
    draw.set("sim.beam_width", draw.uniform("beam", 0.8, 1.3));
    std::vector<double> elevations{0.1 * std::floor(10 * draw.uniform("lowest", 0, 0.85))};
    RandomSequence steps = draw.about("steps");
    while (elevations.size() < given.list("sim.elevations").size())
        elevations.push_back(elevations.back() +
                             0.1 * std::round(10 * steps.uniform(0.4, 1.2) * (1 + 0.3 * elevations.back())));
    draw.set("sim.elevations", elevations);
    draw.set("sim.step", draw.oneOf("step", {0.01, 0.4, 0.5, 0.5, 0.5, 1}));
    draw.set("sim.noise", draw.uniform("noise", -54, -34));
    draw.set("sim.detection", draw.uniform("detection", -4, 5));
    draw.set("sim.noise_left", draw.normal("left", 0, 0.06));
    draw.set("sim.samples", whole(draw.logUniform("samples", 8, 64)));
    draw.set("sim.offset", draw.normal("offset", 0, 2));
    draw.set("sim.side_lobes", draw.uniform("lobes", -62, -42));
    draw.set("sim.despeckle", draw.chance("despeckle", 0.5));
    draw.set("sim.echo_sqi", draw.chance("incoherent", 0.5) ? draw.uniform("echo_sqi", 0.1, 0.6) : 0.0);
    draw.set("sim.least_sqi", draw.uniform("least_sqi", 0, 0.6));
    const bool filters = draw.chance("filter", 0.5), refuses = filters && draw.chance("refuses", 0.6);
    draw.set("sim.clutter_filter", filters ? draw.uniform("depth", 15, 45) : 0.0);
    draw.set("sim.clutter_limit", refuses ? draw.uniform("limit", 8, 30) : 0.0);
    draw.set("sim.nyquist", draw.oneOf("nyquist", {7.5, 8.3, 13, 16, 24, 32, 48}));
    draw.set("sim.wavelength",
             draw.oneOf("wavelength", {3.2, 5.3, 5.3, 5.3, 5.3, 5.3, 5.3, 5.3, 10.5, 10.5}));
}

void drawSite(Draw& draw) {
    const bool coastal = draw.chance("coastal", 1.0 / 3);
    draw.set("sim.coast", coastal ? draw.uniform("coast", 1, 60) : 0.0);
    draw.set("sim.height", draw.logUniform("height", 20, coastal ? 250 : 1000));
    draw.set("sim.sea_state", draw.uniform("sea", 1, 6));
    draw.set("sim.relief", draw.logUniform("relief", 40, 450));
    draw.set("sim.ground", draw.normal("ground", 54, 5));
    draw.set("sim.mountains", std::int64_t(draw.chance("alpine", 0.5) ? 1 + draw.poisson("massifs", 1) : 0));
    draw.set("sim.obstacles", std::int64_t(draw.poisson("obstacles", 2)));
    draw.set("sim.blanked", std::int64_t(draw.chance("blanked", 0.1) ? 1 : 0));
    draw.set("sim.turbines", std::int64_t(draw.poisson("parks", 5)));
    draw.set("sim.spokes", std::min(30.0, -3 * std::log(draw.about("spokes").uniform())));
    draw.set("sim.speckle", draw.logUniform("speckle", 1e-5, 0.01));
    draw.set("sim.bending", draw.chance("standard", 0.75) ? 4.0 / 3 : draw.logUniform("bending", 4.0 / 3, 8));
}

/// A place and a date at which @p warmth in °C is to be expected at the ground.
void drawSeason(Draw& draw, double warmth) {
    RandomSequence random = draw.about("season");
    const TimePoint newYear = toTimePoint({2024, 1, 1});
    for (int attempt = 0; attempt < 1000; ++attempt) {
        const double latitude = random.uniform(-60, 70);
        const TimePoint time = newYear + std::chrono::minutes(whole(random.uniform(0, 366 * 24 * 60)));
        if (std::abs(expectedTemperature(latitude, time) - warmth) > 3)
            continue;
        draw.set("sim.latitude", 0.01 * std::round(100 * latitude));
        draw.set("sim.start", isoTime(time));
        return;
    }
}

void drawWeather(Draw& draw) {
    draw.set("sim.rain_cover", draw.uniform("cover", 0.05, 0.9));
    draw.set("sim.rain_rate", std::exp(draw.normal("rate", 0, 0.6)));
    draw.set("sim.cells", std::min(100.0, -12 * std::log(draw.about("cells").uniform())));
    draw.set("sim.band", draw.chance("band", 0.5));
    draw.set("sim.wind_speed", draw.uniform("wind", 3, 25));
    draw.set("sim.wind_from", draw.uniform("from", 0, 360));
    draw.set("sim.melting_height", draw.uniform("melting", 500, 4200));
    constexpr double LapsePerMeter = 6.5e-3; // °C, of the standard atmosphere
    drawSeason(draw, LapsePerMeter * draw.result().real("sim.melting_height"));
    draw.set("sim.clear_air", draw.chance("clear", 0.75) ? draw.normal("insects", -3, 7) : -30.0);
    draw.set("sim.clear_air_depth", draw.logUniform("layer", 250, 2000));
}

} // namespace

Settings variedSettings(const Settings& settings) {
    if (!settings.boolean("sim.variety"))
        return settings;
    Draw draw(settings, static_cast<std::uint64_t>(settings.integer("sim.seed")));
    drawRadar(draw);
    drawSite(draw);
    drawWeather(draw);
    return draw.result();
}

} // namespace embellie
