#pragma once

#include "core/base/text.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace embellie {

/// A variable of an environment: nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;
/// That of this process.
Environment ownEnvironment();

/// Why no GPU may be used, in words; nothing where it may. Inside a Slurm job a GPU counts as given only
/// where Slurm names one: without control groups the others' are visible too.
std::optional<Text> gpuRefusal(const Environment& environment);

/// Where this process stands in a Slurm job; nothing outside one.
struct SlurmPlace {
    std::string job;                                  ///< that scontrol knows: "1234", of an array "1234_5"
    int restarts = 0;                                 ///< how often the job was put back
    int rank = 0, ranks = 1, localRank = 0, node = 0; ///< of the step; of a job script itself 0 of 1
};
std::optional<SlurmPlace> slurmPlace(const Environment& environment);

/// What came of it.
enum class Requeue {
    NoJob,   ///< outside a job: whoever follows the run starts it again
    Asked,   ///< Slurm will end this process and start the job again
    Limit,   ///< as often as the plan allows (launch.json): it waits for a person
    Refused, ///< Slurm would not: whoever follows the run submits it again
};
/// Puts the job that this process runs in back into the queue, at the end of a trainer that ends with
/// "continue me" on the warning before its time is over. The checkpoint is written, state.json says that the
/// run waits, and the lock is released before; only rank 0 calls it. Not for a plain SIGTERM: that is
/// scancel, or Slurm requeues itself. A stop asked meanwhile counts: nothing is then requeued (NoJob). Never
/// throws; a refusal is said on stderr, that is, in log.txt.
Requeue requeueOwnJob(const std::filesystem::path& run, const Environment& environment = ownEnvironment());

} // namespace embellie
