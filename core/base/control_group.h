#pragma once

#include <filesystem>
#include <optional>

namespace embellie {

/// What the control groups of this process, and those above them, leave it (cgroups v2: memory.max, cpu.max;
/// v1: memory.limit_in_bytes, cpu.cfs_quota_us; Linux' Documentation/admin-guide/cgroup-v2.rst and
/// cgroup-v1/). Schedulers, containers and login nodes limit by them.
struct GroupLimits {
    std::optional<double> memoryBytes; ///< nothing: no limit
    std::optional<double> processors;  ///< 1.5: one and a half
};

/// @param root where proc/self/cgroup and sys/fs/cgroup are looked for. Never throws for what isn't there
GroupLimits groupLimits(const std::filesystem::path& root = "/");

/// The machine's memory, or what the control groups leave of it.
double usableMemoryBytes();

} // namespace embellie
