#pragma once

#include "core/run/run_directory.h"
#include "core/task/task.h"

#include <filesystem>
#include <string>
#include <sys/types.h>

namespace embellie {

/// Where a trainer or predictor was started.
struct LaunchResult {
    std::string site = "here";
    pid_t pid = 0;
    bool detached = true; ///< outlives us; a plain child inside a Slurm allocation ends with it
};

/// embellie-learn in the folder $EMBELLIE_BIN, else beside the running program. @throws Error where it is
/// missing (built without LibTorch)
std::filesystem::path learnProgram();

/// Checks a request before anything is written: task, network and settings known, required roles there, paths
/// exist.
/// @return the settings as they will be in force @throws Error in one sentence
Settings checkRequest(const RunRequest& request);

/// Starts `embellie-learn train RUN` on this machine, for a new run or one to be continued from its last
/// checkpoint; output goes to log.txt, launch.json says where it went. Inside a Slurm allocation it is a
/// plain child. @throws Error where the run is finished, or still running
LaunchResult startHere(const std::filesystem::path& run);

/// Starts `embellie-learn predict RUN`, which works off predictions/N. @throws Error where the run has no
/// weights yet
struct PredictionStarted {
    std::filesystem::path folder; ///< predictions/N: see readPredictionState
    pid_t pid = 0;
};
PredictionStarted startPrediction(const std::filesystem::path& run, const PredictionRequest& request);

} // namespace embellie
