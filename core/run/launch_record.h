#pragma once

#include "core/base/time.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <sys/types.h>

namespace embellie {

/// What a run asks of the machine that executes it. Zero (gpus, maxRequeues: -1) leaves it to the site.
struct Resources {
    std::chrono::minutes time{0}; ///< wall time of one job
    int gpus = -1;
    int ranks = 0; ///< processes that train together; 0: one a GPU, at least one
    int cpus = 0;  ///< cores of each rank
    std::int64_t memoryMb = 0;
    std::string partition;
    int maxRequeues = -1; ///< how often the job may put itself back into the queue
    friend bool operator==(const Resources&, const Resources&) = default;
};

/// As the [resources] of request.toml: "time" = "2:00:00", "gpus" = "1", …; what is left to the site is left
/// out.
std::map<std::string, std::string> toWords(const Resources& resources);
/// Unknown words ("site", "threads") are not its own and ignored. @throws Error for a value that is none
Resources resourcesFrom(const std::map<std::string, std::string>& words);

/// "90", "90:00", "1:30:00", "1-12", "1-12:00", "1-12:00:00" as Slurm reads them (a bare number is minutes),
/// or "90 min", "8 h", "2 d"; seconds count as a minute begun. Nothing where it is no such time, or not above
/// zero.
std::optional<std::chrono::minutes> parseWallTime(std::string_view text);
/// "1:30:00", "1-12:00:00": what sbatch --time takes.
std::string wallTimeText(std::chrono::minutes time);

/// launch.json: the launcher's, replaced as a whole. Says where a run was sent last; in a mirror
/// (mirror.json) a copy of the far side's.
struct LaunchRecord {
    std::string site;     ///< id
    std::string executor; ///< "here" or "slurm", on the machine that executes
    std::string host;     ///< that launched it: pid is valid there
    pid_t pid = 0;        ///< here only
    unsigned long long startTicks = 0;
    bool detached = true;
    std::string job; ///< Slurm: "1234", of an array "1234_5"; empty until its answer came
    std::string
        token; ///< with the number of the submission in the job's comment: finds a job whose answer was lost
    int arrayIndex = -1;  ///< of a run that was sent as one of an array
    int submissions = 0;  ///< begun
    Resources resources;  ///< complete, as they were sent
    std::string siteText; ///< TOML of the site, for a continuation that finds no site of that id
    TimePoint time{};     ///< of the last start
    int firstAttempt = 1; ///< of the trainer, since a person last sent it: later ones are requeues
    int sentAttempt = 0;  ///< that the last submission begins with; 0: not told, by an older program
};

/// Nothing where the run was never launched. @throws Error of a newer format
std::optional<LaunchRecord> readLaunchRecord(const std::filesystem::path& run);
/// @throws Error
void writeLaunchRecord(const std::filesystem::path& run, const LaunchRecord& record);
/// The process that was started works still; seen on its own host only. While it does, it may start the
/// trainer again by itself (several ranks whose memory did not suffice).
bool isAlive(const LaunchRecord& record);
/// The words of launch.json (also those of the relay), and back. @throws Error
std::string launchRecordText(const LaunchRecord& record);
LaunchRecord parseLaunchRecord(const std::string& text, const std::filesystem::path& file);

} // namespace embellie
