#pragma once

#include <chrono>
#include <filesystem>
#include <sys/types.h>

namespace embellie {

/// The exit status that means "continue me": ended at a checkpoint because a signal asked for it
/// (EX_TEMPFAIL).
inline constexpr int ContinueMe = 75;

/// Trains a run directory from its start or its last checkpoint until it is finished, stopped or failed;
/// needs nothing but the directory. SIGTERM, SIGINT, SIGUSR1 and control/ end it after the batch, with a
/// checkpoint. Several ranks work on one run where srun started them or train.ranks asks for them (they are
/// then its children); a rank that is gone or silent ends it at its last checkpoint. In a Slurm job the run's
/// own end on the warning signal, or by a lost rank, puts the job back into the queue.
/// @return 0 finished or stopped, ContinueMe, or 1 with a sentence in state.json and on stderr
int trainRun(const std::filesystem::path& run);

/// A predictor that stays for the next prediction: for how long after the last one, and for whom. It ends
/// with that process, or with the pipe that is its standard input, at the latest; the memory is then given
/// back.
struct WarmWorker {
    std::chrono::milliseconds idle{0}; ///< 0: ends when all is done
    pid_t parent = 0;                  ///< 0: nobody's
};

/// Works off the predictions of a run that nobody has finished. @return 0, or 1 where one failed (its
/// state.json says why)
int predictRun(const std::filesystem::path& run, const WarmWorker& warm = {});

} // namespace embellie
