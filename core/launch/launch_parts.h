#pragma once

#include "core/launch/launch.h"
#include "core/launch/predict.h"

#include <map>
#include <string>
#include <vector>

// The halves of launch(): for this room only.
namespace embellie::detail {

/// What the run is by its own words, and on another host by its heartbeat. Polls @p reader. @throws Error,
/// Cancelled
RunStatus watchedStatus(RunReader& reader, const HeartWatch& watch);
/// Whether the run may be started or continued, as far as its own words say. @throws Error, Cancelled
void demandStartable(const std::filesystem::path& run, const HeartWatch& watch = {});
/// The user's present file for that site, which may have been corrected since, where it is of the kind that
/// executed the run; else what was kept in the run, which may have come from elsewhere.
LaunchSite siteOfRecord(const LaunchRecord& record);

/// Inside a Slurm allocation nothing may outlive us and hold its GPU: a plain child then.
bool insideAllocation();
/// Starts `embellie-learn WORD RUN …` on this machine.
pid_t startLearner(const std::string& word, const std::filesystem::path& run,
                   const std::map<std::string, std::string>& environment,
                   const std::vector<std::string>& more = {});

/// The trainer's next attempt.
int nextAttempt(const std::filesystem::path& run);

/// On a Slurm site: one job, or an array for several runs. Once, however often it is asked for.
std::vector<LaunchResult> submitNew(const std::vector<std::filesystem::path>& runs, const LaunchSite& site,
                                    const Resources& resources);
LaunchResult resumeOnSlurm(const std::filesystem::path& run, const LaunchRecord& record,
                           const Resources& changed);
std::optional<LaunchResult> extendOnSlurm(const std::filesystem::path& run, int more,
                                          const Resources& changed);
/// A job for predictions/N, which it makes. @p known of the run's training
PredictionStarted submitPrediction(const std::filesystem::path& run, const LaunchRecord& known,
                                   const PredictionRequest& request, const Resources& changed);
Stopped stopOnSlurm(const std::filesystem::path& run, const LaunchRecord& record, bool discard);

/// A run that was over and is sent again waits from now on, also for those who only read its state. Nothing
/// where it is not over. @throws Error where a trainer works on it
void reopen(const std::filesystem::path& run);
/// Writes the end of a run that no trainer works on. @throws Error where one does
void endWithoutTrainer(const std::filesystem::path& run, bool discard);

} // namespace embellie::detail
