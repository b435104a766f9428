#pragma once

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/run/run_directory.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

/// Where a job stands. Over: Slurm says that it ended. Forgotten: Slurm knows it no longer (it ended some
/// minutes ago at the least).
enum class JobPhase { Unknown, Waiting, Running, Ending, Over, Forgotten };

/// What Slurm says of one job.
struct JobStatus {
    std::string job;
    JobPhase phase = JobPhase::Unknown;
    std::string state;  ///< Slurm's own word: "PENDING"
    std::string reason; ///< Slurm's own: "QOSMaxGRESPerUser"
    std::string partition, node;
    std::optional<int> before; ///< waiting jobs of the partition that come first, as far as one can see
    std::optional<TimePoint> expectedStart;                 ///< Slurm's estimate
    std::optional<std::chrono::seconds> elapsed, remaining; ///< of the wall time
    friend bool operator==(const JobStatus&, const JobStatus&) = default;
};

nlohmann::json toJson(const JobStatus& status);
JobStatus jobStatusFrom(const nlohmann::json& json); ///< what is missing stays unknown

/// The reason in plain words: "other jobs come first", "your GPU is in use by another of your jobs".
Text reasonWords(const std::string& reason);
/// All of it as clauses for people, the first one what matters: "waits in the queue: …", "3 jobs come first",
/// "expected to start at 21:40 (an estimate)", "waiting is not an error". Times are given in UTC.
std::vector<Text> jobWords(const JobStatus& status);
/// jobWords in English, joined by "; ".
std::string jobSentence(const JobStatus& status);

/// "40 s", "3 min 20 s", "2 h 05 min".
std::string durationText(double seconds);

/// What a run is, given what its job is: a run whose trainer fell silent and whose job waits again is
/// waiting, not lost; one whose job is still there is not lost; one whose job ended without a word is.
/// @param spoke the trainer has written its state at least once
RunStatus statusWithJob(RunStatus byItsWords, const JobStatus& job, bool spoke = true);

/// Asks Slurm about the jobs of one site: one squeue for all, never more often than the interval; after a
/// failure ever more rarely (to 16 intervals or 10 minutes). Errors are values. Not shared between threads;
/// poll() takes as long as squeue (seconds where the controller is down): not for a window's main thread.
class JobWatch {
public:
    explicit JobWatch(std::chrono::milliseconds interval = std::chrono::seconds(30));

    void watch(const std::string& job); ///< "1234", "1234_5"; known ones are left as they are
    void forget(const std::string& job);
    bool empty() const { return m_jobs.empty(); }
    /// The next poll asks again at once (after a submission).
    void hurry();

    /// Asks where it is time. @return whether it asked, and anything changed
    bool poll();
    /// Unknown before the first answer. The last known one where Slurm does not answer.
    JobStatus status(const std::string& job) const;
    /// Why the last question failed; nothing where it was answered.
    const std::optional<Error>& problem() const { return m_problem; }
    /// When Slurm answered last, by our steady clock; nothing before the first answer.
    std::optional<std::chrono::steady_clock::time_point> answered() const { return m_answered; }
    std::chrono::steady_clock::time_point nextQuestion() const { return m_next; }

private:
    std::chrono::milliseconds m_interval;
    std::map<std::string, JobStatus> m_jobs;
    std::optional<Error> m_problem;
    std::optional<std::chrono::steady_clock::time_point> m_answered;
    std::chrono::steady_clock::time_point m_next{};
    int m_failures = 0;
};

} // namespace embellie
