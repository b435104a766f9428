#pragma once

#include "core/base/error.h"
#include "core/run/launch_record.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

enum class SiteKind { Here, Slurm, Ssh };
const char* siteKindKey(SiteKind kind); ///< "here", "slurm", "ssh"

/// A queue of a Slurm site. Zero or empty: not known.
struct Partition {
    std::string name;
    std::chrono::minutes maxTime{0};
    int nodes = 0, gpusPerNode = 0, cpusPerNode = 0;
    std::int64_t memoryMbPerNode = 0;
    std::string gpuModel; ///< for people: "RTX 2080 Ti"
    double gpuMemoryGb = 0;
    bool isDefault = false;
};

struct ScratchDisk {
    std::string path; ///< "{x}" stands for a number or letter: /net/nfs/ssd{x}
    bool backedUp = true;
    std::string note; ///< for people
};

/// Where runs execute: one TOML file. Zero or empty means that the file does not say; Slurm itself is then
/// asked (see completeSite), or there is no limit.
struct LaunchSite {
    std::string id; ///< the file's name without .toml
    std::string label, note;
    SiteKind kind =
        SiteKind::Here; ///< as seen from this machine: a file's "ssh" is its inner kind on one of `onSite`
    SiteKind inner = SiteKind::Here; ///< what is behind ssh; equals kind otherwise
    std::string host;                ///< ssh: an alias of the user's own configuration
    std::filesystem::path sshConfig; ///< ssh -F; OpenSSH's own where empty
    std::vector<std::string> onSite; ///< host names ("hal*") on which the site needs no ssh
    std::string
        programs;     ///< folder of embellie-cli and embellie-learn over there; ours (ssh: $PATH) where empty
    std::string runs; ///< folder for runs; ssh: below the far home where relative
    std::vector<ScratchDisk> scratch;

    std::string gpuModel; ///< of the partitions that do not say
    double gpuMemoryGb = 0;
    std::vector<Partition> partitions;
    std::string account, qos, constraint;
    std::string gpuRequest = "gpu"; ///< the name in --gres: "gpu", "gpu:rtx2080ti"
    std::string
        rankInterface;  ///< network interface on which ranks of several nodes meet; loopback where empty
    Resources standard; ///< for what a request leaves open
    int gpusPerUser = 0, jobsPerUser = 0; ///< at the same time; 0: no limit known
    int sideBySide = 1;                ///< runs of a sweep at the same time, on a machine without a scheduler
    std::chrono::seconds warning{180}; ///< before the end of the wall time
    std::chrono::seconds pollEvery{30}; ///< least time between two questions to the scheduler
    std::chrono::seconds predictorIdle{
        120};                         ///< so long a predictor of a machine without a scheduler stays warm
    std::vector<std::string> modules; ///< module load …
    std::map<std::string, std::string> environment;
    std::vector<std::string> lines; ///< of the job script, as the site's engineer wrote them

    std::filesystem::path file; ///< that it came from
    std::string text;           ///< its TOML: a relay gives it to the far side, which reads it by parseSite
};

/// @param id for errors and LaunchSite::id @throws Error with file and line for an unknown key or a bad value
LaunchSite parseSite(const std::string& id, const std::string& toml, const std::filesystem::path& file);
/// The same site as the machine behind ssh sees it: its kind is the inner one.
LaunchSite behindSsh(LaunchSite site);

/// The user's ($XDG_CONFIG_HOME/embellie/sites, else ~/.config/…) over those of the installation
/// (resources/sites); by id. A file that can't be read is listed with its problem.
struct KnownSite {
    std::string id;
    std::optional<LaunchSite> site;
    std::optional<Error> problem;
};
std::vector<KnownSite> knownSites();
/// @throws Error with the nearest known id, or the file's problem
LaunchSite siteOf(const std::string& id);

/// Asks Slurm (sinfo) for what the file leaves open: partitions, their limits, nodes and GPUs. Needs a site
/// of kind Slurm; others are returned as they are. @throws Error where Slurm does not answer
LaunchSite completeSite(LaunchSite site);

/// What will be asked for: the site's standards where @p wanted leaves it open.
/// @throws Error in one sentence where it is over a limit that the site's file (or completeSite) knows:
/// nothing need be sent to find out
Resources checkResources(const LaunchSite& site, const Resources& wanted);

/// What a prediction of @p files files asks of the site whose run trained with @p trained: one process, one
/// GPU where the run had any, the run's partition, half an hour and a minute a file or the longest allowed;
/// @p changed counts before all that. @throws Error like checkResources
Resources predictionResources(const LaunchSite& site, const Resources& trained, const Resources& changed,
                              std::size_t files);

/// Nodes that these GPUs need, as far as the site is known; at least one.
int nodesFor(const LaunchSite& site, const Resources& resources);

/// Runs that may execute at the same time with these resources; 0: no limit known.
int runsAtOnce(const LaunchSite& site, const Resources& resources);

} // namespace embellie
