#include "core/launch/launch.h"
#include "core/launch/relay_questions.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace embellie::relay {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto Forgotten = std::chrono::minutes(2); ///< a run that nobody asked for so long
constexpr auto Tick = std::chrono::seconds(1);

struct Followed {
    explicit Followed(const fs::path& run) : reader(run) {}
    std::mutex mutex; ///< of the reader
    RunReader reader;
    // Under the mutex of all.
    std::string job;
    Clock::time_point asked = Clock::now();
};

} // namespace

struct FollowedRuns::Inner {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::map<fs::path, std::shared_ptr<Followed>> runs;
    std::map<std::string, Clock::time_point> others; ///< jobs of no run, and when they were asked for
    std::map<std::string, JobStatus> jobs;
    std::optional<std::chrono::milliseconds> every;
    bool hurried = false;
    std::jthread watcher;

    /// Jobs of the runs that are still asked for, by run.
    std::map<fs::path, std::string> jobsOfRuns() { // under the mutex
        const auto time = Clock::now();
        std::erase_if(runs, [&](const auto& entry) { return time - entry.second->asked > Forgotten; });
        std::map<fs::path, std::string> found;
        for (const auto& [run, followed] : runs)
            if (!followed->job.empty())
                found[run] = followed->job;
        return found;
    }

    void watchJobs(const std::stop_token& stop) {
        std::optional<JobWatch> watch;
        std::map<std::string, JobStatus> known; // watched
        std::optional<Clock::time_point> answered;
        while (!stop.stop_requested()) {
            std::map<fs::path, std::string> wanted;
            std::map<std::string, JobStatus> statuses;
            {
                std::unique_lock lock(mutex);
                changed.wait_for(lock, stop, Tick, [this] { return hurried; });
                wanted = jobsOfRuns();
                std::erase_if(others,
                              [](const auto& entry) { return Clock::now() - entry.second > Forgotten; });
                for (const auto& [job, asked] : others)
                    statuses[job];
                if (!watch && every)
                    watch.emplace(*every);
                if (watch && hurried)
                    watch->hurry();
                hurried = false;
            }
            if (stop.stop_requested() || !watch)
                continue;
            for (const auto& [run, job] : wanted)
                statuses[job];
            for (const auto& [job, status] : statuses)
                watch->watch(job);
            for (const auto& [job, status] : known)
                if (!statuses.contains(job))
                    watch->forget(job);
            if (!watch->empty())
                watch->poll();
            for (auto& [job, status] : statuses)
                status = watch->status(job);
            known = statuses;
            {
                const std::lock_guard lock(mutex);
                jobs = std::move(statuses);
            }
            if (watch->answered() == answered)
                continue;
            answered = watch->answered();
            for (const auto& [run, job] : wanted)
                continueRun(run, known[job], *watch);
        }
    }

    /// What Slurm would not put back into its queue is submitted again.
    static void continueRun(const fs::path& run, const JobStatus& job, JobWatch& watch) {
        try {
            if (continueByItself(run, job))
                watch.hurry();
        } catch (const Error&) {
            // Tried again with the next answer of the scheduler; meanwhile the run is seen to wait.
        }
    }
};

FollowedRuns::FollowedRuns() : m_inner(new Inner) {
    m_inner->watcher =
        std::jthread([inner = m_inner.get()](std::stop_token stop) { inner->watchJobs(stop); });
}

FollowedRuns::~FollowedRuns() = default;

void FollowedRuns::hurry() {
    {
        const std::lock_guard lock(m_inner->mutex);
        m_inner->hurried = true;
    }
    m_inner->changed.notify_all();
}

FollowedRuns::Standing FollowedRuns::standing(const fs::path& run, std::chrono::milliseconds every) {
    std::shared_ptr<Followed> followed;
    {
        const std::lock_guard lock(m_inner->mutex);
        if (const auto found = m_inner->runs.find(run); found != m_inner->runs.end())
            followed = found->second;
    }
    if (!followed)
        followed = std::make_shared<Followed>(run);
    const auto record = readLaunchRecord(run);
    Standing standing;
    bool spoke = false;
    {
        const std::lock_guard lock(followed->mutex);
        followed->reader.poll();
        standing.status = followed->reader.status();
        spoke = followed->reader.state().has_value();
    }
    bool isNew = false;
    {
        const std::lock_guard lock(m_inner->mutex);
        m_inner->every = m_inner->every.value_or(every);
        m_inner->runs[run] = followed;
        followed->asked = Clock::now();
        const std::string job = record && record->executor == "slurm" ? record->job : "";
        isNew = !job.empty() && job != followed->job;
        followed->job = job;
        if (const auto found = m_inner->jobs.find(job); found != m_inner->jobs.end())
            standing.job = found->second;
    }
    if (isNew)
        hurry();
    if (standing.job.phase != JobPhase::Unknown)
        standing.status = statusWithJob(standing.status, standing.job, spoke);
    return standing;
}

JobStatus FollowedRuns::standing(const std::string& job, std::chrono::milliseconds every) {
    bool isNew = false;
    JobStatus status;
    status.job = job;
    {
        const std::lock_guard lock(m_inner->mutex);
        m_inner->every = m_inner->every.value_or(every);
        isNew = !m_inner->others.contains(job);
        m_inner->others[job] = Clock::now();
        if (const auto found = m_inner->jobs.find(job); found != m_inner->jobs.end())
            status = found->second;
    }
    if (isNew)
        hurry();
    return status;
}

} // namespace embellie::relay
