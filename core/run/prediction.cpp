#include "core/base/bytes.h"
#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/launch_record.h"
#include "core/run/predict_settings.h"
#include "core/run/run_json.h"
#include "core/run/run_writer.h"

#include <algorithm>
#include <charconv>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

static std::vector<std::pair<int, fs::path>> numberedFolders(const fs::path& folder) {
    std::vector<std::pair<int, fs::path>> found;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        int number = 0;
        const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (problem == std::errc() && end == name.data() + name.size())
            found.emplace_back(number, entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

static json pathsToJson(const std::vector<std::string>& paths) {
    json list = json::array();
    for (const std::string& path : paths)
        list.push_back(bytesToJson(path));
    return list;
}

static std::string pathFromJson(const json& object, const char* key) {
    return optionalBytes(detail::valueOr(object, key, json(""))).value_or("");
}

static std::vector<std::string> pathsFromJson(const json& object, const char* key) {
    std::vector<std::string> paths;
    for (const json& path : detail::valueOr(object, key, json::array()))
        if (auto bytes = optionalBytes(path))
            paths.push_back(*std::move(bytes));
    return paths;
}

fs::path createPrediction(const fs::path& run, const PredictionRequest& request, const LaunchRecord* claim) {
    readRunRequest(run);
    const auto settings = withPredictSettings(run, request).settings;
    const fs::path folder = RunPaths{run}.predictions();
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw systemError(EMBELLIE_TR("run", "the prediction can't be asked for"), folder, error.value());
    const auto known = numberedFolders(folder);
    for (int number = known.empty() ? 1 : known.back().first + 1;; ++number) {
        const fs::path own = folder / std::to_string(number);
        // The folder is the claim on the number: two windows get two.
        if (!fs::create_directory(own, error)) {
            if (error)
                throw systemError(EMBELLIE_TR("run", "the prediction can't be asked for"), own,
                                  error.value());
            continue;
        }
        json words{{"format", RunFormat},
                   {"files", pathsToJson(request.files)},
                   {"output", bytesToJson(request.output)},
                   {"input", request.input},
                   {"settings", settings}};
        if (!request.members.empty())
            words["members"] = pathsToJson(request.members);
        try {
            if (claim)
                writeLaunchRecord(own, *claim);
            writeFileAtomically(own / "request.json",
                                words.dump(1, '\t', false, json::error_handler_t::replace) + "\n");
        } catch (...) {
            fs::remove_all(own, error);
            throw;
        }
        return own;
    }
}

PredictionRequest readPredictionRequest(const fs::path& prediction) {
    const fs::path file = prediction / "request.json";
    const json object = detail::parseRunJson(readFile(file), file);
    PredictionRequest request;
    request.files = pathsFromJson(object, "files");
    request.output = pathFromJson(object, "output");
    request.input = detail::valueOr<std::string>(object, "input", "");
    request.settings = detail::valueOr<std::map<std::string, std::string>>(object, "settings", {});
    request.members = pathsFromJson(object, "members");
    return request;
}

std::optional<PredictionState> readPredictionState(const fs::path& prediction) {
    const fs::path file = prediction / "state.json";
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return std::nullopt;
    const json object = detail::parseRunJson(readFile(file), file);
    PredictionState state;
    state.phase =
        detail::phaseOf(detail::valueOr<std::string>(object, "phase", "")).value_or(RunPhase::Starting);
    state.reason = detail::valueOr<std::string>(object, "reason", "");
    state.host = detail::valueOr<std::string>(object, "host", "");
    state.pid = detail::valueOr<pid_t>(object, "pid", 0);
    state.startTicks = detail::valueOr<unsigned long long>(object, "start_ticks", 0);
    state.heartbeat = detail::valueOr<std::uint64_t>(object, "heartbeat", 0);
    state.done = detail::valueOr(object, "done", 0.0);
    state.total = detail::valueOr(object, "total", 0.0);
    for (const json& result : detail::valueOr(object, "results", json::array()))
        if (result.is_object())
            state.results.push_back({pathFromJson(result, "input"), pathFromJson(result, "output"),
                                     detail::valueOr<std::string>(result, "problem", "")});
    return state;
}

bool isLost(const PredictionState& state) {
    const bool works = state.phase == RunPhase::Starting || state.phase == RunPhase::Running ||
                       state.phase == RunPhase::Stopping;
    return works && state.host == hostName() &&
           !detail::processIsThere(state.host, state.pid, state.startTicks);
}

void writePredictionState(const fs::path& prediction, const PredictionState& state) {
    json results = json::array();
    for (const auto& result : state.results)
        results.push_back({{"input", bytesToJson(result.input)},
                           {"output", bytesToJson(result.output)},
                           {"problem", result.problem}});
    writeFileAtomically(prediction / "state.json",
                        json{{"format", RunFormat},
                             {"phase", phaseKey(state.phase)},
                             {"reason", state.reason},
                             {"host", state.host},
                             {"pid", state.pid},
                             {"start_ticks", state.startTicks},
                             {"heartbeat", state.heartbeat},
                             {"done", state.done},
                             {"total", state.total},
                             {"results", results}}
                                .dump(1, '\t', false, json::error_handler_t::replace) +
                            "\n");
}

static bool mayWorkOff(const fs::path& prediction) {
    try {
        const auto record = readLaunchRecord(prediction);
        if (record && record->executor == "here" && record->host != hostName())
            return false;
        const auto state = readPredictionState(prediction);
        return !state || isLost(*state);
    } catch (const Error&) {
        return false; // one that can't be read must not keep us from the others
    }
}

std::vector<fs::path> openPredictions(const fs::path& run) {
    std::vector<fs::path> open;
    for (const auto& [number, folder] : numberedFolders(RunPaths{run}.predictions())) {
        std::error_code ignored;
        if (fs::exists(folder / "request.json", ignored) && mayWorkOff(folder))
            open.push_back(folder);
    }
    return open;
}

} // namespace embellie
