#pragma once

#include "core/base/error.h"
#include "core/base/feedback.h"
#include "core/launch/job_watch.h"
#include "core/launch/site.h"
#include "core/run/launch_record.h"
#include "core/run/run_directory.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>

namespace embellie {

/// A prediction that was asked for, and who works it off.
struct PredictionStarted {
    std::filesystem::path folder;       ///< predictions/N: see readPredictionState
    pid_t pid = 0;                      ///< of a predictor on this machine, else 0
    unsigned long long startTicks = 0;  ///< with pid: the process for certain
    bool isNew = false;                 ///< that predictor was started for this prediction
    std::string job;                    ///< Slurm's number, else empty
    std::string site;                   ///< id, of a job
    std::chrono::seconds pollEvery{30}; ///< of that site
};

struct PredictionWishes {
    Resources resources{}; ///< of the job, where they shall differ from predictionResources()
    /// A predictor of this machine stays for further predictions of the run, as long as its site's file says
    /// (predictor_idle_s), and ends with this process at the latest.
    bool staysWarm = false;
};

/// Makes predictions/N and has it worked off where the run's disk is: for a run of a Slurm site by a job of
/// its own (a login node is no place to compute; inside an allocation, and where there is no Slurm, this
/// machine is; Slurm does not start it again after a preemption or on a dead node: whoever waits is told so
/// and may ask again), else by the predictor of this machine that is still warm, or a new one. A mirror's
/// files are here, and so is its predictor: see predictFar for the other side.
/// @throws Error where the run has no weights yet, or a limit of the site is passed: nothing is then left
PredictionStarted startPrediction(const std::filesystem::path& run, const PredictionRequest& request,
                                  const PredictionWishes& wishes = {});
/// What startPrediction() wrote into predictions/N. @throws Error of a newer format
PredictionStarted startedPrediction(const std::filesystem::path& folder);

/// Nobody works on it any more, though it is not over. A network disk may show the last words of a job some
/// seconds late.
bool isAbandoned(const PredictionStarted& started, const std::optional<PredictionState>& state,
                 const JobStatus& job);

/// The same, over time: a predictor on another host can't be seen from here, and counts as gone where its
/// state stands still for @p silence by our own clock. One thread.
class PredictionWatch {
public:
    explicit PredictionWatch(std::chrono::milliseconds silence = std::chrono::seconds(90))
        : m_silence(silence) {}
    /// Where it stands now; asked again and again, with what has just been read.
    bool isAbandoned(const PredictionStarted& started, const std::optional<PredictionState>& state,
                     const JobStatus& job);
    /// Whether @p state, just read, has not moved for so long.
    bool standsStill(const PredictionState& state);
    /// The found part of an Error where it was so.
    Text stillSentence() const;

private:
    std::chrono::milliseconds m_silence;
    PredictionState m_known{};
    std::chrono::steady_clock::time_point m_since{};
};

/// Is told where the job of a prediction stands, whenever that changes.
using JobNews = std::function<void(const JobStatus& job)>;
/// The usual one: a sentence to @p feedback, which outlives it.
JobNews toldInEnglish(Feedback& feedback);
/// Lets through what differs from what was told before; times that run are no news.
JobNews onlyChanges(JobNews news);

/// Where jobs stand; whoever keeps a JobWatch answers from it, so that Slurm is asked once for all.
using JobAnswers = std::function<JobStatus(const std::string& job, Feedback& feedback)>;

/// The sentences of a prediction that came to no end.
Error diedWithoutAWord(const std::filesystem::path& folder, const JobStatus& job);
Error endedEarly(const std::filesystem::path& folder);

/// Waits until it is over; progress in files. @param news by default toldInEnglish @param answers by default
/// Slurm is asked by a JobWatch of its own @param silence see PredictionWatch
/// @return its last words, finished or failed @throws Error where nobody works on it any more; Cancelled,
/// after dropPrediction
PredictionState waitForPrediction(const PredictionStarted& started, Feedback& feedback, JobNews news = {},
                                  JobAnswers answers = {},
                                  std::chrono::milliseconds silence = std::chrono::seconds(90));

/// Nobody waits for it any more: its job is cancelled, or its predictor ended; one that has not begun is
/// marked as cancelled. What can't be reached ends by itself when it is done.
void dropPrediction(const PredictionStarted& started);

} // namespace embellie
