#pragma once

#include "core/launch/launch.h"
#include "core/launch/lines.h"
#include "core/launch/predict.h"

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

// The near half of launch(), stopRun() and the like for a site behind ssh: each sends a question to the
// relay, with a token where it changes something, so that it is done once however often it is asked, and
// waits for the answer. Not for a window's main thread. All throw Error in one sentence and, where they take
// a Feedback, Cancelled.

/// Whether the far side would take the request: data written SITE:/path are there, settings its version
/// knows.
void checkFar(const RunRequest& request, const LaunchSite& site, Lines& lines, Feedback& feedback);

/// Sends local data, makes the run directory below the site's folder of runs and launches it there. The local
/// run becomes its mirror. Called again after a cut or an error, it goes on with the same launch.
LaunchResult launchFar(const std::filesystem::path& run, const LaunchSite& site, const Resources& resources,
                       Lines& lines, Feedback& feedback);
/// Several, by one question; over there launchArray().
std::vector<LaunchResult> launchArrayFar(const std::vector<std::filesystem::path>& runs,
                                         const LaunchSite& site, const Resources& resources, Lines& lines,
                                         Feedback& feedback);

/// The others are for a run that is a mirror. @p changed are resources that differ from the last ones.
LaunchResult relaunchFar(const std::filesystem::path& run, const LaunchSite& site, const Resources& changed,
                         Lines& lines, Feedback& feedback);
std::optional<LaunchResult> extendFar(const std::filesystem::path& run, const LaunchSite& site, int more,
                                      const Resources& changed, Lines& lines, Feedback& feedback);
Stopped stopFar(const std::filesystem::path& run, const LaunchSite& site, bool discard, Lines& lines,
                Feedback& feedback);
/// note.txt over there.
void noteFar(const std::filesystem::path& run, const LaunchSite& site, const std::string& note, Lines& lines,
             Feedback& feedback);

/// Predicts on the far side and brings the results to request.output: local files are sent, those written
/// SITE:/path are read there. Waits for the end; over there it is startPrediction(), that is, on Slurm a job.
/// @param changed resources of the job @param news by default toldInEnglish
/// @return the state, with inputs as they were asked for and local outputs; where files failed their
/// sentences stand in it
PredictionState predictFar(const std::filesystem::path& run, const LaunchSite& site,
                           const PredictionRequest& request, Lines& lines, Feedback& feedback,
                           const Resources& changed = {}, JobNews news = {});

/// Devices of the far machine: devicesFromJson() reads them.
nlohmann::json devicesFar(const LaunchSite& site, Lines& lines, Feedback& feedback);

/// A run over there, as a list shows it.
struct FarRun {
    std::string run; ///< absolute path over there
    RunStatus status = RunStatus::Waiting;
    std::string task, network, created, problem;
    std::int64_t epoch = 0, epochs = 0;
};
/// @param folder over there; empty: the site's folder of runs
std::vector<FarRun> runsFar(const LaunchSite& site, const std::string& folder, Lines& lines,
                            Feedback& feedback);
/// Makes a local mirror of a run that was launched from elsewhere. @p farRun its absolute path over there @p
/// run must not exist yet, or be empty, or be its mirror already
void adoptFar(const std::string& farRun, const std::filesystem::path& run, const LaunchSite& site,
              Lines& lines, Feedback& feedback);

} // namespace embellie
