#include "core/simulate/scene.h"

#include "core/simulate/clutter.h"
#include "core/simulate/echo_traits.h"
#include "core/simulate/gauges.h"
#include "core/simulate/terrain.h"
#include "core/simulate/variety.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace embellie {

namespace {

constexpr double LeastDbz = -31.5, MostDbz = 94.5; // what 8 bits hold in steps of 0.5 dB beside two codes
constexpr float TransmissionFloor = 1e-4f;

Quantity quantityOf(const char* id, const char* longName, const char* unit) {
    Quantity quantity;
    quantity.id = id;
    quantity.longName = longName;
    quantity.unit = unit;
    return quantity;
}

Quantity reflectivity(const char* id, const char* longName) {
    Quantity quantity = quantityOf(id, longName, "dBZ");
    quantity.standardName = "equivalent_reflectivity_factor";
    return quantity;
}

// What is written is of eight bits: a multiple of the step.
float stepped(double value, double step) {
    return static_cast<float>(step * std::round(value / step));
}

/// A field that grows cell by cell: no echo where nothing was said.
struct Cells {
    explicit Cells(std::size_t count) : values(count), states(count, State::NoEcho) {}
    void set(std::size_t cell, float value) {
        values[cell] = value;
        states[cell] = State::Valid;
    }
    std::vector<float> values;
    std::vector<State> states;
};

} // namespace

std::vector<Meaning> echoClasses() {
    return {{0, "none", 0xFFFFFF},           {1, "rain", 0x2B6CB0},         {2, "ground clutter", 0x8A5A2B},
            {3, "clear air", 0xB8C34A},      {4, "interference", 0xC2378D}, {5, "speckle", 0xE0912F},
            {6, "receiver noise", 0x9AA0A6}, {7, "sea clutter", 0x14A0A0},  {8, "wind park", 0x7B4CAF}};
}

std::vector<FieldPtr> SimulatedSweep::fields() const {
    std::vector<FieldPtr> all{th, dbzh, classes, rhohv, vradh, wradh, zdr, sqi};
    std::erase(all, nullptr);
    return all;
}

struct SimulatedScene::Model {
    explicit Model(const Settings& given)
        : settings(variedSettings(given)), plan(planOf(settings)), terrain(plan), rain(plan), nuisance(plan),
          parks(plan, terrain) {
        for (const double elevation : plan.elevations) {
            views.push_back(terrain.view(plan, elevation));
            profiles.push_back(beamProfile(plan, elevation));
        }
        blankedRays.assign(plan.rays, false);
        RandomSequence random(RandomStream(plan.seed, Purpose::Blanked));
        for (int i = 0; i < plan.blanked; ++i) {
            const double width = random.uniform(2, 40);
            const auto from = static_cast<std::size_t>(random.uniform() * static_cast<double>(plan.rays));
            const auto count = static_cast<std::size_t>(width / 360 * static_cast<double>(plan.rays)) + 1;
            for (std::size_t ray = from; ray < from + count; ++ray)
                blankedRays[ray % plan.rays] = true;
        }
    }

    // What all sweeps of a time share.
    struct Weather {
        RainMap rain;
        std::vector<float> patches;
    };
    Weather weatherAt(std::size_t time) const {
        return {rain.at(minutes(time)), nuisance.patchesAt(minutes(time))};
    }
    SimulatedSweep make(const Weather& weather, std::size_t time, std::size_t sweep) const;
    double minutes(std::size_t time) const { return plan.intervalMinutes * static_cast<double>(time); }

    Settings settings;
    ScenePlan plan;
    Terrain terrain;
    RainModel rain;
    Nuisance nuisance;
    WindParks parks;
    std::vector<GroundView> views;
    std::vector<BeamProfile> profiles;
    std::vector<bool> blankedRays;
};

SimulatedSweep SimulatedScene::Model::make(const Weather& weather, std::size_t time,
                                           std::size_t sweep) const {
    const auto first = static_cast<std::uint32_t>(time), second = static_cast<std::uint32_t>(sweep);
    const GroundView& view = views[sweep];
    const double elevation = plan.elevations[sweep];
    const std::vector<float> rainZ = rainInSweep(plan, weather.rain, profiles[sweep]);
    const std::vector<float> clearAir = nuisance.clearAir(elevation, weather.patches, first, second);
    const std::vector<float> spokes = nuisance.spokes(first, second);
    const std::vector<float> speckle = nuisance.speckle(first, second);
    const std::vector<float> turbines = parks.echo(elevation, view.transmission, first, second);
    const RandomStream fading(plan.seed, Purpose::Fading, first, second),
        waves(plan.seed, Purpose::Sea, first, second);
    const RandomStream copolar(plan.seed, Purpose::Copolar, first, second),
        pulsePair(plan.seed, Purpose::PulsePair, first, second);
    const SweepTraits traits(plan, profiles[sweep], elevation, first, second);

    const std::size_t cells = rainZ.size();
    Cells th(cells), dbzh(cells), classes(cells);
    std::fill(classes.states.begin(), classes.states.end(), State::Valid);
    std::vector<float> noise(plan.gates);
    for (std::size_t gate = 0; gate < plan.gates; ++gate)
        noise[gate] = linearZ(plan.noiseAt(plan.rangeMeters(gate)));
    const float detection = linearZ(plan.detectionDb), offset = linearZ(plan.offsetDb);
    const float pulses = static_cast<float>(plan.samples), limit = linearZ(plan.clutterLimitDb);
    const auto shown = [&](float z) { return stepped(10 * std::log10(z * offset), plan.stepDb); };
    const bool estimated = plan.moments || plan.echoSqi > 0;
    std::vector<std::array<float, EchoParts>> heard(estimated ? cells : 0);

    for (std::size_t cell = 0; cell < cells; ++cell) {
        const std::size_t gate = cell % plan.gates;
        const auto drawn = fading.normal(cell);
        const float passed = std::max(view.transmission[cell], TransmissionFloor);
        const float truth = rainZ[cell] * passed;
        const float threshold = noise[gate] * detection;
        // What of the receiver's noise is not subtracted fluctuates about the share left.
        const float residue =
            noise[gate] * (gammaMean(pulses, drawn[2]) - 1 + static_cast<float>(plan.noiseLeft));
        const float fluctuation = gammaMean(pulses, drawn[0]);
        std::array<float, EchoParts> parts{truth * fluctuation,
                                           0,
                                           clearAir[cell] * passed,
                                           spokes[cell] * gammaMean(pulses, drawn[3]),
                                           speckle[cell],
                                           residue,
                                           0,
                                           turbines[cell]};
        float unfiltered = 0;
        if (view.groundDbz[cell] > GroundView::NoGround) {
            // A filter takes what is at rest, here more, there less.
            const double filtered = plan.clutterFilterDb > 0
                                        ? std::max(0.0, plan.clutterFilterDb + 6 * waves.normal(cell)[2])
                                        : 0;
            parts[1] = linearZ(view.groundDbz[cell] + 1.2 * drawn[1] - filtered);
            unfiltered = linearZ(view.groundDbz[cell] + 1.2 * drawn[1]);
        }
        if (view.seaDbz[cell] > GroundView::NoGround) {
            // K-distributed: waves modulate the speckle (Ward, Tough and Watts, Sea Clutter, 2nd ed., 2013);
            // gusts make it patchy.
            const auto wave = waves.normal(cell);
            const double km = profiles[sweep].groundKm[gate];
            const double azimuth = plan.azimuth(cell / plan.gates);
            const float patch =
                sampleMap(weather.patches, plan.map, km * std::sin(azimuth), km * std::cos(azimuth));
            parts[6] =
                linearZ(view.seaDbz[cell] + 2 * patch) * gammaMean(2, wave[0]) * gammaMean(pulses, wave[1]);
        }
        float sum = 0;
        for (const float part : parts)
            sum += part;
        const bool refused = plan.clutterLimitDb > 0 && unfiltered > limit * (sum - parts[1] + noise[gate]);

        if (truth >= threshold && shown(truth) >= LeastDbz)
            dbzh.set(cell, std::min(shown(truth), static_cast<float>(MostDbz)));
        if (!refused && sum >= threshold && shown(sum) >= LeastDbz) {
            th.set(cell, std::min(shown(sum), static_cast<float>(MostDbz)));
            const auto strongest = std::max_element(parts.begin(), parts.end()) - parts.begin();
            classes.values[cell] =
                static_cast<float>(strongest + 1); // EchoClass is in the order of the parts
            if (estimated)
                heard[cell] = parts;
        }
    }

    // What an estimate needs of the gate is there before anything is dropped, so that moments do not depend
    // on what the radar shows.
    const auto dropped = [&](std::size_t cell) {
        th.states[cell] = State::NoEcho;
        classes.values[cell] = 0;
    };
    std::vector<GateMoments> estimates(heard.size());
    for (std::size_t cell = 0; cell < estimates.size(); ++cell) {
        if (th.states[cell] != State::Valid)
            continue;
        const std::size_t ray = cell / plan.gates, gate = cell % plan.gates;
        const double km = profiles[sweep].groundKm[gate], azimuth = plan.azimuth(ray);
        const float gust = heard[cell][0] > 0 ? sampleMap(weather.rain.gusts, plan.map,
                                                          km * std::sin(azimuth), km * std::cos(azimuth))
                                              : 0;
        std::array<float, EchoParts> powers = heard[cell];
        powers[5] = 0; // the noise itself, not what is left of it, disturbs the estimates
        estimates[cell] = momentsOf(traits.at(ray, gate, powers, gust), noise[gate],
                                    static_cast<float>(plan.nyquist), pulses, copolar, pulsePair, cell);
        if (estimates[cell].sqi < plan.echoSqi)
            dropped(cell);
    }
    if (plan.despeckle) {
        const std::vector<State> before = th.states;
        for (std::size_t cell = 0; cell < cells; ++cell) {
            const std::size_t gate = cell % plan.gates;
            const bool near = gate > 0 && before[cell - 1] == State::Valid;
            const bool far = gate + 1 < plan.gates && before[cell + 1] == State::Valid;
            if (before[cell] == State::Valid && !near && !far)
                dropped(cell);
        }
    }

    Cells rhohv(plan.moments ? cells : 0), vradh(rhohv), wradh(rhohv), zdr(rhohv), sqi(rhohv);
    for (std::size_t cell = 0; cell < rhohv.values.size(); ++cell) {
        if (th.states[cell] != State::Valid)
            continue;
        const GateMoments& moments = estimates[cell];
        rhohv.set(cell, stepped(moments.rhohv, 0.004));
        zdr.set(cell, stepped(std::clamp(moments.zdrDb, -8.0f, 12.0f), 0.1));
        sqi.set(cell, stepped(moments.sqi, 0.004));
        if (moments.sqi >= plan.leastSqi) {
            vradh.set(cell, stepped(moments.velocity, plan.nyquist / 127));
            wradh.set(cell, stepped(moments.width, plan.nyquist / 127));
        }
    }

    const Geometry geometry = plan.sweep(sweep);
    const auto milliseconds = [](double seconds) {
        return std::chrono::milliseconds(std::llround(1000 * seconds));
    };
    const double turn =
        std::min(20.0, 60 * plan.intervalMinutes / static_cast<double>(plan.elevations.size()));
    const TimePoint begin = plan.start + milliseconds(60 * minutes(time) + turn * static_cast<double>(sweep));
    const TimeInterval interval{begin, begin + milliseconds(turn), Calendar::Standard};
    Origin origin;
    origin.history.push_back("simulated with seed " + std::to_string(plan.seed));
    Quantity kinds = quantityOf("CLASS", "Strongest echo", "1");
    kinds.kind = Kind::Classes;
    kinds.meanings = echoClasses();
    const auto field = [&](Quantity quantity, Cells& content) {
        for (std::size_t ray = 0; ray < plan.rays; ++ray)
            if (blankedRays[ray])
                std::fill_n(content.states.begin() + static_cast<std::ptrdiff_t>(ray * plan.gates),
                            plan.gates, State::NoData);
        return std::make_shared<const Field>(std::move(quantity), geometry, interval,
                                             std::move(content.values), std::move(content.states), origin);
    };
    SimulatedSweep made;
    made.th = field(reflectivity("TH", "Reflectivity of everything"), th);
    made.dbzh = field(reflectivity("DBZH", "Reflectivity of the rain"), dbzh);
    made.classes = field(kinds, classes);
    if (plan.moments) {
        made.rhohv = field(quantityOf("RHOHV", "Correlation of the polarisations", "1"), rhohv);
        made.vradh = field(quantityOf("VRADH", "Radial velocity, away from the radar", "m s-1"), vradh);
        made.wradh = field(quantityOf("WRADH", "Width of the Doppler spectrum", "m s-1"), wradh);
        made.zdr = field(quantityOf("ZDR", "Differential reflectivity", "dB"), zdr);
        made.sqi = field(quantityOf("SQIH", "Signal quality index", "1"), sqi);
    }
    return made;
}

SimulatedScene::SimulatedScene(const Settings& settings) : m_model(std::make_unique<const Model>(settings)) {}
SimulatedScene::~SimulatedScene() = default;
SimulatedScene::SimulatedScene(SimulatedScene&&) noexcept = default;
SimulatedScene& SimulatedScene::operator=(SimulatedScene&&) noexcept = default;

const Settings& SimulatedScene::settings() const {
    return m_model->settings;
}

FieldPtr SimulatedScene::gauges(Feedback& feedback) const {
    return gaugeSeries(m_model->plan, m_model->rain, m_model->terrain, feedback);
}

const Site& SimulatedScene::site() const {
    return m_model->plan.site;
}

std::size_t SimulatedScene::times() const {
    return m_model->plan.times;
}

std::size_t SimulatedScene::sweeps() const {
    return m_model->plan.elevations.size();
}

TimePoint SimulatedScene::time(std::size_t index) const {
    return m_model->plan.start + std::chrono::milliseconds(std::llround(60000 * m_model->minutes(index)));
}

SimulatedSweep SimulatedScene::sweep(std::size_t time, std::size_t sweep) const {
    assert(time < times() && sweep < sweeps());
    return m_model->make(m_model->weatherAt(time), time, sweep);
}

SimulatedVolume SimulatedScene::volume(std::size_t time, Feedback& feedback) const {
    assert(time < times());
    SimulatedVolume volume;
    volume.time = this->time(time);
    const Model::Weather weather = m_model->weatherAt(time);
    for (std::size_t sweep = 0; sweep < sweeps(); ++sweep) {
        feedback.throwIfCancelled();
        volume.sweeps.push_back(m_model->make(weather, time, sweep));
    }
    return volume;
}

} // namespace embellie
