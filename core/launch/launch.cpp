#include "core/launch/launch.h"

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/run_writer.h"

#include <cstdlib>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

fs::path learnProgram() {
    const fs::path program = programFolder() / "embellie-learn";
    std::error_code ignored;
    if (fs::exists(program, ignored))
        return program;
    throw Error(text(EMBELLIE_TR("launch", "the learner is missing")))
        .in(program)
        .remedy(text(EMBELLIE_TR(
            "launch",
            "build Embellie with LibTorch (EMBELLIE_LEARN=ON), or run this where it is installed")));
}

Settings checkRequest(const RunRequest& request) {
    const TaskInfo& task = taskOf(request.task);
    const NetworkInfo& network = networkOf(request.network);
    if (!fits(task, network))
        throw Error(text(EMBELLIE_TR("launch", "the network \"{0}\" does not fit the task \"{1}\""),
                         network.id, task.id))
            .wrongUse();
    Settings settings(settingsOf(task, network));
    settings.mergeToml(request.settings, "request.toml");
    network.weightCount(settings,
                        networkShape(task, settings)); // throws where settings contradict one another

    bool anyData = false;
    std::string roles;
    for (const DataRole& role : task.roles) {
        roles += (roles.empty() ? "" : ", ") + role.id;
        const auto given = request.data.find(role.id);
        const bool isGiven = given != request.data.end() && !given->second.empty();
        anyData = anyData || isGiven;
        if (role.required && !isGiven)
            throw Error(text(EMBELLIE_TR("launch", "files for \"{0}\" are missing"), role.id))
                .remedy(text(EMBELLIE_TR("launch", "name them: --data {0}=PATH"), role.id))
                .wrongUse();
    }
    for (const auto& [role, paths] : request.data) {
        bool known = false;
        for (const DataRole& declared : task.roles)
            known = known || declared.id == role;
        if (!known)
            throw Error(text(EMBELLIE_TR("launch", "the task \"{0}\" has no use for \"{1}\""), task.id, role))
                .expected(text(EMBELLIE_TR("launch", "one of {0}"), roles))
                .wrongUse();
        for (const std::string& path : paths) {
            std::error_code error;
            if (!fs::exists(path, error))
                throw Error(text(EMBELLIE_TR("launch", "there is no such file or folder"))).in(path, role);
        }
    }
    if (!anyData && task.withoutData.pattern[0] == '\0')
        throw Error(text(EMBELLIE_TR("launch", "the task \"{0}\" needs files to learn from"), task.id))
            .expected(text(EMBELLIE_TR("launch", "some for {0}"), roles))
            .wrongUse();
    return settings;
}

/// Inside a Slurm allocation nothing may outlive it and hold its GPU: a plain child then.
static bool insideAllocation() {
    return std::getenv("SLURM_JOB_ID") != nullptr;
}

static pid_t startLearner(const std::string& word, const fs::path& run) {
    ProcessRequest request;
    request.program = learnProgram();
    request.arguments = {word, fs::absolute(run).string()};
    if (!std::getenv("OMP_WAIT_POLICY"))
        request.environment["OMP_WAIT_POLICY"] =
            "passive"; // threads that spin cost a busy machine most of its time
    request.log = RunPaths{run}.log();
    request.ownSession = !insideAllocation();
    return startProcess(request);
}

LaunchResult startHere(const fs::path& run) {
    RunReader reader(run);
    reader.poll();
    const RunStatus status = reader.status();
    const auto& state = reader.state();
    const auto refuse = [&](TextPattern pattern) { return Error(text(pattern)).in(run); };
    if (status == RunStatus::Finished &&
        (!state || state->step >= state->steps || checkpointsOf(run).empty()))
        throw refuse(EMBELLIE_TR("launch", "the run is finished: there is nothing to continue"))
            .remedy(text(EMBELLIE_TR("launch", "start a new run with more epochs")));
    if (status == RunStatus::Cancelled)
        throw refuse(EMBELLIE_TR("launch", "the run was discarded: there is nothing to continue"));
    if (status == RunStatus::Starting || status == RunStatus::Running || status == RunStatus::Stopping)
        throw refuse(EMBELLIE_TR("launch", "the run is still at work"))
            .remedy(text(EMBELLIE_TR("launch", "follow it, or stop it first")));
    clearStopRequests(run);
    LaunchResult result;
    result.detached = !insideAllocation();
    result.pid = startLearner("train", run);
    writeFileAtomically(RunPaths{run}.launch(), json{{"format", RunFormat},
                                                     {"site", result.site},
                                                     {"host", hostName()},
                                                     {"pid", result.pid},
                                                     {"start_ticks", processStartTicks(result.pid)},
                                                     {"detached", result.detached},
                                                     {"time", isoTime(now())}}
                                                        .dump(1, '\t') +
                                                    "\n");
    return result;
}

PredictionStarted startPrediction(const fs::path& run, const PredictionRequest& request) {
    RunReader reader(run);
    std::error_code ignored;
    if (!fs::exists(reader.paths().weights(), ignored))
        throw Error(text(EMBELLIE_TR("launch", "the run has no weights yet")))
            .in(run)
            .remedy(text(EMBELLIE_TR("launch", "wait for its first epoch, or continue it with --resume")));
    PredictionStarted started;
    started.folder = createPrediction(run, request);
    started.pid = startLearner("predict", run);
    return started;
}

} // namespace embellie
