#include "core/simulate/scene.h"

#include "core/simulate/clutter.h"
#include "core/simulate/rain.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace embellie {

namespace {

constexpr double LeastDbz = -31.5, MostDbz = 94.5; // what 8 bits hold in steps of 0.5 dB beside two codes
constexpr double Samples = 24; // independent pulses of a gate: their mean fluctuates by 0.9 dB
constexpr float TransmissionFloor = 1e-4f;

float fromDb(double db) {
    return static_cast<float>(std::pow(10.0, db / 10));
}

Quantity reflectivity(const char* id, const char* longName) {
    Quantity quantity;
    quantity.id = id;
    quantity.longName = longName;
    quantity.standardName = "equivalent_reflectivity_factor";
    quantity.unit = "dBZ";
    return quantity;
}

// Mean of Samples exponential numbers, by the cube-root normal approximation of Wilson and Hilferty 1931.
float fluctuation(float normal) {
    const double root = 1 - 1 / (9 * Samples) + normal / (3 * std::sqrt(Samples));
    return static_cast<float>(std::max(0.0, root * root * root));
}

} // namespace

std::vector<Meaning> echoClasses() {
    return {{0, "none", 0xFFFFFF},          {1, "rain", 0x2B6CB0},         {2, "ground clutter", 0x8A5A2B},
            {3, "clear air", 0xB8C34A},     {4, "interference", 0xC2378D}, {5, "speckle", 0xE0912F},
            {6, "receiver noise", 0x9AA0A6}};
}

struct SimulatedScene::Model {
    explicit Model(const Settings& settings) : plan(planOf(settings)), rain(plan), nuisance(plan) {
        const Terrain terrain(plan);
        for (const double elevation : plan.elevations) {
            views.push_back(terrain.view(plan, elevation));
            profiles.push_back(beamProfile(plan, elevation));
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

    ScenePlan plan;
    RainModel rain;
    Nuisance nuisance;
    std::vector<GroundView> views;
    std::vector<BeamProfile> profiles;
};

SimulatedSweep SimulatedScene::Model::make(const Weather& weather, std::size_t time,
                                           std::size_t sweep) const {
    const auto first = static_cast<std::uint32_t>(time), second = static_cast<std::uint32_t>(sweep);
    const GroundView& view = views[sweep];
    const std::vector<float> rainZ = rainInSweep(plan, weather.rain, profiles[sweep]);
    const std::vector<float> clearAir =
        nuisance.clearAir(plan.elevations[sweep], weather.patches, first, second);
    const std::vector<float> spokes = nuisance.spokes(first, second);
    const std::vector<float> speckle = nuisance.speckle(first, second);
    const RandomStream fading(plan.seed, Purpose::Fading, first, second);

    const std::size_t cells = rainZ.size();
    std::vector<float> th(cells), dbzh(cells), classes(cells);
    std::vector<State> heard(cells, State::NoEcho), rained(cells, State::NoEcho);
    std::vector<float> noise(plan.gates);
    for (std::size_t gate = 0; gate < plan.gates; ++gate)
        noise[gate] = fromDb(plan.noiseAt(plan.rangeMeters(gate)));
    const float detection = fromDb(plan.detectionDb);
    const auto stepped = [&](double z) {
        return static_cast<float>(plan.stepDb * std::round(10 * std::log10(z) / plan.stepDb));
    };

    for (std::size_t cell = 0; cell < cells; ++cell) {
        const std::size_t gate = cell % plan.gates;
        const auto drawn = fading.normal(cell);
        const float passed = std::max(view.transmission[cell], TransmissionFloor);
        const float truth = rainZ[cell] * passed;
        const float ground = view.groundDbz[cell] > -50 && plan.groundDbz > -30
                                 ? fromDb(view.groundDbz[cell] + 1.2 * drawn[1])
                                 : 0;
        const float threshold = noise[gate] * detection;
        // The receiver's mean noise is subtracted; what is left of it fluctuates about zero.
        const float residue = noise[gate] * (fluctuation(drawn[2]) - 1);
        const std::array<float, 6> parts{truth * fluctuation(drawn[0]),
                                         ground,
                                         clearAir[cell] * passed,
                                         spokes[cell],
                                         speckle[cell],
                                         residue};
        float sum = 0;
        for (const float part : parts)
            sum += part;

        if (truth >= threshold && stepped(truth) >= LeastDbz) {
            dbzh[cell] = std::min(stepped(truth), static_cast<float>(MostDbz));
            rained[cell] = State::Valid;
        }
        if (sum >= threshold && stepped(sum) >= LeastDbz) {
            th[cell] = std::min(stepped(sum), static_cast<float>(MostDbz));
            heard[cell] = State::Valid;
            const auto strongest = std::max_element(parts.begin(), parts.end()) - parts.begin();
            classes[cell] = static_cast<float>(strongest + 1); // EchoClass is in the order of the parts
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
    Quantity kinds;
    kinds.id = "CLASS";
    kinds.longName = "Strongest echo";
    kinds.unit = "1";
    kinds.kind = Kind::Classes;
    kinds.meanings = echoClasses();
    SimulatedSweep made;
    made.th = std::make_shared<const Field>(reflectivity("TH", "Reflectivity of everything"), geometry,
                                            interval, std::move(th), std::move(heard), origin);
    made.dbzh = std::make_shared<const Field>(reflectivity("DBZH", "Reflectivity of the rain"), geometry,
                                              interval, std::move(dbzh), std::move(rained), origin);
    made.classes = std::make_shared<const Field>(kinds, geometry, interval, std::move(classes),
                                                 std::vector<State>(cells, State::Valid), origin);
    return made;
}

SimulatedScene::SimulatedScene(const Settings& settings) : m_model(std::make_unique<const Model>(settings)) {}
SimulatedScene::~SimulatedScene() = default;
SimulatedScene::SimulatedScene(SimulatedScene&&) noexcept = default;
SimulatedScene& SimulatedScene::operator=(SimulatedScene&&) noexcept = default;

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
