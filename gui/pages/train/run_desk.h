#pragma once

#include "core/launch/fetch.h"
#include "core/launch/job_watch.h"
#include "core/launch/lines.h"
#include "core/launch/mirror.h"
#include "core/launch/predict.h"
#include "core/launch/site.h"
#include "core/launch/sweep.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace embellie {

/// How a run stands with the machine that executes it, beside what its trainer says of itself.
struct RunPlace {
    std::string site;                ///< id; empty where the run was never launched
    std::string label;               ///< the site's name for people
    SiteKind kind = SiteKind::Here;  ///< as seen from this machine
    std::string job;                 ///< Slurm's number
    Resources resources;             ///< as they were sent
    bool isMirror = false;           ///< executes on a machine without a shared disk
    std::optional<JobStatus> status; ///< of the job; nothing without one, or before the first answer
    Text trouble; ///< why the queue or the far machine can't be asked now; empty while all is well
    friend bool operator==(const RunPlace& a, const RunPlace& b);
};

/// Where the window meets the launcher: the sites, the lines to far ones, the queues of near ones.
/// Thread-safe. What starts, stops or brings something waits for its answer: call it on a worker. All may
/// throw Error.
class RunDesk {
public:
    RunDesk();
    ~RunDesk(); ///< ends its thread and lines; runs go on
    RunDesk(const RunDesk&) = delete;
    RunDesk& operator=(const RunDesk&) = delete;

    /// Reads the sites' files anew.
    std::vector<KnownSite> readSites();
    /// As last read; null for an unknown one.
    std::shared_ptr<const LaunchSite> site(const std::string& id) const;

    /// Makes the next run of the folder and sends it. @return the run. Where that fails nothing is left
    /// behind, unless it may have been sent.
    std::filesystem::path start(const RunRequest& request, const LaunchSite& site, const Resources& resources,
                                const std::filesystem::path& folder, Feedback& feedback);
    /// Makes the next folder a sweep and begins it: on Slurm by one job array, elsewhere by `embellie-cli
    /// sweep`, which outlives the window. @return the sweep's folder
    std::filesystem::path startSweep(const RunRequest& base, std::vector<SweepAxis> axes, bool stopHopeless,
                                     const LaunchSite& site, const Resources& resources,
                                     const std::filesystem::path& folder, Feedback& feedback);

    Stopped stop(const std::filesystem::path& run, bool discard, Feedback& feedback);
    void goOn(const std::filesystem::path& run, Feedback& feedback);
    /// One wall time more than the plan allowed.
    void extend(const std::filesystem::path& run, Feedback& feedback);
    void note(const std::filesystem::path& run, const std::string& note, Feedback& feedback);
    /// Brings a part of a run that executes elsewhere here; does nothing for others.
    void fetch(const std::filesystem::path& run, RunPart part, std::int64_t number, Feedback& feedback);
    /// Predicts and waits for the results: on a Slurm site by a job, else by a predictor of this machine that
    /// stays warm for the next time and ends with this desk at the latest. Where a job stands is told in
    /// words.
    /// @param members further runs that predict with it (PredictionRequest::members) @param overThere a run
    /// that executes on a machine without a shared disk predicts there; local files are sent
    /// @return the result files, here @throws Error where it fails, or no file could be cleaned; Cancelled
    std::vector<std::filesystem::path> predict(const std::filesystem::path& run,
                                               const std::vector<std::filesystem::path>& members,
                                               const std::vector<std::string>& files,
                                               const std::string& input, bool overThere, Feedback& feedback);

    /// Reads launch.json, and what is known of queue and line without waiting for either; from the first call
    /// on both are asked for, until the run is over.
    RunPlace placeOf(const RunReader& reader);
    /// Opens lost lines at once, and asks the queues again as soon as they allow it.
    void retry();

private:
    struct Queue {
        std::map<std::string, std::filesystem::path> jobs; ///< runs by job; no path: of a prediction
        std::map<std::string, JobStatus> known;
        std::chrono::seconds interval{30};
        std::optional<Error> problem;
        bool hurry = false;
    };
    void watchQueues(const std::stop_token& stop);
    LaunchSite siteOfRun(const std::filesystem::path& run, bool& isMirror);
    /// Of a prediction's job, as the site's queue was last asked.
    JobStatus jobOfPrediction(const PredictionStarted& started, Feedback& feedback);

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::map<std::string, std::shared_ptr<const LaunchSite>> m_sites;
    std::map<std::string, Queue> m_queues;               ///< by site
    std::map<pid_t, std::filesystem::path> m_predictors; ///< that we started, and their runs
    std::unique_ptr<Lines> m_lines;
    std::unique_ptr<Mirrors> m_mirrors;
    std::jthread m_thread; ///< last: it ends before what it uses
};

} // namespace embellie
