#pragma once

#include "core/base/feedback.h"
#include "core/launch/job_watch.h"
#include "core/launch/site.h"
#include "core/run/launch_record.h"
#include "core/run/run_directory.h"
#include "core/task/task.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace embellie {

class Lines; // core/launch/lines.h: the lines to sites behind ssh, kept by the program

/// Where a trainer was started.
struct LaunchResult {
    std::string site;     ///< id
    pid_t pid = 0;        ///< of a trainer on this machine, else 0
    bool detached = true; ///< outlives us; a plain child inside a Slurm allocation ends with it
    std::string job;      ///< Slurm's number, else empty
};

/// embellie-learn in the folder $EMBELLIE_BIN, else beside the running program. @throws Error where it is
/// missing (built without LibTorch)
std::filesystem::path learnProgram();

/// Checks a request before anything is written: task, network and settings known, required roles there, paths
/// exist (those written SITE:/path are the site's own and are looked for over there).
/// @return the settings as they will be in force @throws Error in one sentence
Settings checkRequest(const RunRequest& request);
/// What will be asked for with that request, as checkResources() and with as many ranks as its settings want
/// where @p wanted leaves them open. @throws Error also where they are more than a batch has samples
Resources resourcesFor(const RunRequest& request, const LaunchSite& site, Resources wanted);
/// The site of "hal:/bdd/radar"; nothing for a plain path. An id of letters, digits, - and _.
std::optional<std::string> siteOfPath(const std::string& path);

/// Sends a new run (createRun) to where it shall execute; launch.json says where. @param lines needed for a
/// site behind ssh only
/// @throws Error; before anything is sent where the site's limits are passed
LaunchResult launch(const std::filesystem::path& run, const LaunchSite& site, const Resources& resources,
                    Feedback& feedback, Lines* lines = nullptr);
/// Several runs of one folder as one job array of a Slurm site (on other sites see SweepDriver). @throws
/// Error
std::vector<LaunchResult> launchArray(const std::vector<std::filesystem::path>& runs, const LaunchSite& site,
                                      const Resources& resources, Feedback& feedback, Lines* lines = nullptr);

/// How a trainer that says that it works on another host, where nobody can look from here, is judged: by its
/// heartbeat, which is watched until it moves (it lives) or has stood still for as long as this (it is dead).
struct HeartWatch {
    Feedback* feedback = nullptr; ///< is told of it, and may cancel it; may be null
    std::chrono::milliseconds silence = std::chrono::seconds(90);
};

/// Goes on from the last checkpoint (or, where nothing was lost yet, from the start) on the site the run was
/// sent to, by a new process or job; @p changed are resources that differ from the last ones. A job whose
/// answer was lost is found by its token and not sent twice; one that still waits in the queue is left there.
/// Without a scheduler it may watch a heartbeat first: see HeartWatch.
/// @throws Error where the run is finished, discarded, or still running; Cancelled
LaunchResult resumeRun(const std::filesystem::path& run, const Resources& changed, Feedback& feedback,
                       Lines* lines = nullptr);

/// The automatic continuation, called by whoever follows a run (window, `follow`, the relay):
/// submits it again where its trainer ended with "continue me" or its job fell victim to the machine (wall
/// time, preemption, a dead node), Slurm did not requeue it, nobody cancelled it (Slurm says so, or has
/// forgotten the job, and SIGTERM ended its trainer), and the plan has requeues left. Two that ask at once do
/// it once. For runs on this side only. @param job its status by a JobWatch
/// @return nothing where nothing was to be done
/// @throws Error; it may then be asked for again with the same job
std::optional<LaunchResult> continueByItself(const std::filesystem::path& run, const JobStatus& job);

/// Allows @p more further requeues of a run whose job waits or works; resumes one that has ended at a
/// checkpoint.
/// @return the resumed one's place, or nothing where the job was only given more room
std::optional<LaunchResult> extendRun(const std::filesystem::path& run, int more, const Resources& changed,
                                      Feedback& feedback, Lines* lines = nullptr);

/// Asks a run to end, keeping or discarding what it learnt: the control file first, then the job's warning
/// signal; a job that only waits is taken out of the queue and the run's end is written here, as it is where
/// the trainer is dead. @param watch of a run on another host without a scheduler: it is asked first and then
/// watched @throws Error where the run is over; Cancelled, after it was asked
enum class Stopped {
    Asked,
    TakenFromQueue,
    WasDead ///< its trainer died without a word, and the run's end was written here
};
Stopped stopRun(const std::filesystem::path& run, bool discard, Lines* lines = nullptr,
                const HeartWatch& watch = {});

/// Starts `embellie-learn train RUN` on this machine: launch() and resumeRun() of a site of kind Here.
/// Inside a Slurm allocation it is a plain child. @throws Error where the run is finished, or still running;
/// Cancelled
LaunchResult startHere(const std::filesystem::path& run, const LaunchSite& site = siteOf("local"),
                       const HeartWatch& watch = {});

} // namespace embellie
