#pragma once

#include "core/command/command.h"
#include "core/run/run_directory.h"

#include <filesystem>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

/// An event as a line for people: "epoch 3 of 12: loss 0.21, validation 0.24, CSI 0.71; 40 s left". Empty for
/// events that are only numbers for curves.
std::string eventForPeople(const RunEvent& event, const RunRequest& request,
                           const std::optional<RunState>& state);

/// How a followed run ended.
struct FollowedRun {
    RunStatus status = RunStatus::Waiting;
    std::optional<RunState> state;
    bool askedToStop = false; ///< by us, since this command was interrupted (FollowOptions::stopsWithUs)
};

struct FollowOptions {
    std::int64_t from = 0;    ///< only events with a greater number are told
    bool jsonLines = false;   ///< with context.json: the events themselves; else nothing is told
    bool stopsWithUs = false; ///< a stopped command asks the trainer to stop and keep; else the run goes on
    pid_t trainer =
        0; ///< a trainer just started here: until it speaks, what the attempt before left is no news
    int attempt = 0; ///< the one that this trainer, or job, makes
};

/// Follows a run until it is over, lost or waits for a person to continue it: events as lines on context.out,
/// steps as progress, the queue and a far line in words on stderr (with jsonLines as objects of kind "queue"
/// among the events). A run that ended with "continue me" and was not put back by the scheduler is submitted
/// again.
/// @throws Error, Cancelled where the user stops the command and the run goes on
FollowedRun followRun(const std::filesystem::path& run, CommandContext& context,
                      const FollowOptions& options);

/// {"run", "status", "task", "network", "epoch", "epochs", "step", "steps", "scores", "reason", …} of runs
/// and train --json.
nlohmann::json runJson(const RunSummary& summary);

/// A run that was stopped since the command was interrupted is none that a script may go on with, even where
/// its weights are kept. @throws Error with the run's own reason unless it is finished, Cancelled
void demandFinished(const std::filesystem::path& run, const FollowedRun& ended);

} // namespace embellie
