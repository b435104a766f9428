#include "gui/pages/start/built_in_scene.h"

#include "core/base/file.h"
#include "core/io/odim/odim_writer.h"
#include "core/simulate/scene.h"
#include "gui/draw/cpu_painter.h"
#include "gui/workspace/paths.h"

#include <string>

namespace embellie {

std::filesystem::path builtInSceneFolder(const std::filesystem::path& cache) {
    return cache / ("scene-" EMBELLIE_VERSION);
}

std::filesystem::path makeBuiltInScene(const std::filesystem::path& cache, Feedback& feedback) {
    const std::filesystem::path folder = builtInSceneFolder(cache);
    if (std::filesystem::exists(folder))
        return folder;
    std::filesystem::create_directories(cache);
    Settings settings(sceneSettings());
    const SimulatedScene scene(settings);
    const std::size_t total = scene.times() * scene.sweeps();
    feedback.message(text(EMBELLIE_TR("pages", "Simulating rain and ground echoes")));
    writeFolderAtomically(folder, [&](const std::filesystem::path& aside) {
        for (std::size_t time = 0; time < scene.times(); ++time) {
            OdimVolume volume;
            volume.time = scene.time(time);
            volume.site = scene.site();
            for (std::size_t i = 0; i < scene.sweeps(); ++i) {
                feedback.throwIfCancelled();
                feedback.progress(double(time * scene.sweeps() + i), double(total));
                const SimulatedSweep sweep = scene.sweep(time, i);
                std::vector<OdimMoment>& moments = volume.sweeps.emplace_back();
                for (const FieldPtr& field : sweep.fields())
                    moments.push_back({field, {}, {}});
            }
            std::string name = isoTime(volume.time);
            std::erase_if(name, [](char c) { return c == ':' || c == '-'; });
            writeOdimVolume(aside / (name + ".h5"), volume, feedback);
        }
    });
    return folder;
}

ScenePreview previewOfScene(const PaletteBook& book, ThemeKind theme, QSize pixels,
                            const std::filesystem::path& cache) {
    const std::string name = "preview-" EMBELLIE_VERSION "-" +
                             std::string(theme == ThemeKind::Dark ? "dark" : "light") + "-" +
                             std::to_string(pixels.width()) + "x" + std::to_string(pixels.height());
    const QString rawFile = toQString(cache / (name + "-raw.png")),
                  rainFile = toQString(cache / (name + "-rain.png"));
    ScenePreview kept{QImage(rawFile), QImage(rainFile)};
    if (kept.raw.size() == pixels && kept.rain.size() == pixels)
        return kept;
    Settings settings(sceneSettings());
    const SimulatedScene scene(settings);
    const SimulatedSweep sweep = scene.sweep(0, 0);
    CpuPainter painter;
    const auto draw = [&](const FieldPtr& field) {
        Scene2D picture = emptyScene2D(book.theme(theme), pixels);
        picture.layers = {layerFor(field, book)};
        picture.plane = *naturalPlane(*field);
        const QRectF extent = extentIn(*field, picture.plane);
        // The middle half: what is far away is mostly nothing.
        picture.camera = zoomed(fittedCamera(extent, picture.plane, pixels), 1.8,
                                QPointF(pixels.width() / 2.0, pixels.height() / 2.0), pixels);
        return painter.draw(picture, Quality::Full).image;
    };
    const ScenePreview preview{draw(sweep.th), draw(sweep.dbzh)};
    // Where it can't be kept it is drawn anew next time.
    std::error_code ignored;
    std::filesystem::create_directories(cache, ignored);
    preview.raw.save(rawFile);
    preview.rain.save(rainFile);
    return preview;
}

} // namespace embellie
