#include "core/task/built_in.h"

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

} // namespace

std::vector<UsedFile>
builtInScenes(const std::string& role, std::uint64_t seed, std::int64_t count, bool aloft, Feedback& feedback,
              const std::function<void(const std::string&, const SceneSweep&, bool)>& use) {
    std::vector<UsedFile> files;
    for (std::int64_t i = 0; i < count + 4; ++i) {
        feedback.throwIfCancelled();
        feedback.progress(static_cast<double>(i), static_cast<double>(count + 4));
        RandomSequence random(RandomStream(seed, static_cast<Purpose>(202), static_cast<std::uint32_t>(i)));
        Settings settings(sceneSettings());
        settings.set("sim.seed", static_cast<std::int64_t>(seed * 1000) + i + 1);
        settings.set("sim.times", std::int64_t(1));
        settings.set("sim.elevations", withAbove({i % 2 == 0 ? 0.5 : 1.5}, aloft, i));
        settings.set("sim.rain_cover", random.uniform(0.08, 0.55));
        settings.set("sim.cells", random.uniform(4, 30));
        settings.set("sim.band", random.uniform() < 0.5);
        settings.set("sim.relief", random.uniform(80, 450));
        settings.set("sim.wind_from", random.uniform(0, 360));
        const SimulatedScene scene(settings);
        const bool validates = i >= count;
        const std::string name =
            text(EMBELLIE_TR("task", "built-in scene {0}"), settings.integer("sim.seed")).english();
        const SceneSweep sweep = sceneSweep(scene, 0, 1, aloft);
        use(name + ", " + numberText(sweep.sweep.th->sweep()->fixedAngle) + "°", sweep, validates);
        files.push_back({role, "", name, validates ? "validation" : "train"});
    }
    return files;
}

std::vector<UsedFile> variedScenes(const std::string& role, std::uint64_t seed, std::int64_t count,
                                   bool moments, bool aloft, Feedback& feedback,
                                   const std::function<void(const SceneSweep&)>& use) {
    std::vector<UsedFile> files;
    for (std::int64_t i = 0; i < count; ++i) {
        feedback.throwIfCancelled();
        feedback.progress(static_cast<double>(i), static_cast<double>(count));
        Settings settings(sceneSettings());
        settings.set("sim.seed", static_cast<std::int64_t>(seed * 1000) + 500'000 + i);
        settings.set("sim.times", std::int64_t(1));
        const double lowest = 0.1 * static_cast<double>(i % 9);
        // A volume has many sweeps that look over the clutter, into the upper edge of the rain.
        constexpr double above[] = {0.7, 1, 1.6, 2.5, 4, 6, 9};
        settings.set("sim.elevations", withAbove({lowest, lowest + above[i % std::ssize(above)]}, aloft, i));
        settings.set("sim.moments", moments);
        settings.set("sim.variety", true);
        const SimulatedScene scene(settings);
        for (const std::size_t sweep : {0, 1})
            use(sceneSweep(scene, sweep, 2, aloft));
        files.push_back(
            {role, "", text(EMBELLIE_TR("task", "varied scene {0}"), settings.integer("sim.seed")).english(),
             "train"});
    }
    return files;
}

} // namespace embellie
