#include "core/task/scene_files.h"

#include "core/base/error.h"

namespace embellie {

static std::string fileName(const Site& site, TimePoint time) {
    std::string stamp = isoTime(time); // 2024-06-15T14:00:00Z
    std::string name = site.id + "_";
    for (const char letter : stamp)
        if (letter >= '0' && letter <= '9')
            name += letter;
        else if (letter == 'T')
            name += '_';
    return name + ".h5";
}

OdimVolume odimVolume(const SimulatedScene& scene, const SimulatedVolume& volume) {
    OdimVolume content;
    content.time = volume.time;
    content.site = scene.site();
    content.how["comment"] =
        std::string("simulated; DBZH is the true rain, TH everything, CLASS the strongest echo");
    content.how["simulated"] = std::string("True");
    for (const SimulatedSweep& sweep : volume.sweeps) {
        std::vector<OdimMoment> moments;
        for (const FieldPtr& field : sweep.fields())
            moments.push_back({field, {}, {}});
        content.sweeps.push_back(std::move(moments));
    }
    return content;
}

std::vector<std::filesystem::path> writeSceneFiles(const SimulatedScene& scene,
                                                   const std::filesystem::path& folder, Feedback& feedback) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw systemError(EMBELLIE_TR("simulate", "the folder can't be made"), folder, error.value());
    std::vector<std::filesystem::path> files;
    Feedback quiet(feedback.stopToken()); // one volume's own progress would jump about in that of all
    for (std::size_t time = 0; time < scene.times(); ++time) {
        const SimulatedVolume volume = scene.volume(time, quiet);
        files.push_back(folder / fileName(scene.site(), volume.time));
        writeOdimVolume(files.back(), odimVolume(scene, volume), quiet);
        feedback.progress(static_cast<double>(time + 1), static_cast<double>(scene.times()));
    }
    return files;
}

} // namespace embellie
