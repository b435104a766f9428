#include "core/map/radar.h"
#include "core/map/same_cells.h"
#include "core/task/built_in.h"
#include "core/task/denoise/mixture.h"
#include "core/task/sample_random.h"
#include "core/task/segment/classes.h"
#include "core/task/sweep_data.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie::segment {

namespace {

constexpr int Rays = 360;

/// A sweep with labels on even rays from north: dBZ (NaN: no echo) and index into classes() (-1: none).
struct Labelled {
    int gates = 0;
    double firstGateMeters = 0, gateMeters = 0;
    std::vector<float> dbz;
    std::vector<std::int8_t> label;
};

Labelled labelled(const Field& reflectivity, const Field& classField) {
    const Sweep& sweep = *reflectivity.sweep();
    Labelled result;
    result.gates = static_cast<int>(sweep.gates);
    result.firstGateMeters = sweep.firstGateMeters;
    result.gateMeters = sweep.gateMeters;
    result.dbz.assign(static_cast<std::size_t>(Rays) * sweep.gates, std::numeric_limits<float>::quiet_NaN());
    result.label.assign(result.dbz.size(), -1);
    const RayIndex index(sweep);
    for (std::size_t ray = 0; ray < Rays; ++ray) {
        const auto source = index.find(static_cast<double>(ray) + 0.5);
        if (!source)
            continue;
        for (std::size_t gate = 0; gate < sweep.gates; ++gate) {
            const std::size_t from = *source * sweep.gates + gate, to = ray * sweep.gates + gate;
            result.dbz[to] = reflectivity.values()[from];
            if (!std::isfinite(result.dbz[to]) || !std::isfinite(classField.values()[from]))
                continue;
            for (std::size_t i = 0; i < classes().size(); ++i)
                if (classes()[i].value == static_cast<int>(std::lround(classField.values()[from])))
                    result.label[to] = static_cast<std::int8_t>(i);
        }
    }
    return result;
}

/// A part of a sweep: turned by @p roll rays, mirrored or not, @p gates from @p first on. @p classWeights by
/// label.
Sample sampleOf(const Labelled& source, int roll, bool mirrored, int first, int gates,
                const std::vector<float>& classWeights) {
    const std::size_t plane = static_cast<std::size_t>(Rays) * static_cast<std::size_t>(gates);
    std::vector<float> dbz(plane, std::numeric_limits<float>::quiet_NaN()), label(plane, 0), weight(plane, 0);
    for (int ray = 0; ray < Rays; ++ray) {
        const int from = ((mirrored ? Rays - 1 - ray : ray) + roll) % Rays;
        for (int gate = 0; gate < gates; ++gate) {
            const std::size_t to = static_cast<std::size_t>(ray * gates + gate);
            const std::size_t at = static_cast<std::size_t>(from * source.gates + first + gate);
            if (first + gate >= source.gates)
                continue;
            dbz[to] = source.dbz[at];
            if (source.label[at] >= 0) {
                label[to] = source.label[at];
                weight[to] = classWeights[static_cast<std::size_t>(source.label[at])];
            }
        }
    }
    Sample sample;
    sample["input"] = {{3, Rays, gates},
                       denoise::channels(dbz, Rays, gates, source.firstGateMeters + first * source.gateMeters,
                                         source.gateMeters)};
    sample["class"] = {{Rays, gates}, std::move(label)};
    sample["weight"] = {{Rays, gates}, std::move(weight)};
    return sample;
}

const MomentEntry* classMoment(const LayerEntry& layer) {
    for (const MomentEntry& moment : layer.moments)
        if (moment.quantity.kind == Kind::Classes && !moment.quantity.meanings.empty())
            return &moment;
    return nullptr;
}

class Samples : public SampleMaker {
public:
    Samples(const Settings& settings, const DataByRole& data, std::uint64_t seed, Feedback& feedback)
        : m_seed(seed), m_gates(static_cast<int>(settings.integer("segment.gates"))),
          m_classWeights(classes().size(), 1.0f) {
        const auto paths = data.find("labelled");
        if (paths == data.end() || paths->second.empty())
            m_files = builtInScenes("labelled", seed, settings.integer("segment.scenes"), false, feedback,
                                    [&](const std::string& name, const SceneSweep& scene, bool validates) {
                                        add(name, scene.sweep.th, scene.sweep.classes, validates);
                                    });
        else
            read(settings, paths->second, feedback);
        weighClasses();
        weighValidation();
    }

    Sample make(std::int64_t epoch, std::int64_t index) const override {
        SampleRandom random(m_seed, epoch, index);
        const Labelled& source =
            m_sources[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(m_sources.size())))];
        const int roll = static_cast<int>(random.below(Rays));
        const bool mirrored = random.chance(0.5);
        const int spare = std::max(0, source.gates - m_gates);
        return sampleOf(source, roll, mirrored, static_cast<int>(random.below(spare + 1)), m_gates,
                        m_classWeights);
    }
    const std::vector<ValidationCase>& validation() const override { return m_validation; }
    const std::vector<UsedFile>& files() const override { return m_files; }

private:
    void add(const std::string& name, const FieldPtr& reflectivity, const FieldPtr& classField,
             bool validates) {
        const FieldPtr there = onCellsOf(*reflectivity->sweep(), classField);
        if (!there)
            throw Error(text(EMBELLIE_TR("segment", "the classes lie on other gates or rays than the "
                                                    "reflectivity")))
                .in(classField->origin().file, classField->origin().path);
        const auto ours = std::make_shared<Field>(mapped(*there));
        Labelled source = labelled(*reflectivity, *ours);
        if (!validates) {
            m_sources.push_back(std::move(source));
            return;
        }
        m_validation.push_back({name, reflectivity, ours, {}});
        m_heldOut.push_back(std::move(source));
    }

    /// Weighed as in training, so that the losses can be compared.
    void weighValidation() {
        for (std::size_t i = 0; i < m_validation.size(); ++i)
            m_validation[i].sample = sampleOf(m_heldOut[i], 0, false, 0, m_heldOut[i].gates, m_classWeights);
        m_heldOut.clear();
    }

    void read(const Settings& settings, const std::vector<std::string>& paths, Feedback& feedback) {
        SweepData data = openSweeps("labelled", paths, settings.real("segment.most_elevation"),
                                    rawReflectivities(), feedback);
        std::erase_if(data.sweeps, [](const SweepEntry& sweep) { return !classMoment(sweep.layer); });
        if (data.sweeps.empty())
            throw Error(text(EMBELLIE_TR("segment", "the files have no labels")))
                .in(paths.front())
                .expected(
                    text(EMBELLIE_TR("segment", "a field of classes with names beside the reflectivity")));
        const double share = settings.real("segment.validation");
        splitByTime(data, share);
        // A single volume: every third sweep, since another elevation is at least another field.
        if (share > 0 && std::none_of(data.sweeps.begin(), data.sweeps.end(),
                                      [](const SweepEntry& sweep) { return sweep.validation; }))
            for (std::size_t i = 1; i < data.sweeps.size(); i += 3)
                data.sweeps[i].validation = true;
        for (const SweepEntry& sweep : data.sweeps) {
            const FieldPtr reflectivity =
                data.dataset->read(sweep.layer, *firstOf(sweep.layer, rawReflectivities()), feedback);
            add(sweep.name(), reflectivity,
                data.dataset->read(sweep.layer, *classMoment(sweep.layer), feedback), sweep.validation);
        }
        m_files = usedFiles("labelled", data);
    }

    /// Rare classes weigh more, by the root of their rarity; the mean weight of a labelled cell is 1.
    void weighClasses() {
        std::vector<double> counts(classes().size(), 0);
        double all = 0;
        for (const Labelled& source : m_sources)
            for (const std::int8_t label : source.label)
                if (label >= 0) {
                    ++counts[static_cast<std::size_t>(label)];
                    ++all;
                }
        double mean = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            m_classWeights[i] =
                counts[i] > 0 ? static_cast<float>(std::min(10.0, std::sqrt(all / counts[i]))) : 1.0f;
            mean += m_classWeights[i] * counts[i] / std::max(all, 1.0);
        }
        if (mean > 0)
            for (float& weight : m_classWeights)
                weight /= static_cast<float>(mean);
    }

    std::uint64_t m_seed;
    int m_gates;
    std::vector<float> m_classWeights;
    std::vector<Labelled> m_sources, m_heldOut; ///< m_heldOut: behind m_validation
    std::vector<ValidationCase> m_validation;
    std::vector<UsedFile> m_files;
};

} // namespace

std::unique_ptr<SampleMaker> makeSamples(const Settings& settings, const DataByRole& data, std::uint64_t seed,
                                         Feedback& feedback) {
    return std::make_unique<Samples>(settings, data, seed, feedback);
}

} // namespace embellie::segment
