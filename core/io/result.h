#pragma once

#include "core/io/odim/odim_writer.h"

namespace embellie {

/// Results on the sweeps of an input file, written in the input's family (ODIM_H5: writeOdimResult; CfRadial
/// 1: writeCfRadialResult, 2: writeCfRadial2Result; GAMIC HDF5: writeGamicResult); for other radar files an
/// ODIM_H5 volume of the cleaned sweeps alone (writeOdimVolume). Atomic; @p output may not be @p input.
/// @throws Error (also where there are no sweeps), Cancelled
void writeResult(const std::filesystem::path& output, const std::filesystem::path& input,
                 const std::vector<OdimResultSweep>& results, const OdimAttributes& how, Feedback& feedback);

} // namespace embellie
