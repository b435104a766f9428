#pragma once

#include <filesystem>

namespace embellie {

/// The exit status that means "continue me": ended at a checkpoint because a signal asked for it
/// (EX_TEMPFAIL).
inline constexpr int ContinueMe = 75;

/// Trains a run directory from its start or its last checkpoint until it is finished, stopped or failed;
/// needs nothing but the directory. SIGTERM, SIGINT, SIGUSR1 and control/ end it after the batch, with a
/// checkpoint.
/// @return 0 finished or stopped, ContinueMe, or 1 with a sentence in state.json and on stderr
int trainRun(const std::filesystem::path& run);

/// Works off the predictions of a run that nobody has finished. @return 0, or 1 where one failed (its
/// state.json says why)
int predictRun(const std::filesystem::path& run);

} // namespace embellie
