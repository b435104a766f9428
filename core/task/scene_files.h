#pragma once

#include "core/io/odim/odim_writer.h"
#include "core/simulate/scene.h"

namespace embellie {

/// A simulated volume as ODIM_H5 content: TH, DBZH and CLASS of each sweep.
OdimVolume odimVolume(const SimulatedScene& scene, const SimulatedVolume& volume);

/// Writes one ODIM_H5 file for each time into @p folder (made where it is missing), named as radar files are:
/// simul_20240615_140000.h5. @p rawFolder, unless empty, gets files of the same names without the truth: TH
/// alone, as a radar measures it. @return the files of @p folder, in order of time. @throws Error, Cancelled
std::vector<std::filesystem::path> writeSceneFiles(const SimulatedScene& scene,
                                                   const std::filesystem::path& folder, Feedback& feedback,
                                                   const std::filesystem::path& rawFolder = {});

} // namespace embellie
