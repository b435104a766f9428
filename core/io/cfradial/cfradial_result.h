#pragma once

#include "core/io/odim/odim_writer.h"

namespace embellie {

/// Writes a result file: a copy of the CfRadial 1 file @p input with, behind its variables, the cleaned
/// moment (float32 over (time, range), or over n_points as the input's own; _FillValue where not measured)
/// and what qualifies it: see addResult() and nameOfCleaned(). @p how becomes global attributes. Atomic.
/// @throws Error (shapes that do not fit), Cancelled
void writeCfRadialResult(const std::filesystem::path& output, const std::filesystem::path& input,
                         const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                         Feedback& feedback);

} // namespace embellie
