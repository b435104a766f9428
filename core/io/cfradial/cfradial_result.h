#pragma once

#include "core/io/odim/odim_writer.h"

namespace embellie {

/// Attribute "embellie_role" of the variables that qualify a cleaned moment.
inline constexpr const char* CfRadialRejectedRole = "rejected";       ///< flag: 1 removed, 0 kept
inline constexpr const char* CfRadialProbabilityRole = "probability"; ///< of rain, 0 to 1
inline constexpr const char* CfRadialUncertaintyRole = "uncertainty"; ///< of that, 0 to 1: see UncertaintyId

/// Writes a result file: a copy of the CfRadial 1 file @p input with, behind its variables, the cleaned
/// moment (float32 over (time, range), or over n_points as the input's own; _FillValue where not measured,
/// _Undetect where there is no echo or it was removed), a flag variable NAME_rejected that tells the two
/// apart, and further quality fields as NAME_probability and NAME_uncertainty. NAME is the cleaned quantity's
/// id, with
/// "_cleaned" (or "_cleaned_2" …) behind it where the input has such a variable. @p how becomes global
/// attributes. Atomic.
/// @throws Error (shapes that do not fit), Cancelled
void writeCfRadialResult(const std::filesystem::path& output, const std::filesystem::path& input,
                         const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                         Feedback& feedback);

} // namespace embellie
