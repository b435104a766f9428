#include "core/launch/launch_parts.h"

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/launch/job_script.h"
#include "core/launch/relay_wire.h"
#include "core/launch/slurm.h"
#include "core/run/run_writer.h"

#include <csignal>
#include <cstdlib>
#include <thread>

namespace embellie::detail {

namespace fs = std::filesystem;

namespace {

using relay::FileLock;

/// Of several programs one submits.
fs::path submitLock(const fs::path& run) {
    return RunPaths{run}.control() / "submit.lock";
}

fs::path learnerOf(const LaunchSite& site) {
    if (site.programs.empty())
        return learnProgram();
    const char* home = std::getenv("HOME");
    const fs::path folder = home && site.programs.starts_with("~/") ? fs::path(home) / site.programs.substr(2)
                                                                    : fs::path(site.programs);
    std::error_code ignored;
    if (!fs::exists(folder / "embellie-learn", ignored))
        throw Error(
            text(EMBELLIE_TR("launch", "the learner is missing where the site's file says that it is")))
            .in(site.file, "programs")
            .expected(text(EMBELLIE_TR("launch", "a program {0}"), (folder / "embellie-learn").string()));
    return folder / "embellie-learn";
}

Resources over(Resources known, const Resources& changed) {
    if (changed.time.count() > 0)
        known.time = changed.time;
    if (changed.gpus >= 0) {
        known.gpus = changed.gpus;
        known.ranks = 0; // one a GPU again, unless it is said
    }
    if (changed.ranks > 0)
        known.ranks = changed.ranks;
    if (changed.cpus > 0)
        known.cpus = changed.cpus;
    if (changed.memoryMb > 0)
        known.memoryMb = changed.memoryMb;
    if (!changed.partition.empty())
        known.partition = changed.partition;
    if (changed.maxRequeues >= 0)
        known.maxRequeues = changed.maxRequeues;
    return known;
}

std::string commentToken(const LaunchRecord& record) {
    return record.token + ":" + std::to_string(record.submissions);
}

LaunchResult resultOf(const LaunchRecord& record) {
    LaunchResult result;
    result.site = record.site;
    result.job = record.job;
    return result;
}

std::optional<JobStatus> jobOf(const std::string& job) {
    const auto found = slurm::jobs({job}, false);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

/// Writes what is to be sent, sends it, writes the number. What was begun before and whose answer is missing
/// is looked for first. The caller holds the lock.
LaunchRecord submitOnce(const fs::path& run, LaunchRecord record, const LaunchSite& site) {
    const fs::path learner = learnerOf(site);
    const fs::path script = run / "job.sh";
    writeFileAtomically(script, jobScript(site, record.resources, learner, "train", {fs::absolute(run)}));
    clearStopRequests(run);
    reopen(run);
    record.site = site.id;
    record.siteText = site.text;
    record.executor = "slurm";
    record.host = hostName();
    record.pid = 0;
    record.job.clear();
    if (record.arrayIndex >= 0) { // alone from now on: the array's token is that of the others too
        record.token = slurm::newToken();
        record.arrayIndex = -1;
    }
    ++record.submissions;
    record.time = now();
    record.sentAttempt = nextAttempt(run);
    writeLaunchRecord(run, record);
    record.job = slurm::submit(script, fs::absolute(run), site, record.resources, commentToken(record),
                               slurm::Restart::BySlurm);
    writeLaunchRecord(run, record);
    return record;
}

/// A submission whose answer never came is found again by its token. @return whether record.job is now
/// another one
bool foundAgain(const fs::path& run, LaunchRecord& record) {
    if (record.submissions == 0)
        return false;
    const auto found = slurm::findJob(commentToken(record));
    if (!found)
        return false;
    const std::string job = *found + (record.arrayIndex >= 0 ? "_" + std::to_string(record.arrayIndex) : "");
    if (job == record.job)
        return false;
    record.job = job;
    writeLaunchRecord(run, record);
    return true;
}

LaunchRecord newRecord(const fs::path& run) {
    LaunchRecord record = readLaunchRecord(run).value_or(LaunchRecord{});
    if (record.token.empty()) {
        const auto words = readRunRequest(run).resources;
        const auto given = words.find("token");
        record.token = given == words.end() ? slurm::newToken() : given->second;
    }
    record.firstAttempt = nextAttempt(run);
    return record;
}

std::vector<LaunchResult> submitArray(const std::vector<fs::path>& runs, const LaunchSite& site,
                                      const Resources& resources) {
    const fs::path folder = fs::absolute(runs.front()).lexically_normal().parent_path();
    std::vector<fs::path> paths;
    for (const fs::path& run : runs)
        paths.push_back(fs::absolute(run).lexically_normal());
    std::vector<LaunchRecord> records;
    for (const fs::path& run : runs) {
        LaunchRecord record = newRecord(run);
        // One comment serves the array: that of its first run.
        record.token = records.empty() ? record.token : records.front().token;
        records.push_back(std::move(record));
    }
    std::optional<std::string> job;
    if (records.front().submissions > 0)
        job = slurm::findJob(commentToken(records.front()));
    if (!job) {
        const fs::path script = folder / "job.sh";
        writeFileAtomically(script, jobScript(site, resources, learnerOf(site), "train", paths));
        for (std::size_t i = 0; i < runs.size(); ++i) {
            LaunchRecord& record = records[i];
            record.site = site.id;
            record.siteText = site.text;
            record.executor = "slurm";
            record.host = hostName();
            record.submissions = records.front().submissions + (i == 0 ? 1 : 0);
            record.arrayIndex = static_cast<int>(i);
            record.resources = resources;
            record.time = now();
            record.sentAttempt = nextAttempt(runs[i]);
            writeLaunchRecord(runs[i], record);
        }
        const int most = runsAtOnce(site, resources);
        job = slurm::submit(
            script, folder, site, resources, commentToken(records.front()), slurm::Restart::BySlurm,
            "0-" + std::to_string(runs.size() - 1) + (most > 0 ? "%" + std::to_string(most) : ""));
    }
    std::vector<LaunchResult> results;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        records[i].job = *job + "_" + std::to_string(i);
        writeLaunchRecord(runs[i], records[i]);
        results.push_back(resultOf(records[i]));
    }
    return results;
}

} // namespace

std::vector<LaunchResult> submitNew(const std::vector<fs::path>& runs, const LaunchSite& site,
                                    const Resources& wanted) {
    const LaunchSite whole = completeSite(site);
    const Resources resources = resourcesFor(readRunRequest(runs.front()), whole, wanted);
    for (const fs::path& run : runs) {
        resourcesFor(readRunRequest(run), whole, resources); // of a sweep each may have a batch of its own
        demandStartable(run);
    }
    const FileLock lock(submitLock(runs.front()));
    std::vector<LaunchResult> known;
    for (const fs::path& run : runs)
        if (const auto record = readLaunchRecord(run); record && !record->job.empty())
            known.push_back(resultOf(*record));
    if (known.size() == runs.size())
        return known;
    if (runs.size() > 1)
        return submitArray(runs, site, resources);
    const fs::path& run = runs.front();
    LaunchRecord record = newRecord(run);
    record.resources = resources;
    if (!foundAgain(run, record))
        record = submitOnce(run, record, site);
    return {resultOf(record)};
}

LaunchResult resumeOnSlurm(const fs::path& run, const LaunchRecord&, const Resources& changed) {
    const FileLock lock(submitLock(run));
    LaunchRecord record = *readLaunchRecord(run); // another program may have been quicker
    const LaunchSite site = completeSite(siteOfRecord(record));
    const Resources resources = checkResources(site, over(record.resources, changed));
    if (foundAgain(run, record) || !record.job.empty()) {
        const auto job = jobOf(record.job);
        if (job && job->phase == JobPhase::Waiting) {
            if (resources == record.resources)
                return resultOf(record);
            slurm::cancelWaiting(record.job);
        }
        const auto present = job && job->phase == JobPhase::Waiting ? jobOf(record.job) : job;
        if (present && (present->phase == JobPhase::Running || present->phase == JobPhase::Ending))
            throw Error(text(EMBELLIE_TR("launch", "the run is still at work")))
                .in(run)
                .found(text(EMBELLIE_TR("launch", "job {0} on {1}"), record.job, present->node))
                .remedy(text(EMBELLIE_TR("launch", "follow it, or stop it first")));
    }
    RunReader reader(run);
    reader.poll();
    // What says that it runs and has no job any more was lost: that is no hindrance.
    if (isOver(reader.status()) || !reader.state())
        demandStartable(run);
    record.resources = resources;
    record.firstAttempt = nextAttempt(run);
    return resultOf(submitOnce(run, record, site));
}

std::optional<LaunchResult> extendOnSlurm(const fs::path& run, int more, const Resources& changed) {
    {
        const FileLock lock(submitLock(run));
        LaunchRecord record = *readLaunchRecord(run);
        const auto job = record.job.empty() ? std::nullopt : jobOf(record.job);
        if (job && (job->phase == JobPhase::Waiting || job->phase == JobPhase::Running)) {
            record.resources.maxRequeues = std::max(0, record.resources.maxRequeues) + more;
            writeLaunchRecord(run, record);
            return std::nullopt;
        }
    }
    return resumeOnSlurm(run, *readLaunchRecord(run), changed);
}

PredictionStarted submitPrediction(const fs::path& run, const LaunchRecord& known,
                                   const PredictionRequest& request, const Resources& changed) {
    const LaunchSite site = completeSite(siteOfRecord(known));
    const fs::path learner = learnerOf(site);
    LaunchRecord record;
    record.resources = predictionResources(site, known.resources, changed,
                                           request.files.size() * (1 + request.members.size()));
    record.site = site.id;
    record.siteText = site.text;
    record.executor = "slurm";
    record.host = hostName();
    record.token = slurm::newToken();
    record.submissions = 1;
    record.time = now();
    PredictionStarted started;
    started.folder = fs::absolute(createPrediction(run, request));
    started.site = site.id;
    started.pollEvery = site.pollEvery;
    try {
        writeLaunchRecord(started.folder, record);
        const fs::path script = started.folder / "job.sh";
        writeFileAtomically(script,
                            jobScript(site, record.resources, learner, "predict", {fs::absolute(run)}));
        record.job = slurm::submit(script, fs::absolute(run), site, record.resources, commentToken(record),
                                   slurm::Restart::Never);
        writeLaunchRecord(started.folder, record);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(started.folder, ignored); // a job whose answer was lost then finds nothing to do
        throw;
    }
    started.job = record.job;
    return started;
}

Stopped stopOnSlurm(const fs::path& run, const LaunchRecord& known, bool discard) {
    const FileLock lock(submitLock(run));
    LaunchRecord record = readLaunchRecord(run).value_or(known);
    requestStop(run, discard);
    if (!foundAgain(run, record) && record.job.empty()) { // it never got into the queue
        endWithoutTrainer(run, discard);
        return Stopped::TakenFromQueue;
    }
    auto job = jobOf(record.job);
    if (job && job->phase == JobPhase::Waiting) {
        slurm::cancelWaiting(record.job);
        job = jobOf(record.job);
    }
    // A job that is just being put back lives on for a moment, and then it waits.
    for (int turn = 0; job && job->phase == JobPhase::Ending && turn < 20; ++turn) {
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        job = jobOf(record.job);
        if (job && job->phase == JobPhase::Waiting) {
            slurm::cancelWaiting(record.job);
            job = jobOf(record.job);
        }
    }
    if (job && job->phase == JobPhase::Running) {
        slurm::signalJob(record.job, "USR1"); // on a network disk the file alone may be seen a minute later
        return Stopped::Asked;
    }
    RunReader reader(run);
    reader.poll();
    if (!isOver(reader.status()))
        endWithoutTrainer(run, discard);
    return Stopped::TakenFromQueue;
}

} // namespace embellie::detail

namespace embellie {

std::optional<LaunchResult> continueByItself(const std::filesystem::path& run, const JobStatus& job) {
    using namespace detail;
    const bool ended = job.phase == JobPhase::Over || job.phase == JobPhase::Forgotten;
    if (!ended || job.state == "CANCELLED")
        return std::nullopt; // somebody wanted its end
    const auto record = readLaunchRecord(run);
    if (!record || record->executor != "slurm" || record->job != job.job)
        return std::nullopt;
    RunReader reader(run);
    reader.poll();
    if (!reader.state() || stopRequest(run) != StopRequest::None)
        return std::nullopt;
    // A job that ended before its trainer said a word would do so again, and again. The clocks of the node
    // and of this machine may differ: attempts are counted.
    if (record->sentAttempt > 0 ? reader.state()->attempt < record->sentAttempt
                                : reader.state()->updated <= record->time)
        return std::nullopt;
    const RunStatus status = reader.status();
    const bool fell = !isOver(status) && (job.state == "TIMEOUT" || job.state == "NODE_FAIL" ||
                                          job.state == "PREEMPTED" || job.state == "BOOT_FAIL");
    // Where Slurm no longer says why a job ended, a plain SIGTERM was scancel's.
    const bool cancelled = job.phase == JobPhase::Forgotten && reader.state()->signal == SIGTERM;
    const bool asks = status == RunStatus::Waiting && !cancelled;
    if ((!asks && !fell) || reader.state()->attempt - record->firstAttempt >= record->resources.maxRequeues)
        return std::nullopt;
    const relay::FileLock lock(submitLock(run));
    auto present = readLaunchRecord(run);
    if (!present || present->job != job.job)
        return std::nullopt; // another program did it
    if (foundAgain(run, *present))
        return resultOf(*present);
    try {
        return resultOf(submitOnce(run, *present, completeSite(siteOfRecord(*present))));
    } catch (const Error&) {
        LaunchRecord tried = *readLaunchRecord(run);
        tried.job = present->job;
        tried.time = present->time;
        tried.sentAttempt = present->sentAttempt;
        writeLaunchRecord(run, tried);
        throw;
    }
}

} // namespace embellie
