#include "core/io/cfradial2/sweep_groups.h"

#include "core/io/natural_order.h"

#include <algorithm>

namespace embellie {

namespace {

std::optional<SweepGroup> sweepGroup(const NetcdfFile& file, std::string name, std::size_t row) {
    SweepGroup group{std::move(name), nullptr, nullptr, nullptr, row};
    group.range = group.find(file, "range");
    group.azimuth = group.find(file, "azimuth");
    group.elevation = group.find(file, "elevation");
    for (const NetcdfVariable* variable : {group.range, group.azimuth, group.elevation})
        if (!variable || !variable->isNumeric() || variable->dimensions.size() != 1)
            return std::nullopt;
    if (group.azimuth->dimensions != group.elevation->dimensions ||
        group.azimuth->dimensions == group.range->dimensions)
        return std::nullopt;
    return group;
}

std::vector<SweepGroup> among(const NetcdfFile& file, const std::vector<std::string>& names) {
    std::vector<SweepGroup> groups;
    for (std::size_t row = 0; row < names.size(); ++row)
        if (auto group = sweepGroup(file, names[row].substr(names[row].starts_with('/') ? 1 : 0), row))
            groups.push_back(std::move(*group));
    return groups;
}

} // namespace

std::vector<SweepGroup> sweepGroupsOf(const NetcdfFile& file) {
    std::vector<SweepGroup> groups;
    // xradar has written numbers there, too: they are no names.
    if (const NetcdfVariable* const list = file.find("sweep_group_name"); list && !list->isNumeric())
        groups = among(file, file.texts(*list));
    if (groups.empty()) {
        std::vector<std::string> names;
        for (const std::string& name : file.groups())
            if (sweepGroup(file, name, 0))
                names.push_back(name);
        std::sort(names.begin(), names.end(), naturalLess);
        groups = among(file, names);
    }
    const auto isEmpty = [](const SweepGroup& group) { return group.rays() == 0 || group.gates() == 0; };
    if (!std::all_of(groups.begin(), groups.end(), isEmpty))
        std::erase_if(groups, isEmpty);
    return groups;
}

} // namespace embellie
