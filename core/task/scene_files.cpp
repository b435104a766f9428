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
                                                   const std::filesystem::path& folder, Feedback& feedback,
                                                   const std::filesystem::path& rawFolder) {
    for (const std::filesystem::path& one : {folder, rawFolder}) {
        std::error_code error;
        if (!one.empty())
            std::filesystem::create_directories(one, error);
        if (error)
            throw systemError(EMBELLIE_TR("simulate", "the folder can't be made"), one, error.value());
    }
    if (std::error_code ignored; std::filesystem::equivalent(folder, rawFolder, ignored))
        throw Error(text(EMBELLIE_TR("simulate", "files without the truth would replace those with it")))
            .in(rawFolder)
            .remedy(text(EMBELLIE_TR("simulate", "name two folders")))
            .wrongUse();
    std::vector<std::filesystem::path> files;
    Feedback quiet(feedback.stopToken()); // one volume's own progress would jump about in that of all
    for (std::size_t time = 0; time < scene.times(); ++time) {
        const SimulatedVolume volume = scene.volume(time, quiet);
        files.push_back(folder / fileName(scene.site(), volume.time));
        OdimVolume content = odimVolume(scene, volume);
        writeOdimVolume(files.back(), content, quiet);
        if (!rawFolder.empty()) {
            for (std::vector<OdimMoment>& sweep : content.sweeps)
                std::erase_if(sweep, [](const OdimMoment& one) { return one.field->quantity().id != "TH"; });
            content.how["comment"] = std::string("simulated; TH is every echo");
            writeOdimVolume(rawFolder / files.back().filename(), content, quiet);
        }
        feedback.progress(static_cast<double>(time + 1), static_cast<double>(scene.times()));
    }
    return files;
}

} // namespace embellie
