#include "gui/pages/train/run_desk.h"

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/launch/launch.h"
#include "core/launch/relay_launch.h"
#include "core/run/worker.h"
#include "gui/pages/train/run_follower.h"
#include "gui/scene/localised.h"

#include <csignal>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;

namespace {

constexpr auto LookInterval = std::chrono::milliseconds(300);
/// As often as the runs are looked at.
constexpr auto MirrorInterval = std::chrono::milliseconds(500);
/// How often it is looked whether a run has to be submitted again.
constexpr auto ContinueInterval = std::chrono::seconds(5);
/// So long a line may be silent before it is said.
constexpr double SilentSeconds = 20;

std::vector<fs::path> outputsOf(const PredictionState& state) {
    std::vector<fs::path> files;
    for (const PredictionState::Result& result : state.results)
        if (!result.output.empty())
            files.emplace_back(result.output);
    return files;
}

/// A sentence of the predictor within one of ours.
std::string clauseOf(std::string sentence) {
    while (sentence.ends_with('.'))
        sentence.pop_back();
    return sentence;
}

/// A run that was made for a launch that never got anywhere is taken away again.
void removeUnsent(const fs::path& folder) {
    std::error_code ignored;
    if (!fs::exists(RunPaths{folder}.launch(), ignored) && !readMirrorLink(folder))
        fs::remove_all(folder, ignored);
}

Text queueTrouble(const Error& problem) {
    return text(EMBELLIE_TR("train", "The queue can't be asked now; it is tried again: {0}"), problem.what());
}

Text lineTrouble(const LineStatus& line, const MirrorLink& mirror, const std::string& label) {
    if (line.state == LineState::Waiting || line.state == LineState::Refused)
        return lineText(line, label);
    if (line.state == LineState::Connected || mirror.heard == TimePoint{})
        return {};
    const double silent = std::chrono::duration<double>(now() - mirror.heard).count();
    return silent < SilentSeconds
               ? Text()
               : text(EMBELLIE_TR("train", "No answer from {0} for {1} s. What runs there goes on."), label,
                      std::int64_t(silent));
}

} // namespace

bool operator==(const RunPlace& a, const RunPlace& b) {
    return a.site == b.site && a.label == b.label && a.job == b.job && a.resources == b.resources &&
           a.isMirror == b.isMirror && a.status == b.status && a.trouble.english() == b.trouble.english();
}

RunDesk::RunDesk()
    : m_lines(std::make_unique<Lines>()), m_mirrors(std::make_unique<Mirrors>(*m_lines, MirrorInterval)),
      m_thread([this](const std::stop_token& stop) { watchQueues(stop); }) {}

RunDesk::~RunDesk() {
    for (const auto& [process, run] : m_predictors)
        if (liveWorker(run) == process)
            ::kill(process, SIGTERM);
}

std::vector<KnownSite> RunDesk::readSites() {
    std::vector<KnownSite> known = knownSites();
    const std::lock_guard guard(m_mutex);
    m_sites.clear();
    for (const KnownSite& one : known)
        if (one.site)
            m_sites[one.id] = std::make_shared<LaunchSite>(*one.site);
    return known;
}

std::shared_ptr<const LaunchSite> RunDesk::site(const std::string& id) const {
    const std::lock_guard guard(m_mutex);
    const auto found = m_sites.find(id);
    return found == m_sites.end() ? nullptr : found->second;
}

fs::path RunDesk::start(const RunRequest& request, const LaunchSite& site, const Resources& resources,
                        const fs::path& folder, Feedback& feedback) {
    resourcesFor(request, site, resources);
    const fs::path run = nextRun(folder);
    createRun(run, request);
    try {
        launch(run, site, resources, feedback, m_lines.get());
    } catch (...) {
        removeUnsent(run);
        throw;
    }
    retry();
    return run;
}

fs::path RunDesk::startSweep(const RunRequest& base, std::vector<SweepAxis> axes, bool stopHopeless,
                             const LaunchSite& site, const Resources& resources, const fs::path& folder,
                             Feedback& feedback) {
    RunSweep sweep;
    sweep.folder = nextRun(folder);
    sweep.axes = std::move(axes);
    sweep.site = site.id;
    sweep.resources = checkResources(site, resources);
    sweep.stopHopeless = stopHopeless;
    createSweep(sweep, base);
    if (site.inner == SiteKind::Slurm) {
        SweepDriver(sweep, site, m_lines.get()).advance(feedback);
        retry();
        return sweep.folder;
    }
    ProcessRequest driver;
    driver.program = programFolder() / "embellie-cli";
    driver.arguments = {"sweep", sweep.folder.string()};
    driver.log = sweep.folder / "sweep.log";
    startProcess(driver);
    return sweep.folder;
}

Stopped RunDesk::stop(const fs::path& run, bool discard, Feedback& feedback) {
    return stopRun(run, discard, m_lines.get(), {&feedback});
}

void RunDesk::goOn(const fs::path& run, Feedback& feedback) {
    resumeRun(run, {}, feedback, m_lines.get());
    retry();
}

void RunDesk::extend(const fs::path& run, Feedback& feedback) {
    extendRun(run, 1, {}, feedback, m_lines.get());
    retry();
}

LaunchSite RunDesk::siteOfRun(const fs::path& run, bool& isMirror) {
    const std::optional<MirrorLink> mirror = readMirrorLink(run);
    isMirror = mirror.has_value();
    return mirror ? siteOf(mirror->site) : LaunchSite();
}

void RunDesk::note(const fs::path& run, const std::string& note, Feedback& feedback) {
    writeFileAtomically(run / "note.txt", note);
    bool isMirror = false;
    const LaunchSite site = siteOfRun(run, isMirror);
    if (isMirror)
        noteFar(run, site, note, *m_lines, feedback);
}

void RunDesk::fetch(const fs::path& run, RunPart part, std::int64_t number, Feedback& feedback) {
    bool isMirror = false;
    const LaunchSite site = siteOfRun(run, isMirror);
    if (isMirror)
        fetchPart(run, part, *m_lines->to(site), feedback, number);
}

std::vector<fs::path> RunDesk::predict(const fs::path& run, const std::vector<fs::path>& members,
                                       const std::vector<std::string>& files, const std::string& input,
                                       bool overThere, Feedback& feedback) {
    PredictionRequest request;
    request.files = files;
    for (const fs::path& member : members)
        request.members.push_back(member.string());
    request.input = input;
    const JobNews news = [&feedback](const JobStatus& job) {
        QStringList clauses;
        for (const Text& clause : jobWords(job))
            clauses << localised(clause);
        feedback.message(text(EMBELLIE_TR("train", "Job {0}: {1}"), job.job,
                              clauses.join(QStringLiteral("; ")).toStdString()));
    };
    PredictionState state;
    if (overThere) {
        bool isMirror = false;
        const LaunchSite site = siteOfRun(run, isMirror);
        state = predictFar(run, site, request, *m_lines, feedback, {}, news);
    } else {
        const PredictionStarted started = startPrediction(run, request, {{}, true});
        if (started.isNew) {
            const std::lock_guard guard(m_mutex);
            m_predictors[started.pid] = run;
        }
        const struct Watched { // in the site's queue, which is asked for all
            RunDesk& desk;
            const PredictionStarted& started;
            ~Watched() {
                const std::lock_guard guard(desk.m_mutex);
                if (const auto queue = desk.m_queues.find(started.site); queue != desk.m_queues.end())
                    queue->second.jobs.erase(started.job);
            }
        } watched{*this, started};
        state =
            waitForPrediction(started, feedback, news, [this, &started](const std::string&, Feedback& told) {
                return jobOfPrediction(started, told);
            });
    }
    if (state.phase == RunPhase::Failed)
        throw Error(text(EMBELLIE_TR("judge", "the prediction failed: {0}"), clauseOf(state.reason)));
    std::vector<fs::path> results = outputsOf(state);
    if (results.empty())
        throw Error(text(EMBELLIE_TR("judge", "no file could be cleaned: {0}"),
                         clauseOf(state.results.empty() ? state.reason : state.results.front().problem)));
    return results;
}

JobStatus RunDesk::jobOfPrediction(const PredictionStarted& started, Feedback& feedback) {
    const std::lock_guard guard(m_mutex);
    Queue& queue = m_queues[started.site];
    queue.interval = started.pollEvery;
    if (queue.jobs.emplace(started.job, fs::path()).second) {
        queue.hurry = true;
        m_wake.notify_all();
    }
    if (queue.problem)
        feedback.message(queueTrouble(*queue.problem));
    const auto found = queue.known.find(started.job);
    return found == queue.known.end() ? JobStatus() : found->second;
}

RunPlace RunDesk::placeOf(const RunReader& reader) {
    RunPlace place;
    const fs::path& run = reader.paths().run;
    const bool isOver = embellie::isOver(reader.status());
    const std::optional<LaunchRecord> record = readLaunchRecord(run);
    const MirrorLink* const mirror = reader.mirror();
    if (record) {
        place.site = record->site;
        place.job = record->job;
        place.resources = record->resources;
    }
    if (mirror)
        place.site = mirror->site;
    if (const auto known = site(place.site)) {
        place.label = known->label;
        place.kind = known->kind;
    } else {
        place.label = place.site;
        place.kind = mirror                                  ? SiteKind::Ssh
                     : record && record->executor == "slurm" ? SiteKind::Slurm
                                                             : SiteKind::Here;
    }
    if (mirror) {
        place.isMirror = true;
        if (isOver)
            return place;
        m_mirrors->watch(run);
        if (const auto queue = nlohmann::json::parse(mirror->queue, nullptr, false); queue.is_object())
            place.status = jobStatusFrom(queue);
        if (const std::optional<LineStatus> line = m_mirrors->line(run))
            place.trouble = lineTrouble(*line, *mirror, place.label);
        return place;
    }
    if (!record || record->executor != "slurm" || record->job.empty())
        return place;
    const auto known = site(place.site);
    const std::lock_guard guard(m_mutex);
    if (isOver) {
        if (const auto queue = m_queues.find(place.site); queue != m_queues.end())
            queue->second.jobs.erase(record->job);
        return place;
    }
    Queue& queue = m_queues[place.site];
    std::erase_if(queue.jobs, [&](const auto& job) { return job.second == run && job.first != record->job; });
    if (known)
        queue.interval = known->pollEvery;
    if (queue.jobs.emplace(record->job, run).second) {
        queue.hurry = true;
        m_wake.notify_all();
    }
    if (const auto found = queue.known.find(record->job); found != queue.known.end())
        place.status = found->second;
    if (queue.problem)
        place.trouble = queueTrouble(*queue.problem);
    return place;
}

void RunDesk::retry() {
    const std::lock_guard guard(m_mutex);
    for (auto& [id, queue] : m_queues)
        queue.hurry = true;
    for (const auto& [id, site] : m_sites)
        if (const auto line = m_lines->known(id); line && line->status().state != LineState::Connected)
            line->retryNow();
    m_wake.notify_all();
}

void RunDesk::watchQueues(const std::stop_token& stop) {
    std::map<std::string, JobWatch> watches;
    std::map<std::string, std::chrono::steady_clock::time_point> lookedAt;
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        m_wake.wait_for(lock, stop, LookInterval, [] { return false; });
        const std::map<std::string, Queue> asked = m_queues;
        for (auto& [id, queue] : m_queues)
            queue.hurry = false;
        lock.unlock();
        for (const auto& [id, queue] : asked) {
            if (stop.stop_requested())
                break;
            JobWatch& watch = watches.try_emplace(id, queue.interval).first->second;
            for (const auto& [job, status] : queue.known)
                if (!queue.jobs.contains(job))
                    watch.forget(job);
            for (const auto& [job, run] : queue.jobs)
                watch.watch(job);
            if (queue.hurry)
                watch.hurry();
            if (watch.empty())
                continue;
            const auto time = std::chrono::steady_clock::now();
            const bool looksAtRuns = watch.poll() || time >= lookedAt[id] + ContinueInterval;
            std::map<std::string, JobStatus> known;
            std::optional<Error> problem = watch.problem();
            if (watch.answered())
                for (const auto& [job, run] : queue.jobs)
                    known[job] = watch.status(job);
            if (looksAtRuns) {
                lookedAt[id] = time;
                for (const auto& [job, status] : known)
                    try {
                        if (const fs::path& run = queue.jobs.at(job); !run.empty())
                            continueByItself(run, status);
                    } catch (const Error& error) {
                        problem = error;
                    }
            }
            const std::lock_guard guard(m_mutex);
            m_queues[id].known = std::move(known);
            m_queues[id].problem = std::move(problem);
        }
        lock.lock();
    }
}

} // namespace embellie
