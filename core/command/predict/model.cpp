#include "core/command/predict/model.h"

#include "core/base/file.h"
#include "core/command/learner.h"
#include "core/network/script/script.h"
#include "core/run/run_directory.h"

#include <cstdlib>

namespace embellie {

namespace fs = std::filesystem;

namespace {

fs::path runsFolder() {
    if (const char* named = std::getenv("EMBELLIE_RUNS"); named && *named)
        return fs::absolute(named);
    const char* home = std::getenv("HOME");
    if (!home || !*home)
        throw Error(text(EMBELLIE_TR("command", "there is no folder for runs")))
            .remedy(text(EMBELLIE_TR("command", "name one in EMBELLIE_RUNS")));
    return fs::path(home) / "embellie" / "runs";
}

std::string folderName(const std::string& name) {
    std::string plain;
    for (const char letter : name) {
        const bool isPlain = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
                             (letter >= 'A' && letter <= 'Z') || letter == '-' || letter == '.';
        plain += isPlain && !(plain.empty() && letter == '.') ? letter : '_';
    }
    return plain.empty() ? "model" : plain;
}

bool isSame(const fs::path& a, const fs::path& b, Feedback& feedback) {
    std::error_code error;
    return fs::is_regular_file(b, error) && fs::file_size(a, error) == fs::file_size(b, error) && !error &&
           sha256OfFile(a, feedback) == sha256OfFile(b, feedback);
}

} // namespace

fs::path runOfModel(const fs::path& file, Feedback& feedback) {
    const ScriptModel model = readScriptModel(file);
    const fs::path base = runsFolder() / folderName(model.name);
    fs::path run = base;
    std::error_code ignored;
    for (int number = 2; fs::exists(run, ignored); ++number) {
        const RunPaths paths{run};
        if (fs::exists(paths.weights(), ignored) && isSame(file, run / "model" / file.filename(), feedback) &&
            isSame(model.file, run / "model" / model.file.filename(), feedback))
            return run;
        run = base.string() + "-" + std::to_string(number);
    }
    runLearner({"import", fs::absolute(file).lexically_normal().string(), run.string()});
    feedback.message(text(EMBELLIE_TR("command", "the model is the run {0} from now on"), run.string()));
    return run;
}

} // namespace embellie
