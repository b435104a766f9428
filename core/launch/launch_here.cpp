#include "core/launch/launch_parts.h"

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/run_writer.h"

#include <algorithm>
#include <cstdlib>
#include <thread>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;

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

namespace detail {

bool insideAllocation() {
    return std::getenv("SLURM_JOB_ID") != nullptr;
}

pid_t startLearner(const std::string& word, const fs::path& run,
                   const std::map<std::string, std::string>& environment,
                   const std::vector<std::string>& more) {
    ProcessRequest request;
    request.program = learnProgram();
    request.arguments = {word, fs::absolute(run).string()};
    request.arguments.insert(request.arguments.end(), more.begin(), more.end());
    request.environment = environment;
    if (!std::getenv("OMP_WAIT_POLICY"))
        request.environment.try_emplace("OMP_WAIT_POLICY",
                                        "passive"); // threads that spin cost a busy machine most of its time
    request.log = RunPaths{run}.log();
    request.ownSession = !insideAllocation();
    if (!request.ownSession) // not every scheduler ends what is left behind
        request.environment["EMBELLIE_PARENT"] = std::to_string(::getpid());
    return startProcess(request);
}

static bool isAtWork(RunStatus status) {
    return status == RunStatus::Starting || status == RunStatus::Running || status == RunStatus::Stopping;
}

RunStatus watchedStatus(RunReader& reader, const HeartWatch& watch) {
    reader.poll();
    if (!isAtWork(reader.status()) || reader.mirror() || reader.state()->host == hostName())
        return reader.status();
    Feedback silent;
    Feedback& feedback = watch.feedback ? *watch.feedback : silent;
    feedback.message(
        text(EMBELLIE_TR("launch", "the run says that it works on {0}, where nobody can look from here: its "
                                   "heartbeat is watched for up to {1}"),
             reader.state()->host, durationText(std::chrono::duration<double>(watch.silence).count())));
    const std::uint64_t before = reader.state()->heartbeat;
    const auto end = std::chrono::steady_clock::now() + watch.silence;
    while (std::chrono::steady_clock::now() < end) {
        feedback.throwIfCancelled();
        std::this_thread::sleep_for(
            std::min<std::chrono::milliseconds>(watch.silence / 10, std::chrono::milliseconds(500)));
        reader.poll();
        if (reader.state()->heartbeat != before)
            return reader.status();
    }
    return RunStatus::Lost;
}

void demandStartable(const fs::path& run, const HeartWatch& watch) {
    RunReader reader(run);
    const RunStatus status = watchedStatus(reader, watch);
    const auto& state = reader.state();
    const auto refuse = [&](TextPattern pattern) { return Error(text(pattern)).in(run); };
    if (status == RunStatus::Finished && state && state->steps > 0 && state->step >= state->steps)
        throw refuse(EMBELLIE_TR("launch", "the run is finished: there is nothing to continue"))
            .remedy(text(EMBELLIE_TR("launch", "start a new run with more epochs")));
    // What was cancelled before a trainer began has nothing that could have been thrown away.
    if (status == RunStatus::Cancelled && state && state->steps > 0)
        throw refuse(EMBELLIE_TR("launch", "the run was discarded: there is nothing to continue"));
    if (isAtWork(status))
        throw refuse(EMBELLIE_TR("launch", "the run is still at work"))
            .remedy(text(EMBELLIE_TR("launch", "follow it, or stop it first")));
}

int nextAttempt(const fs::path& run) {
    RunReader reader(run);
    reader.poll();
    return reader.state() ? reader.state()->attempt + 1 : 1;
}

/// The writer of an attempt begins with an empty state: what the one before knew stays true.
static void keepFormer(RunState& state, const RunState& former) {
    const std::uint64_t heartbeat = state.heartbeat;
    state = former;
    state.heartbeat = heartbeat;
    state.pid = 0;
}

void reopen(const fs::path& run) {
    RunReader reader(run);
    reader.poll();
    if (!isOver(reader.status()))
        return;
    const RunState former = *reader.state();
    const RunLock lock(run, std::chrono::milliseconds(0));
    RunWriter writer(run);
    writer.update([&](RunState& state) {
        keepFormer(state, former);
        state.phase = RunPhase::Starting;
        state.reason = statusText(RunStatus::Waiting).pattern;
    });
}

void endWithoutTrainer(const fs::path& run, bool discard) {
    RunReader reader(run);
    reader.poll();
    const std::optional<RunState> former = reader.state();
    const RunPaths paths{run};
    const RunLock lock(run, std::chrono::milliseconds(0)); // the scheduler knows that nobody is left
    const bool trained = former && !checkpointsOf(run).empty();
    RunWriter writer(run);
    const bool kept = trained && !discard;
    if (discard)
        for (const fs::path& part : {paths.checkpoints(), paths.weights(), paths.card(), paths.samples()}) {
            std::error_code ignored; // half of it may be gone already
            fs::remove_all(part, ignored);
        }
    RunEvent event;
    event.kind = "ended";
    event.step = kept ? former->step : 0;
    event.epoch = kept ? former->epoch : 0;
    event.text =
        (kept ? text(EMBELLIE_TR("launch", "stopped while it waited, and kept as of its last checkpoint"))
              : text(EMBELLIE_TR("launch", "taken out of the queue before it began")))
            .english();
    if (discard && trained)
        event.text =
            text(EMBELLIE_TR("launch", "discarded while it waited; weights and checkpoints are gone"))
                .english();
    writer.append(event);
    writer.update([&](RunState& state) {
        const int attempt = state.attempt;
        if (former)
            keepFormer(state, *former);
        state.attempt = attempt;
        state.phase = kept ? RunPhase::Finished : RunPhase::Cancelled;
        state.reason = event.text;
        state.secondsLeft = 0;
        state.pid = 0;
        if (!kept)
            state.checkpoint = -1;
    });
    clearStopRequests(run);
}

} // namespace detail

LaunchResult startHere(const fs::path& run, const LaunchSite& site, const HeartWatch& watch) {
    detail::demandStartable(run, watch);
    clearStopRequests(run);
    LaunchResult result;
    result.site = site.id;
    result.detached = !detail::insideAllocation();
    LaunchRecord record;
    record.firstAttempt = detail::nextAttempt(run);
    result.pid = detail::startLearner("train", run, site.environment);
    record.site = site.id;
    record.siteText = site.text;
    record.executor = "here";
    record.host = hostName();
    record.pid = result.pid;
    record.startTicks = processStartTicks(result.pid);
    record.detached = result.detached;
    record.time = now();
    writeLaunchRecord(run, record);
    return result;
}

} // namespace embellie
