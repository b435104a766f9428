#pragma once

#include "core/command/command.h"

#include <filesystem>
#include <functional>

namespace embellie {

struct WatchWords {
    std::filesystem::path folder, output;
    double everySeconds = 1; ///< between two looks
};

/// Writes the result of the first file to the second. @throws Error where that file can't be cleaned,
/// Cancelled
using CleanFile = std::function<void(const std::filesystem::path&, const std::filesystem::path&)>;

/// predict --watch: cleans what arrives in a folder, the newest first, until it is asked to stop; a file that
/// can't be cleaned is told once and left alone until it changes. Keeps nothing of a file but its name while
/// it lies in the folder. @return 0 @throws Error where it can't begin
int watchFolder(const WatchWords& words, const CleanFile& clean, CommandContext& context);

} // namespace embellie
