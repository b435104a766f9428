#pragma once

#include "core/io/netcdf.h"
#include "core/io/source.h"

namespace embellie {

/// Attribute of the variables that qualify a cleaned moment, which their names begin with.
inline constexpr const char* CfRadialRoleAttribute = "embellie_role";
inline constexpr const char* CfRadialRejectedRole = "rejected";       ///< flag: 1 removed, 0 kept
inline constexpr const char* CfRadialProbabilityRole = "probability"; ///< of rain, 0 to 1
inline constexpr const char* CfRadialUncertaintyRole = "uncertainty"; ///< of that, 0 to 1: see UncertaintyId

/// Says of an array with a role what it is, and by its own id which moment it belongs to.
void readRole(ArrayInfo& array, const NetcdfVariable& variable);

/// The flags beside a cleaned moment; null where there are none.
const NetcdfVariable* rejectedOf(const NetcdfFile& file, const NetcdfVariable& moment);

/// Cells without echo that are flagged were removed. @p flags: of the same cells
void restoreRejected(Decoded& cells, const RawArray& flags);

} // namespace embellie
