#include "core/run/predict_settings.h"

#include "core/base/file.h"
#include "core/run/run_json.h"

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

static fs::path fileOf(const fs::path& run) {
    return run / "predict.json";
}

std::map<std::string, std::string> readPredictSettings(const fs::path& run) {
    const fs::path file = fileOf(run);
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return {};
    return detail::valueOr<std::map<std::string, std::string>>(detail::parseRunJson(readFile(file), file),
                                                               "settings", {});
}

void writePredictSettings(const fs::path& run, const std::map<std::string, std::string>& settings) {
    const fs::path file = fileOf(run);
    if (!settings.empty()) {
        writeFileAtomically(file, json{{"format", RunFormat}, {"settings", settings}}.dump(1, '\t') + "\n");
        return;
    }
    std::error_code error;
    fs::remove(file, error);
    if (error)
        throw systemError(EMBELLIE_TR("run", "the file can't be removed"), file, error.value());
}

PredictionRequest withPredictSettings(const fs::path& run, PredictionRequest request) {
    request.settings.merge(readPredictSettings(run));
    return request;
}

} // namespace embellie
