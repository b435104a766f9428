#include "core/base/control_group.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;

namespace {

/// A whole number, or nothing for "max", "-1" and what isn't there.
std::optional<double> numberOf(const std::string& word) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (problem != std::errc() || end != word.data() + word.size())
        return std::nullopt;
    return static_cast<double>(number);
}

std::string firstLine(const fs::path& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return line;
}

void takeLess(std::optional<double>& known, std::optional<double> other) {
    if (other && (!known || *other < *known))
        known = other;
}

void takeQuota(std::optional<double>& known, const std::string& quota, const std::string& period) {
    const auto time = numberOf(quota), of = numberOf(period);
    if (time && of && *time > 0 && *of > 0)
        takeLess(known, *time / *of);
}

/// Calls @p look for the group's folder and those above, up to @p mount.
template <class Look>
void upwards(const fs::path& mount, const std::string& group, Look&& look) {
    // In a namespace of its own a group may be named by a path from elsewhere: what isn't there says nothing.
    fs::path below = fs::path(group).relative_path().lexically_normal();
    for (; !below.empty() && below != "."; below = below.parent_path())
        look(mount / below);
    look(mount);
}

} // namespace

GroupLimits groupLimits(const fs::path& root) {
    GroupLimits limits;
    const fs::path mount = root / "sys/fs/cgroup";
    std::ifstream groups(root / "proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {
        const std::size_t first = line.find(':'), second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos)
            continue;
        const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",",
                          group = line.substr(second + 1);
        if (controllers == ",,")
            upwards(mount, group, [&](const fs::path& folder) {
                takeLess(limits.memoryBytes, numberOf(firstLine(folder / "memory.max")));
                std::istringstream words(firstLine(folder / "cpu.max"));
                std::string quota, period;
                if (words >> quota >> period)
                    takeQuota(limits.processors, quota, period);
            });
        if (controllers.find(",memory,") != std::string::npos)
            upwards(mount / "memory", group, [&](const fs::path& folder) {
                takeLess(limits.memoryBytes, numberOf(firstLine(folder / "memory.limit_in_bytes")));
            });
        if (controllers.find(",cpu,") != std::string::npos)
            upwards(mount / "cpu", group, [&](const fs::path& folder) {
                takeQuota(limits.processors, firstLine(folder / "cpu.cfs_quota_us"),
                          firstLine(folder / "cpu.cfs_period_us"));
            });
    }
    return limits;
}

double usableMemoryBytes() {
    const double machine =
        static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
    return std::min(machine, groupLimits().memoryBytes.value_or(machine));
}

} // namespace embellie
