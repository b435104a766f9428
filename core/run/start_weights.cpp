#include "core/run/start_weights.h"

namespace embellie {

namespace fs = std::filesystem;

void startFrom(RunRequest& request, const std::string& runOrFile) {
    if (runOrFile.empty())
        return;
    fs::path file = runOrFile;
    std::error_code error;
    if (fs::is_directory(file, error)) {
        const RunPaths run{fs::absolute(file).lexically_normal()};
        if (!fs::exists(run.weights(), error))
            throw Error(text(EMBELLIE_TR("run", "the run has no weights yet")))
                .in(run.run)
                .remedy(text(EMBELLIE_TR("run", "wait for the end of its first epoch")));
        file = run.weights();
    } else if (fs::exists(file, error)) {
        file = fs::absolute(file).lexically_normal();
    }
    request.data[StartRole] = {file.string()};
}

} // namespace embellie
