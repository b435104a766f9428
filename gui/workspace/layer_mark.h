#pragma once

#include "core/io/dataset.h"

#include <string>

namespace embellie {

/// What a layer is found again by in another volume of its group.
struct LayerMark {
    double angle = 0;        ///< LayerEntry::angle
    std::string label;       ///< LayerEntry::label; empty where it isn't known
    std::size_t ordinal = 0; ///< which one of the layers of this angle, as the volume orders them
    friend bool operator==(const LayerMark&, const LayerMark&) = default;
};

/// @p layer of @p volume, which has it.
LayerMark markOf(const VolumeEntry& volume, std::size_t layer);

/// The layer of @p volume nearest to the mark's angle; 0 where it has none. Several of one angle (split cuts,
/// members of an ensemble): that of the same label, then one that has @p moment, then the nearest ordinal.
std::size_t nearestLayer(const VolumeEntry& volume, const LayerMark& mark, const std::string& moment);

} // namespace embellie
