#pragma once

#include "core/io/odim/odim_writer.h"

namespace embellie {

/// Attributes of the arrays that qualify a cleaned moment: what it is, and the array ("moment_12") it is of.
inline constexpr const char* GamicRoleAttribute = "embellie_role";
inline constexpr const char* GamicOfAttribute = "embellie_of";
inline constexpr const char* GamicRejectedRole = "rejected";       ///< flags
inline constexpr const char* GamicProbabilityRole = "probability"; ///< of rain, 0 to 1
inline constexpr const char* GamicUncertaintyRole = "uncertainty"; ///< of that, 0 to 1: see UncertaintyId
inline constexpr const char* GamicMeaningAttribute = "long_name";  ///< of an uncertainty: its measure
/// Numbers of the flags as they are stored; by the rule of the format they mean 0 and 1.
inline constexpr int GamicKeptCode = 1, GamicRejectedCode = 2;

/// Writes a result file: a copy of the GAMIC file @p input in which each scan has, behind its moments, the
/// cleaned one (attribute "moment": DBZH), flags that tell what was removed from what was never an echo, and
/// the probability and its uncertainty. Packed as the file's own moments are: exactly, where the values are multiples of the step
/// of a moment of the same unit; else in 16 bits over the range of the values. @p how becomes attributes of
/// the root's how. Atomic. @throws Error (shapes that do not fit), Cancelled
void writeGamicResult(const std::filesystem::path& output, const std::filesystem::path& input,
                      const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                      Feedback& feedback);

} // namespace embellie
