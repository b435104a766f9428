#include "core/task/built_in.h"

#include "core/base/made_ahead.h"
#include "core/simulate/random.h"

namespace embellie {

namespace {

/// The elevations @p angles, behind which are those above them where @p aloft says so. The sweeps in front
/// are the same with and without.
std::vector<double> withAbove(std::vector<double> angles, bool aloft, std::int64_t scene) {
    const std::vector<double> below = angles;
    if (aloft)
        for (const double angle : below)
            angles.push_back(angle + 0.5 + 0.25 * static_cast<double>(scene % 5));
    return angles;
}

SceneSweep sceneSweep(const SimulatedScene& scene, std::size_t sweep, std::size_t sweeps, bool aloft) {
    SceneSweep made{scene.sweep(0, sweep), {}};
    if (aloft)
        made.above = scene.sweep(0, sweeps + sweep);
    return made;
}

Settings builtInScene(std::uint64_t seed, std::int64_t scene, bool aloft) {
    RandomSequence random(RandomStream(seed, static_cast<Purpose>(202), static_cast<std::uint32_t>(scene)));
    Settings settings(sceneSettings());
    settings.set("sim.seed", static_cast<std::int64_t>(seed * 1000) + scene + 1);
    settings.set("sim.times", std::int64_t(1));
    settings.set("sim.elevations", withAbove({scene % 2 == 0 ? 0.5 : 1.5}, aloft, scene));
    settings.set("sim.rain_cover", random.uniform(0.08, 0.55));
    settings.set("sim.cells", random.uniform(4, 30));
    settings.set("sim.band", random.uniform() < 0.5);
    settings.set("sim.relief", random.uniform(80, 450));
    settings.set("sim.wind_from", random.uniform(0, 360));
    return settings;
}

Settings variedScene(std::uint64_t seed, std::int64_t scene, bool moments, bool aloft) {
    Settings settings(sceneSettings());
    settings.set("sim.seed", static_cast<std::int64_t>(seed * 1000) + 500'000 + scene);
    settings.set("sim.times", std::int64_t(1));
    const double lowest = 0.1 * static_cast<double>(scene % 9);
    // A volume has many sweeps that look over the clutter, into the upper edge of the rain.
    constexpr double above[] = {0.7, 1, 1.6, 2.5, 4, 6, 9};
    settings.set("sim.elevations",
                 withAbove({lowest, lowest + above[scene % std::ssize(above)]}, aloft, scene));
    settings.set("sim.moments", moments);
    settings.set("sim.variety", true);
    return settings;
}

struct MadeScene {
    std::int64_t seed;
    std::vector<SceneSweep> sweeps;
};

MadeScene madeScene(const Settings& settings, std::size_t sweeps, bool aloft) {
    const SimulatedScene scene(settings);
    MadeScene made{settings.integer("sim.seed"), {}};
    for (std::size_t sweep = 0; sweep < sweeps; ++sweep)
        made.sweeps.push_back(sceneSweep(scene, sweep, sweeps, aloft));
    return made;
}

/// Calls @p use with the number and what @p make makes of it, in order, for each scene.
void forScenes(std::int64_t count, Feedback& feedback, const std::function<MadeScene(std::int64_t)>& make,
               const std::function<void(std::int64_t, const MadeScene&)>& use) {
    std::int64_t scene = 0;
    madeAhead(count, make, [&](const MadeScene& made) {
        feedback.throwIfCancelled();
        feedback.progress(static_cast<double>(scene), static_cast<double>(count));
        use(scene++, made);
    });
}

} // namespace

std::vector<UsedFile>
builtInScenes(const std::string& role, std::uint64_t seed, std::int64_t count, bool aloft, Feedback& feedback,
              const std::function<void(const std::string&, const SceneSweep&, bool)>& use) {
    std::vector<UsedFile> files;
    forScenes(
        count + 4, feedback,
        [=](std::int64_t scene) { return madeScene(builtInScene(seed, scene, aloft), 1, aloft); },
        [&](std::int64_t scene, const MadeScene& made) {
            const bool validates = scene >= count;
            const std::string name = text(EMBELLIE_TR("task", "built-in scene {0}"), made.seed).english();
            const SceneSweep& sweep = made.sweeps.front();
            use(name + ", " + numberText(sweep.sweep.th->sweep()->fixedAngle) + "°", sweep, validates);
            files.push_back({role, "", name, validates ? "validation" : "train"});
        });
    return files;
}

std::vector<UsedFile> variedScenes(const std::string& role, std::uint64_t seed, std::int64_t count,
                                   bool moments, bool aloft, Feedback& feedback,
                                   const std::function<void(const SceneSweep&)>& use) {
    std::vector<UsedFile> files;
    forScenes(
        count, feedback,
        [=](std::int64_t scene) { return madeScene(variedScene(seed, scene, moments, aloft), 2, aloft); },
        [&](std::int64_t, const MadeScene& made) {
            for (const SceneSweep& sweep : made.sweeps)
                use(sweep);
            files.push_back(
                {role, "", text(EMBELLIE_TR("task", "varied scene {0}"), made.seed).english(), "train"});
        });
    return files;
}

} // namespace embellie
