#include "core/base/file.h"
#include "core/base/process.h"
#include "core/launch/devices.h"
#include "core/launch/launch.h"
#include "core/launch/predict.h"
#include "core/launch/relay_questions.h"
#include "core/launch/relay_wire.h"

#include <algorithm>
#include <fstream>

namespace embellie::relay {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::uintmax_t MostAppended = 256 << 10; ///< of one growing file in one answer

fs::path runOf(const json& with) {
    const fs::path run = farPath(bytesFromJson(with.at("run")));
    if (!isRunDirectory(run))
        throw Error(text(EMBELLIE_TR("launch", "the run is not there any more"))).in(run);
    return run;
}

LaunchSite siteOf(const json& with) {
    const json& site = with.at("site");
    const std::string id = site.at("id");
    return behindSsh(parseSite(id, site.at("text"), id + ".toml"));
}

Resources resourcesOf(const json& with) {
    return resourcesFrom(with.at("resources").get<std::map<std::string, std::string>>());
}

std::string contentOf(const fs::path& file) {
    std::error_code ignored;
    return fs::is_regular_file(file, ignored) ? readFile(file) : std::string();
}

json placeOf(const fs::path& run, const LaunchResult& result) {
    return {{"run", bytesToJson(run.string())},
            {"site", result.site},
            {"pid", result.pid},
            {"detached", result.detached},
            {"job", result.job},
            {"launch", contentOf(RunPaths{run}.launch())}};
}

/// Does @p change once, however often it is asked for with that token: the first answer is kept in the run.
json once(const fs::path& run, const json& with, Feedback& feedback, const std::function<json()>& change) {
    const std::string token = with.at("token");
    if (token.empty() || token.find_first_not_of("0123456789abcdef") != std::string::npos)
        throw Error(text(EMBELLIE_TR("launch", "the relay's words can't be understood")));
    const fs::path folder = RunPaths{run}.control() / "answers";
    fs::create_directories(folder);
    const FileLock lock(folder / "lock", &feedback);
    const fs::path file = folder / (token + ".json");
    if (const std::string known = contentOf(file); !known.empty())
        return json::parse(known);
    const json answer = change();
    writeFileAtomically(file, lineOf(answer));
    return answer;
}

/// @throws Error unless it is the name of one folder
const std::string& checkedName(const std::string& name) {
    if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos ||
        name.find('\0') != std::string::npos)
        throw Error(text(EMBELLIE_TR("launch", "\"{0}\" is no name of a run"), name)).wrongUse();
    return name;
}

/// The run's folder below @p folder: one that the same token made is found again, a name that others took
/// gets a number.
fs::path createOnce(const fs::path& folder, const std::string& name, RunRequest request,
                    const std::string& token) {
    checkedName(name);
    request.resources["token"] = token;
    const auto isOurs = [&](const fs::path& run) {
        if (!isRunDirectory(run))
            return false;
        const auto known = readRunRequest(run).resources;
        const auto found = known.find("token");
        return found != known.end() && found->second == token;
    };
    for (int number = 1;; ++number) {
        const fs::path run = folder / (number == 1 ? name : name + "-" + std::to_string(number));
        std::error_code ignored;
        if (!fs::exists(run, ignored)) {
            try {
                createRun(run, request);
                return run;
            } catch (const Error&) {
                if (!fs::exists(run, ignored)) // else somebody was quicker
                    throw;
            }
        }
        if (isOurs(run))
            return run;
        if (number >= 10000)
            throw Error(text(EMBELLIE_TR("launch", "too many runs have that name"))).in(folder / name);
    }
}

json launchQuestion(const json& with, Feedback& feedback) {
    const LaunchSite site = siteOf(with);
    const Resources resources = resourcesOf(with);
    const fs::path folder = farPath(site.runs.empty() ? "embellie-runs" : site.runs);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw systemError(EMBELLIE_TR("launch", "the folder of runs can't be made"), folder, error.value());
    std::vector<RunRequest> requests;
    for (const json& one : with.at("runs")) {
        requests.push_back(requestFromJson(one.at("request")));
        checkRequest(requests.back());
    }
    std::vector<fs::path> runs;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const json& one = with["runs"][i];
        const std::string group = bytesFromJson(one.at("group"));
        runs.push_back(createOnce(group.empty() ? folder : folder / checkedName(group),
                                  bytesFromJson(one.at("name")), requests[i], one.at("token")));
    }
    if (runs.empty())
        return json::array();

    // A near side that lost the line asks again while the first question may still be at work.
    const FileLock lock(RunPaths{runs.front()}.control() / "launch.lock", &feedback);
    std::vector<LaunchResult> results;
    bool sent = true;
    for (const fs::path& run : runs) {
        const auto record = readLaunchRecord(run);
        sent = sent && record && (!record->job.empty() || record->pid > 0);
        if (sent)
            results.push_back({record->site, record->pid, record->detached, record->job});
    }
    if (!sent)
        results = with.value("array", false)
                      ? launchArray(runs, site, resources, feedback)
                      : std::vector<LaunchResult>{launch(runs.front(), site, resources, feedback)};
    json places = json::array();
    for (std::size_t i = 0; i < results.size(); ++i)
        places.push_back(placeOf(runs[i], results[i]));
    return places;
}

json resumeQuestion(const json& with, Feedback& feedback) {
    const fs::path run = runOf(with);
    return once(run, with, feedback,
                [&] { return placeOf(run, resumeRun(run, resourcesOf(with), feedback)); });
}

json extendQuestion(const json& with, Feedback& feedback) {
    const fs::path run = runOf(with);
    return once(run, with, feedback, [&]() -> json {
        const auto result = extendRun(run, with.at("more").get<int>(), resourcesOf(with), feedback);
        return result ? placeOf(run, *result) : json();
    });
}

json stopQuestion(const json& with, Feedback& feedback) {
    const fs::path run = runOf(with);
    return once(run, with, feedback, [&]() -> json {
        const Stopped stopped = stopRun(run, with.at("discard").get<bool>(), nullptr, {&feedback});
        return stopped == Stopped::TakenFromQueue ? "taken from queue"
               : stopped == Stopped::WasDead      ? "was dead"
                                                  : "asked";
    });
}

json requestQuestion(const json& with, Feedback&) {
    const RunRequest request = readRunRequest(runOf(with));
    const auto token = request.resources.find("token");
    return {{"request", requestToJson(request)},
            {"token", token == request.resources.end() ? "" : token->second}};
}

json noteQuestion(const json& with, Feedback&) {
    writeFileAtomically(runOf(with) / "note.txt", bytesFromJson(with.at("note")));
    return nullptr;
}

json predictQuestion(const json& with, Feedback& feedback) {
    const fs::path run = runOf(with);
    return once(run, with, feedback, [&]() -> json {
        PredictionRequest request;
        for (const json& file : with.at("files"))
            request.files.push_back(farPath(bytesFromJson(file)).string());
        request.input = with.at("input");
        request.settings = with.at("settings").get<std::map<std::string, std::string>>();
        for (const json& member : with.value("members", json::array()))
            request.members.push_back(farPath(bytesFromJson(member)).string());
        const PredictionWishes wishes{resourcesOf(with), true};
        return {{"folder", bytesToJson(startPrediction(run, request, wishes).folder.string())}};
    });
}

json predictionQuestion(const json& with, FollowedRuns& followed) {
    const PredictionStarted started = startedPrediction(farPath(bytesFromJson(with.at("folder"))));
    JobStatus job;
    if (!started.job.empty())
        job = followed.standing(started.job,
                                std::chrono::milliseconds(with.at("every_ms").get<std::int64_t>()));
    // The job first: who ends in between has said so.
    const std::optional<PredictionState> known = readPredictionState(started.folder);
    const PredictionState state = known.value_or(PredictionState{});
    json results = json::array();
    for (const PredictionState::Result& one : state.results)
        results.push_back({{"input", bytesToJson(one.input)},
                           {"output", bytesToJson(one.output)},
                           {"problem", bytesToJson(one.problem)}});
    return {{"phase", phaseKey(state.phase)},
            {"reason", bytesToJson(state.reason)},
            {"host", state.host},
            {"pid", state.pid},
            {"heartbeat", state.heartbeat},
            {"elsewhere", known && started.job.empty() && state.host != hostName()},
            {"done", state.done},
            {"total", state.total},
            {"job", toJson(job)},
            {"abandoned", isAbandoned(started, known, job)},
            {"results", results}};
}

json dropPredictionQuestion(const json& with, Feedback&) {
    dropPrediction(startedPrediction(farPath(bytesFromJson(with.at("folder")))));
    return nullptr;
}

json runsQuestion(const json& with, Feedback&) {
    std::string folder = bytesFromJson(with.at("folder"));
    if (folder.empty()) {
        const LaunchSite site = siteOf(with);
        folder = site.runs.empty() ? "embellie-runs" : site.runs;
    }
    json list = json::array();
    std::error_code ignored;
    if (!fs::exists(farPath(folder), ignored))
        return list;
    for (const RunSummary& summary : listRuns(farPath(folder))) {
        json one{{"run", bytesToJson(summary.run.string())}, {"status", statusKey(summary.status)}};
        if (summary.problem) {
            one["problem"] = summary.problem->what();
        } else {
            one["task"] = summary.request.task;
            one["network"] = summary.request.network;
            one["created"] = isoTime(summary.request.created);
        }
        if (const auto& state = summary.state) {
            one["epoch"] = state->epoch;
            one["epochs"] = state->epochs;
            one["reason"] = bytesToJson(state->reason);
        }
        list.push_back(std::move(one));
    }
    return list;
}

/// What a file has beyond @p known bytes; from its begin where it became shorter. The near side takes it
/// where it still has what is known.
json grownPart(const fs::path& file, std::uintmax_t known, bool& unfinished) {
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(file, missing);
    if (missing || size == known)
        return nullptr;
    const std::uintmax_t begin = size < known ? 0 : known;
    std::ifstream in(file, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(begin));
    std::string added(std::min(size - begin, MostAppended), '\0');
    in.read(added.data(), static_cast<std::streamsize>(added.size()));
    added.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
    unfinished = unfinished || begin + added.size() < size;
    return {{"known", known}, {"anew", begin < known}, {"data", bytesToJson(added)}};
}

json pollQuestion(const json& with, FollowedRuns& followed) {
    const RunPaths paths{runOf(with)};
    const json& have = with.at("have");
    const FollowedRuns::Standing standing =
        followed.standing(paths.run, std::chrono::milliseconds(with.at("every_ms").get<std::int64_t>()));
    json is{{"status", statusKey(standing.status)}, {"files", json::object()}, {"grown", json::object()}};
    if (standing.job.phase != JobPhase::Unknown)
        is["queue"] = toJson(standing.job);
    // The state is read before the events and given after them: who sees the end has all that came before it.
    const std::pair<const char*, fs::path> whole[] = {
        {"state.json", paths.state()}, {"launch.json", paths.launch()}, {"split.json", paths.split()}};
    json files = json::object();
    for (const auto& [name, file] : whole) {
        const std::string content = contentOf(file);
        if (!content.empty() && sha256(content) != have.value(name, ""))
            files[name] = bytesToJson(content);
    }
    bool unfinished = false;
    const std::pair<const char*, fs::path> growing[] = {
        {"events.jsonl", paths.events()}, {"data.jsonl", paths.data()}, {"log.txt", paths.log()}};
    for (const auto& [name, file] : growing)
        if (json part = grownPart(file, have.value(name, std::uintmax_t(0)), unfinished); !part.is_null())
            is["grown"][name] = std::move(part);
    is["unfinished"] = unfinished;
    if (!unfinished)
        is["files"] = std::move(files);
    return is;
}

} // namespace

void addRunQuestions(Handlers& handlers, FollowedRuns& followed) {
    handlers["check"] = [](const json& with, Feedback&) -> json {
        checkRequest(requestFromJson(with.at("request")));
        return nullptr;
    };
    handlers["launch"] = [&followed](const json& with, Feedback& feedback) {
        json is = launchQuestion(with, feedback);
        followed.hurry();
        return is;
    };
    handlers["resume"] = [&followed](const json& with, Feedback& feedback) {
        json is = resumeQuestion(with, feedback);
        followed.hurry();
        return is;
    };
    handlers["extend"] = extendQuestion;
    handlers["stop"] = stopQuestion;
    handlers["request"] = requestQuestion;
    handlers["note"] = noteQuestion;
    handlers["predict"] = predictQuestion;
    handlers["prediction"] = [&followed](const json& with, Feedback&) {
        return predictionQuestion(with, followed);
    };
    handlers["drop prediction"] = dropPredictionQuestion;
    handlers["runs"] = runsQuestion;
    handlers["devices"] = [](const json&, Feedback&) { return devicesToJson(readDevices()); };
    handlers["poll"] = [&followed](const json& with, Feedback&) { return pollQuestion(with, followed); };
}

} // namespace embellie::relay
