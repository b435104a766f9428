#include "core/task/denoise/samples.h"

#include "core/map/same_cells.h"
#include "core/task/built_in.h"
#include "core/task/denoise/sample_moments.h"
#include "core/task/denoise/season.h"
#include "core/task/denoise/source_sweep.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie::denoise {

namespace {

const std::vector<std::string> CleanFirst{"DBZH", "DBZ", "reflectivity", "TH", "UH", AnyReflectivity};

Polar cut(const Polar& polar, int gates) {
    Polar shorter(polar.rays, gates, polar.gateMeters);
    shorter.elevation = polar.elevation;
    shorter.temperature = polar.temperature;
    for (const auto& moment : polar.moments)
        shorter.moments.emplace_back(moment.empty() ? 0 : shorter.z.size());
    for (int ray = 0; ray < polar.rays; ++ray)
        for (int gate = 0; gate < std::min(gates, polar.gates); ++gate) {
            const std::size_t to = shorter.at(ray, gate), from = polar.at(ray, gate);
            shorter.z[to] = polar.z[from];
            for (std::size_t i = 0; i < polar.moments.size(); ++i)
                if (!polar.moments[i].empty())
                    shorter.moments[i][to] = polar.moments[i][from];
        }
    return shorter;
}

class Samples : public SampleMaker {
public:
    Samples(const Settings& settings, const DataByRole& data, std::uint64_t seed, Feedback& feedback);
    Sample make(std::int64_t epoch, std::int64_t index) const override {
        SampleRandom random(m_seed, epoch, index);
        return makeSample(m_sources, m_rule, random);
    }
    const std::vector<ValidationCase>& validation() const override { return m_validation; }
    const std::vector<UsedFile>& files() const override { return m_files; }

private:
    SweepData opened(const std::string& role, const DataByRole& data,
                     const std::vector<std::string>& quantities, Feedback& feedback);
    void thin(SweepData& sweeps) const;
    void readRain(const DataByRole& data, Feedback& feedback);
    void readClutter(const DataByRole& data, Feedback& feedback);
    void readScenes(const DataByRole& data, Feedback& feedback);
    void makeScenes(Feedback& feedback);
    void addVariedScenes(std::int64_t count, Feedback& feedback);
    void addPair(const SourceSweep& all, const Field& rain);
    void addValidationPair(SourceSweep all, FieldPtr rain);
    void mixValidation();
    void countPresence(const Polar& sweep, bool isRain);
    void tellPresence(Feedback& feedback) const;
    /// Calls @p use with each gate length that is not finer than the field's.
    void forLengths(const Field& field, const std::function<void(std::size_t, float)>& use);

    const Settings m_settings;
    MixtureRule m_rule;
    std::uint64_t m_seed;
    Sources m_sources;
    std::vector<SourceSweep> m_heldRain, m_heldClutter;
    bool m_heldOutFound = false;           ///< denoise.hold_out names something that is there
    std::vector<PresenceCount> m_presence; ///< by moment
    std::vector<ValidationCase> m_validation;
    std::vector<UsedFile> m_files;
};

Samples::Samples(const Settings& settings, const DataByRole& data, std::uint64_t seed, Feedback& feedback)
    : m_settings(settings), m_rule(mixtureRule(settings)), m_seed(seed),
      m_presence(m_rule.moments.moments.size()) {
    for (const double meters : settings.list("denoise.gate_meters"))
        m_sources.gateMeters.push_back(static_cast<float>(meters));
    if (m_sources.gateMeters.empty())
        throw Error(text(EMBELLIE_TR("denoise", "at least one gate length is needed")))
            .in({}, "denoise.gate_meters");
    m_sources.rain.resize(m_sources.gateMeters.size());
    m_sources.clutter.resize(m_sources.gateMeters.size());
    m_sources.sceneRain.resize(m_sources.gateMeters.size());
    m_sources.sceneClutter.resize(m_sources.gateMeters.size());

    const auto given = [&](const char* role) { return data.contains(role) && !data.at(role).empty(); };
    if (!given("rain") && !given("clutter") && !given("scene"))
        makeScenes(feedback);
    readScenes(data, feedback);
    if (given("rain") && given("clutter"))
        addVariedScenes(m_settings.integer("denoise.varied_scenes"), feedback);
    for (std::size_t i = 0; i < m_sources.gateMeters.size(); ++i) {
        m_sources.sceneRain[i] = m_sources.rain[i].size();
        m_sources.sceneClutter[i] = m_sources.clutter[i].size();
    }
    readRain(data, feedback);
    readClutter(data, feedback);
    if (const std::string heldOut = m_settings.string("denoise.hold_out");
        !heldOut.empty() && !m_heldOutFound && (given("rain") || given("clutter")))
        feedback.message(
            text(EMBELLIE_TR("denoise", "no radar and no day is called \"{0}\" (denoise.hold_out): what is "
                                        "kept apart is chosen by chance"),
                 heldOut));
    tellPresence(feedback);
    mixValidation();
    m_heldRain.clear();
    m_heldClutter.clear();

    // Lengths that no file reaches are left out, unless everything is made up.
    std::vector<std::size_t> reached;
    for (std::size_t i = 0; i < m_sources.gateMeters.size(); ++i)
        if (!m_sources.rain[i].empty() || !m_sources.clutter[i].empty())
            reached.push_back(i);
    if (reached.empty())
        return;
    Sources used;
    for (const std::size_t i : reached) {
        used.gateMeters.push_back(m_sources.gateMeters[i]);
        used.rain.push_back(std::move(m_sources.rain[i]));
        used.clutter.push_back(std::move(m_sources.clutter[i]));
        used.sceneRain.push_back(m_sources.sceneRain[i]);
        used.sceneClutter.push_back(m_sources.sceneClutter[i]);
    }
    m_sources = std::move(used);
}

void Samples::forLengths(const Field& field, const std::function<void(std::size_t, float)>& use) {
    for (std::size_t i = 0; i < m_sources.gateMeters.size(); ++i)
        if (field.sweep()->gateMeters <= 1.01 * m_sources.gateMeters[i])
            use(i, m_sources.gateMeters[i]);
}

SweepData Samples::opened(const std::string& role, const DataByRole& data,
                          const std::vector<std::string>& quantities, Feedback& feedback) {
    const auto paths = data.find(role);
    return openSweeps(role, paths == data.end() ? std::vector<std::string>{} : paths->second,
                      m_settings.real("denoise.most_elevation"), quantities, feedback);
}

void Samples::thin(SweepData& sweeps) const {
    thinOut(sweeps, static_cast<std::size_t>(m_settings.integer("denoise.most_sweeps")),
            static_cast<std::size_t>(m_settings.integer("denoise.validation_fields")));
}

/// What became of the sweeps of a role, for people: files that teach nothing must not look as if they did.
class Taught {
public:
    Taught(const char* role, const SweepData& sweeps, const std::vector<float>& lengths)
        : m_role(role), m_longest(*std::max_element(lengths.begin(), lengths.end())) {
        if (sweeps.dataset && !sweeps.sweeps.empty())
            m_file = sweeps.dataset->files()[sweeps.sweeps.front().layer.moments.front().source].string();
    }
    void read(const Field& field) {
        ++m_read;
        const double meters = field.sweep()->gateMeters;
        if (meters > 1.01 * m_longest) {
            ++m_coarse;
            m_coarsest = std::max(m_coarsest, meters);
        }
    }
    void used(const Field& field) {
        if (m_last != &field)
            ++m_used;
        m_last = &field;
    }
    /// @throws Error where all sweeps have gates that are too long
    void tell(const Text& wanted, Feedback& feedback) const {
        if (m_coarse > 0 && m_coarse == m_read)
            throw Error(
                text(EMBELLIE_TR("denoise", "nothing can be learnt from the files for \"{0}\""), m_role))
                .in(m_file, "denoise.gate_meters")
                .expected(text(EMBELLIE_TR("denoise", "gates of at most {0} m"), m_longest))
                .found(text(EMBELLIE_TR("denoise", "{0} m"), m_coarsest))
                .remedy(text(EMBELLIE_TR("denoise", "add that length to the setting")));
        if (m_coarse > 0)
            feedback.message(
                text(EMBELLIE_TR("denoise", "{0}: {1} of {2} sweeps have gates longer than {3} m, the "
                                            "longest of denoise.gate_meters, and teach nothing"),
                     m_role, m_coarse, m_read, m_longest));
        if (m_read > 0 && m_used == 0)
            feedback.message(
                text(EMBELLIE_TR("denoise", "{0}: not one of {1} sweeps is learnt from: they are kept for "
                                            "validation, or hold no {2}"),
                     m_role, m_read, wanted.english()));
    }

private:
    std::string m_role, m_file;
    double m_longest, m_coarsest = 0;
    std::size_t m_read = 0, m_coarse = 0, m_used = 0;
    const Field* m_last = nullptr;
};

void Samples::readRain(const DataByRole& data, Feedback& feedback) {
    SweepData sweeps = opened("rain", data, CleanFirst, feedback);
    Taught taught("rain", sweeps, m_sources.gateMeters);
    m_heldOutFound |= splitByPart(sweeps, m_settings.string("denoise.hold_out"),
                                  m_settings.real("denoise.validation"), m_seed);
    thin(sweeps);
    for (const SweepEntry& sweep : sweeps.sweeps) {
        feedback.throwIfCancelled();
        SourceSweep one = readSweep(sweeps, sweep, CleanFirst, m_rule.moments, feedback);
        taught.read(*one.field);
        if (sweep.validation) {
            m_heldRain.push_back(std::move(one));
            continue;
        }
        forLengths(*one.field, [&](std::size_t length, float meters) {
            RainSource source = rainSource(one, m_rule, meters);
            // A sweep above the rain teaches nothing but emptiness.
            if (std::count(source.trust.begin(), source.trust.end(), 1.0f) >= 1000) {
                countPresence(source.sweep, true);
                m_sources.rain[length].push_back(std::move(source));
                taught.used(*one.field);
            }
        });
    }
    taught.tell(text(EMBELLIE_TR("denoise", "even, connected rain beyond 8 km")), feedback);
    if (sweeps.dataset) {
        const auto files = usedFiles("rain", sweeps);
        m_files.insert(m_files.end(), files.begin(), files.end());
    }
}

void Samples::readClutter(const DataByRole& data, Feedback& feedback) {
    SweepData sweeps = opened("clutter", data, rawReflectivities(), feedback);
    Taught taught("clutter", sweeps, m_sources.gateMeters);
    m_heldOutFound |= splitByPart(sweeps, m_settings.string("denoise.hold_out"),
                                  m_settings.real("denoise.validation"), m_seed + 1);
    thin(sweeps);
    for (const SweepEntry& sweep : sweeps.sweeps) {
        feedback.throwIfCancelled();
        SourceSweep one = readSweep(sweeps, sweep, rawReflectivities(), m_rule.moments, feedback);
        taught.read(*one.field);
        if (sweep.validation)
            m_heldClutter.push_back(std::move(one));
        else
            forLengths(*one.field, [&](std::size_t length, float meters) {
                m_sources.clutter[length].push_back(sweepOf(one, m_rule, meters));
                countPresence(m_sources.clutter[length].back(), false);
                taught.used(*one.field);
            });
    }
    taught.tell(text(EMBELLIE_TR("denoise", "echoes")), feedback);
    if (sweeps.dataset) {
        const auto files = usedFiles("clutter", sweeps);
        m_files.insert(m_files.end(), files.begin(), files.end());
    }
}

void Samples::addPair(const SourceSweep& all, const Field& rain) {
    forLengths(*all.field, [&](std::size_t length, float meters) {
        auto [wet, other] = parted(all, rain, m_rule, meters);
        countPresence(wet, true);
        countPresence(other, false);
        std::vector<float> trust(wet.z.size(), 1.0f);
        const auto echoes = [](const Polar& part) {
            return std::count_if(part.z.begin(), part.z.end(), [](float z) { return z > 0; });
        };
        // Sweeps that look over the one or the other teach nothing of it.
        const bool isDry = echoes(wet) < 500, isClean = echoes(other) < 500;
        if (!isDry)
            m_sources.rain[length].push_back({std::move(wet), std::move(trust)});
        if (!isClean)
            m_sources.clutter[length].push_back(std::move(other));
    });
}

void Samples::addValidationPair(SourceSweep all, FieldPtr rain) {
    const auto meters = static_cast<float>(all.field->sweep()->gateMeters);
    auto [wet, other] = parted(all, *rain, m_rule, meters);
    ValidationCase one{all.name, std::move(all.field), std::move(rain), {}, std::move(all.further)};
    const std::size_t cells = wet.z.size();
    SampleMoments moments(m_rule.moments, 0, wet, SampleRandom(m_seed, -2, 0));
    moments.rainIs(wet);
    moments.clutterIs(other);
    moments.season(wet.temperature);
    const Mixture mixture{std::move(wet), std::move(other), std::vector<float>(cells, 1.0f),
                          std::vector<std::uint8_t>(cells, 0)};
    const Polar seen = sum(mixture);
    one.sample = sampleOf(mixture, seen);
    addChannels(one.sample, moments.planes(mixture.rain, seen));
    m_validation.push_back(std::move(one));
}

void Samples::readScenes(const DataByRole& data, Feedback& feedback) {
    SweepData sweeps = opened("scene", data, {"TH"}, feedback);
    std::erase_if(sweeps.sweeps, [](const SweepEntry& sweep) { return !firstOf(sweep.layer, {"DBZH"}); });
    if (sweeps.dataset && sweeps.sweeps.empty())
        throw Error(text(EMBELLIE_TR("denoise", "the scenes have no truth")))
            .in(data.at("scene").front())
            .expected(text(EMBELLIE_TR("denoise", "TH with every echo and DBZH with the rain alone")));
    splitByTime(sweeps, m_settings.real("denoise.validation"));
    thin(sweeps);
    for (const SweepEntry& sweep : sweeps.sweeps) {
        feedback.throwIfCancelled();
        SourceSweep one = readSweep(sweeps, sweep, {"TH"}, m_rule.moments, feedback);
        FieldPtr rain =
            onCellsOf(*one.field->sweep(),
                      sweeps.dataset->read(sweep.layer, *firstOf(sweep.layer, {"DBZH"}), feedback));
        if (!rain)
            throw Error(text(EMBELLIE_TR("denoise", "the rays of rain and of all echoes lie elsewhere")))
                .in(sweeps.dataset->files()[firstOf(sweep.layer, {"DBZH"})->source], sweep.name());
        if (m_rule.moments.looksAloft())
            one.rainAloft = readAloft(sweeps, sweep.layer, "DBZH", feedback);
        if (sweep.validation)
            addValidationPair(std::move(one), std::move(rain));
        else
            addPair(one, *rain);
    }
    if (sweeps.dataset) {
        const auto files = usedFiles("scene", sweeps);
        m_files.insert(m_files.end(), files.begin(), files.end());
    }
}

void Samples::makeScenes(Feedback& feedback) {
    std::int64_t count = m_settings.integer("denoise.scenes");
    if (m_settings.boolean("denoise.all_kinds")) {
        addVariedScenes(count, feedback);
        count = 0; // those for validation alone: varied ones have too little clutter to choose weights by
    }
    const auto files =
        builtInScenes("scene", m_seed, count, m_rule.moments.looksAloft(), feedback,
                      [&](const std::string& name, const SceneSweep& scene, bool validates) {
                          SourceSweep one = simulatedSweep(name, scene.sweep, scene.higher(), m_rule.moments);
                          if (validates)
                              addValidationPair(std::move(one), scene.sweep.dbzh);
                          else
                              addPair(one, *scene.sweep.dbzh);
                      });
    m_files.insert(m_files.end(), files.begin(), files.end());
}

void Samples::addVariedScenes(std::int64_t count, Feedback& feedback) {
    const bool looksAloft = m_rule.moments.looksAloft();
    const auto files = variedScenes(
        "scene", m_seed, count, m_presence.size() > (looksAloft ? 1 : 0), looksAloft, feedback,
        [&](const SceneSweep& scene) {
            addPair(simulatedSweep({}, scene.sweep, scene.higher(), m_rule.moments), *scene.sweep.dbzh);
        });
    m_files.insert(m_files.end(), files.begin(), files.end());
}

void Samples::countPresence(const Polar& sweep, bool isRain) {
    for (std::size_t i = 0; i < sweep.moments.size(); ++i)
        for (std::size_t cell = 0; cell < sweep.moments[i].size(); ++cell)
            if (sweep.z[cell] > 0 && sweep.moments[i][cell] != HiddenMoment)
                m_presence[i].add(isRain, sweep.moments[i][cell] != 0);
}

void Samples::tellPresence(Feedback& feedback) const {
    for (std::size_t i = 0; i < m_presence.size(); ++i) {
        const PresenceCount& count = m_presence[i];
        const std::string& id = m_rule.moments.moments[i].id;
        if (count.rain == 0 || count.rest == 0)
            feedback.message(text(EMBELLIE_TR("denoise", "{0}: none in the rain, or none in the other "
                                                         "echoes, so that it is learnt from made-up ones"),
                                  id));
        else if (count.tells() > TellingPresence)
            feedback.message(
                text(EMBELLIE_TR("denoise", "{0} is there for {1} % of the rain and {2} % of the "
                                            "other echoes: that it is missing gives the answer "
                                            "away; rather learn without it"),
                     id, numberText(std::round(100 * count.rainWith / count.rain)),
                     numberText(std::round(100 * count.restWith / count.rest))));
    }
}

/// Rain held out and clutter held out (made up where there is none), added as they are: whole sweeps that
/// training never saw.
void Samples::mixValidation() {
    if (!m_validation.empty() && m_heldRain.empty() && m_heldClutter.empty())
        return;
    const std::int64_t fields = m_settings.integer("denoise.validation_fields");
    for (std::int64_t i = 0; i < fields; ++i) {
        SampleRandom random(m_seed + 0x5EED, -1, i);
        const SourceSweep* rain = m_heldRain.empty()
                                      ? nullptr
                                      : &m_heldRain[static_cast<std::size_t>(i) * m_heldRain.size() /
                                                    static_cast<std::size_t>(fields)];
        const SourceSweep* clutter = m_heldClutter.empty()
                                         ? nullptr
                                         : &m_heldClutter[static_cast<std::size_t>(i) * m_heldClutter.size() /
                                                          static_cast<std::size_t>(fields)];
        // The first gate length that is not finer than the files'; every second field with the longest one.
        const double own = std::max(rain ? rain->field->sweep()->gateMeters : 0,
                                    clutter ? clutter->field->sweep()->gateMeters : 0);
        float meters = *std::max_element(m_sources.gateMeters.begin(), m_sources.gateMeters.end());
        if (i % 2 == 0)
            for (const float length : m_sources.gateMeters)
                if (own <= 1.01 * length)
                    meters = std::min(meters, length);
        const FieldPtr like = rain ? rain->field : clutter ? clutter->field : nullptr;
        if (!like)
            return;
        Season season(m_rule.moments.season);
        season.is(expectedTemperature(*like));
        Polar wet(m_rule.rays, m_rule.gates, meters), other = wet;
        std::vector<float> trust(wet.z.size(), 1.0f);
        if (rain) {
            RainSource source = rainSource(*rain, m_rule, meters);
            wet = std::move(source.sweep);
            trust = std::move(source.trust);
            other = Polar(wet.rays, wet.gates, meters);
        } else {
            addSyntheticRain(wet, random, season.snow(m_rule.snow));
        }
        SampleMoments moments(m_rule.moments, 0, wet, SampleRandom(m_seed + 0x5EED, -2, i));
        if (rain)
            moments.rainIs(wet);
        else
            moments.rainMadeUp(wet);
        moments.season(season.temperature());
        if (clutter) {
            other = cut(sweepOf(*clutter, m_rule, meters), wet.gates);
            moments.clutterIs(other);
        }
        if (!clutter || i % 3 != 0) // a dry day's higher sweeps alone are too easy
            addSyntheticClutter(other, random, 1, m_rule.sectors, season.insects(),
                                [&](ClutterKind kind) { moments.clutterMadeUp(kind, other); });
        const std::size_t cells = wet.z.size();
        const Mixture mixture{std::move(wet), std::move(other), std::move(trust),
                              std::vector<std::uint8_t>(cells, 0)};
        const Polar seen = sum(mixture);
        ValidationCase one;
        one.name = (rain ? rain->name : text(EMBELLIE_TR("denoise", "made-up rain")).english()) + " + " +
                   (clutter ? clutter->name : text(EMBELLIE_TR("denoise", "made-up echoes")).english());
        one.input = std::make_shared<Field>(fieldOf(seen, *like, "TH"));
        one.reference = std::make_shared<Field>(fieldOf(mixture.rain, *like, "DBZH"));
        one.sample = sampleOf(mixture, seen);
        addChannels(one.sample, moments.planes(mixture.rain, seen));
        for (std::size_t k = 0; k < m_presence.size(); ++k)
            if (moments.isKnown(k)) {
                const Moment& moment = m_rule.moments.moments[k];
                one.companions[moment.id] =
                    std::make_shared<Field>(fieldOf(seen, *like, moment.id, moment.unit, moments.values(k)));
            }
        m_validation.push_back(std::move(one));
    }
}

} // namespace

MixtureRule mixtureRule(const Settings& settings) {
    const auto share = [&](const char* key) { return static_cast<float>(settings.real(key)); };
    MixtureRule rule;
    rule.moments = chosenMoments(settings);
    rule.momentDropout = share("denoise.moment_dropout");
    rule.gates = static_cast<int>(settings.integer("denoise.gates"));
    rule.syntheticRain = share("denoise.synthetic_rain");
    rule.snow = share("denoise.snow");
    rule.shallow = share("denoise.shallow");
    rule.dry = share("denoise.dry");
    rule.realClutter = share("denoise.real_clutter");
    rule.syntheticClutter = share("denoise.synthetic_clutter");
    rule.sectors = share("denoise.sectors");
    rule.sceneRain = share("denoise.scene_rain");
    rule.sceneClutter = share("denoise.scene_clutter");
    rule.noise = share("denoise.noise");
    rule.offset = share("denoise.offset");
    rule.varied = share("denoise.varied");
    return rule;
}

std::unique_ptr<SampleMaker> makeSamples(const Settings& settings, const DataByRole& data, std::uint64_t seed,
                                         Feedback& feedback) {
    return std::make_unique<Samples>(settings, data, seed, feedback);
}

} // namespace embellie::denoise
