#pragma once

#include "core/base/feedback.h"
#include "core/launch/job_watch.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

// What a relay answers; for this room only. Each takes the question's "with" and gives the answer's "is".
namespace embellie::relay {

using Handler = std::function<nlohmann::json(const nlohmann::json& with, Feedback& feedback)>;
using Handlers = std::map<std::string, Handler>;

/// stat, list, get, put, commit.
void addFileQuestions(Handlers& handlers);

/// The runs that the near side follows: their readers stay open, so that a heartbeat can be judged, and one
/// squeue serves all their jobs, on a thread of its own.
class FollowedRuns {
public:
    FollowedRuns();
    ~FollowedRuns();
    FollowedRuns(const FollowedRuns&) = delete;
    FollowedRuns& operator=(const FollowedRuns&) = delete;

    struct Standing {
        RunStatus status = RunStatus::Waiting;
        JobStatus job; ///< of a Slurm run
    };
    /// @param every the least time between two questions to the scheduler @throws Error
    Standing standing(const std::filesystem::path& run, std::chrono::milliseconds every);
    /// Of a job that is no run's, by the same squeue; unknown before the first answer.
    JobStatus standing(const std::string& job, std::chrono::milliseconds every);
    /// The scheduler is asked at once.
    void hurry();

private:
    struct Inner;
    std::unique_ptr<Inner> m_inner;
};

/// check, runs, launch, resume, extend, stop, predict, prediction, poll, devices.
void addRunQuestions(Handlers& handlers, FollowedRuns& followed);

/// "~", "~/x", "$SCRATCH/x" and "x" (below the home folder) as an absolute path of this machine. @throws
/// Error
std::filesystem::path farPath(const std::string& path);

} // namespace embellie::relay
