#pragma once

#include "core/base/feedback.h"

#include <QImage>

#include <filesystem>

#include "gui/scene/palette.h"

namespace embellie {

/// Where the built-in scene of this version lies, or will lie, below @p cache.
std::filesystem::path builtInSceneFolder(const std::filesystem::path& cache);

/// The scene that is always there: simulated with the default settings and written as ODIM_H5 below @p cache,
/// unless it was before by this version. @return its folder @throws Error, Cancelled
std::filesystem::path makeBuiltInScene(const std::filesystem::path& cache, Feedback& feedback);

/// A sweep of it, everything the radar sees and the true rain, for the start page; kept below @p cache.
struct ScenePreview {
    QImage raw, rain;
};
ScenePreview previewOfScene(const PaletteBook& book, ThemeKind theme, QSize pixels,
                            const std::filesystem::path& cache);

} // namespace embellie
