#pragma once

#include "core/io/dataset.h"

namespace embellie {

/// Joins what files say of themselves into groups, volumes and layers. The files' order does not matter.
std::vector<GroupEntry> joinSources(const std::vector<SourceInfo>& infos);

/// The two halves of it; each adds its groups. @p infos in the order of Dataset::files().
void joinSweeps(const std::vector<SourceInfo>& infos, std::vector<GroupEntry>& groups);
void joinGrids(const std::vector<SourceInfo>& infos, std::vector<GroupEntry>& groups);

/// Puts a moment into a layer, unless its quantity is there already: then a note is added to the group.
void addMoment(GroupEntry& group, LayerEntry& layer, MomentEntry moment,
               const std::vector<SourceInfo>& infos);

} // namespace embellie
