#include "core/run/shipped_model.h"

#include "core/base/file.h"
#include "core/run/run_directory.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;

static fs::path modelFolder() {
    return resourceFolder() / "models";
}

static Error cannotBeCopied(const std::string& why, const fs::path& folder) {
    return Error(text(EMBELLIE_TR("run", "the model can't be copied to where it can be used: {0}"), why))
        .in(folder)
        .remedy(text(EMBELLIE_TR("run", "name a writable folder in XDG_CACHE_HOME")));
}

/// Where everybody may make folders, weights are believed only in one that nobody else may write into.
static fs::path ownTemporaryFolder() {
    std::error_code error;
    const fs::path temporary = fs::temp_directory_path(error);
    if (error)
        throw cannotBeCopied(error.message(), temporary);
    const fs::path folder = temporary / ("embellie-cache-" + std::to_string(::geteuid()));
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        throw cannotBeCopied(std::generic_category().message(errno), folder);
    struct stat status {};
    if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != ::geteuid() ||
        (status.st_mode & 077) != 0)
        throw Error(
            text(EMBELLIE_TR("run", "there is no safe place for the model that comes with the program")))
            .in(folder)
            .expected(text(EMBELLIE_TR("run", "a folder of your own that nobody else may enter")))
            .remedy(text(EMBELLIE_TR("run", "name a writable folder in XDG_CACHE_HOME")));
    return folder;
}

static fs::path cacheFolder() {
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && fs::path(cache).is_absolute())
        return cache;
    if (const char* home = std::getenv("HOME"); home && fs::path(home).is_absolute())
        return fs::path(home) / ".cache";
    return ownTemporaryFolder();
}

std::vector<fs::path> shippedModels() {
    std::vector<fs::path> models;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(modelFolder(), error))
        if (isRunDirectory(entry.path()) && fs::exists(RunPaths{entry.path()}.weights()))
            models.push_back(entry.path());
    std::sort(models.begin(), models.end());
    return models;
}

std::optional<fs::path> shippedModel(const std::string& task) {
    for (const fs::path& model : shippedModels())
        if (readRunRequest(model).task == task)
            return model;
    return std::nullopt;
}

/// A colleague's, on a disk that is shared, with weights in it.
static bool isOfOthers(const fs::path& run) {
    const RunPaths paths{run};
    std::error_code ignored;
    if (!fs::exists(paths.weights(), ignored) || fs::exists(run / "mirror.json", ignored))
        return false;
    const fs::path folder = fs::exists(paths.predictions(), ignored) ? paths.predictions() : run;
    return ::access(folder.c_str(), W_OK) != 0 && (errno == EACCES || errno == EROFS);
}

static void copyWhatPredicts(const fs::path& run, const fs::path& to) {
    fs::create_directory(to);
    for (const char* name :
         {"request.toml", "weights.safetensors", "card.md", "state.json", "predict.json", "model"})
        if (fs::exists(run / name))
            fs::copy(run / name, to / name, fs::copy_options::recursive);
}

fs::path usableRun(const fs::path& run) {
    const fs::path models = fs::weakly_canonical(modelFolder()), wanted = fs::weakly_canonical(run);
    const bool isShipped = wanted.parent_path() == models;
    if (!isShipped && !isOfOthers(wanted))
        return run;
    // Another version's model is another folder: its predictions are not those of this one.
    std::error_code ignored;
    const std::string choice =
        !isShipped && fs::exists(wanted / "predict.json", ignored) ? readFile(wanted / "predict.json") : "";
    const std::string hash = sha256(readFile(RunPaths{wanted}.weights()) + choice);
    const fs::path copy =
        cacheFolder() / "embellie" / "models" / (wanted.filename().string() + "-" + hash.substr(0, 12));
    if (isRunDirectory(copy))
        return copy;
    fs::path aside = copy;
    aside += "." + std::to_string(::getpid());
    try {
        fs::create_directories(copy.parent_path());
        fs::remove_all(aside);
        if (isShipped)
            fs::copy(wanted, aside, fs::copy_options::recursive);
        else
            copyWhatPredicts(wanted, aside);
        for (const auto& entry : fs::recursive_directory_iterator(aside)) // read-only where installed so
            fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add);
        fs::permissions(aside, fs::perms::owner_write, fs::perm_options::add);
        const RunPaths paths{aside};
        for (const fs::path& folder :
             {paths.control(), paths.checkpoints(), paths.samples(), paths.predictions()})
            fs::create_directories(folder);
        std::error_code taken;
        fs::rename(aside, copy, taken);
        if (taken) { // another process was as quick
            fs::remove_all(aside);
            if (!isRunDirectory(copy))
                throw fs::filesystem_error("rename", copy, taken);
        }
    } catch (const fs::filesystem_error& problem) {
        throw cannotBeCopied(problem.code().message(), copy);
    }
    return copy;
}

} // namespace embellie
