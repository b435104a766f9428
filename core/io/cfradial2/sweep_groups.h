#pragma once

#include "core/io/netcdf.h"

namespace embellie {

/// A group with the rays of one sweep: range, azimuth and elevation.
struct SweepGroup {
    std::string name; ///< "sweep_0001"
    const NetcdfVariable *range = nullptr, *azimuth = nullptr, *elevation = nullptr;
    std::size_t row = 0; ///< in the lists of the root: sweep_group_name, sweep_fixed_angle

    std::size_t rays() const { return azimuth->shape[0]; }
    std::size_t gates() const { return range->shape[0]; }
    /// Of its moments: the rays' (time, or azimuth or elevation as xradar sorts them), the gates'.
    std::vector<std::string> dimensions() const { return {azimuth->dimensions[0], range->dimensions[0]}; }
    const NetcdfVariable* find(const NetcdfFile& file, const std::string& variable) const {
        return file.find(name + "/" + variable);
    }
};

/// In the order of the root's sweep_group_name, or, where that names none, by the numbers in their names.
/// Sweeps without gates are left out where another one has some. Pointers are into @p file.
std::vector<SweepGroup> sweepGroupsOf(const NetcdfFile& file);

} // namespace embellie
