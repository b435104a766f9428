#pragma once

#include "core/io/odim/odim_writer.h"

namespace embellie {

/// Results on the sweeps of an input file, written in the input's family (ODIM_H5: writeOdimResult; CfRadial
/// 1: writeCfRadialResult, 2: writeCfRadial2Result; GAMIC HDF5: writeGamicResult). Atomic; @p output may not
/// be @p input. @throws Error (also for other families), Cancelled
void writeResult(const std::filesystem::path& output, const std::filesystem::path& input,
                 const std::vector<OdimResultSweep>& results, const OdimAttributes& how, Feedback& feedback);

} // namespace embellie
