#include "core/launch/relay_launch.h"

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/launch/ensemble.h"
#include "core/launch/fetch.h"
#include "core/launch/mirror.h"
#include "core/launch/relay_wire.h"
#include "core/launch/sweep.h"
#include "core/run/predict_settings.h"

#include <thread>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;
using relay::bytesFromJson;
using relay::bytesToJson;

namespace {

constexpr auto Patience = std::chrono::minutes(3); ///< a scheduler may be slow to answer
/// What the far disk may need to show the last words of a predictor that has ended.
constexpr auto Grace = std::chrono::seconds(10);

json siteJson(const LaunchSite& site) {
    return {{"id", site.id}, {"text", site.text}};
}

/// The run over there. @throws Error where the run is no mirror, or not of that site, or was not sent
std::string farRunOf(const fs::path& run, const LaunchSite& site) {
    const auto link = readMirrorLink(run);
    if (!link || link->site != site.id || link->run.empty())
        throw Error(text(EMBELLIE_TR("launch", "the run was not sent to {0}"), site.label)).in(run);
    return link->run;
}

std::string sentFolder(const LaunchSite& site) {
    return site.runs.empty() ? "embellie-runs" : site.runs;
}

/// A path as the far side shall see it: of its own, or sent there.
std::string farData(const std::string& path, const LaunchSite& site, RelayClient& line, Feedback& feedback) {
    const auto named = siteOfPath(path);
    if (!named)
        return sendPath(line, path, sentFolder(site), feedback);
    if (*named != site.id)
        throw Error(text(EMBELLIE_TR("launch", "the data of {0} can't be read on {1}"), *named, site.label))
            .in(path);
    return path.substr(named->size() + 1);
}

/// @param known what was sent already, by its local path
RunRequest farRequest(RunRequest request, const LaunchSite& site, std::map<std::string, std::string>& known,
                      RelayClient& line, Feedback& feedback) {
    for (auto& [role, paths] : request.data)
        for (std::string& path : paths) {
            const auto [entry, isNew] = known.try_emplace(path);
            if (isNew)
                entry->second = farData(path, site, line, feedback);
            path = entry->second;
        }
    return request;
}

/// The same for the same run, however often and by whichever program it is sent; another for another run.
std::string tokenOf(const fs::path& run, const LaunchSite& site) {
    return sha256(hostName() + '\n' + fs::absolute(run).lexically_normal().string() + '\n' + site.id + '\n' +
                  readFile(RunPaths{run}.request()))
        .substr(0, 32);
}

/// A name over there: what is not UTF-8 becomes "_".
std::string farName(const fs::path& folder) {
    std::string name = folder.filename().string();
    if (!bytesToJson(name).is_string())
        for (char& letter : name)
            letter = static_cast<unsigned char>(letter) < 128 ? letter : '_';
    return name.starts_with('.') ? "_" + name : name;
}

fs::path wholePath(const fs::path& folder) {
    const fs::path whole = fs::absolute(folder).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

/// The folder of a sweep over there, below that of all runs; empty for a run that stands alone.
std::string farGroup(const fs::path& run) {
    const fs::path sweep = wholePath(run).parent_path();
    return isSweep(sweep) ? farName(sweep) + "-" + sha256(hostName() + '\n' + sweep.string()).substr(0, 8)
                          : "";
}

LaunchResult resultOf(const json& place) {
    return {place.at("site"), place.at("pid"), place.at("detached"), place.at("job")};
}

void keepPlace(const fs::path& run, const LaunchSite& site, const json& place) {
    MirrorLink link = readMirrorLink(run).value_or(MirrorLink{});
    link.site = site.id;
    link.run = bytesFromJson(place.at("run"));
    link.heard = now();
    link.problem.clear();
    link.status.reset();
    link.queue.clear();
    writeMirrorLink(run, link);
    writeFileAtomically(RunPaths{run}.launch(), place.at("launch").get<std::string>());
}

std::vector<LaunchResult> launchRuns(const std::vector<fs::path>& runs, bool array, const LaunchSite& site,
                                     const Resources& resources, Lines& lines, Feedback& feedback) {
    const auto line = lines.to(site);
    json all = json::array();
    std::map<std::string, std::string> known;
    for (const fs::path& run : runs) {
        const std::string token = tokenOf(run, site);
        all.push_back(
            {{"name", farName(wholePath(run))},
             {"group", farGroup(run)},
             {"request", relay::requestToJson(farRequest(readRunRequest(run), site, known, *line, feedback))},
             {"token", token}});
    }
    const json places = line->call(
        "launch",
        {{"site", siteJson(site)}, {"resources", toWords(resources)}, {"runs", all}, {"array", array}},
        feedback, Patience);
    std::vector<LaunchResult> results;
    for (std::size_t i = 0; i < runs.size() && i < places.size(); ++i) {
        MirrorLink link;
        link.token = all[i]["token"];
        writeMirrorLink(runs[i], link);
        keepPlace(runs[i], site, places[i]);
        results.push_back(resultOf(places[i]));
    }
    return results;
}

json changeRun(const char* question, const fs::path& run, const LaunchSite& site, json with, Lines& lines,
               Feedback& feedback) {
    with["run"] = bytesToJson(farRunOf(run, site));
    with["site"] = siteJson(site);
    with["token"] = relay::newToken();
    return lines.to(site)->call(question, std::move(with), feedback, Patience);
}

} // namespace

void checkFar(const RunRequest& request, const LaunchSite& site, Lines& lines, Feedback& feedback) {
    RunRequest own = request; // what is here is checked here
    for (auto& [role, paths] : own.data) {
        std::vector<std::string> far;
        for (const std::string& path : paths)
            if (siteOfPath(path) == site.id)
                far.push_back(path.substr(site.id.size() + 1));
        if (far.empty() && !paths.empty())
            far.push_back("/"); // there for certain: the role is given
        paths = far;
    }
    lines.to(site)->call("check", {{"request", relay::requestToJson(own)}}, feedback);
}

LaunchResult launchFar(const fs::path& run, const LaunchSite& site, const Resources& resources, Lines& lines,
                       Feedback& feedback) {
    return launchRuns({run}, false, site, resources, lines, feedback).at(0);
}

std::vector<LaunchResult> launchArrayFar(const std::vector<fs::path>& runs, const LaunchSite& site,
                                         const Resources& resources, Lines& lines, Feedback& feedback) {
    return launchRuns(runs, true, site, resources, lines, feedback);
}

LaunchResult relaunchFar(const fs::path& run, const LaunchSite& site, const Resources& changed, Lines& lines,
                         Feedback& feedback) {
    const json place = changeRun("resume", run, site, {{"resources", toWords(changed)}}, lines, feedback);
    keepPlace(run, site, place);
    return resultOf(place);
}

std::optional<LaunchResult> extendFar(const fs::path& run, const LaunchSite& site, int more,
                                      const Resources& changed, Lines& lines, Feedback& feedback) {
    const json place =
        changeRun("extend", run, site, {{"more", more}, {"resources", toWords(changed)}}, lines, feedback);
    if (place.is_null())
        return std::nullopt;
    keepPlace(run, site, place);
    return resultOf(place);
}

Stopped stopFar(const fs::path& run, const LaunchSite& site, bool discard, Lines& lines, Feedback& feedback) {
    const json is = changeRun("stop", run, site, {{"discard", discard}}, lines, feedback);
    return is == "taken from queue" ? Stopped::TakenFromQueue
           : is == "was dead"       ? Stopped::WasDead
                                    : Stopped::Asked;
}

void noteFar(const fs::path& run, const LaunchSite& site, const std::string& note, Lines& lines,
             Feedback& feedback) {
    changeRun("note", run, site, {{"note", bytesToJson(note)}}, lines, feedback);
}

/// What moves while the predictor of a far prediction lives, where even the far side can't see that one.
static std::optional<PredictionState> workElsewhere(const json& is) {
    const std::string phase = is.at("phase");
    if (!is.value("elsewhere", false) || (phase != "starting" && phase != "running"))
        return std::nullopt;
    PredictionState state;
    state.phase = phase == "starting" ? RunPhase::Starting : RunPhase::Running;
    state.host = is.value("host", "");
    state.pid = is.value("pid", 0);
    state.heartbeat = is.value("heartbeat", std::uint64_t(0));
    state.done = is.value("done", 0.0);
    return state;
}

PredictionState predictFar(const fs::path& run, const LaunchSite& site, const PredictionRequest& request,
                           Lines& lines, Feedback& feedback, const Resources& changed, JobNews news) {
    news = onlyChanges(news ? std::move(news) : toldInEnglish(feedback));
    json members = json::array();
    for (const std::string& member : farMembers(run, request.members))
        members.push_back(bytesToJson(member));
    const auto line = lines.to(site);
    std::map<std::string, std::string> asked; // what the far side reads, and how it was named here
    json files = json::array();
    for (const std::string& file : request.files) {
        const std::string far = farData(file, site, *line, feedback);
        asked[far] = file;
        files.push_back(bytesToJson(far));
    }
    const json started =
        changeRun("predict", run, site,
                  {{"files", files},
                   {"input", request.input},
                   {"settings", withPredictSettings(run, request).settings}, // before those kept over there
                   {"members", members},
                   {"resources", toWords(changed)}},
                  lines, feedback);
    const json which{{"folder", started.at("folder")},
                     {"every_ms", std::chrono::milliseconds(site.pollEvery).count()}};
    json is;
    std::optional<std::chrono::steady_clock::time_point> abandoned;
    PredictionWatch watch; // of a predictor on yet another machine, which shares the disk over there
    try {
        do {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            is = line->call("prediction", which, feedback, Patience);
            feedback.progress(is.value("done", 0.0), is.value("total", 0.0));
            const JobStatus job = jobStatusFrom(is.at("job"));
            news(job);
            const auto time = std::chrono::steady_clock::now();
            const std::optional<PredictionState> elsewhere = workElsewhere(is);
            const bool isStill = elsewhere && watch.standsStill(*elsewhere);
            abandoned = is.at("abandoned").get<bool>() || isStill ? std::optional(abandoned.value_or(time))
                                                                  : std::nullopt;
            if (abandoned && time - *abandoned > Grace) {
                Error died = diedWithoutAWord(bytesFromJson(started["folder"]), job);
                throw isStill ? died.found(watch.stillSentence()) : died;
            }
        } while (is.at("phase") != "finished" && is.at("phase") != "failed" && is.at("phase") != "cancelled");
    } catch (const Cancelled&) {
        Feedback unasked;
        try {
            line->call("drop prediction", which, unasked, std::chrono::seconds(5));
        } catch (const Error&) {
            // It ends by itself when it is done.
        }
        throw;
    }

    if (is.at("phase") == "cancelled")
        throw endedEarly(bytesFromJson(started["folder"]));
    PredictionState state;
    state.phase = is.at("phase") == "finished" ? RunPhase::Finished : RunPhase::Failed;
    state.reason = bytesFromJson(is.at("reason"));
    state.done = is.at("done");
    state.total = is.at("total");
    for (const json& one : is.at("results")) {
        PredictionState::Result result{bytesFromJson(one.at("input")), "", bytesFromJson(one.at("problem"))};
        if (const auto found = asked.find(result.input); found != asked.end())
            result.input = found->second;
        if (const std::string output = bytesFromJson(one.at("output")); !output.empty()) {
            const fs::path local = fs::path(request.output) / fs::path(output).filename();
            fetchFile(*line, output, local, feedback);
            result.output = local.string();
        }
        state.results.push_back(std::move(result));
    }
    return state;
}

json devicesFar(const LaunchSite& site, Lines& lines, Feedback& feedback) {
    return lines.to(site)->call("devices", json::object(), feedback);
}

std::vector<FarRun> runsFar(const LaunchSite& site, const std::string& folder, Lines& lines,
                            Feedback& feedback) {
    const json list = lines.to(site)->call(
        "runs", {{"folder", bytesToJson(folder)}, {"site", siteJson(site)}}, feedback, Patience);
    std::vector<FarRun> runs;
    for (const json& one : list) {
        FarRun run;
        run.run = bytesFromJson(one.at("run"));
        run.status = runStatusOf(one.value("status", "")).value_or(RunStatus::Waiting);
        run.task = one.value("task", "");
        run.network = one.value("network", "");
        run.created = one.value("created", "");
        run.problem = one.value("problem", "");
        run.epoch = one.value("epoch", std::int64_t(0));
        run.epochs = one.value("epochs", std::int64_t(0));
        runs.push_back(std::move(run));
    }
    return runs;
}

void adoptFar(const std::string& farRun, const fs::path& run, const LaunchSite& site, Lines& lines,
              Feedback& feedback) {
    if (const auto link = readMirrorLink(run); link && link->site == site.id && link->run == farRun)
        return;
    const auto line = lines.to(site);
    const json is = line->call("request", {{"run", bytesToJson(farRun)}}, feedback);
    RunRequest request = relay::requestFromJson(is.at("request"));
    for (auto& [role, paths] : request.data)
        for (std::string& path : paths)
            path = site.id + ":" + path;
    createRun(run, request);
    try {
        MirrorLink link;
        link.site = site.id;
        link.run = farRun;
        link.token = is.value("token", "");
        writeMirrorLink(run, link);
        updateMirror(run, *line, feedback);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(run, ignored); // so that the next try finds the place empty
        throw;
    }
}

} // namespace embellie
