#include "core/launch/predict.h"

#include "core/base/process.h"
#include "core/launch/ensemble.h"
#include "core/launch/launch_parts.h"
#include "core/launch/slurm.h"
#include "core/run/mirror_link.h"
#include "core/run/run_writer.h"
#include "core/run/worker.h"

#include <csignal>
#include <memory>
#include <thread>
#include <tuple>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto LookInterval = std::chrono::milliseconds(100);
/// What the disk of this machine, or a network disk, may need to show the last words of who has ended.
constexpr auto Grace = std::chrono::seconds(1), GraceOfJobs = std::chrono::seconds(10);

bool isOver(const std::optional<PredictionState>& state) {
    return state && (state->phase == RunPhase::Finished || state->phase == RunPhase::Failed ||
                     state->phase == RunPhase::Cancelled);
}

bool isThere(const PredictionStarted& started) {
    return started.pid > 0 && processIsAlive(started.pid) &&
           processStartTicks(started.pid) == started.startTicks;
}

LaunchSite siteHere(const std::optional<LaunchRecord>& record) {
    try {
        if (record && record->executor == "here")
            return detail::siteOfRecord(*record);
    } catch (const Error&) {
        // The site's file is gone or broken: this machine predicts all the same.
    }
    return siteOf("local");
}

PredictionStarted predictHere(const fs::path& run, const LaunchSite& site, const PredictionRequest& request,
                              bool staysWarm) {
    LaunchRecord record;
    record.site = site.id;
    record.siteText = site.text;
    record.executor = "here";
    record.host = hostName();
    record.time = now();
    PredictionStarted started;
    started.folder = fs::absolute(createPrediction(run, request, &record));
    try {
        // Asked after the prediction was made: a worker that goes looks once more.
        if (const auto worker = liveWorker(run)) {
            started.pid = *worker;
        } else {
            std::vector<std::string> words;
            if (staysWarm && site.predictorIdle.count() > 0)
                words = {"--idle", std::to_string(site.predictorIdle.count()), "--parent",
                         std::to_string(::getpid())};
            started.pid = detail::startLearner("predict", run, site.environment, words);
            started.isNew = true;
        }
        started.startTicks = processStartTicks(started.pid);
        record.pid = started.pid;
        record.startTicks = started.startTicks;
        record.submissions = started.isNew ? 1 : 0;
        writeLaunchRecord(started.folder, record);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(started.folder, ignored);
        throw;
    }
    return started;
}

JobAnswers ownAnswers(std::chrono::milliseconds interval) {
    return [watch = std::make_shared<JobWatch>(interval)](const std::string& job, Feedback& feedback) {
        watch->watch(job);
        if (watch->poll() && watch->problem())
            feedback.message(
                text(EMBELLIE_TR("launch", "the queue can't be read now: {0}"), watch->problem()->what()));
        return watch->status(job);
    };
}

} // namespace

PredictionStarted startPrediction(const fs::path& run, const PredictionRequest& request,
                                  const PredictionWishes& wishes) {
    const RunReader reader(run);
    std::error_code ignored;
    if (!fs::exists(reader.paths().weights(), ignored))
        throw Error(text(EMBELLIE_TR("launch", "the run has no weights yet")))
            .in(run)
            .remedy(text(EMBELLIE_TR("launch", "wait for its first epoch, or continue it with --resume")));
    checkMembers(run, request.members);
    const auto record = readMirrorLink(run) ? std::nullopt : readLaunchRecord(run);
    if (record && record->executor == "slurm" && !detail::insideAllocation() && slurm::isHere())
        return detail::submitPrediction(run, *record, request, wishes.resources);
    return predictHere(run, siteHere(record), request, wishes.staysWarm);
}

PredictionStarted startedPrediction(const fs::path& folder) {
    PredictionStarted started;
    started.folder = folder;
    const auto record = readLaunchRecord(folder);
    if (!record)
        return started;
    if (record->host == hostName()) {
        started.pid = record->pid;
        started.startTicks = record->startTicks;
    }
    started.isNew = record->submissions > 0;
    started.job = record->job;
    started.site = record->site;
    return started;
}

bool isAbandoned(const PredictionStarted& started, const std::optional<PredictionState>& state,
                 const JobStatus& job) {
    if (isOver(state))
        return false;
    if (!started.job.empty())
        return job.phase == JobPhase::Over || job.phase == JobPhase::Forgotten;
    if (state) // perhaps by another predictor, which found it open
        return isLost(*state);
    return started.pid > 0 && !isThere(started);
}

bool PredictionWatch::isAbandoned(const PredictionStarted& started,
                                  const std::optional<PredictionState>& state, const JobStatus& job) {
    if (isOver(state) || !started.job.empty() || !state || state->host == hostName())
        return embellie::isAbandoned(started, state, job);
    return standsStill(*state);
}

bool PredictionWatch::standsStill(const PredictionState& state) {
    const auto sign = [](const PredictionState& one) {
        return std::tuple(one.host, one.pid, one.heartbeat, one.phase, one.done);
    };
    if (m_since == Clock::time_point{} || sign(state) != sign(m_known)) {
        m_known = state;
        m_since = Clock::now();
    }
    return Clock::now() - m_since > m_silence;
}

Text PredictionWatch::stillSentence() const {
    return text(EMBELLIE_TR("launch", "its state by {0} did not move for {1}"), m_known.host,
                durationText(std::chrono::duration<double>(m_silence).count()));
}

JobNews toldInEnglish(Feedback& feedback) {
    return [&feedback](const JobStatus& job) {
        feedback.message(text(EMBELLIE_TR("launch", "job {0}: {1}"), job.job, jobSentence(job)));
    };
}

JobNews onlyChanges(JobNews news) {
    return [news = std::move(news), told = std::make_shared<JobStatus>()](const JobStatus& job) {
        JobStatus steady = job;
        steady.elapsed.reset();
        steady.remaining.reset();
        if (job.phase == JobPhase::Unknown || steady == *told)
            return;
        *told = steady;
        news(job);
    };
}

Error diedWithoutAWord(const fs::path& folder, const JobStatus& job) {
    Error error(text(EMBELLIE_TR("launch", "the predictor died without a word")));
    error.in(folder).remedy(text(EMBELLIE_TR("launch", "log.txt of the run may say more; ask for it again")));
    if (!job.job.empty())
        error.found(text(EMBELLIE_TR("launch", "job {0}: {1}"), job.job, jobSentence(job)));
    return error;
}

Error endedEarly(const fs::path& folder) {
    return Error(text(EMBELLIE_TR("launch", "the prediction was ended before all files were done")))
        .in(folder)
        .remedy(
            text(EMBELLIE_TR("launch", "ask for it again; for more wall time (--time), or for fewer files "
                                       "at once, where that was over")));
}

PredictionState waitForPrediction(const PredictionStarted& started, Feedback& feedback, JobNews news,
                                  JobAnswers answers, std::chrono::milliseconds silence) {
    news = onlyChanges(news ? std::move(news) : toldInEnglish(feedback));
    if (!answers)
        answers = ownAnswers(started.pollEvery);
    PredictionWatch watch(silence);
    auto lastSign = Clock::now();
    for (;; std::this_thread::sleep_for(LookInterval)) {
        if (feedback.isCancelled()) {
            dropPrediction(started);
            throw Cancelled();
        }
        JobStatus job;
        if (!started.job.empty()) {
            job = answers(started.job, feedback);
            news(job);
        }
        const auto state = readPredictionState(started.folder);
        if (state)
            feedback.progress(state->done, state->total);
        if (isOver(state)) {
            if (state->phase == RunPhase::Cancelled)
                throw endedEarly(started.folder);
            return *state;
        }
        if (!watch.isAbandoned(started, state, job)) {
            lastSign = Clock::now();
            continue;
        }
        if (Clock::now() - lastSign <= (started.job.empty() ? Grace : GraceOfJobs))
            continue;
        Error died = diedWithoutAWord(started.folder, job);
        if (started.job.empty() && state && state->host != hostName())
            died.found(watch.stillSentence());
        throw died;
    }
}

void dropPrediction(const PredictionStarted& started) {
    try {
        const auto state = readPredictionState(started.folder);
        if (isOver(state))
            return;
        if (!started.job.empty())
            slurm::cancel(started.job);
        else if (isThere(started) &&
                 (state ? state->pid == started.pid && state->host == hostName() : started.isNew))
            ::kill(started.pid, SIGTERM);
        if (!state) { // whoever comes later leaves it alone
            PredictionState dropped;
            dropped.phase = RunPhase::Cancelled;
            dropped.reason = text(EMBELLIE_TR("launch", "ended on request before it began")).english();
            dropped.host = hostName();
            writePredictionState(started.folder, dropped);
        }
    } catch (const Error&) {
        // What can't be reached ends by itself.
    }
}

} // namespace embellie
