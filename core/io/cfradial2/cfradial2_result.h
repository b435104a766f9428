#pragma once

#include "core/io/odim/odim_writer.h"

namespace embellie {

/// Writes a result file: a copy of the CfRadial 2 file @p input with, in the group of each sweep that has a
/// result, the cleaned moment (float32 over the group's rays and gates; _FillValue where not measured) and
/// what qualifies it: see addResult() and nameOfCleaned(), which gives one name for all sweeps. @p how
/// becomes global attributes. Atomic.
/// @throws Error (shapes that do not fit), Cancelled
void writeCfRadial2Result(const std::filesystem::path& output, const std::filesystem::path& input,
                          const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                          Feedback& feedback);

} // namespace embellie
