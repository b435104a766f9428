#pragma once

#include "core/base/process.h"
#include "core/launch/job_watch.h"
#include "core/launch/site.h"
#include "core/run/launch_record.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// Slurm's own programs, by argument lists. They run in a small environment of their own: what a job inherits
// from a window (DISPLAY, QT_*, LD_LIBRARY_PATH, the variables of an allocation) would mislead it.
namespace embellie::slurm {

/// sbatch, squeue, scancel, scontrol or sinfo. Times are in UTC.
/// @throws Error in one sentence where it is missing, fails or does not answer in time
std::string ask(const std::string& program, const std::vector<std::string>& arguments,
                std::chrono::milliseconds timeout = std::chrono::seconds(30));

/// This machine has sbatch.
bool isHere();

/// 16 hexadecimal digits, by chance.
std::string newToken();
/// Who starts a job again that was preempted, or whose node died.
enum class Restart { BySlurm, Never };
/// Submits a job script (@p array empty, or "0-3%2"); a lost answer is looked up by the token before an error
/// is thrown. @param folder the run's, or that of an array's runs @return the job's number @throws Error
std::string submit(const std::filesystem::path& script, const std::filesystem::path& folder,
                   const LaunchSite& site, const Resources& resources, const std::string& token,
                   Restart restart, const std::string& array = {});
/// The number of the job with that token, in whatever state Slurm still knows; of an array the array's own.
/// @throws Error where Slurm does not answer
std::optional<std::string> findJob(const std::string& token);

/// What Slurm says of these jobs, by one squeue; one that it does not name is missing. @throws Error
std::vector<JobStatus> jobs(const std::vector<std::string>& wanted, bool withQueue);
/// The lines of squeue for `jobs`; @p withQueue counts who comes first. For tests.
std::vector<JobStatus> parseQueue(const std::string& output, const std::vector<std::string>& wanted);

/// Takes a job out of the queue; one that began meanwhile is left alone. @throws Error
void cancelWaiting(const std::string& job);
/// Ends a job, whatever it does. @throws Error
void cancel(const std::string& job);
/// To the job script alone, as the warning does: "USR1". @throws Error
void signalJob(const std::string& job, const char* signal);

std::vector<Partition> partitions(); ///< by sinfo @throws Error
std::vector<Partition> parsePartitions(const std::string& sinfo);

/// "1-02:03:04", "02:03", "03:04:05"; nothing for INVALID, UNLIMITED, NOT_SET.
std::optional<std::chrono::seconds> parseDuration(std::string_view text);

} // namespace embellie::slurm
